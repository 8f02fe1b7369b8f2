# 页面框架：侧栏、顶栏、页脚
layout-skip = 跳到正文
layout-demo = 演示数据（虚构）
layout-demo-label = 数据说明
layout-nav = 主导航
layout-menu = 菜单
layout-mine = 我的工作
layout-home-portal = 概览
layout-home = 我的待办
layout-group-register = 供应商名录
layout-suppliers = 供应商
layout-imports = 导入
layout-addresses = 待确认地址
layout-group-punishments = 处罚管理
layout-punishments = 处罚案件
layout-punishment-standards = 处罚标准
layout-evasion = 疑似规避处罚
layout-punishment-figures = 处罚统计
layout-group-report = 报表
layout-by-region = 按区域统计
layout-region-schemes = 区域方案
layout-audit = 审计记录
layout-group-settings = 设置
layout-categories = 品类
layout-accounts = 账号管理
layout-waiting = { $n ->
   *[other] （{ $n } 项待处理）
}
layout-search = 搜索供应商
layout-search-hint = 企业名称或代码
layout-search-do = 搜索
layout-sign-out = 退出登录
layout-foot = 供应商与 ESG 管理
layout-flash-done = 已完成：
layout-flash-note = 请注意：
layout-flash-stop = 未能完成：

# 表单
field-optional = （选填）
field-error = 错误：
field-problem = { $field }：{ $text }
field-summary = 以下内容需要修改

# 列表
list-density = 行高
list-dense = 紧凑
list-comfortable = 宽松
list-pages = 翻页
list-prev = 上一页
list-next = 下一页

# 出错页面
error-next = 接下来怎么办：
error-to-suppliers = 前往供应商列表
error-to-start = 返回首页
error-request = 如需协助，请提供此编号：

# Forms
form-save = 保存
form-cancel = 取消
form-edit = 编辑
form-remove = 移除
form-back = 返回
list-actions = 操作
layout-group-certification = 认证
layout-certification = 认证矩阵
layout-certificates = 证书
layout-basic-audits = 基本信息审核
layout-standards = 准入标准
layout-calendar = 到期日历
layout-jobs = 定时任务
layout-clearance = 各品类可下单情况
layout-group-inspections = 检查
layout-inspections = 检查
layout-findings = 问题整改
layout-inspection-plans = 检查计划与抽样
layout-checklists = 检查表
layout-result-rules = 结果运用规则
layout-inspection-figures = 检查统计
portal-inspections = 检查与整改
