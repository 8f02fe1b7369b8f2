portal-title = 门户
