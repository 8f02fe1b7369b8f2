# The companies of a group that a measure holds
members-title = Companies of the group
members-reach-none = This standard reaches nobody but the contract.
members-reach-entity = This standard reaches the legal entity alone, with everything it does.
members-reach-controlled = This standard reaches the company and whom it controls. Each other company is included or exempt, with a reason.
members-reach-whole_group = This standard reaches the whole group. Each other company is included or exempt, with a reason.
members-cut = This group has more companies than can be looked at. Nothing can be decided about it before its control links are checked.
members-hidden = { $n ->
    [one] One company is outside your regions.
   *[other] { $shown } companies are outside your regions.
}
members-changed = The group has changed since somebody chose from it. An open ballot fails; choose anew.
members-has-joined = { $company } has joined.
members-has-left = { $company } is not there any more.
members-has-moved = { $company } stands to the company in another way.
members-choose = Say of each company whether the measure is to hold it, and why. It goes with the ballot.
members-choose-one = Choose
members-choice = Include or exempt
members-not-chosen = Nobody has chosen yet
members-always = Always included
members-ground = Ground
members-ground-far = { $ground }, { $far }
members-steps = { $n ->
    [one] one link away
   *[other] { $shown } links away
}
members-stops = What would stop
members-stops-nothing = Nothing under way
members-stops-category = Certified for { $category }
members-stops-inspections = { $n ->
    [one] one open inspection
   *[other] { $shown } open inspections
}
members-held = Held
members-days = { $from } to { $last }
members-days-endless = from { $from }, without an end
members-reason = Reason
members-none = Nobody was held.
members-settle = Decide
members-settle-title = Does the measure hold this company?
members-settle-joined = It has joined the group since the decision. Nothing holds it until somebody says so.
members-settle-left = It has left the group since the decision. It stays held until somebody has looked.
members-settle-save = Record the decision
members-settled = Nothing waits here any more.
members-group-now = the group today
members-successor-hint = It goes on with the business of a company that the measure holds.
field-is_successor = It is a successor
member-decision-include = Include: the measure holds it
member-decision-exempt = Exempt
member-decision-keep = Keep: the measure holds it although it has left
member-decision-free = Free: the measure holds it no more
member-ground-principal = The company itself
member-ground-controls = Controls it
member-ground-controlled_by = Controlled by it
member-ground-related = Of the same group
member-ground-successor = Successor
member-status-proposed = To be decided
member-status-included = Included
member-status-exempted = Exempt
member-status-left = Has left
member-status-freed = Held no more
done-punishment-member = The decision is recorded.
refused-own-punishment-member = You have brought this case. Somebody else decides whom its measure holds: ask a colleague.
conflict-punishment-member = Nothing waits for a decision here any more: somebody may have been faster, or the measure is over. Open the case again to see how it stands.
punishment-step-member_found = A company is in the group
punishment-step-member_left = A company has left the group
punishment-step-member_kept = A company stays held
punishment-step-member_freed = A company is held no more
action-punishment-group_chosen = Companies of a group chosen
action-punishment-group_freed = Companies of a group held no more
action-punishment-member_found = A company has joined a group
action-punishment-member_returned = A company is back in a group
action-punishment-member_left = A company has left a group
action-punishment-member_included = Company of a group included
action-punishment-member_exempted = Company of a group exempt
action-punishment-member_kept = Company of a group stays held
action-punishment-member_freed = Company of a group held no more
field-included_companies = Other companies included
field-exempted_companies = Companies exempt
field-freed_companies = Companies
field-freed_on = From
field-group_hash = Hash of the group
field-member = Company
field-ground = Ground
job-punished_groups = Look at groups again
job-punished_groups-what = Every hour at 20 past: who has joined or left the groups of companies that somebody watches.
job-punished_groups-done = { $n ->
    [one] one company told of
   *[other] { $shown } companies told of
}
