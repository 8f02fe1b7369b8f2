//! What people write in cases of the invented register, in both languages.

use crate::punishments::ballots::Outcome;

/// Note of the draft of the standards.
pub(super) const DRAFT: &str = "拟将数据泄露的整改期限延长至六个月，征求意见中。 \
    Rectification after data leaks is to take up to six months; under discussion.";
pub(super) const SOMEBODY: &str = "企业联系人 Contact of the company";
pub(super) const NOTICE: &str = "现就所列事实拟对贵公司作出处罚。请在期限内陈述、申辩并提交证据，逾期视为放弃。 \
    We are considering a measure for the facts stated. Please reply with your evidence within your days.";
pub(super) const INTERIM: &str = "继续供货可能造成人身或财产损失，裁定前暂停新订单。 \
    Going on might harm people or property: no new orders before the decision.";
pub(super) const REVIEWED: &str = "风险仍在，临时措施继续。 The risk is still there: it stays.";
pub(super) const AGREED: &str =
    "同意，事实清楚，措施适当。 Agreed: the facts are clear, the measure fits.";
pub(super) const AGAINST: &str = "不同意，因果关系证据不足。 Against: the cause is not proven.";
pub(super) const BOARD: &str = "已向董事会书面报告。 Reported to the board in writing.";
pub(super) const APPEAL: &str = "处罚过重，我公司已在期限内完成整改，请求复核。 \
    Too heavy: we have put it right in time and ask for another look.";
pub(super) const ASKED: &str = "整改已完成并经第三方核验，申请提前解除。 \
    It is put right and verified by a third party: we ask for an early end.";
pub(super) const REENTRY: &str = "整改复核通过，恢复准入。 Verified: they may come back.";
pub(super) const WITHDRAWN: &str = "复检合格，原检测设备有误，撤回案件。 \
    A second test passed, the first instrument was wrong: taken back.";
pub(super) const SAME_MANAGERS: &str =
    "同一管理层，参与同一业务。 The same managers, in the same business.";
pub(super) const PAID_THROUGH: &str =
    "款项经该公司账户支付。 The money was paid through its account.";
pub(super) const HAD_NO_PART: &str = "独立运营，未参与且不知情，并协助调查。 \
    Run on its own, had no part, and helped to clear it up.";
pub(super) const CLEARED: &str = "同一园区的不同租户，无股权和人员关系。 \
    Other tenants of the same park: no shares and no people in common.";
pub(super) const CONFIRMED: &str = "收款账户相同，系原团队另设公司，已另行立案。 \
    The same account and the same team in a new company: a case follows.";

/// What happened, by the violation.
pub(super) fn facts(violation: &str) -> &'static str {
    match violation {
        "bribery" => {
            "经举报核实，该公司向我方采购人员支付回扣三次，共计六万元，有转账记录为证。 \
             Reported and verified: three kick-backs to a buyer of ours, 60,000 yuan in all, with transfers as proof."
        }
        "collusion" => {
            "三家投标文件由同一台电脑编制，报价呈规律性差异。 \
             Three bids were written on one computer, and their prices differ by a fixed step."
        }
        "quality" => {
            "连续两批到货检验不合格，关键尺寸超差。 \
             Two deliveries in a row failed inspection: a critical dimension was off."
        }
        "safety" => {
            "车间防护装置被拆除，发生致一人重伤事故后未报告。 \
             Guards had been taken off a machine; a grave injury was not reported."
        }
        "environment" => {
            "未取得排污许可排放废水，当地主管部门已处罚。 \
             Waste water was let out without a permit; the authority has fined them."
        }
        "child_labour" => {
            "现场检查发现两名未满十六周岁人员上岗。 \
             Two people under sixteen were found at work during an inspection."
        }
        "labour_rights" => {
            "拖欠四十二名员工三个月工资。 Wages of 42 people were three months late."
        }
        "conflict" => {
            "股东系我方在职员工配偶，投标时未申报。 \
             A shareholder is married to an employee of ours; the bid did not say so."
        }
        "data_breach" => {
            "未加密传输客户资料，导致约两百条记录外泄。 \
             Customer files were sent without encryption: some 200 records leaked."
        }
        "subcontract" => {
            "未经同意将主要工序转包给第三方。 \
             The main work was passed on to another company without our consent."
        }
        "false_material" => {
            "提交的检测报告编号在发证机构查无记录。 \
             The laboratory knows no report of the number that was handed in."
        }
        "refuse_inspection" => {
            "两次拒绝检查人员入厂，未说明理由。 Inspectors were turned away twice, without a reason."
        }
        "money_laundering" => {
            "公司名称与制裁名单条目匹配，待核实。 The name matches an entry of a list of sanctions."
        }
        "evasion" => {
            "与受处罚企业使用同一收款账户和同一团队。 \
             It has the account and the team of a company under a measure."
        }
        _ => {
            "三次交货逾期共四十六天，造成生产线停工。 \
             Three deliveries were 46 days late in all, and a line stood still."
        }
    }
}

/// What the company says to it.
pub(super) fn reply(violation: &str) -> &'static str {
    match violation {
        "bribery" | "collusion" => {
            "系个别人员行为，公司并不知情，愿配合调查。 \
             It was one person's doing; the company did not know and will help."
        }
        "late_delivery" => {
            "因上游停产所致，已增加备用供应商。 \
             Our own supplier had stopped; we have found a second one."
        }
        _ => {
            "已查明原因并整改，附整改记录，请从轻处理。 \
             We have found the cause and put it right, see the records; please be lenient."
        }
    }
}

/// Why a ballot came out as it did.
pub(super) fn grounds(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Impose => {
            "事实清楚，证据充分，答辩理由不足以免除责任，按标准处罚。 \
             The facts are proven and the reply does not excuse them: the standard applies."
        }
        Outcome::Dismiss => {
            "现有证据不足以认定，不予处罚。 The evidence does not carry it: nothing follows."
        }
        Outcome::Uphold => "申诉未提出新的事实，维持原裁定。 Nothing new was said: it stays.",
        Outcome::Vary => {
            "整改及时有效，缩短期限。 It was put right quickly and well: the term is shortened."
        }
        Outcome::Overturn => {
            "申诉提交的书面同意属实，撤销原裁定。 Our written consent was genuine: overturned."
        }
        Outcome::End => {
            "整改经核实有效，措施自今日结束。 Verified as put right: the measure ends today."
        }
    }
}
