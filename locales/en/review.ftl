review-title = Reviews
