notices-title = 信件
