# What all rooms of inspections share
inspection-kind = Kind
inspection-kind-sampling = Sampling inspection
inspection-kind-project = Project inspection
inspection-kind-code_of_conduct = Code of conduct
inspection-kind-information_security = Information security
inspection-status = State
inspection-status-planned = Planned
inspection-status-assigned = Assigned
inspection-status-scheduled = Scheduled
inspection-status-under_way = Under way
inspection-status-signed_off = Signed off
inspection-status-closed = Closed
inspection-status-cancelled = Cancelled
inspection-outcome = Outcome
inspection-outcome-none = No result yet
inspection-outcome-conform = Conform
inspection-outcome-observation = Observation
inspection-outcome-minor = Minor
inspection-outcome-major = Major
inspection-outcome-critical = Critical
inspection-outcome-not_applicable = Not applicable
finding-severity-minor = Minor
finding-severity-major = Major
finding-severity-critical = Critical

# The list
inspections-sub = Visits to companies: planned, under way, and what they found.
inspections-q = Number of the inspection or company, or name
inspections-any-status = Any state
inspections-group-open = Not done yet
inspections-group-done = Done
inspections-any-kind = Any kind
inspections-any-plan = Any plan
inspections-any-inspector = Anybody’s
inspections-mine = Mine
inspections-one-inspector = One inspector’s
inspections-area = Province or country
inspections-any-area = Everywhere
inspections-day = What the period is about
inspections-day-planned = Planned day
inspections-day-visited = Day of the visit
inspections-day-either = Day of the visit, or the planned one
inspections-days = Day
inspections-from = From
inspections-to = To
inspections-open-findings = { $n } open
inspections-none = No inspections yet
inspections-none-body = Make a plan and draw a sample, or open a company’s page to plan an inspection around a contract, a delivery or a complaint.
inspections-none-match = No inspection matches
inspections-none-match-body = Widen the period or take filters away.

# A new one
inspection-new = Plan an inspection
inspection-new-sub = Around a contract, a delivery or a complaint. A sample is drawn from a plan.
inspection-reason = Reason
inspection-reason-hint = The contract, the delivery or the complaint that it is about.
inspection-checklist = Checklist
inspection-checklist-version = { $name }, version { $version }
inspection-category = Category
inspection-category-hint = What is found counts for the certification of this category.
inspection-no-category = No category
inspection-site = Site
inspection-no-site = No particular site
inspection-choose = Choose
inspection-plan-do = Plan it
inspection-no-checklist = No checklist is in force
inspection-no-checklist-body = An inspection goes through a checklist. Publish one first.
done-inspection-planned = Planned: { $what }. Now name who goes.

# One inspection
inspection = Inspection
inspection-heading = Inspection of { $company }
inspection-facts = Facts
inspection-plan = Plan
inspection-why = Why this company
inspection-why-drawn = It was drawn: see how
inspection-inspector = Inspector
inspection-inspector-of-plan = { $name } · { $role } · named in the plan
inspection-inspector-other = { $name } · { $role }
inspection-nobody = Nobody yet
inspection-planned-on = Planned day
inspection-visited-on = Day of the visit
inspection-place = Place
inspection-people-met = People met
inspection-summary = Summary
inspection-signed-off = Signed off
inspection-signed-off-by = By
inspection-representative = There for the company
inspection-acknowledged = The company has taken note
inspection-acknowledged-not = Not yet
inspection-declarations = Declarations of conflicts of interest
inspection-has-conflict = Conflict of interest
inspection-no-conflict = No conflict of interest
inspection-findings = Findings
inspection-finding = Finding
inspection-findings-none = Nothing was found that has to be put right.
inspection-severity = Severity
inspection-contain = Contain by
inspection-due = Put right by
inspection-followed = What followed
inspection-results = Results
inspection-item = Item
inspection-progress = { $done } of { $all } answered
inspection-evidence = Evidence
inspection-evidence-whole = Of the whole visit
inspection-evidence-hint = Photos and papers of the visit. Notes beside them are for staff only.
inspection-to-visit = Go to the visit
inspection-report = Report to print
inspection-report-heading = Report of the inspection of { $company }
inspection-report-draft = Not signed off: this is how it stands now, and it may still change.
inspection-next-planned = Next: name an inspector and a day.
inspection-next-assigned = Next: the inspector says whether they have a conflict of interest. Without that no visit begins.
inspection-next-scheduled = Next: the visit. The company knows the day.
inspection-next-under_way = Next: a result for every item, then the signing off.
inspection-next-signed_off = Next: the company puts the findings right. The results do not change any more.
inspection-next-closed = Nothing is left to do: no finding is open.
inspection-next-cancelled = This inspection does not take place.
inspection-conflict-lead = { $name } has declared a conflict of interest and was taken off. Name somebody else.
inspection-assign = Who goes, and when
inspection-assign-lead = They are told by letter. Somebody new first says whether they have a conflict of interest; then the company is told.
inspection-assign-do = Assign
inspection-reassign-do = Save the change
inspection-cancel = Cancel the inspection
inspection-cancel-reason = Why it does not take place
inspection-cancel-hint = The inspector is told, and the company if it knew of the visit.
inspection-declare = Do you have a conflict of interest?
inspection-declare-lead = You have one if you, or somebody close to you, works or has worked for this company, owns part of it, takes gifts from it, or advises it.
inspection-ties = Your declaration
inspection-ties-none = I have no conflict of interest with this company
inspection-ties-conflict = I have, or may have, one
inspection-statement = What it is
inspection-statement-hint = Needed where you have one. Somebody else then goes.
inspection-declare-do = Declare
done-inspection-assigned = Saved. The inspector is told by letter.
done-inspection-declared = Your declaration is recorded.
done-inspection-cancelled = The inspection is cancelled.

# The visit
visit-title = Visit
visit-left = What is left
visit-nothing-left = Every item has a result. Below are the facts of the visit and the signing off.
visit-remark = What you saw
visit-save = Save
visit-saved = Saved
visit-saving = Saving…
visit-typing = Not saved yet
visit-remark-needed = Not saved yet: write what you saw
visit-offline = Not saved yet: no connection. It is kept on this device and sent later.
visit-signed-out = You are signed out. Your answers are kept on this device: sign in again, then come back to this page.
visit-sign-in = Sign in
visit-refused = Not saved: this inspection cannot be written into any more. Open its page to see why. What you wrote stays here.
visit-unkept = Not saved yet, and this browser keeps nothing: do not leave the page.
visit-restored = Taken up again from this device
visit-pending = %n not sent yet
visit-done-of = %d of %a answered
visit-file-offline = No connection: a photo can only be sent with one.
visit-differs = { $name } has saved this item meanwhile:
visit-differs-script = On another device this was saved meanwhile:
visit-keep-mine = Keep what stands here
visit-take-theirs = Take the other
visit-guidance = How to check
visit-evidence = Photos and papers
visit-evidence-whole = Photos and papers of the whole visit
visit-evidence-remove = Take off
visit-photo = Photo
visit-paper = Photo from the gallery, or a paper
visit-note = Note for staff
visit-attach = Add
visit-facts = Facts of the visit
visit-facts-save = Save the facts
visit-facts-unsaved = Not saved yet
visit-people-hint = Names and functions, one a line.
visit-sign-off = Sign off
visit-sign-off-lead = From then on nothing of this changes. The company is told what was found and by when to answer.
visit-summary-hint = The company reads it.
visit-representative-name = Who was there for the company
visit-representative-hint = Somebody who heard what you found at the end of the visit.
visit-representative-title = Their title
visit-sign-off-do = Sign off for good
done-inspection-facts = The facts of the visit are saved.
done-inspection-signed-off = Signed off. Findings: { $what }.
done-inspection-evidence-added = Added.
done-inspection-evidence-removed = Taken off.

# What a company sees
portal-inspections-asked =
    { $n ->
        [one] { $n } inspection to take note of
       *[other] { $n } inspections to take note of
    }
portal-inspections-lead = Who comes to see you, what they will look at, and what they found.
portal-inspections-none = No inspection is announced, and none was made yet.
portal-inspections-findings = What you have to put right
portal-inspection-coming = This visit is announced. Below is what the inspector will look at.
portal-inspection-clean = Nothing was found that you have to put right.
portal-inspection-found =
    { $n ->
        [one] { $n } finding has to be put right. Open it to answer.
       *[other] { $n } findings have to be put right. Open each to answer.
    }
portal-inspection-due = Put right by { $day }
portal-inspection-present = There for your company: { $name }, { $title }
portal-inspection-to-acknowledge = To take note of
portal-inspection-acknowledge = Take note of the summary
portal-inspection-acknowledge-lead = You confirm that you have read it. It does not say that you agree: a finding can be disputed on its own page.
portal-inspection-note = Your note
portal-inspection-acknowledge-do = We have read the summary
portal-inspection-acknowledged = { $name } took note of the summary on { $day }.
portal-inspection-questions = What will be looked at
done-inspection-acknowledged = Thank you. We see that you have read it.

# What is wrong
problem-inspection_day = Write the day as 2027-03-31.
problem-inspection_day_past = Choose today or a later day.
problem-inspection_day_early = The inspection was planned on { $day }. The visit was not before that.
problem-inspection_day_future = This day is still to come. Write the day on which you were there.
problem-inspection_no_day = Save the day of the visit among its facts first.
problem-inspection_outcome = Choose an outcome.
problem-inspection_remark = Write what you saw. Only what conforms needs no words.
problem-inspection_differs = Another page has saved this item meanwhile, and nothing was overwritten. Compare both, then save again.
problem-inspection_items_missing = { $n ->
        [one] One item has no result yet: { $items }.
       *[other] { $n } items have no result yet: { $items }.
    }
problem-inspector_conflict = This person has declared a conflict of interest for this inspection. Choose somebody else.
refused-inspection-not-yours = This inspection is somebody else’s. Only the inspector who is named writes into it.
conflict-inspection = The inspection is no longer where this step begins. Look at its page to see where it stands and what comes next.
conflict-inspection-undeclared = First the inspector says on the inspection’s page that they have no conflict of interest.
conflict-inspection-declared = Nothing is to be declared here now: it was done already, or nobody is assigned.
conflict-inspection-signed-off = The inspection is signed off. Its results do not change any more.
conflict-document-inspected = An inspection rests on this document. Its evidence has to stay.

# What waits for somebody
home-kinds-inspection_assign = Inspections to assign
home-kind-inspection_assign = Name an inspector and a day
home-kinds-inspection_declare = Conflicts of interest to declare
home-kind-inspection_declare = You are to inspect this company: say whether you have a conflict of interest
home-kinds-inspection_visit = Visits to make
home-kind-inspection_visit = Go there and write down what you find
home-kinds-inspection_sign_off = Inspections to sign off
home-kind-inspection_sign_off = Every item has a result: sign it off

# The trail
action-inspection-planned = Inspection planned
action-inspection-assigned = Inspector named
action-inspection-rescheduled = Inspection moved
action-inspection-scheduled = Inspector declared no conflict of interest
action-inspection-conflict_declared = Inspector declared a conflict of interest
action-inspection-cancelled = Inspection cancelled
action-inspection-recorded = Result written down
action-inspection-visited = Facts of the visit written down
action-inspection-evidence_added = Evidence of an inspection added
action-inspection-evidence_removed = Evidence of an inspection taken off
action-inspection-signed_off = Inspection signed off
action-inspection-acknowledged = Inspection taken note of
action-inspection-closed = Inspection closed
action-inspection-reopened = Inspection open again
field-inspection = Inspection
field-inspector = Inspector
field-planned_on = Planned day
field-visited_on = Day of the visit
field-place = Place
field-people_met = People met
field-representative = There for the company
field-conform = Conform
field-observation = Observations
field-minor = Minor
field-major = Major
field-critical = Critical
field-not_applicable = Not applicable

# Letters
letter-inspection-no-place = the company’s premises
letter-inspection-no-finding = Nothing was found that has to be put right.
letter-inspection-findings = What has to be put right:
letter-inspection-finding = { $number } ({ $severity }): put right by { $day }
letter-inspection-finding-contain = { $number } ({ $severity }): contain the harm by { $contain }, put it right by { $day }
letter-inspection_assigned-subject = { $number }: you are to inspect { $company }
letter-inspection_assigned-body = You are named as the inspector of { $company } ({ $number }), planned for { $day }, at { $place }. First say whether you have a conflict of interest: without that the visit cannot begin.
letter-inspection_assigned-button = Open the inspection
letter-inspection_moved-subject = { $number }: { $company } on { $day }
letter-inspection_moved-body = Your inspection of { $company } ({ $number }) is now planned for { $day }, at { $place }.
letter-inspection_moved-button = Open the inspection
letter-inspection_handed_over-subject = { $number }: somebody else inspects { $company }
letter-inspection_handed_over-body = The inspection of { $company } ({ $number }) was given to somebody else. You need not go.
letter-inspection_handed_over-button = Open the inspection
letter-inspection_cancelled-subject = { $number }: inspection of { $company } cancelled
letter-inspection_cancelled-body = The inspection of { $company } ({ $number }), planned for { $day }, does not take place.
letter-inspection_cancelled-button = Open the inspection
letter-inspection_announced-subject = Inspection of { $company } on { $day }
letter-inspection_announced-body = { $inspector } will inspect { $company } on { $day }, at { $place } ({ $number }). On the page you see beforehand what will be looked at.
letter-inspection_announced-button = See what will be looked at
letter-inspection_called_off-subject = { $number }: no inspection on { $day }
letter-inspection_called_off-body = The inspection of { $company } that was announced for { $day } ({ $number }) does not take place.
letter-inspection_called_off-button = Your inspections
letter-inspection_signed_off-subject = { $number }: result of the inspection of { $company }
letter-inspection_signed_off-body = The inspection of { $company } ({ $number }) by { $inspector } is signed off. Please read the summary and confirm on the page that you have.
letter-inspection_signed_off-button = Read the result
