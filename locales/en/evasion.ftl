# Companies that share something with one under a measure
evasion-sub = New or changed companies that share something with one under a measure. No new orders go to them until somebody has said what it means.
evasion-state = State
evasion-state-held = Waiting for a decision
evasion-state-cleared = Cleared
evasion-state-confirmed = Confirmed
evasion-state-all = All
evasion-any-kind = Anything shared
evasion-supplier = Number of the company
evasion-none = Nothing waits
evasion-none-body = No company shares anything with one under a measure. New registrations are compared as they are handed in, everything else that is recorded within two minutes or so.
evasion-see-all = See what was settled
evasion-none-match = Nothing matches
evasion-none-match-body = No link fits all the filters. Clear them to see those that wait.

# A link
evasion-title = Is this the same company in new clothes?
evasion-drawn = What they share
evasion-company = Company
evasion-other = Under a measure
evasion-case = Case
evasion-shared = Shared
evasion-found = Found
evasion-sentence = { $company } shares this with { $other }, which is under a measure: { $kind }.
evasion-kind-identifier = Identifier
evasion-kind-bank_account = Bank account
evasion-kind-legal_representative = Legal representative
evasion-kind-beneficial_owner = Beneficial owner
evasion-kind-phone = Phone number
evasion-kind-address = Address
evasion-kind-mail_domain = E-mail domain
evasion-status-held = Held
evasion-status-cleared = Cleared
evasion-status-confirmed = Confirmed
evasion-status-ended = Measure has ended
evasion-others = Other links of this company

# Settling
evasion-settle = Say what it means
evasion-settle-hint = Until then the company gets no new orders. Once every link is cleared, it is free again.
evasion-ended-hint = The measure has ended, so the company is not held by this any more. You can still say what it meant.
evasion-outcome-cleared = They have nothing to do with each other: clear it
evasion-outcome-confirmed = The measure is being got around: confirm it
evasion-reason-hint = What you looked at, and what it shows. It stays with the link.
evasion-settle-do = Save
evasion-settled = Settled
evasion-open-case = Open a case
done-evasion-cleared = Cleared. This does not hold the company any more.
done-evasion-confirmed = Confirmed. The company stays held; open a case against it now, so that it can be heard.
conflict-evasion-settled = This was settled already, or something else that is shared was found meanwhile. Open it again to see how it stands.
refused-evasion-own = You recorded what is shared here. Somebody else has to judge it: ask a colleague.

# Trail
action-evasion-settled = Link to a company under a measure settled
field-evasion_company = Company
field-evasion_other = Company under a measure
field-evasion_case = Case
field-evasion_kind = Shared
field-evasion_outcome = What it means

# By the clock
job-evasion = Compare with companies under a measure
job-evasion-what = Every two minutes: companies of which something was recorded are compared with those under a measure. What is shared is held for a person.
job-evasion-done = { $n ->
    [one] { $shown } link found
   *[other] { $shown } links found
}

# Home
home-kinds-evasion_link = Links to companies under a measure
home-kind-evasion_link = The company shares something with one under a measure and gets no orders: say what it means
