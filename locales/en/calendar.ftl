# What runs out
calendar-lead = Certificates, certifications, audits, authentications and documents of suppliers, on their last day.
calendar-file = Calendar file (.ics)
calendar-months = Other months
calendar-today = Today
calendar-mine = Companies I look after
calendar-more = { $n ->
    [one] and one more
   *[other] and { $shown } more
}
calendar-overdue = { $n ->
    [one] One thing of an active supplier has run out and was not replaced
   *[other] { $shown } things of active suppliers have run out and were not replaced
}
calendar-overdue-many = { $shown } or more things of active suppliers have run out and were not replaced
calendar-overdue-title = Run out and not replaced
calendar-overdue-lead = Of active and suspended suppliers, in the last 400 days, the oldest first.
calendar-none = Nothing that is shown here runs out in this month.
calendar-show-all = Show all
calendar-cut = More than { $shown } things run out in this month, and not all are shown. Choose a kind, or open a day.
calendar-list-none = Nothing here
calendar-list-none-body = Nothing of the chosen kind runs out here. Go back to the month, or choose another kind.
calendar-to-month = To the month
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
expiry-kind-all = Everything
expiry-kind-certificate = Certificates
expiry-kind-certification = Certifications
expiry-kind-basic_audit = Basic information
expiry-kind-authentication = Real-name authentication
expiry-kind-document = Documents
expiry-thing = What runs out
expiry-company = Supplier
expiry-until = Last day
expiry-number = no.
expiry-title-certificate = { $name }, { $number }
expiry-title-certification = Certified for { $name }, { $number }
expiry-title-basic_audit = Basic information certified, { $number }
expiry-title-authentication = Real-name authentication of { $name }
expiry-title-document = { $name }
expiry-today = today
expiry-in-days = { $n ->
    [one] in one day
   *[other] in { $shown } days
}
expiry-days-ago = { $n ->
    [one] one day ago
   *[other] { $shown } days ago
}
expiry-things = { $n ->
    [one] one thing runs out
   *[other] { $shown } things run out
}
expiry-line = { $title }: valid until { $until } ({ $when })
problem-expiry_days = The last day must not be before the first.

# Reminders
letter-expiry_supplier-subject = { $company }: { $things }
letter-expiry_supplier-body = Some of what { $company } ({ $supplier }) has shown us runs out, or has run out. Please renew it in time, and hand in the new certificate or document in the supplier portal, or apply there for the certification to be renewed. What runs out can suspend orders for the categories that demand it.
letter-expiry_supplier-button = Your certifications
letter-expiry_contact-subject = { $company }: { $things }
letter-expiry_contact-body = Some of what { $company } ({ $supplier }) has shown us runs out, or has run out. Please renew it in time, and send the new certificate or document to the person who looks after your company on our side. What runs out can suspend orders for the categories that demand it.
letter-expiry_owner-subject = { $company } ({ $supplier }): { $things }
letter-expiry_owner-body = The following of { $company } ({ $supplier }) runs out, or has run out. The company was told as well, if the register knows an address. Please see that it is renewed, or plan the next audit.
letter-expiry_owner-button = Open the certification of the company

# Owners
supplier-owner = Owner in our firm
owner-change = Change
owner-none = Nobody
owner-lead = Whoever looks after the company is told of what runs out there.
owner-account = Owner
owner-account-hint = People of staff who may see this company.
owner-nobody = Nobody
owner-save = Save
done-owner-assigned = The owner is saved.

# Scheduled work
jobs-lead = What the server does by the clock. Of several servers on one database, one does the work.
jobs-none = No scheduled work yet
jobs-none-body = The server enters its work a few seconds after it starts. Load this page again.
jobs-again = Load again
job-name = Work
job-state = Last time
job-began = Last began
job-ended = Last ended
job-next = Next
job-not-yet = Not yet
job-running = Running
job-never = Not yet
job-done = Done
job-failed = Failed: the reason is in the server's log, and it is tried again within five minutes
job-certifications = Keep certifications in step
job-certifications-what = Every hour: what ran out lapses; what lacks a demanded certificate is suspended, and no longer than it lacks it.
job-certifications-done = { $n ->
    [one] One certification changed
   *[other] { $shown } certifications changed
}
job-reminders = Send reminders
job-reminders-what = Every day at 00:05 UTC: letters to suppliers and their owners about what runs out.
job-reminders-done = { $n ->
    [one] Reminded of one thing
   *[other] Reminded of { $shown } things
}
