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
