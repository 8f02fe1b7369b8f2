# 员工首页
home-title = 我的待办
home-sub = 按等待时间排序，点击即可前往处理。
home-all = 全部
home-do = 待办事项
home-kind = 类别
home-age = 等待时间
home-days = { $n ->
    [0] 今天
   *[other] { $n } 天
}
home-number = { $n }
home-number-many = { $n } 项以上
home-none = 暂无待办事项
home-none-body = 新的待办会自动显示在这里。您可以先查看供应商名册。
home-kinds-identifier = 待确认的证件号码
home-kind-identifier = 该号码未通过校验，请核对证据后确认，或要求删除
home-kinds-bank_account = 待确认的银行账户
home-kind-bank_account = 他人登记了银行账户，请回拨企业电话核实后确认
home-kinds-addresses = 待归属的地址
home-kind-addresses = 无法根据地址文字判断所在地区
home-kinds-pairs = 疑似重复企业
home-kind-pairs = 两条记录可能是同一家企业
home-kinds-held = 待核实的候选企业
home-kind-held = 请核实后关联采购需求，或予以婉拒
home-kinds-screening = 待筛选的候选企业
home-kind-screening = 请逐项评定其是否符合需求标准
home-kinds-decision = 待审定的候选企业
home-kind-decision = 由他人推荐且已完成筛选，请决定是否接受
home-kinds-need = 逾期的采购需求
home-kind-need = 已过需求日期，请寻找候选企业、调整日期或关闭需求
home-kinds-review = 待审核的注册资料
home-kind-review = 请逐项审核企业提交的资料
home-kinds-introduction = 待批准准入的供应商
home-kind-introduction = 同事已审核通过，请作为第二人批准准入
home-kinds-invitation = 过期的邀请
home-kind-invitation = 企业尚未接受邀请，请重新发送或联系确认
home-asked = 需要您处理的事项
home-asked-nothing = 目前没有需要您处理的事项。
home-asked-registration = 填写并提交注册资料
home-asked-done = 已完成 { $done }/{ $all } 个部分
home-asked-changes = 按要求修改资料
home-asked-from = { $name } 请您填写此部分
home-asked-by = 请于 { $day } 前完成
home-change = 申请变更

# 抽样
home-kinds-draw = 待公开种子的抽样
home-kind-draw = 同事已公布承诺值且名册已冻结，请作为第二人公开种子
home-kinds-punishment_member = 集团成员变动
home-kind-punishment_member = 受处罚企业的集团成员有变动，请决定处罚是否适用
