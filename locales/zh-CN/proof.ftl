# 公钥、检查点与验证。
proof-keys-title = 公钥
proof-keys-lead = 任何人都可以用这些公钥验证本系统签发的内容：条款签署回执和检查点。
proof-keys = 密钥
proof-keys-none = 尚未签发任何内容。首次签署之后，公钥会显示在这里。
proof-key-id = 密钥编号
proof-key-newest = 当前使用
proof-key-public = 公钥（Ed25519，base64url）
proof-key-since = 启用时间
proof-keys-set = 下载全部公钥（JWKS）
proof-heads = 记录链的末端
proof-heads-lead = 每条记录都包含前一条记录的哈希值：知道最后一个哈希值，就能发现此前的任何改动。读取时间：{ $at }。
proof-chain-audit = 审计日志
proof-chain-signatures = 签署记录
proof-head-number = 第 { $shown } 条
proof-head-none = 暂无记录
proof-checkpoints = 检查点
proof-checkpoints-lead = 系统每天对两条记录链的末端签名一次。请将检查点另行保存：日后如有记录被截断或改写，即可据此发现。
proof-checkpoints-none = 暂无检查点
proof-checkpoints-none-body = 服务器每天 00:10（UTC）生成一个检查点；运行命令“touchstone checkpoint”可立即生成当天的检查点。
proof-statement = 签名声明
proof-day = 日期
proof-download = 下载
proof-how = 如何验证回执
proof-how-receipt = 将回执和公钥保存在同一文件夹中，并在该处运行本系统的程序，无需网络和数据库：
proof-how-text = 如需核对手中的条款文本与当时签署的文本是否一致：
proof-how-other = 任何支持 JWS（RFC 7515）和 EdDSA 的程序都可以验证：回执就是这样的文本，其头部注明了所用的密钥。
job-checkpoints = 生成检查点
job-checkpoints-what = 每天 00:10（UTC）：对审计日志和签署记录的末端签名，并发送至设置中的邮箱。
job-checkpoints-done = { $n ->
   *[other] 已生成 { $shown } 个检查点
}
letter-checkpoint-subject = { $day } 的检查点
letter-checkpoint-body = 这是本系统 { $day } 的检查点：审计日志截至第 { $audit } 条记录，签署记录截至第 { $signatures } 条。

    请保存此邮件。日后如有记录被截断或改写，可用命令“touchstone verify checkpoint”和以下签名声明查出。
