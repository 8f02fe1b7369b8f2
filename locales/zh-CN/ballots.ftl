# 表决
ballots-title = 表决
ballot-number = 表决
ballot-open = 提交表决
ballot-open-decision = 将处罚决定提交表决
ballot-open-appeal = 将申诉提交表决
ballot-open-release = 将提前解除提交表决
ballot-open-lifting = 将解除措施提交表决
ballot-open-hint = 提交即视为您投票赞成。裁定机构的其他成员将看到您的理由，并附理由投票；所需人员全部赞成后即作出裁定，有一票反对即不通过。
ballot-kind-decision = 处罚决定
ballot-kind-appeal = 申诉
ballot-kind-release = 提前解除
ballot-kind-lifting = 解除
ballot-outcome-impose = 给予处罚
ballot-outcome-dismiss = 不予处罚
ballot-outcome-uphold = 维持原决定
ballot-outcome-vary = 变更原决定
ballot-outcome-overturn = 撤销原决定
ballot-outcome-end = 自今日起解除处罚
ballot-status-open = 表决中
ballot-status-carried = 已通过
ballot-status-failed = 未通过
ballot-vote-for = 赞成
ballot-vote-against = 反对
ballot-voted-for = 赞成
ballot-voted-against = 反对
ballot-left = 还需 { $shown } 人赞成
ballot-missing = 其中须有：
ballot-cast = 投票
ballot-vote-grounds-hint = 理由与您的投票一并保存，有权查看案件的人员可见。
ballot-has-voted = 您已投票，请等待其他人员。
ballot-imposes = 处罚
ballot-bars-data = 终止数据访问
ballot-opened = 提交人
ballot-closed = 结束日期
ballot-failed-group = 自查看以来，该企业的集团成员已变化，因此未作出任何决定。请重新核对并再次提交表决。
ballot-terms = { $measure }；{ $term }；{ $orders }
ballot-months = { $n ->
    [0] 无期限
   *[other] { $shown } 个月
}
ballot-no-end = 无终止期限
ballot-term-between = { $from } 至 { $to } 个月
ballot-term-exactly = { $months ->
    [0] 无期限
   *[other] { $months } 个月
}
ballot-term-endless = { $from } 个月以上，或无终止期限
ballot-standard = 处罚标准规定：
ballot-measure-hint = 此项及以下四项仅在给予处罚或变更时适用。
ballot-departure-hint = 处罚、期限或订单处理与标准不一致时必填。
ballot-grounds-hint = 作出决定后，企业可以看到。
ballot-board-hint = 何时、以何种方式报告董事会，与会议纪要一致。
ballot-group-hint = 请逐一说明各集团成员是否适用本处罚及其原因：
ballot-group-differs = 自本页打开以来，集团成员已变化：
ballot-group-joined = { $company } 已加入。
ballot-group-left = { $company } 已退出。
field-ballot_kind = 表决事项
field-ballot_outcome = 处理结果
field-ballot_grounds = 理由
field-decided_measure = 决定的处罚
field-decided_orders = 决定的订单处理
field-decided_term = 期限（月）
field-decided_endless = 无终止期限
field-decided_bars_data = 终止数据访问
field-departure = 偏离标准的原因
field-board_notice = 董事会报告情况
field-vote = 您的投票
field-vote_grounds = 您的理由
field-ballot = 表决编号
field-holds_from = 生效日期
field-holds_until = 失效日期
done-ballot-opened = 第 { $what } 次表决已开始，您的赞成票已记录
done-ballot-voted = 您的投票已记录
done-ballot-failed = 您的投票已记录，表决未通过
done-ballot-group-changed = 自查看以来集团成员已变化，未作出任何决定。请重新核对并再次提交表决。
done-ballot-decided = 已作出决定，并已通知企业
done-ballot-carried = 表决已通过，并已通知企业
refused-own-punishment = 本案由您提出，须由他人表决。
refused-decided-punishment = 您参与了原决定的表决。申诉须由未参与的人员审理。
refused-ballot-role = 本案的裁定机构中没有您所属角色的席位。
refused-reentry-role = 恢复准入须由审批人或法务人员记录。
conflict-punishment-unheard = 企业尚未陈述申辩，且期限未满，暂不能作出决定。
conflict-release-unasked = 企业尚未申请提前解除，或标准尚不允许。
conflict-ballot-open = 本案正在表决，请等待表决结束。
conflict-ballot = 该表决已结束，或案件状态已变化。
conflict-ballot-voted = 您已投过票，每人只能投一次。
problem-ballot_term = 请填写 0 至 { $max } 之间的整月数，或选择“无终止期限”。
problem-ballot_term_none = 只有书面警告可以没有期限，请至少填写 1 个月。
problem-ballot_departure = 与处罚标准不一致，请说明原因。
problem-ballot_group_changed = 自本页打开以来，该企业的集团成员已变化。请核对下方内容后重新提交。
problem-ballot_heavier = 申诉结果不得重于或长于现行处罚。
problem-ballot_varies_nothing = 与现行处罚相同。请减轻处罚，或维持原决定。

# 恢复准入
reentry-title = 恢复准入
reentry-hint = 恢复合作的依据，以及与谁达成一致。
reentry-certification = 其认证已随处罚终止，须先重新认证。
reentry-record = 记录恢复准入
field-reentry_note = 恢复准入说明
problem-reentry_certification = 处罚结束后该企业尚未重新认证，标准要求先行认证。
done-punishment-reentered = { $what } 的恢复准入已记录
certification-anew = 须重新取得认证，请咨询法务部门。

# 企业的权利
rights-appeal = 提出申诉
rights-appeal-hint = 如认为决定有误，可在 { $day } 之前（含当日）申诉一次，由未参与原决定的人员审理。审理期间处罚继续有效。
rights-appeal-reason-hint = 决定有何不当，以及您的请求。
rights-appealed = 您已提出申诉，将由未参与原决定的人员在 { $day } 之前审理。审理期间处罚继续有效。
rights-release = 申请提前解除
rights-release-hint = 如已完成整改，请说明所做的工作并提供证明。我们核验后作出决定。
rights-release-text-hint = 改了什么、自何时起、由谁证明。
rights-release-asked = 您已申请提前解除。我们将核验所提交的材料并通知您。
rights-release-from = 自 { $day } 起可以申请提前解除。
rights-file = 证明材料
field-appeal_reason = 申诉理由
field-release_text = 整改情况
problem-release_evidence = 请附上证明整改情况的文件。
conflict-appealed = 已提出过申诉，每项决定只能申诉一次。
conflict-appeal-late = 申诉期限已过。
conflict-release-never = 该处罚到期自动结束，不能提前解除。
conflict-release-early = 尚未到可以申请提前解除的日期，请查看处罚页面所列的首日。
conflict-release-asked = 您已申请提前解除，请等待答复。
done-punishment-appealed = { $what } 的申诉已提交
done-punishment-release-asked = { $what } 的提前解除申请已提交

# 待办与每日任务
home-kinds-punishment_vote = 待您投票
home-kind-punishment_vote = 他人已提交表决，请阅读理由并投票
home-kinds-punishment_decision = 待决定的案件
home-kind-punishment_decision = 已听取企业陈述申辩，请提交决定供表决
home-kinds-punishment_appeal = 待审理的申诉
home-kind-punishment_appeal = 企业已申诉，请由未参与原决定的人员审理
job-punishments = 处理案件期限
job-punishments-what = 每天 00:25（UTC，北京时间 08:25）：到期的处罚结束；记录错过的期限；提醒供应商陈述申辩。
job-punishments-done = 已处理案件事项 { $shown } 项

# 案件记录
action-punishment-ballot_opened = 提交表决
action-punishment-voted = 投票
action-punishment-ballot_failed = 表决未通过
action-punishment-decided = 作出处罚决定
action-punishment-not_imposed = 决定不予处罚
action-punishment-appealed = 企业提出申诉
action-punishment-upheld = 维持原决定
action-punishment-varied = 变更原决定
action-punishment-overturned = 撤销原决定
action-punishment-release_asked = 企业申请提前解除
action-punishment-released = 提前解除
action-punishment-lifted = 解除处罚
action-punishment-expired = 处罚到期
action-punishment-reentered = 记录恢复准入
action-punishment-reply_missed = 陈述申辩期限已过
action-punishment-overdue = 我方期限已过
