# Findings: what a company has to put right, and what became of it

findings-one = Finding
findings-sub = What inspections found, by the day by which it must be closed
findings-severity = Severity
findings-any-severity = Any severity
findings-supplier = Supplier number
findings-due-before = Due before
findings-none = No finding waits
findings-none-body = Findings appear here once an inspector has signed an inspection off.
findings-none-match = No finding fits
findings-none-match-body = Take a filter away, or look at all findings.
findings-state-unsettled = Still to be settled
findings-state-overdue = Overdue
findings-state-open = Company has to answer
findings-state-answered = To be verified
findings-state-disputed = Disputed
findings-state-closed = Closed
findings-state-withdrawn = Withdrawn
findings-state-all = All
finding-state = Status
finding-due = Due
finding-status-open = Company has to answer
finding-status-answered = To be verified
finding-status-disputed = Disputed
finding-status-closed = Closed
finding-status-withdrawn = Withdrawn
finding-portal-status-open = Your answer is due
finding-portal-status-answered = We are verifying your answer
finding-portal-status-disputed = We are looking at your dispute
finding-portal-status-closed = Closed
finding-portal-status-withdrawn = Withdrawn: it was no finding
finding-step-raised = Raised
finding-step-contained = Harm contained
finding-step-answered = Answered by the company
finding-step-disputed = Disputed by the company
finding-step-upheld = Dispute not followed: the finding stays
finding-step-withdrawn = Dispute followed: finding withdrawn
finding-step-returned = Answer returned
finding-step-closed = Verified and closed
finding-step-reopened = Opened again
finding-step-escalated = Overdue: escalated
finding-step-extended = More time given
finding-step-taken_back = Taken back by the company
finding-action-submitted = Waits to be verified
finding-action-accepted = Accepted
finding-action-returned = Returned
finding-action-taken_back = Taken back
finding-due-today = today
finding-due-in = { $n ->
    [one] in one day
   *[other] in { $shown } days
}
finding-overdue-days = { $n ->
    [one] one day overdue
   *[other] { $shown } days overdue
}
finding-to-contain = Contain: { $when }
finding-to-close = Close: { $when }
finding-things = { $n ->
    [one] one finding
   *[other] { $shown } findings
}
finding-line = { $number } ({ $severity }): to be closed by { $day } ({ $when })
finding-line-contain = { $number } ({ $severity }): harm to be contained by { $day } ({ $when })

# Its page
finding-what = What was found
finding-inspection = Inspection
finding-checklist = Checklist
finding-guidance = What to look at
finding-statement = Statement of the inspector
finding-visit-files = Evidence from the visit
finding-raised = Raised
finding-place = Place at the inspection
finding-contain-by = Contain the harm by
finding-contained-on = contained on
finding-due-on = Close by
finding-repeats = Repeats
finding-reopened = Opened again
finding-reopened-times = { $n ->
    [one] opened again once
   *[other] opened again { $shown } times
}
finding-settled = Settled
finding-rounds = Corrective actions
finding-rounds-none = The company has not answered yet.
finding-round = Answer { $n }
finding-will-be-done = Will be done on
finding-done = Done on
finding-answered-by = Answered
finding-files = Evidence
finding-decision = Decision
finding-story = What happened
finding-by-company = company
finding-next-open = The company has to answer, or to dispute it.
finding-next-answered = Somebody who did not inspect verifies the answer: close the finding, or return the answer.
finding-next-answered-own = You had a part in this inspection. A colleague has to verify the answer.
finding-next-disputed = Somebody who did not inspect decides on the dispute.
finding-next-disputed-own = You had a part in this inspection. A colleague has to decide on the dispute.
finding-next-closed = Verified and closed.
finding-next-withdrawn = It was no finding: the dispute of the company was followed.

# What is decided
finding-close = Close the finding
finding-close-hint = How you know that it is put right. The company reads it.
finding-contained-hint = Nobody has said yet that the harm is contained. Tick this only if the answer shows it.
finding-return = Return the answer
finding-return-hint = What is missing. The company reads it and answers again.
finding-uphold = Keep the finding
finding-uphold-hint = Why the dispute is not followed. The company reads it and has to answer.
finding-extended-to-hint = Leave this empty to keep the day by which it must be closed.
finding-withdraw = Withdraw the finding
finding-withdraw-hint = Why it is none. The company reads it, and what followed from this finding alone is dropped.
finding-extend = Give more time
finding-extend-hint = The day can be moved once, to { $day } at the latest. The company reads the reason.
finding-reopen = Open again
finding-reopen-hint = What has come back. The days count from today, and the company reads this.
field-closing_note = How it was verified
field-contained = The answer shows that the harm is contained
field-upholding_reason = Reason for the company
field-extended_to = New day by which it must be closed
field-reopening_reason = Why it is opened again
field-new_due_on = New day
field-extension_reason = Reason for more time
refused-own-finding = You had a part in this inspection. Somebody who did not inspect has to decide: ask a colleague.
conflict-finding = The finding is no longer in the state that this starts from: somebody may have been faster. Open it again to see how it stands.
conflict-finding-waits = Your company has answered or disputed this finding already. Wait for our decision, or take back what you sent and send it anew.
conflict-finding-upheld = We have decided on your dispute: the finding stays. Please answer it.
conflict-finding-extended = The day of this finding was moved before. It can be moved once only.
conflict-finding-long-closed = This finding was closed more than 12 months ago and cannot be opened again. Plan a new inspection.
conflict-document-finding = This document is evidence of a finding and has to stay.
problem-finding_before_visit = The visit was on { $day }. What was done about it cannot be older.
problem-finding_done_late = It must be done by { $day }. If that is not possible, say in the action what you do until then.
problem-finding_evidence = Show it: choose a file, or a document that you have handed in before.
problem-finding_documents = Choose { $max } documents at most.
problem-finding_uncontained = A critical finding is closed once its harm is contained. Return the answer, or tick this if the answer shows it.
problem-finding_extended = The day was moved before. It can be moved once only.
problem-finding_not_later = Choose { $day } or a later day.
problem-finding_too_late = Choose { $day } or an earlier day.
done-finding-closed = { $what } is closed
done-finding-returned = The answer to { $what } is returned to the company
done-finding-upheld = { $what } stays, and the company is told
done-finding-withdrawn = { $what } is withdrawn
done-finding-reopened = { $what } is open again
done-finding-extended = { $what } has a new day

# In the portal
portal-findings = Findings
portal-findings-lead = What an inspection has found at your company and what has to be put right.
portal-findings-none = No findings
portal-findings-none-body = If an inspection finds something to put right, it appears here.
portal-findings-none-open = Nothing is open at the moment.
portal-findings-settled = Settled
portal-findings-asked = { $n ->
    [one] One finding to contain or to answer
   *[other] { $shown } findings to contain or to answer
}
finding-portal-open = Please tell us why it came to this and what you do about it. If you think that it is wrong, dispute it.
finding-portal-answered = Thank you. Somebody who did not inspect you verifies your answer.
finding-portal-disputed = Somebody who did not inspect you decides on your dispute.
finding-portal-closed = We have verified what you did. There is nothing left to do.
finding-portal-withdrawn = We have followed your dispute. There is nothing left to do.
finding-act-containment = Contain the harm
finding-act-answer = Answer
finding-act-dispute = Dispute
finding-go-on-containment = Go on: contain the harm
finding-go-on-answer = Go on with your answer
finding-go-on-dispute = Go on with your dispute
finding-lead-containment = Say what you have done at once so that nobody comes to harm, and show it. The full answer can follow.
finding-lead-answer = Say why it came to this and what you do so that it does not happen again.
finding-lead-dispute = Say why this is no finding. Somebody who did not inspect you decides. The days run on.
finding-send-containment = Send
finding-send-answer = Hand in the answer
finding-send-dispute = Hand in the dispute
field-containment = What was done to contain it
finding-containment-hint = What happened to whom, what was stopped, who is safe now.
field-root_cause = Root cause
finding-root-cause-hint = Why it could happen, not only what happened.
field-corrective_action = Corrective action
finding-action-hint = What is changed for good, not only repaired.
field-action_owner = Who answers for it
finding-owner-hint = The name of a person in your company.
field-done_on = Done on, or will be done on
finding-done-hint = What is done already needs evidence.
finding-done-by = The finding must be closed by { $day }.
field-dispute_reason = Why it is no finding
finding-dispute-hint = Name what the inspector could not see, and add it as evidence.
finding-file = Evidence
finding-documents = Choose from the documents that we have
finding-documents-hint = They go with what you send, beside the file above.
finding-keep = Keep for later
finding-keep-hint = What you typed is kept for you for 14 days, without the file, also when you are signed out in between.
finding-kept = This is what you had typed. It has not been sent yet.
finding-kept-fresh = Begin anew
finding-take-back = Take it back
finding-take-back-hint = As long as nobody has decided you can take back what you sent, and send it anew.
done-finding-contained = { $what }: thank you, we know that the harm is contained
done-finding-answered = Your answer to { $what } is handed in
done-finding-disputed = Your dispute of { $what } is handed in
done-finding-kept = Kept for you: go on whenever you like
done-finding-taken-back = Taken back: answer or dispute it anew

# What waits for staff, and the daily job
home-kinds-finding_answer = Answers to findings to verify
home-kind-finding_answer = The company says that it has put a finding right: verify it as somebody who did not inspect
home-kinds-finding_dispute = Disputed findings to decide
home-kind-finding_dispute = The company says that it is no finding: decide as somebody who did not inspect
home-kinds-finding_overdue = Overdue findings
home-kind-finding_overdue = They should have been contained or closed by now
job-findings = Remind of findings
job-findings-what = Every day at 00:15 UTC: letters to suppliers before a finding is due; what is overdue is escalated.
job-findings-done = { $n ->
    [one] One finding reminded of or escalated
   *[other] { $shown } findings reminded of or escalated
}

# Letters
letter-finding_closed-subject = { $number }: closed
letter-finding_closed-body = We have verified what { $company } did about the finding { $number } and have closed it. There is nothing left for you to do. How we verified it:
letter-finding_closed-button = See the finding
letter-finding_returned-subject = { $number }: please answer again
letter-finding_returned-body = Thank you for your answer to the finding { $number } at { $company }. It is not enough yet. The finding is open until { $due }. What is missing:
letter-finding_returned-button = Answer again
letter-finding_upheld-subject = { $number }: the finding stays, please answer
letter-finding_upheld-body = We have looked at the dispute of the finding { $number } at { $company }. The finding stays, and we need your answer by { $due }. The reason:
letter-finding_upheld-button = Answer
letter-finding_withdrawn-subject = { $number }: withdrawn
letter-finding_withdrawn-body = We have followed the dispute of { $company }: { $number } is no finding. There is nothing left for you to do. The reason:
letter-finding_withdrawn-button = See the finding
letter-finding_reopened-subject = { $number }: open again
letter-finding_reopened-body = We have opened the finding { $number } at { $company } again. Please do what is asked by { $due }. The reason:
letter-finding_reopened-button = See what to do
letter-finding_extended-subject = { $number }: more time
letter-finding_extended-body = The finding { $number } at { $company } has more time: the next day is { $due }. The reason:
letter-finding_extended-button = See the finding
letter-finding_reminder-subject = { $company }: { $things } to put right soon
letter-finding_reminder-body = An inspection found something to put right at { $company }, and its day comes near: { $things }.
letter-finding_reminder-button = See what to do
letter-finding_overdue-subject = { $company }: { $things } overdue
letter-finding_overdue-body = The day by which { $company } had to put something right has passed: { $things }. Please do at once what is asked. What is overdue may have consequences for your certification.
letter-finding_overdue-button = See what to do
letter-finding_escalated-subject = { $company } ({ $supplier }): { $things } overdue
letter-finding_escalated-body = At { $company } ({ $supplier }) something is overdue: { $things }. Please see to it that the company acts, or that its answer is verified.
letter-finding_escalated-button = See the findings
