# Ballots: what people vote on
ballots-title = Votes
ballot-number = Vote
ballot-open = Bring it to the vote
ballot-open-decision = Bring a decision to the vote
ballot-open-appeal = Bring the appeal to the vote
ballot-open-release = Bring an early release to the vote
ballot-open-lifting = Bring the end of the measure to the vote
ballot-open-hint = You vote for it by that. The others of the body see your grounds and vote with theirs; it is decided once all whom it takes have agreed, and fails with one vote against.
ballot-kind-decision = Decision
ballot-kind-appeal = Appeal
ballot-kind-release = Early release
ballot-kind-lifting = Lifting
ballot-outcome-impose = Impose a measure
ballot-outcome-dismiss = Impose nothing
ballot-outcome-uphold = Uphold the decision
ballot-outcome-vary = Vary the decision
ballot-outcome-overturn = Overturn the decision
ballot-outcome-end = End the measure today
ballot-status-open = Open
ballot-status-carried = Carried
ballot-status-failed = Failed
ballot-vote-for = For it
ballot-vote-against = Against it
ballot-voted-for = For
ballot-voted-against = Against
ballot-left = { $n ->
    [one] One more person has to agree
   *[other] { $shown } more people have to agree
}
ballot-missing = Among them:
ballot-cast = Vote
ballot-vote-grounds-hint = They are kept with your vote and read by whoever may see the case.
ballot-has-voted = You have voted. It waits for the others.
ballot-imposes = Measure
ballot-bars-data = access to our data ends
ballot-opened = Brought by
ballot-closed = Closed on
ballot-failed-group = The group of the company had changed since it was looked at, so nothing was decided. Look at it again and bring it to the vote anew.
ballot-terms = { $measure }; { $term }; { $orders }
ballot-months = { $n ->
    [0] no term
    [one] one month
   *[other] { $shown } months
}
ballot-no-end = without an end
ballot-term-between = { $from } to { $to } months
ballot-term-exactly = { $months ->
    [0] no term
    [one] one month
   *[other] { $months } months
}
ballot-term-endless = { $from } months or more, or without an end
ballot-standard = The standard lays down:
ballot-measure-hint = This and the next four count only where a measure is imposed or varied.
ballot-departure-hint = Needed where the measure, the term or the orders are other than the standard lays down.
ballot-grounds-hint = The company reads them when it is decided.
ballot-board-hint = When and how the board was told, as in the minutes.
ballot-group-hint = Say of each company of the group whether the measure is to hold it, and why:
ballot-group-differs = The group has changed since this page was made:
ballot-group-joined = { $company } has joined.
ballot-group-left = { $company } has left.
field-ballot_kind = What about
field-ballot_outcome = What is to follow
field-ballot_grounds = Grounds
field-decided_measure = Measure decided
field-decided_orders = Orders decided
field-decided_term = Term in months
field-decided_endless = Without an end
field-decided_bars_data = Access to our data ends
field-departure = Reason for departing from the standard
field-board_notice = Notice to the board
field-vote = Your vote
field-vote_grounds = Your grounds
field-ballot = Number of the vote
field-holds_from = Holds from
field-holds_until = Holds until before
done-ballot-opened = Vote { $what } is open, and your vote is given
done-ballot-voted = Your vote is given
done-ballot-failed = Your vote is given: it has failed
done-ballot-group-changed = The group has changed since it was looked at: nothing was decided. Look at it again and bring it to the vote anew.
done-ballot-decided = Decided, and the company is told
done-ballot-carried = Carried, and the company is told
refused-own-punishment = You have brought this case. Others vote on it.
refused-decided-punishment = You have voted on the decision. Somebody who had no part in it hears the appeal.
refused-ballot-role = The body that decides here has no seat for your role.
refused-reentry-role = An approver or a legal officer records that a company may come back.
conflict-punishment-unheard = The company has not replied, and its days to reply are not over. Nothing is decided before.
conflict-release-unasked = The company has not asked for an early release, or the standard does not allow it yet.
conflict-ballot-open = People are voting on this case already. Wait for the end of that vote.
conflict-ballot = Nobody votes on this any more: it is closed, or the case has moved on.
conflict-ballot-voted = You have voted already. Each person votes once.
problem-ballot_term = Write whole months from 0 to { $max }, or choose “without an end”.
problem-ballot_term_none = Only a warning is without a term. Write one month at least.
problem-ballot_departure = This is other than the standard lays down. Give the reason.
problem-ballot_group_changed = The group of the company has changed since this page was made. Look at it again below, then send the form anew.
problem-ballot_heavier = An appeal does not lead to anything heavier than what holds now, nor to anything longer.
problem-ballot_varies_nothing = This is what holds now. Make it lighter, or uphold the decision.

# Coming back
reentry-title = Re-entry
reentry-hint = What speaks for working with the company again, and with whom it was agreed.
reentry-certification = Its certifications have ended with the measure: it has to be certified anew first.
reentry-record = Record the re-entry
field-reentry_note = Note on the re-entry
problem-reentry_certification = The company has not been certified since the measure ended. The standard asks for that first.
done-punishment-reentered = The re-entry after { $what } is recorded
certification-anew = Certification has to be obtained anew. Please ask the legal department.

# What a company may do
rights-appeal = Appeal
rights-appeal-hint = If you think that the decision is wrong you may appeal until { $day }, once. People who had no part in the decision hear the appeal. The measure holds in the meantime.
rights-appeal-reason-hint = What is wrong with the decision, and what you ask for instead.
rights-appealed = You have appealed. People who had no part in the decision hear it by { $day }. The measure holds in the meantime.
rights-release = Ask for early release
rights-release-hint = If you have put right what was wrong, say what you have done and show it. We verify it before we decide.
rights-release-text-hint = What was changed, since when, and who can confirm it.
rights-release-asked = You have asked for early release. We verify what you have handed in and write to you.
rights-release-from = Early release can be asked for from { $day }.
rights-file = Evidence
field-appeal_reason = Reason for the appeal
field-release_text = What has been put right
problem-release_evidence = Add a file that shows what was put right.
conflict-appealed = There was an appeal already. A decision can be appealed once.
conflict-appeal-late = The last day to appeal has passed.
conflict-release-never = This measure ends by itself; there is no early release from it.
conflict-release-early = It is too early to ask for release. The page of the measure names the first day.
conflict-release-asked = You have asked for early release already. Please wait for our answer.
done-punishment-appealed = Your appeal in { $what } is handed in
done-punishment-release-asked = Your request in { $what } is handed in

# What waits for staff, and the daily job
home-kinds-punishment_vote = Votes that wait for you
home-kind-punishment_vote = Others have brought it to the vote: read their grounds and vote
home-kinds-punishment_decision = Cases to decide
home-kind-punishment_decision = The company has been heard: bring a decision to the vote
home-kinds-punishment_appeal = Appeals to hear
home-kind-punishment_appeal = The company has appealed: look at it as somebody who had no part in the decision
job-punishments = Keep cases in step
job-punishments-what = Every day at 00:25 UTC: measures end on their last day; missed days are written down; suppliers are reminded of their reply.
job-punishments-done = { $n ->
    [one] One thing done in cases
   *[other] { $shown } things done in cases
}

# The trail of a case
action-punishment-ballot_opened = Brought to the vote
action-punishment-voted = Vote given
action-punishment-ballot_failed = Vote failed
action-punishment-decided = Measure decided
action-punishment-not_imposed = Decided that nothing follows
action-punishment-appealed = Appealed by the company
action-punishment-upheld = Decision upheld
action-punishment-varied = Decision varied
action-punishment-overturned = Decision overturned
action-punishment-release_asked = Early release asked for by the company
action-punishment-released = Released early
action-punishment-lifted = Measure lifted
action-punishment-expired = Measure expired
action-punishment-reentered = Re-entry recorded
action-punishment-reply_missed = Days to reply passed without a reply
action-punishment-overdue = A day of ours has passed
