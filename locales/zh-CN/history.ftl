# 企业的历史情况
history-title = 变更记录
history-sub = 该企业的全部变更，最新在前：操作人、内容及原因。
history-change = 变更内容
history-why = 原因
history-none = 尚无变更
history-none-body = 该企业自录入以来没有变更，今后的变更会列在这里。
history-past = 查看历史情况
history-as-at = 查询日期
history-show = 查看
history-on = 截至{ $date }
history-banner = 以下为该企业截至{ $date }末（UTC）的情况。
history-today = 返回当前
history-whole = 查看变更记录
history-none-then = 当日没有。
history-not-yet = 当时尚未录入
history-not-yet-body = 该日期名录中还没有这家企业。请选择更晚的日期，或在变更记录中查看录入时间。
