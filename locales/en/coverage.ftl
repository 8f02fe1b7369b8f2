# Coverage of clauses, requests and reminders.
coverage-title = Clause coverage
coverage-sub = How many of those who must sign have signed, at the end of { $day }, UTC
coverage-none = There are no clauses yet
coverage-none-body = Coverage is counted once a clause is published: write one first.
coverage-all = All
coverage-figures = Figures
coverage-companies = Companies
coverage-share = Signed of those who must
coverage-of = { $signed } of { $asked }
coverage-open = { $n ->
    [one] one open
   *[other] { $shown } open
}
coverage-version = Version { $shown }
coverage-not-in-force = No version in force on this day
coverage-voluntary = { $n ->
    [one] one of them without having to
   *[other] { $shown } of them without having to
}
coverage-by-region = By region
coverage-by-category = By category
coverage-by-category-note = A company with several categories stands in each of them, and in those above. Categories are those offered today.
coverage-by-group = By group
coverage-by-group-note = Companies under common control on the day, by the company at the top. The largest groups are shown; the file has all.
coverage-by-version = By version
coverage-held = Newest version signed
coverage-no-version = None
coverage-in-force = In force
coverage-signed-on = Last signed
coverage-asked-on = Last asked
coverage-never-asked = Never
coverage-account = Can sign in
coverage-account-yes = Yes
coverage-account-no = Nobody: invite somebody
coverage-ask = Ask them to sign
coverage-nobody = No company is behind this number
coverage-nobody-body = Take a filter away, or choose another day.
coverage-choose = Choose a clause, or a number above, to see the companies.
coverage-shown = { $n ->
    [one] one row
   *[other] { $shown } rows
}
coverage-definition = Counted are companies that were introduced or suspended at the end of the day, each as its history says: its region, its group, its signatures and its exceptions on that day. A signature counts from the moment at which it was made until it is declared void; only the version in force counts.
coverage-definition-share = Must sign: everybody to whom the rule of the version in force applies, whether they have signed or not. Who is excepted need not. The share is rounded down, so that 100.0 % means everybody.
coverage-definition-source = For HKEX KPI B5.2: practices relating to engaging suppliers, the number of suppliers where they are implemented, and how they are monitored.
coverage-wanted-asked = Must be signed by
coverage-wanted-outstanding = Must sign, first time or again
coverage-wanted-signed = Signed
coverage-wanted-must_sign = Must sign
coverage-wanted-must_sign_again = Must sign again
coverage-wanted-excepted = Excepted
coverage-wanted-not_asked = Not asked
field-on = Day
field-standing = Standing
field-scheme = Region scheme
problem-coverage_past = Requests go out as of today: choose today or a later day.
problem-requests_nothing = There is nothing that this company must sign and has not.
problem-requests_lately = This company was asked within the last 7 days.
problem-requests_unreachable = Nobody of this company can sign in: invite somebody first.
requests-title = Ask companies to sign
requests-number = { $n ->
    [one] One company is asked to sign what it must and has not:
   *[other] { $shown } companies are asked to sign what they must and have not:
}
requests-nobody = There is nobody to ask: whoever must sign was asked within the last 7 days, or cannot sign in.
requests-lately = Left out: { $number }, because they were asked within the last { $days } days.
requests-left = At most { $shown } companies are asked at once.
requests-more = { $n ->
    [one] One is left for the next time.
   *[other] { $shown } are left for the next time.
}
requests-letter = Each of their people with an account gets one letter that names all clauses. They are reminded after 7, 14 and 30 days, and every 30 days from then on.
requests-send = { $n ->
    [one] Ask one company to sign
   *[other] Ask all { $shown } to sign
}
requests-back = Back to coverage
requests-unreachable = { $n ->
    [one] One company cannot be asked
   *[other] { $shown } companies cannot be asked
}
requests-unreachable-body = Nobody of these has an account, so they are not asked and not counted as asked. Invite somebody of each first.
requests-next = What to do
requests-invite = Invite somebody
requests-unnamed = { $n ->
    [one] And one more.
   *[other] And { $shown } more.
}
done-clauses-requested = Companies asked to sign: { $what }.
done-clause-requested = The company was asked to sign.
clause-request-line = { $clause } (version { $version }, in force from { $day })
clause-request-things = { $n ->
    [one] one clause
   *[other] { $shown } clauses
}
letter-clause_request-subject = { $company }: please sign { $things }
letter-clause_request-body = We ask all suppliers to sign the clauses that apply to them. { $company } is asked to sign { $things }.

    Somebody who may sign for the company and is authenticated can read and sign online.
letter-clause_request-button = Read and sign
letter-clause_reminder-subject = Reminder for { $company }: { $things } to sign
letter-clause_reminder-body = We have asked { $company } to sign { $things } and have no signature yet. Without it no new orders may be placed once the clause is in force.

    Somebody who may sign for the company and is authenticated can read and sign online.
letter-clause_reminder-button = Read and sign
job-clauses = Remind of clauses
job-clauses-what = Every day at 00:10 UTC: letters to suppliers that were asked to sign and have not; what needs no signature any more is settled.
job-clauses-done = { $n ->
    [one] One request settled or reminded of
   *[other] { $shown } requests settled or reminded of
}
home-kinds-clause_unasked = Companies to ask for a signature
home-kind-clause_unasked = They must sign a clause and were not asked to
