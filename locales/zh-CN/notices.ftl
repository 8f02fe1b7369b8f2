# 邮件及其记录
layout-messages = 邮件
notices-title = 邮件
messages-lead = 系统发给相关人员的邮件，按时间倒序排列。
messages-no-server = 尚未配置邮件服务器，邮件不会发出。邮件以文件形式保存在邮件目录中；可在邮件页面打开其中的链接并转交收件人。
messages-all = 全部
messages-show-all = 显示全部邮件
messages-none = 还没有邮件
messages-none-body = 系统邀请、询问或答复相关人员时会发送邮件，每封邮件都列在这里。可先给自己发送一封测试邮件，确认能否送达。
messages-none-such = 没有该状态的邮件
messages-none-such-body = 请选择其他状态，或显示全部。
message-subject = 主题
message-to = 收件人
message-about = 相关企业
message-state = 状态
message-state-waiting = 待发送
message-state-sent = 已发送
message-state-given_up = 发送失败
message-state-kept = 已留存，未发送
message-again = 待重试
message-written = 生成时间
message-next = 下次尝试
message-tries = 尝试次数
message-last-answer = 邮件服务器最近答复
message-answer-unreachable = 无法连接邮件服务器。
message-answer-timeout = 邮件服务器未在规定时间内答复。
message-answer-tls = 无法与邮件服务器建立加密连接。
message-answer-unreadable = 无法生成邮件：密钥或内容已变化。
message-answer-unwritten = 无法将邮件写入邮件目录。
message-text = 纯文本
message-html = HTML
message-html-show = 显示源代码
message-link = 邮件中的链接
message-link-covered = ［此处为链接］
message-link-hint = 仅供 { $email } 使用。持有链接即可使用，请以他人无法看到的方式转交。
message-open-link = 打开链接
message-retry = 立即发送
message-trial = 给我发送测试邮件
done-message-trial = 测试邮件已提交发送
done-message-retried = 邮件已提交发送
conflict-message-sent = 该邮件已发送，其链接不再保存，无法重发。请重新发起相关事项。
conflict-message-soon = 该邮件正在发送，或将在五分钟内发送，请稍后查看。
conflict-message-no-server = 尚未配置邮件服务器，无法发送。请设置 smtp_url，或打开链接并转交收件人。
conflict-message-has-server = 该邮件由邮件服务器发送，链接仅收件人可见。

# 各类邮件共用
letter-greeting = { $name }，您好：
letter-greeting-nobody = 您好：
letter-open = 打开页面
letter-plain = 如果按钮无法使用，请将以下地址复制到浏览器中打开：
letter-sign-off = 此致
letter-register = Touchstone 供应商登记系统
letter-why = 您收到此邮件，是因为您的邮箱地址已提供给 Touchstone 供应商登记系统。如果您对此并不知情，无需任何操作，系统不会自行处理。邮件中的链接仅供您本人使用。
letter-why-company = 您收到此邮件，是因为您的邮箱地址作为{ $company }相关人员的联系方式提供给了 Touchstone 供应商登记系统。如有错误，请告知采购方的联系人。邮件中的链接仅供您本人使用。

letter-trial-subject = 供应商登记系统测试邮件
letter-trial-body =
    您在供应商登记系统中请求了一封测试邮件。您能收到此邮件，说明系统可以正常向供应商发送邮件。

    点击按钮可进入您的账户页面。
message-opened = 您打开此链接的操作已记入审计记录。
