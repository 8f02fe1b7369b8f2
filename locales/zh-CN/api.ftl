# The register for programs
tokens-title = 访问令牌
tokens-lead = 程序凭访问令牌以您的名义使用登记册。
tokens-docs = 程序可以做什么
tokens-none = 还没有访问令牌
tokens-none-body = 请为每个需要以您的名义读写登记册的程序各建一个令牌。
token-new = 新建访问令牌
token-new-lead = 令牌只能做您在此勾选的事，且不超出您的角色权限。
token-nothing = 没有可授予的权限
token-nothing-body = 您的角色没有可供程序使用的权限。
token-name = 名称
token-name-hint = 写明用于哪个程序，便于日后辨认，例如“ERP 夜间导出”。
token-scopes = 允许的操作
token-expires = 有效期
token-used = 最近使用
token-days = { $n ->
   *[other] { $shown } 天
}
token-make = 生成令牌
token-made = 令牌已生成
token-once = 请立即复制：令牌只显示这一次，登记册不予保存。
token-use = 请像密码一样保管。在到期或被您撤销之前，任何持有者都能执行其允许的操作。
token-until = 有效至 { $time }。
token-back = 返回访问令牌
token-revoke = 撤销
token-live = 有效
token-revoked = 已撤销
token-expired = 已过期
done-token-revoked = 令牌“{ $what }”已撤销，使用它的请求不再受理。
conflict-many-tokens = 该账号已有 50 个有效的访问令牌。请先撤销不再需要的，再新建。
problem-token_scopes = 请至少选择一项允许的操作。

scope-suppliers-read = 查看供应商
scope-suppliers-write = 录入和修改供应商
scope-groups-write = 登记控制关系
scope-imports-write = 导入供应商名单
scope-reports-read = 查看报告
