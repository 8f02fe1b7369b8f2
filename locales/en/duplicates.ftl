# Companies that may be one: the queue
duplicates-title = Possible duplicates
duplicates-sub = Companies whose names and places are alike, the likeliest first. What you decide is remembered and not asked again.
duplicates-least = Lowest likeness
duplicates-least-any = Any likeness
duplicates-least-90 = 90 % or more
duplicates-least-95 = 95 % or more
duplicates-none = No pairs to decide
duplicates-none-body = Nothing in the register looks like the same company twice. New companies are compared as they come in.
duplicates-none-match = Nothing matches
duplicates-none-match-body = No pair fits all the filters. Clear them to see every pair.
duplicates-choose = Choose this pair
duplicates-chosen = With the pairs chosen on this page, up to 50 at once. Before anything happens you see exactly what.
duplicates-merge-chosen = Merge them…
duplicates-apart-chosen = They are not the same…
layout-duplicates = Duplicates

# A pair
pair-title = Are these one company?
pair-score = { $score } % alike
pair-holds = Holds
pair-sites = { $n ->
    [one] { $shown } site
   *[other] { $shown } sites
}
pair-contacts = { $n ->
    [one] { $shown } contact
   *[other] { $shown } contacts
}
pair-merge = Merge…
pair-apart = Not the same
pair-status-apart = Decided: two companies.
pair-status-merged = Decided: one company, and merged.
pair-status-closed = Settled by another merge.
supplier-number = Number

# Why a pair was found
reason-name_same = same name but for spelling and legal form
reason-name_alike = similar names
reason-name_order = same words in another order
reason-name_read = the Chinese name reads like the English one
reason-trade_differs = other trades in the names
reason-number_differs = other numbers in the names
reason-branch = one is named as a branch
reason-group = one is named as a group
reason-named_place_differs = other places in the names
reason-aside_differs = other words in brackets or behind a dash
reason-same_city = same city
reason-same_province = same province
reason-same_country = same country
reason-other_city = other city
reason-other_province = other province
reason-other_country = other country
reason-place_unknown = a place is not known

# Merging
merge-title = They are one company
merge-what = The sites, identifiers, contacts, categories, accounts, bank accounts, people and control links of the one that goes move to the one that stays. The registered site of the one that goes becomes an ordinary site. Its number and address lead to the one that stays, figures of days before today do not change, and the merge can be undone.
merge-kept = Which one stays?
merge-kept-hint = Proposed is the one of which more is known.
merge-keeps = { $kept } stays, { $gone } goes into it:
merge-reason = Reason
merge-do = Merge them
merge-undo = Undo the merge
apart-title = They are two companies
apart-reason = Reason
done-pair-apart = Noted: two companies
done-pairs-decided = Decided: { $what }
done-merged = Merged into this company
done-merge-undone = Merge undone: two companies again

# Several at once
decisions-title = This will happen
decisions-merge = { $n ->
    [one] { $shown } company goes into another
   *[other] { $shown } companies go into others
}
decisions-apart = { $n ->
    [one] { $shown } pair stays two companies
   *[other] { $shown } pairs stay two companies each
}
decisions-goes-into = { $gone } { $gone_name } goes into { $kept } { $kept_name }
decisions-stay = { $first_code } { $first } and { $second_code } { $second } are two companies
decisions-left-out = Left out
decisions-none = None of these can be carried out. Decide the pairs one by one.
decisions-all-or-none = All of it happens, or nothing: when one of these companies is changed meanwhile, it is named and nothing is written.
decisions-do-merge = { $n ->
    [one] Merge { $shown } pair
   *[other] Merge { $shown } pairs
}
decisions-do-apart = { $n ->
    [one] Keep { $shown } pair apart
   *[other] Keep { $shown } pairs apart
}

# On a company's page
same-title = Other entries of this company
same-perhaps = Perhaps the same: { $code } { $name }
same-includes = Includes { $code } { $name }, merged on { $date } by { $who }
identifier-holder = It belongs to { $company }: open that company

# Refusals
conflict-pair-decided = This pair has been decided meanwhile. Open the queue again to see what is left.
conflict-merged-already = One of these was merged into another company already. Open it: its address leads to where it is now.
conflict-merge-held = One of the two is suspended or eliminated and the other is not. A merge must not carry a company out of a punishment, nor into one. Decide about the stage first.
conflict-merge-entities = Each has a valid code of its own (Unified Social Credit Code or LEI), so they are two legal entities. If one of the codes is wrong, remove it on that company's page first.
conflict-undo-kept-merged = The company that was kept has itself been merged into another since. Undo that merge first.
conflict-undo-later-merge = Another company was merged into this one later. Undo the later merge first.
conflict-undo-registered = A site that came with this merge is now the registered one. Register another site first.
conflict-undo-site = A site that came with this merge has been changed or closed since, so the merge cannot be undone exactly. Enter the company anew instead.
problem-merge_with_itself = Choose two different companies.
problem-pairs_chosen = Choose at least one pair and at most 50.
problem-pair_changed = { $first } or { $second } has been changed since this was shown. Nothing was written. Open the queue and choose again.
problem-pair_gone = One of the pairs is no longer there: a company was renamed or moved meanwhile. Nothing was written. Open the queue and choose again.
problem-pair_overlaps = { $first } or { $second } is in two of the pairs chosen. Decide such pairs one after the other. Nothing was written.
conflict-merge-circle = Control would come back to where it begins: a company stands above one of the two and below the other. End or withdraw the wrong link of control first.
