# The first page of staff
home-title = What waits for you
home-sub = Oldest first. Each line leads to where it is done.
home-all = All
home-do = To do
home-kind = Kind
home-age = Waiting
home-days = { $n ->
    [0] since today
    [one] { $n } day
   *[other] { $n } days
}
home-number = { $n }
home-number-many = { $n } or more
home-none = Nothing waits for you
home-none-body = New tasks appear here by themselves. Meanwhile you can look through the register.
home-kinds-identifier = Identifiers to confirm
home-kind-identifier = An identifier was recorded on doubtful evidence: look at it and confirm it, or have it taken off
home-kinds-bank_account = Bank accounts to confirm
home-kind-bank_account = Somebody recorded a bank account: call the company back and confirm it
home-kinds-addresses = Addresses to settle
home-kind-addresses = Their place could not be told from the text
home-kinds-pairs = Possible duplicates
home-kind-pairs = Companies that may be one
