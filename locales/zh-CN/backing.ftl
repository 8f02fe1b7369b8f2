# Bank accounts and the people behind a company
backing-opened = 本次查看已记入该企业的审计记录。

# Bank accounts
accounts-of-company = 银行账户
accounts-of-company-none = 尚无银行账户。录入并经第二人确认后，方可向该企业付款。
account-account = 账户
account-state = 状态
account-add = 添加银行账户
account-add-sub = 账户变更请作为新账户录入，经确认后再移除旧账户。
account-holder = 户名
account-holder-hint = 与开户行记载一致。如与企业名称不同，页面上会注明。
account-bank = 开户行
account-bank-hint = 请填写到支行
account-bank-code = 银行代码
account-bank-code-hint = SWIFT/BIC 代码（8 或 11 位），或联行号（CNAPS，12 位数字）
account-country = 开户行所在国家或地区
account-currency = 币种
account-currency-hint = 三位字母代码，如 CNY
account-number = 账号
account-number-hint = IBAN 或银行账号。加密保存，页面上仅显示末几位。
account-confirmed = 已确认
account-unconfirmed = 待第二人确认
account-other-name = 户名与企业名称不符
account-confirm = 确认
account-show = 查看账号
done-account-added = 已添加银行账户：{ $what }
done-account-confirmed = 银行账户已确认
done-account-removed = 银行账户已移除，账号已删除

problem-account_number = 账号应为 5 至 34 位字母或数字，不含其他符号，空格不影响。
problem-account_there = 该企业已录入此账号的同币种账户。
problem-bank_code = 请填写 8 或 11 位的 SWIFT/BIC 代码，或 12 位数字的联行号。
problem-currency = 请填写 ISO 4217 的三位币种代码，如 CNY、USD、EUR。
problem-iban_check = IBAN 校验位不符，请与发票或银行函件核对。
problem-iban_length = IBAN 位数与该国规定不符，请与发票或银行函件核对。
problem-iban_needed = 该国银行使用 IBAN，请填写以国家代码开头的完整 IBAN。

# People
people-behind = 企业相关人员
people-behind-none = 尚未登记。请先录入营业执照上的法定代表人。
person-add = 添加人员
person-role = 身份
person-name = 姓名
person-name-hint = 与证件一致
person-share = 持股比例
person-share-hint = 仅受益所有人填写，单位为 %，如 33.3
person-paper = 证件
person-country = 证件签发国家或地区
person-number = 证件号码
person-number-hint = 如未掌握可留空。加密保存，页面上仅显示末几位。
person-no-number = 未登记号码
person-show = 查看号码
role-legal_representative = 法定代表人
role-beneficial_owner = 受益所有人
role-signatory = 授权签字人
paper-resident_id = 居民身份证
paper-passport = 护照
paper-other = 其他证件
done-person-added = 已添加{ $what }
done-person-removed = 人员已移除，证件号码已删除

problem-paper_number = 证件号码应为 3 至 34 位字母或数字，不含其他符号，空格不影响。
problem-passport = 护照号码应为 5 至 15 位字母或数字，请与证件核对。
problem-representative_there = 已登记法定代表人，请先移除原记录再添加。
problem-resident_id_birth = 身份证号码第 7 至 14 位不是有效的出生日期，请与证件核对。
problem-resident_id_check = 身份证号码校验位不符，请与证件核对。
problem-resident_id_form = 身份证号码应为 17 位数字加 1 位数字或 X，请与证件核对。
problem-share = 请填写大于 0 且不超过 100 的百分比，最多两位小数，如 33.33。
problem-share_of_owner = 仅受益所有人有持股比例。请留空，或将身份改为受益所有人。
problem-shares_over = 持股比例合计将超过 100%，目前最多可填 { $left }。
problem-too_many_people = 该企业登记的人员已达上限，请先移除部分人员。

# In the trail
action-bank_account-added = 添加银行账户
action-bank_account-confirmed = 确认银行账户
action-bank_account-number_opened = 查看完整账号
action-bank_account-removed = 移除银行账户
action-person-added = 添加企业相关人员
action-person-number_opened = 查看完整证件号码
action-person-removed = 移除企业相关人员
action-register-key_rotated = 更换系统密钥
field-bank = 开户行
field-bank_code = 银行代码
field-currency = 币种
field-holder = 户名
field-key = 密钥标识
field-paper = 证件
field-share = 持股比例
