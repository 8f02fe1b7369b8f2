# 与受处罚企业存在关联的企业
evasion-sub = 新登记或有变更的企业，与正在受处罚的企业共用某些信息。在有人作出判断之前，不得向其下新订单。
evasion-state = 状态
evasion-state-held = 待判断
evasion-state-cleared = 已排除
evasion-state-confirmed = 已确认
evasion-state-all = 全部
evasion-any-kind = 任何共用信息
evasion-supplier = 企业编号
evasion-none = 没有待判断的关联
evasion-none-body = 没有企业与正在受处罚的企业共用信息。注册资料提交时立即比对，其他新录入的信息约两分钟内完成比对。
evasion-see-all = 查看已处理的关联
evasion-none-match = 没有符合条件的关联
evasion-none-match-body = 没有关联同时符合所有筛选条件。清除筛选即可查看待判断的关联。

# 一条关联
evasion-title = 是否换壳规避处罚？
evasion-drawn = 共用信息
evasion-company = 企业
evasion-other = 受处罚企业
evasion-case = 案件
evasion-shared = 共用信息
evasion-found = 发现日期
evasion-sentence = { $company } 与正在受处罚的 { $other } 共用：{ $kind }。
evasion-kind-identifier = 识别代码
evasion-kind-bank_account = 银行账户
evasion-kind-legal_representative = 法定代表人
evasion-kind-beneficial_owner = 受益所有人
evasion-kind-phone = 电话号码
evasion-kind-address = 地址
evasion-kind-mail_domain = 邮箱域名
evasion-status-held = 暂停，待判断
evasion-status-cleared = 已排除
evasion-status-confirmed = 已确认
evasion-status-ended = 处罚已结束
evasion-others = 该企业的其他关联

# 处理
evasion-settle = 作出判断
evasion-settle-hint = 在此之前，不得向该企业下新订单。所有关联都排除后即恢复。
evasion-ended-hint = 处罚已经结束，该企业不再因此受限。您仍可记录判断结果。
evasion-outcome-cleared = 两家企业并无关系：排除
evasion-outcome-confirmed = 属于规避处罚：确认
evasion-reason-hint = 您核查了什么，结果说明了什么。该说明将随关联一并保存。
evasion-settle-do = 保存
evasion-settled = 已处理
evasion-open-case = 立案
done-evasion-cleared = 已排除。该企业不再因这条关联受限。
done-evasion-confirmed = 已确认。该企业继续暂停；请立即对其立案，使其能够陈述申辩。
conflict-evasion-settled = 这条关联已经处理，或期间又发现了新的共用信息。请重新打开查看。
refused-evasion-own = 共用的信息是您录入的，须由他人判断，请联系同事。

# 审计记录
action-evasion-settled = 已处理与受处罚企业的关联
field-evasion_company = 企业
field-evasion_other = 受处罚企业
field-evasion_case = 案件
field-evasion_kind = 共用信息
field-evasion_outcome = 判断结果

# 定时任务
job-evasion = 与受处罚企业比对
job-evasion-what = 每两分钟：有新录入信息的企业与正在受处罚的企业进行比对，发现共用信息的暂停并等待人工判断。
job-evasion-done = 发现 { $shown } 条关联

# 首页
home-kinds-evasion_link = 与受处罚企业的关联
home-kind-evasion_link = 该企业与受处罚企业共用信息，已暂停下单：请作出判断
