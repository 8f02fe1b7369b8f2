# Figures of punishments.
punishment-figures-title = Figures of punishments
punishment-figures-none = No case was proposed in these days
punishment-figures-none-body = Choose other days, or look at the cases.
punishment-figures-to-cases = All cases
punishment-figures-now = Today
punishment-figures-what = What
punishment-figures-cases = Cases
punishment-figures-case = Case
punishment-figures-all-cases = All cases
punishment-figures-by-measure = Cases by measure
punishment-figures-measure = Measure
punishment-figures-no-measure = No measure
punishment-figures-by-region = Cases by region
punishment-figures-by-violation = Cases by violation
punishment-figures-violation = Violation
punishment-figures-days = Days from the proposal to the decision
punishment-figures-median = Median
punishment-figures-longest = Longest
punishment-figures-terms = Measures by term
punishment-figures-term = Term
punishment-figures-appeals = Appeals
punishment-figures-outcome = Outcome
punishment-figures-proposed = Proposed
punishment-figures-which-overdue = A day of ours has passed
punishment-figures-which-in_force = Measure in force
punishment-figures-which-decided = Decided
punishment-figures-which-waiting = Appeal not heard yet
punishment-figures-which-upheld = Appeal: upheld
punishment-figures-which-varied = Appeal: varied
punishment-figures-which-overturned = Appeal: overturned
punishment-figures-which-term_none = Warning, without a term
punishment-figures-which-term_3 = Up to 3 months
punishment-figures-which-term_12 = 4 to 12 months
punishment-figures-which-term_36 = 13 to 36 months
punishment-figures-which-term_longer = More than 36 months
punishment-figures-which-term_endless = Without an end
punishment-figures-definition-cases = A case counts on the day on which it was proposed, in the region in which the company was then. No measure: not decided yet, taken back, or nothing was imposed.
punishment-figures-definition-days = Days to the decision count from the day of the proposal, of cases that were decided. The median is the middle one, or lies between the two in the middle.
punishment-figures-definition-terms = Terms are those that were decided, or that an appeal has changed them to.
punishment-figures-definition-appeals = The share is that of appeals that were heard, rounded down.
punishment-figures-definition-overdue = A day of ours has passed: the notice was not served, the case not decided or the appeal not heard on the last day for it.
punishment-figures-number = { $n ->
    [one] One case
   *[other] { $shown } cases
}
punishment-figures-no-rows = No case is behind this number
punishment-figures-no-rows-body = Go back to the figures and choose another number.
