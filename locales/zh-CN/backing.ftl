# Bank accounts and the people behind a company
