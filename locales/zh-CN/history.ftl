# What a company was
