notices-title = Letters
