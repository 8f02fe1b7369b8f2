# 采购需求
needs-title = 采购需求
needs-sub = 需要什么、在哪里、何时需要。
need-new = 新建需求
need-record = 保存需求
need-edit = 编辑需求
need-back = 返回需求
needs-any-state = 全部状态
needs-any-area = 全部地区
needs-none = 还没有采购需求
needs-none-body = 请先登记需求，并写明企业须满足的准入标准，之后即可为其推荐候选企业。
needs-none-others = 采购人员登记需求后会显示在这里，您可以为其推荐企业。
needs-none-match = 没有符合条件的需求
needs-none-match-body = 没有需求同时符合所有筛选条件，请减少一个条件。
need-what = 需求内容
need-state = 状态
need-state-open = 进行中
need-state-closed = 已关闭
need-late = 已逾期
need-age = { $n ->
    [0] 今天登记
   *[other] 已进行 { $n } 天
}
need-title = 标题
need-title-hint = 简短说明，例如“江苏地区瓦楞纸箱第二货源”
need-category = 品类
need-choose-category = 请选择品类
need-area = 地区
need-anywhere = 不限地区
need-anywhere-china = 中国境内不限省份
need-any-province = 全国
need-province-hint = 仅适用于中国境内
need-reason = 需求原因
need-reason-hint = 说明目前缺少什么。同事推荐企业前会阅读此说明。
need-needed-by = 需要日期
need-recorded = 登记
need-facts = 需求信息
need-criteria = 评审标准
need-criteria-hint = 所有候选企业均按以下标准评审。首个评审结论写入后标准即锁定，请一次写全。未填写内容的行将被忽略。
need-criteria-frozen = 已有候选企业按这些标准评审，标准不可再修改。
need-no-candidates = 还没有人推荐候选企业。
need-close = 关闭需求
need-close-reason = 关闭原因
need-close-hint = 关闭后不能再推荐企业，但可以重新开启。
need-closed-by = 由 { $who } 关闭。
need-reopen = 重新开启
criterion-row = { $n ->
   *[other] 标准 { $n }
}
criterion-title = 标准
criterion-strength = 重要程度
criterion-method = 评审方式
criterion-weight = 权重
criterion-more = 再加一行
strength-must = 必须满足
strength-should = 优先满足
method-pass_fail = 通过 / 不通过
method-score = 0 至 5 分
done-need-recorded = 已登记 { $what }
done-need-edited = 已保存 { $what }
done-need-closed = 需求已关闭
done-need-reopened = 需求已重新开启
conflict-need-closed = 该需求已关闭，不能再推荐、评审或接受候选企业。如仍有需要，请先重新开启。
problem-no_criterion = 请至少填写一条标准。
problem-weight = 权重请填写 1 至 { $max } 的整数。
problem-needed_by = 请填写有效日期，例如 2026-12-31。
problem-needed_by_past = 该日期已过，请选择之后的日期。

# 评审
screening-title = 评审
screening-hint = “通过”表示满足。评分：5 分为优秀，3 分为满足，0 分为完全不满足。不通过或 2 分及以下须写明理由。
screening-verdict = 结论
screening-reason = 理由
screening-save = 保存评审结论
verdict-pass = 通过
verdict-fail = 不通过
verdict-5 = 5 分：优秀
verdict-4 = 4 分：良好
verdict-3 = 3 分：满足
verdict-2 = 2 分：部分满足
verdict-1 = 1 分：基本不满足
verdict-0 = 0 分：完全不满足
verdict-short-pass = 通过
verdict-short-fail = 不通过
verdict-short-5 = 5 分
verdict-short-4 = 4 分
verdict-short-3 = 3 分
verdict-short-2 = 2 分
verdict-short-1 = 1 分
verdict-short-0 = 0 分
problem-screening_reason = 未满足的标准须写明理由。
candidate-not-screened = 尚未评审
candidate-screened = 已评审 { $n } / { $of } 项
candidate-total = 总分
comparison-title = 候选企业对比
comparison-none = 暂无可对比的候选企业
comparison-none-body = 请先为该需求推荐企业。待核查和已撤回的企业不参与对比。
comparison-musts = “必须满足”的标准
comparison-no-failed = 无不满足项
comparison-failed = { $n ->
   *[other] { $n } 项不满足
}
comparison-hint = 总分为加权得分占满分的百分比。通过按 5 分计，不通过按 0 分计，尚未评审的不计分。
