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
home-kinds-held = Candidates held
home-kind-held = Look at it, attach it to a need or decline it
home-kinds-screening = Candidates to screen
home-kind-screening = Say how it meets each criterion of the need
home-kinds-decision = Candidates to decide
home-kind-decision = Somebody else proposed it and it is screened: accept or decline it
home-kinds-need = Needs past their day
home-kind-need = It was needed by now: find a candidate, move the day or close it
home-kinds-review = Registrations to review
home-kind-review = Read what the company handed in, section by section
home-kinds-introduction = Suppliers to introduce
home-kind-introduction = A colleague has accepted the registration: introduce the company as the second person
home-kinds-invitation = Invitations that ran out
home-kind-invitation = The company did not come: send a new link or ask
home-asked = What we ask of you
home-asked-nothing = Nothing is asked of you at the moment.
home-asked-registration = Complete and hand in the registration
home-asked-done = { $done } of { $all } sections complete
home-asked-changes = Make the changes that were asked for
home-asked-from = { $name } has handed this section on to you
home-asked-by = By { $day }
home-change = Change something

# Draws
home-kinds-draw = Draws to open
home-kind-draw = A colleague has promised the seed and the roster is frozen: open the seed as the second person
home-kinds-punishment_member = Groups that changed
home-kind-punishment_member = A company joined the group of one under a measure, or left it: say whether the measure holds it
