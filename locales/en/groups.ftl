# Groups of companies
supplier-tabs = Pages of this company
supplier-tab-overview = Overview
supplier-tab-group = Group
supplier-tab-history = History
group-title = Group
group-whole = Whole group
group-on = Group on
group-tree = Who controls whom
group-links = Links of this company
group-state = State
group-companies = { $n ->
    [one] { $shown } company
   *[other] { $shown } companies
}
group-hidden = { $n ->
    [one] { $shown } more company outside your regions
   *[other] { $shown } more companies outside your regions
}
group-hidden-links = { $n ->
    [one] { $shown } more link to a company outside your regions
   *[other] { $shown } more links to companies outside your regions
}
group-cut = This group has more than { $shown } companies. The nearest ones are shown.
group-none = No group on this day
group-none-body = Nobody is known to control this company, and it controls nobody. If you know better, record the link and where it is written.
group-none-then = No link of control holds on this day. Choose another day, or look at the links of this company below.
group-alone = No group is known.
group-controlled-by = Controlled by
group-controls = Controls
group-again = already shown above
group-role-principal = this company
group-role-controls = controls this company
group-role-controlled_by = controlled by this company
group-role-related = of the same group
group-link-holds = Holds
group-link-later = Not yet
group-link-ended = Ended
group-link-withdrawn = Withdrawn

control-majority = Majority of shares
control-voting = Votes by agreement
control-contract = Contracts
control-management = Same management
control-minority = Minority holding

link-title = Link between two companies
link-sub = A link is never rewritten. It ends on a day, or it is withdrawn because it was a mistake.
link-add = Record a link
link-change = End or withdraw
link-back = Back to the group
link-parent = Controlling company
link-child = Controlled company
link-holder = Holds the shares
link-held = Shares are held in
link-direction = Which way
link-direction-controlled_by = The other company is above: it controls this one, or holds a part of it
link-direction-controls = This company is above: it controls the other one, or holds a part of it
link-company = The other company
link-company-hint = Its number (S-000123) or an identifier, such as its Unified Social Credit Code
link-control = What it rests on
link-control-majority = More than half of the shares
link-control-voting = The votes, by agreement
link-control-contract = Contracts, as in a VIE structure
link-control-management = The same people decide
link-control-minority = A minority holding, without control: it does not make a group
link-share = Share
link-share-hint = In percent, such as 51 or 51.25. Needed for shares.
link-period = From – until
link-from = Holds from
link-to = No longer from
link-to-hint = The first day on which it no longer holds. Leave it empty while no end is known.
link-evidence = Where it is written
link-evidence-hint = Annual report, register extract, contract: with its date and page, so that a colleague finds it.
link-end = End this link
link-ended-hint = The first day on which it no longer holds
link-withdraw = Withdraw this link
link-mistake = What was wrong
link-mistake-hint = A withdrawn link holds on no day, not in the past either. It stays visible with its record.
link-is-withdrawn = This link was withdrawn: it holds on no day.
done-link-added = The link is recorded
done-link-ended = The link has its end
done-link-withdrawn = The link is withdrawn

problem-group_company = No company in your part of the register has this number or identifier. Search for it and copy its number.
problem-group_self = A company cannot be linked to itself. Write the number of the other one.
problem-group_overlap = These two companies have a link at this time already. End or withdraw that one first.
problem-group_circle = This would close a circle: the controlled company already controls the other one, directly or over others, at this time. Check which way the control goes.
problem-group_dates = The end must be after the first day of the link.
problem-group_share = Write a percentage above 0 and up to 100, with two decimals at most, such as 51.25.
problem-group_majority = A majority is more than 50 %. With less, choose what the control rests on, or a minority holding.
problem-group_minority = A minority holding is 50 % at most. With more, choose the majority of shares.
problem-group_shares = On { $day } the shares of all holders together would be more than 100 %. Check the shares, or end the earlier holding first.

# The audit trail
action-group-link_added = Link between companies recorded
action-group-link_ended = Link between companies ended
action-group-link_withdrawn = Link between companies withdrawn
audit-outside = a company outside your regions
field-parent = Company above
field-child = Company below
field-control = Rests on
field-valid_from = Holds from
field-valid_to = No longer from
field-company = Other company
field-direction = Which way
field-ended_on = No longer from
field-mistake = What was wrong
