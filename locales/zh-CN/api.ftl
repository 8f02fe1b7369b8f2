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
scope-certification-write = 登记证书，申请品类认证
scope-certification-audit = 核验证书，审核品类认证
scope-certification-decide = 批准、暂停、撤销认证，作废证书
scope-punishments-read = 查看处罚案件和处罚标准

# The description of the API
api-title = 程序接口
api-lead = 程序可以在本登记册中读写的内容；本页与程序自身提供的接口描述同源。
api-operations = 操作
api-schemas = 数据结构
api-problems = 错误类型
api-needs = 所需令牌权限
api-parameters = 参数
api-body = 请求体
api-answers = 响应
api-example = 示例
api-required = 必填

# What goes wrong for a program
api-bad-request = 无法读取该请求
api-bad-request-what = 地址或请求体格式不正确，请更正后再发送。
api-key = Idempotency-Key 不可用
api-key-what = Idempotency-Key 须为 1 至 200 个可见的 ASCII 字符，建议使用随机 UUID。
api-unauthorized = 没有有效的令牌
api-unauthorized-what = 请在“Authorization: Bearer …”请求头中提供令牌。令牌可能缺失、未知、已过期或已撤销，或其账号已停用。员工可在自己的账号页面生成令牌。
api-forbidden = 不允许
api-forbidden-what = 该令牌、其账号的角色或可见区域不包括此操作。
api-not-found = 未找到
api-not-found-what = 没有这个地址或记录，或者它不在该账号可见的范围内。
api-method = 不支持该方法
api-method-what = 地址存在，但不接受该方法。“Allow”响应头列出了可用的方法。
api-conflict = 现在不能这样做
api-conflict-what = 记录已不处于该操作所要求的状态，请重新读取。
api-stale = 记录已变更
api-stale-what = 记录已不是 If-Match 所指的版本，因此未做任何更改。请重新读取并查看变化，如仍需要再提交更改。
api-too-large = 请求体过大
api-too-large-what = JSON 请求体不超过 256 KiB，导入的名单不超过 64 MiB。
api-media-type = 不支持该媒体类型
api-media-type-what = JSON 对象请以“application/json”发送；导入的名单请以“text/csv”或 Excel 工作簿发送。此处不接受表单。
api-invalid = 输入不符合规则
api-invalid-what = “errors”逐项列出了字段及其规则。未做任何更改。
api-key-reused = 该 Idempotency-Key 属于另一请求
api-key-reused-what = 一个键只对应一个请求及其请求体。新请求请使用新的键；如要重发原请求，请保持完全一致。
api-precondition = 缺少 If-Match
api-precondition-what = 更改必须指明所依据的版本：请在“If-Match”请求头中提供该记录的 ETag。
api-too-many = 请求过多
api-too-many-what = 请按“Retry-After”所示时间等待后再发送。
api-internal = 我们这边出了问题
api-internal-what = 请求未能完成，也没有造成任何更改。请重试；如再次发生，请联系登记册的管理人员并提供“instance”。
api-busy = 登记册繁忙
api-busy-what = 服务器暂时无法处理更多请求，未做任何更改。请按“Retry-After”所示时间等待后再发送。

refused-role = 令牌所属账号的角色不包括此操作。
refused-token-scope = 该令牌不具备此权限。请按操作说明中列出的权限生成令牌。

problem-unknown_field = 这里没有该字段。
problem-wrong_type = 该值不是此字段的类型。
problem-not_an_object = 请发送一个 JSON 对象。
problem-given_twice = 该参数只能提供一次。
problem-limit = 请填写 1 至 { $max } 的整数。
problem-cursor = 请原样使用上一页的“next_cursor”。

field-scopes = 允许的操作
field-expires = 有效期
field-days = 有效期
