# Needs: what is looked for
needs-title = Needs
needs-sub = What is looked for, where, and by when.
need-new = New need
need-record = Record need
need-edit = Edit need
need-back = Back to the need
needs-any-state = Open and closed
needs-any-area = Any place
needs-none = No needs yet
needs-none-body = Record what is looked for and the criteria that a company has to meet. Candidates are proposed for it.
needs-none-others = When procurement records a need, it stands here, and you can propose a company for it.
needs-none-match = Nothing matches
needs-none-match-body = No need fits all the filters. Take one away.
need-what = What is needed
need-state = State
need-state-open = Open
need-state-closed = Closed
need-late = Overdue
need-age = { $n ->
    [0] recorded today
    [one] open for { $n } day
   *[other] open for { $n } days
}
need-title = Title
need-title-hint = A few words: “Second source for corrugated boxes, Jiangsu”
need-category = Category
need-choose-category = Choose a category
need-area = Place
need-anywhere = Anywhere
need-anywhere-china = Anywhere in China
need-any-province = Anywhere in the country
need-province-hint = Only for a place in China
need-reason = Why it is needed
need-reason-hint = What is missing without it. Colleagues read this before they propose a company.
need-needed-by = Needed by
need-recorded = Recorded
need-facts = About the need
need-criteria = Criteria
need-criteria-hint = Each candidate is judged by these. They stay as they are once the first verdict is written, so write all of them now. Rows without text are left out.
need-criteria-frozen = A candidate has been judged by these criteria, so they stay as they are.
need-no-candidates = Nobody has been proposed yet.
need-close = Close need
need-close-reason = Why it is closed
need-close-hint = No company can be proposed for it afterwards. It can be opened again.
need-closed-by = Closed by { $who }.
need-reopen = Open again
criterion-row = { $n ->
   *[other] Criterion { $n }
}
criterion-title = Criterion
criterion-strength = Importance
criterion-method = How it is judged
criterion-weight = Weight
criterion-more = Add another row
strength-must = Must
strength-should = Should
method-pass_fail = Pass or fail
method-score = Score 0 to 5
done-need-recorded = { $what } recorded
done-need-edited = { $what } saved
done-need-closed = Need closed
done-need-reopened = Need opened again
conflict-need-closed = This need is closed. Nothing is proposed, judged or accepted for it any more. If it is still needed, open it again first.
problem-no_criterion = Write at least one criterion.
problem-weight = Write a whole number from 1 to { $max } as the weight.
problem-needed_by = Write a day of the calendar, such as 2026-12-31.
problem-needed_by_past = This day has passed. Choose a later one.

# How candidates meet the criteria
screening-title = Screening
screening-hint = Pass means met. Scores: 5 outstanding, 3 met, 0 not at all. What is failed, or scored 2 or less, needs a reason.
screening-verdict = Verdict
screening-reason = Reason
screening-save = Save verdicts
verdict-pass = Pass
verdict-fail = Fail
verdict-5 = 5 – outstanding
verdict-4 = 4 – good
verdict-3 = 3 – met
verdict-2 = 2 – partly
verdict-1 = 1 – hardly
verdict-0 = 0 – not at all
verdict-short-pass = Pass
verdict-short-fail = Fail
verdict-short-5 = 5 of 5
verdict-short-4 = 4 of 5
verdict-short-3 = 3 of 5
verdict-short-2 = 2 of 5
verdict-short-1 = 1 of 5
verdict-short-0 = 0 of 5
problem-screening_reason = Say why: a criterion that is not met needs a reason.
candidate-not-screened = Not judged yet
candidate-screened = { $n } of { $of } judged
candidate-total = Total
comparison-title = Candidates side by side
comparison-none = Nobody to compare yet
comparison-none-body = Propose companies for this need first. Held and withdrawn ones are not compared.
comparison-musts = “Must” criteria
comparison-no-failed = None failed
comparison-failed = { $n ->
    [one] { $n } failed
   *[other] { $n } failed
}
comparison-hint = The total is weighted, in percent of what is possible. Pass counts as 5, fail as 0, and what is not judged yet counts nothing.
