//! What people write at inspections of the invented register: in Chinese for most companies, in English
//! for some.

use crate::inspections::Severity;
use crate::suppliers::Supplier;

/// A text in both languages.
pub(super) type Words = (&'static str, &'static str);

/// The one that suits a company: every fourth writes in English.
pub(super) fn pick(company: &Supplier, (chinese, english): Words) -> &'static str {
    if company.number % 4 == 0 { english } else { chinese }
}

/// What was seen, by severity.
pub(super) fn seen(severity: Severity) -> &'static [Words] {
    match severity {
        Severity::Critical => &[
            (
                "现场核实该要求未得到执行，且存在直接危害，已当场要求停止相关作业。",
                "The requirement is not met and there is immediate harm: the work was stopped on the spot.",
            ),
            (
                "两名当事人的陈述与企业提供的记录不符，记录系事后补填。",
                "What two people said contradicts the records, which were filled in afterwards.",
            ),
            (
                "企业未能说明情况，抽查的全部样本均不符合要求。",
                "Nothing could be explained, and every sample that was looked at failed.",
            ),
        ],
        Severity::Major => &[
            (
                "有书面制度，但近六个月没有执行记录，车间主管不了解其内容。",
                "There is a written rule, but no record of the last six months, and the foreman does not know it.",
            ),
            (
                "抽查的十份档案中有四份缺少必要内容，未见复核。",
                "Four of ten files lack what they need, and nobody has reviewed them.",
            ),
            (
                "上次检查提出的改进只在一个车间落实，其余车间未推行。",
                "What was agreed last time was done in one workshop only.",
            ),
            (
                "分包单位未纳入管理，无法提供任何证明材料。",
                "Subcontractors are left out, and there is no evidence for them at all.",
            ),
        ],
        Severity::Minor => &[
            (
                "公示内容未及时更新，仍为上一年度版本。",
                "What is posted on the wall is last year's version.",
            ),
            (
                "抽查的三份记录中有一份缺少签字。",
                "One of three records that were looked at is not signed.",
            ),
            (
                "培训签到表不完整，缺少夜班人员。",
                "The list of who was trained is incomplete: the night shift is missing.",
            ),
            ("标识磨损，个别区域难以辨认。", "Signs are worn and hard to read in some places."),
        ],
    }
}

/// Root cause, action, and who of the company answers for it.
pub(super) const ANSWERS: [(Words, Words, Words); 5] = [
    (
        (
            "职责未明确到岗位，人员调整后无人接手。",
            "Nobody was named for it, and after a change of staff nobody took over.",
        ),
        (
            "已指定专人负责并写入岗位说明书，每月由部门经理复核一次。",
            "Somebody is named in the job description, and the head of department reviews it every month.",
        ),
        ("质量经理", "Quality manager"),
    ),
    (
        (
            "制度更新后未组织培训，一线员工沿用旧做法。",
            "The rule was changed without training, and people went on as before.",
        ),
        (
            "已对全体相关员工重新培训并考核，培训记录附后。",
            "Everybody concerned was trained again and tested; the records are kept.",
        ),
        ("人力资源主管", "Head of personnel"),
    ),
    (
        (
            "点检表设计过于复杂，班组长为赶进度未逐项填写。",
            "The checklist on the floor was too long, and it was skipped when time was short.",
        ),
        (
            "点检表由三十二项精简为九项，并改为扫码填写。",
            "It was cut from 32 points to 9 and is now filled in with a phone.",
        ),
        ("生产部经理", "Production manager"),
    ),
    (
        (
            "采购合同未包含该要求，分包单位不知情。",
            "The contract did not name it, so the subcontractor did not know.",
        ),
        (
            "已与全部分包单位签订补充协议，并完成首次现场核查。",
            "All subcontractors have signed an addition, and each was visited once.",
        ),
        ("采购部经理", "Head of purchasing"),
    ),
    (
        (
            "设施老化，年度维护预算未覆盖该区域。",
            "The installation is old, and the budget for upkeep left this area out.",
        ),
        (
            "已更换设施并列入年度维护计划，验收单已归档。",
            "It was replaced and is in the yearly plan of upkeep; the acceptance is on file.",
        ),
        ("设备部主管", "Head of maintenance"),
    ),
];

pub(super) const CONTAINED: Words = (
    "已停止相关作业，隔离受影响区域，并对相关人员作出妥善安排。",
    "The work is stopped, the area is closed off, and the people concerned are looked after.",
);

pub(super) const DISPUTES: [Words; 3] = [
    (
        "检查当日该班组正在轮休，记录存放于总部，现已补充提交，请复核。",
        "That shift was off on the day, and the records lie at the head office. Please look again.",
    ),
    ("该区域由物业管理，不属于我司责任范围。", "This area is run by the landlord and is not ours."),
    (
        "我司认为该情形属于个别现象，严重程度判定过高。",
        "We hold this for a single case and the severity for too high.",
    ),
];

pub(super) const WITHDRAWN: Words = (
    "经核对补充材料，检查当日已符合要求，予以撤销。",
    "The papers show that the requirement was met on the day: withdrawn.",
);
pub(super) const UPHELD: Words = (
    "补充材料的日期晚于检查日，维持原判定，请按期整改。",
    "The papers are younger than the visit: the finding stands.",
);
pub(super) const RETURNED: Words = (
    "整改措施未说明如何防止再次发生，请补充。",
    "It does not say how this is kept from happening again: please add that.",
);
pub(super) const PUT_OFF: Words = (
    "异议处理占用了整改时间，延期两周。",
    "The dispute took time that the company needs: two weeks more.",
);
pub(super) const REOPENED: Words =
    ("回访发现问题再次出现，重新打开。", "Seen again on a visit to the site: open again.");
pub(super) const CLOSED: Words = (
    "已核对整改材料并电话访谈两名员工，措施有效。",
    "The evidence was checked and two people were asked by telephone: it works.",
);
pub(super) const ESCALATED: Words =
    ("逾期未关闭，已通知关系负责人。", "Overdue: whoever looks after the company was told.");

pub(super) const PLACE: Words = ("生产车间、仓库与宿舍", "Workshop, warehouse and dormitory");
pub(super) const MET: Words = (
    "总经理、质量经理、工会代表各一名",
    "The general manager, the quality manager, somebody of the union",
);
pub(super) const GOOD: Words = (
    "管理体系运行正常，员工访谈未发现异常。",
    "What is written is done, and nobody who was asked said otherwise.",
);
pub(super) const POOR: Words = (
    "总体配合良好，存在需整改的问题，已与企业当场确认。",
    "They were open and helpful. What has to be put right was gone through at the end.",
);
pub(super) const REPRESENTATIVE: Words = ("王建国", "Wang Jianguo");
pub(super) const TITLE: Words = ("副总经理", "Deputy general manager");
pub(super) const NO_CONFLICT: Words = (
    "与该企业无亲属、投资或任职关系，三年内未在该企业任职。",
    "No ties of family, money or work to this company within three years.",
);
pub(super) const CANCELLED: Words =
    ("企业停产搬迁，复产后另行安排。", "The company is moving: another visit follows.");
pub(super) const OBSERVED: Words =
    ("做法可行，建议形成书面文件。", "It works; it would be good to write it down.");
pub(super) const DELIVERY: Words =
    ("年度框架合同续签前检查", "Before the frame contract is renewed");
