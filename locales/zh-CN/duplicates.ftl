# 疑似重复企业：待判定列表
duplicates-title = 疑似重复
duplicates-sub = 名称和所在地相近的企业，按相似度从高到低排列。判定结果会被记住，不再重复询问。
duplicates-least = 最低相似度
duplicates-least-any = 不限相似度
duplicates-least-90 = 90% 及以上
duplicates-least-95 = 95% 及以上
duplicates-none = 没有待判定的企业
duplicates-none-body = 目前没有发现同一企业重复登记的情况。新录入的企业会自动比对。
duplicates-none-match = 没有符合条件的结果
duplicates-none-match-body = 没有符合全部筛选条件的企业对。清除筛选条件即可查看全部。
duplicates-choose = 选中
duplicates-chosen = 批量处理本页选中的企业对，每次最多 50 对。执行前会先列出具体内容。
duplicates-merge-chosen = 合并选中项…
duplicates-apart-chosen = 标记为不同企业…
layout-duplicates = 疑似重复

# 一对企业
pair-title = 是否为同一家企业？
pair-score = 相似度 { $score }%
pair-holds = 已有资料
pair-sites = { $n ->
   *[other] { $shown } 个场所
}
pair-contacts = { $n ->
   *[other] { $shown } 位联系人
}
pair-merge = 合并…
pair-apart = 不是同一家
pair-status-apart = 已判定：不是同一家企业。
pair-status-merged = 已判定：同一家企业，已合并。
pair-status-closed = 已因其他合并而处理。
supplier-number = 编号

# 判断依据
reason-name_same = 除写法和公司形式外名称相同
reason-name_alike = 名称相近
reason-name_order = 用词相同，顺序不同
reason-name_read = 中文名称的拼音与英文名称一致
reason-trade_differs = 名称中的行业不同
reason-number_differs = 名称中的编号不同
reason-branch = 其中一方为分支机构
reason-group = 其中一方为集团
reason-named_place_differs = 名称中的地名不同
reason-aside_differs = 括号内或破折号后的内容不同
reason-same_city = 同一城市
reason-same_province = 同一省份
reason-same_country = 同一国家
reason-other_city = 城市不同
reason-other_province = 省份不同
reason-other_country = 国家不同
reason-place_unknown = 有一方所在地不明

# 合并
merge-title = 是同一家企业
merge-what = 被并入企业的场所、识别码、联系人、供应品类、账号、银行账户、相关人员和控制关系将全部转入保留的企业，其注册地址变为普通场所。原编号和网址会自动指向保留的企业，此前日期的统计数字不变，合并可以撤销。
merge-kept = 保留哪一家？
merge-kept-hint = 默认保留资料较多的一家。
merge-keeps = 保留 { $kept }，并入 { $gone }：
merge-reason = 原因
merge-do = 合并
merge-undo = 撤销合并
apart-title = 不是同一家企业
apart-reason = 原因
done-pair-apart = 已标记为不同企业
done-pairs-decided = 已处理 { $what } 对
done-merged = 已合并到本企业
done-merge-undone = 已撤销合并，恢复为两家企业

# 批量处理
decisions-title = 将执行以下操作
decisions-merge = { $n ->
   *[other] 将合并 { $shown } 对企业
}
decisions-apart = { $n ->
   *[other] 将 { $shown } 对标记为不同企业
}
decisions-goes-into = { $gone } { $gone_name } 并入 { $kept } { $kept_name }
decisions-stay = { $first_code } { $first } 与 { $second_code } { $second } 是不同企业
decisions-left-out = 不执行
decisions-none = 以上各项均无法执行，请逐对处理。
decisions-all-or-none = 全部执行或全部不执行：如有企业在此期间被修改，会指明是哪一家，且不写入任何内容。
decisions-do-merge = { $n ->
   *[other] 合并 { $shown } 对
}
decisions-do-apart = { $n ->
   *[other] 标记 { $shown } 对为不同企业
}

# 企业页面
same-title = 本企业的其他登记
same-perhaps = 疑似同一家：{ $code } { $name }
same-includes = 已包含 { $code } { $name }（{ $date } 由 { $who } 合并）
identifier-holder = 该识别码属于 { $company }，点击查看

# 不能执行的原因
conflict-pair-decided = 这一对企业已由他人判定。请重新打开列表查看其余待判定的企业。
conflict-merged-already = 其中一家企业已并入其他企业。请打开其页面，会自动转到现在的企业。
conflict-merge-held = 其中一家已暂停合作或淘汰，另一家没有。合并不能使企业脱离处罚，也不能使其受到牵连。请先处理阶段问题。
conflict-merge-entities = 双方各有一个有效代码（统一社会信用代码或 LEI），属于两个法律主体。如果其中一个代码有误，请先在该企业页面移除。
conflict-undo-kept-merged = 保留的企业后来又并入了其他企业。请先撤销那次合并。
conflict-undo-later-merge = 之后又有其他企业并入本企业。请先撤销较晚的合并。
conflict-undo-registered = 本次合并转入的场所现为注册地址。请先将其他场所设为注册地址。
conflict-undo-site = 本次合并转入的场所后来被修改或关闭，无法准确撤销。请重新录入该企业。
problem-merge_with_itself = 请选择两家不同的企业。
problem-pairs_chosen = 请至少选择一对，最多 50 对。
problem-pair_changed = { $first } 或 { $second } 在显示之后已被修改，未写入任何内容。请重新打开列表选择。
problem-pair_gone = 其中一对已不存在：相关企业已更名或变更所在地。未写入任何内容，请重新打开列表选择。
problem-pair_overlaps = { $first } 或 { $second } 同时出现在选中的两对中，请逐对处理。未写入任何内容。
conflict-merge-circle = 合并后控制关系会形成循环：有企业既控制其中一家，又受另一家控制。请先终止或撤回有误的控制关系。
