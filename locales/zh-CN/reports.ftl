# 按区域统计
report-title = 按区域统计供应商
report-sub = 截至{ $date } · { $scheme }（版本 { $version }）
report-as-at = 截至日期
report-scheme = 区域方案
report-count = 统计对象
report-count-suppliers = 供应商
report-count-sites = 场所
report-compare = 对比日期
report-show = 查看
report-region = 区域
report-share = 占比
report-bar = 柱形图
report-change = 变动
report-since = 变动：较{ $date }
report-map-letters = 方块上的字母为 ISO 3166-2 代码，如 JS 为江苏。
report-total = 合计
report-adds-up = 各项之和与合计一致
report-adds-not = 各项之和与合计不符
report-head-suppliers = { $n ->
   *[other] 共 { $shown } 家供应商
}
report-head-sites = { $n ->
   *[other] 共 { $shown } 处场所
}
report-by-province = 按省份
report-as-table = 查看表格
report-map = 各省份方块地图，下方表格列有相同数据
report-areas = 按省份和国家
report-area = 省份或国家
report-nothing = 该日期没有计入统计的数据。
report-scheme-page = 查看该方案的区域与省份
report-invented = 企业均为虚构。六个合计数取自一份已公开的报告，但报告未说明各数对应哪个区域，此处的对应关系为虚构。
report-limited = 您只能查看部分供应商，以下数字仅统计您的账号权限所及区域内的供应商。

report-definition = 统计口径
report-definition-suppliers = 统计当日终了时（协调世界时）阶段为“已引入”或“已暂停”的供应商。区域以注册场所所在地为准；同一法人无论有多少场所，只计一次。
report-definition-sites = 统计当日终了时（协调世界时）仍在使用，且所属供应商阶段为“已引入”或“已暂停”的场所，按各场所所在地归入区域。
report-definition-history = 名称、阶段和区域均保留历史记录。选择过往日期时，显示的是系统所记录的当日情况，而非目前情况。
report-definition-rest = “方案范围以外”指地点明确，但不在本方案范围内；“区域待确认”指地址无法判断地点，且尚未人工确认。各项之和始终等于合计。
report-definition-source = 对应香港交易所《环境、社会及管治报告守则》关键绩效指标 B5.1“按地区划分的供应商数目”。

# 数字背后的明细
report-rows-each = 每页 { $n } 条，按供应商编号排列
report-rows-first = 第一页
report-name-then = 当日名称
report-number = 编号
report-place-then = 当日所在地
report-stage-then = 当日阶段
report-address = 地址

# 查询条件有误
problem-report_date = 日期须为有效日期，格式如 2021-12-31。
problem-report_date_future = 日期不能晚于今天。
problem-report_scheme = 请从列表中选择区域方案。
problem-report_count = 请选择供应商或场所。

# 导出
conflict-workbook-full = XLSX 工作簿最多容纳 1,048,575 行数据。请缩小列表范围，或改用 CSV 格式。

# 按品类查看可否下单
clearance-report-title = 各品类可下单情况
clearance-report-sub = 截至 { $on } 日终（UTC）
clearance-report-on = 日期
clearance-report-group = 品类
clearance-report-all = 全部
clearance-report-category = 品类
clearance-report-supplier = 供应商
clearance-report-offering = 供应企业
clearance-report-cleared = 可下单
clearance-report-refused = 不可下单
clearance-report-reasons = 原因
clearance-report-companies = { $n ->
   *[other] 供应商 { $shown } 家
}
clearance-report-cut = { $n ->
   *[other] 仅统计前 { $shown } 家供应商。请选择区域，或下载文件查看全部。
}
clearance-report-none = 没有供应商供应这些品类，请选择其他区域或品类。
clearance-report-definition = 供应商包括已引入和已暂停的企业。没有任何限制原因时方可下单，判断依据包括：阶段、注册信息、识别码、品类、品类认证及其前提条件。同一供应商可能有多个原因，因此各原因之和可能大于不可下单的企业数。
clearance-report-definition-file = 下载文件中，每家供应商与每个品类各占一行，包括其不供应的品类。
