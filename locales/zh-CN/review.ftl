review-title = 审核
