candidates-title = 候选供应商
