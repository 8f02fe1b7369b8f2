# Companies that may be one
