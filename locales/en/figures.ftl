# Figures of inspections and findings, the calendar of a year, and a company's inspections.
figures-title = Inspection figures
figures-days = { $from } to { $to }
figures-from = From
figures-to = To
figures-calendar = Calendar of the year
figures-all = All
figures-none = Nothing was inspected in these days
figures-none-body = Choose other days, or look at what is planned.
figures-without-day = { $n ->
    [one] One inspection to come has no day yet: it is counted in no period.
   *[other] { $shown } inspections to come have no day yet: they are counted in no period.
}
figures-open-inspections = Show them
figures-by-region = Inspections by region
figures-companies = Companies inspected
figures-companies-share = Of active companies
figures-state = { $number } { $state }
figures-state-done = done
figures-state-open = planned
figures-state-cancelled = cancelled
figures-column-done = Done
figures-column-open = Planned
figures-column-cancelled = Cancelled
figures-by-month = Inspections by month
figures-month = Month
figures-findings-by-region = Findings by region
figures-by-section = Findings by section of the checklist
figures-section = Section
figures-outcomes = Closed on time, contained on time, repeated
figures-on-time-note = On time: closed on the last day or before. Counted are findings that are closed, or whose last day is over.
figures-severity = Severity
figures-share = Share
figures-mean-days = Mean days to close
figures-of = of { $number }
figures-disputes = Disputes
figures-dispute = Outcome
figures-findings = Findings
figures-measure-raised = Findings raised
figures-measure-standing = Findings that were not withdrawn
figures-measure-judged = Closed or due
figures-measure-on_time = Closed on time
figures-measure-late = Not closed on time
figures-measure-contain_judged = Contained or due to be
figures-measure-contained_on_time = Contained on time
figures-measure-closed = Closed
figures-measure-repeated = Repeated
figures-measure-withdrawn = Dispute followed, finding withdrawn
figures-measure-upheld = Dispute not followed
figures-measure-due = Not settled, last day in these days
figures-measure-waiting = Dispute not decided yet
figures-heat = Categories and regions
figures-heat-note = Weighed findings for each inspection: critical 9, major 3, minor 1. The darker a cell, the higher its number.
figures-heat-before = The period before: { $days }.
figures-category = Category
figures-no-category = No category
figures-cell = findings: { $findings }, inspections: { $inspections }
figures-before = before: { $number }
figures-definition-inspections = An inspection counts on the day of its visit, or while there was none on the day that is planned; a finding counts on the day of the visit. The region is the one in which the company was then. Done: signed off, or closed.
figures-definition-companies = A company counts once in a row, however often it was inspected. Active: introduced or suspended at the end of the last day, or today when that is still to come. The share is that of active companies, rounded down.
figures-definition-on-time = Closed on time: the day of closing is the last day or an earlier one, of findings that are closed or whose last day is over. Withdrawn findings are left out. Contained on time is the same for critical findings and the day by which they are contained. Days to close count from the visit.
figures-definition-repeated = Repeated: at the item of an earlier finding of the same company. The share is that of findings that were not withdrawn.
figures-definition-heat = The number of a cell is 9 times its critical findings, 3 times its major ones and its minor ones, divided by its inspections that are done. Withdrawn findings are left out.
figures-number = { $n ->
    [one] One finding
   *[other] { $shown } findings
}
figures-shown = { $n ->
    [one] one row
   *[other] { $shown } rows
}
figures-no-rows = No finding is behind this number
figures-no-rows-body = Go back to the figures and choose another number.
figures-finding = Finding
figures-status = Status
figures-raised = Day of the visit
figures-due = Last day
figures-closed = Closed
figures-overdue = Overdue
figures-calendar-title = Inspections { $year }
figures-calendar-sub = { $done } done, { $open } planned · { $hours } hours on days of the year, { $planned } hours by plans
figures-plans-cut = { $n ->
    [one] One plan is shown; there are more.
   *[other] { $shown } plans are shown; there are more.
}
figures-month-empty = Nothing planned
figures-due-count = { $n ->
    [one] one finding due
   *[other] { $shown } findings due
}
figures-overdue-count = { $n ->
    [one] one overdue
   *[other] { $shown } overdue
}
figures-day-count = { $n ->
    [one] One day with inspections
   *[other] { $shown } days with inspections
}
figures-hours = { $hours } hours on days, { $planned } hours by plans
figures-definition-calendar = Inspections stand on the day of their visit, or on the day that is planned. Findings are counted in the month of their last day while they are not settled.
figures-definition-hours = Hours by plans: what a plan says an inspection takes, times its inspections that were not cancelled, spread evenly over the days of the plan. Hours on days: the same of inspections whose day is in the month. Inspections without a plan have no hours.
figures-tier = Risk tier
figures-tier-change = Change
figures-tier-by = Recorded by { $name } on { $day }
figures-tier-none = Nobody has recorded one: it counts as medium.
figures-penalties = Penalties in force
figures-penalties-none = No points are taken off the score.
figures-points = { $n ->
    [one] one point off the score
   *[other] { $shown } points off the score
}
figures-until = Until { $day }
figures-running = In force
figures-inspections = Inspections
figures-no-inspections = This company has not been inspected
figures-no-inspections-body = Inspections come from draws and plans, or are planned around a project.
figures-to-inspections = All inspections
figures-inspection = Inspection
figures-kind = Kind
figures-day = Day
figures-no-day = No day yet
figures-inspector = Inspector
figures-no-findings = No findings.
figures-effects = What the rules have led to
supplier-tab-inspections = Inspections
problem-figures_order = The last day must not be before the first.
problem-figures_long = Choose at most ten years.
problem-figures_year = Choose a year from 1990 to 2200.
