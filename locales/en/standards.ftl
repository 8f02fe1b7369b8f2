standards-title = Access standards
standards-sub = What each category demands of whoever supplies it
standards-no-categories = No categories yet
standards-no-categories-body = A standard belongs to a category. Add the categories that are bought first.
standards-none = No category demands anything yet. Draft a standard for one; somebody else publishes it.
standards-certified = Certified
standard-new = Draft a standard
standard-next = Draft the next version
standard-draft = Draft a version
standard-draft-for = Draft a version for { $category }
standard-edit = Edit the draft
standard-save-draft = Save as a draft
standard-version = Version { $n }
standard-since = since { $day }
standard-from = from { $day }
standard-inherited = as for { $category }
standard-nothing = Nothing demanded
standard-demands-number = { $n ->
    [one] { $n } demand
   *[other] { $n } demands
}
standing-draft = Draft
standing-coming = To come
standing-in_force = In force
standing-past = Replaced
standing-discarded = Given up
standard-category-hint = It counts for the categories below too, unless they have a standard of their own.
standard-validity = Certified for, in months
standard-validity-hint = For how long a certification holds: 1 to 60 months.
standard-planned = Planned first day
standard-planned-hint = Who publishes it decides on the day.
standard-note = Note
standard-note-hint = Why this version; what auditors are to look at.
standard-demands = What it demands
standard-facts = In the register
standard-documents = Documents
standard-certificates = Certificates
standard-certificates-hint = Guidance such as ISO 20400, ISO 26000 and ISO 37002 is not here: nobody can be certified to it.
standard-ticked = { $n } chosen
standard-clauses = Signed clauses
standard-by-hand-hint = The auditor looks at this; the register cannot tell by itself.
standard-clauses-hint = In the version that counts. Of a clause that has no published version yet, the auditor says whether it is signed.
standard-grade = Lowest ESG grade
standard-grade-none = No grade
standard-authentication = Real-name authentication
standard-others = Certified for other categories
standard-others-hint = The company must be certified for these first.
standard-pillar-environment = Environment
standard-pillar-labour = Labour and safety
standard-pillar-ethics = Ethics
standard-pillar-supply_chain = Supply chain
standard-pillar-information_security = Information security
standard-pillar-governance = Quality and governance
standard-added = new
standard-compared = Compared with { $category }, version { $version }
standard-see = See it
standard-dropped = No longer demanded:
standard-none-dropped = Everything that was demanded still is.
standard-facts-title = About this version
standard-first-day = First day
standard-first-day-hint = Today or later, and after the first day of the last version.
standard-drafted = Drafted
standard-published = Published
standard-inheriting = Counts for these too
standard-versions = Versions
standard-ended-by = Given up by { $who }.
standard-preview = Whom it leaves short
standard-preview-what = Looked at as of { $day }: { $certified } certified or suspended companies whose certification reaches that day.
standard-short = { $n ->
    [0] No company would be short.
    [one] { $n } company would be short.
   *[other] { $n } companies would be short.
}
standard-hidden = { $n ->
    [one] { $n } of them is outside your regions.
   *[other] { $n } of them are outside your regions.
}
standard-unnamed = { $n ->
    [one] { $n } more is not listed here.
   *[other] { $n } more are not listed here.
}
standard-by-hand = To be looked at by a person, company by company:
standard-lacks = Lacks
standard-publish = Publish
standard-publish-what = A published version is not edited any more; the next one takes its place on its day.
standard-mine = You had a part in this draft. Somebody else has to publish it.
standard-end-discarding = Give the draft up
standard-end-withdrawal = Take it back before its day
done-standard-drafted = The draft is saved. Somebody else publishes it.
done-standard-edited = The draft is changed.
done-standard-published = Published. It counts from { $what } on.
done-standard-discarded = The draft is given up.
done-standard-withdrawn = The version is taken back.
conflict-standard-stands = This version is not in the state for that any more. A published version is not changed: draft the next one.
conflict-category-closed = This category is closed. Its standard stays as it is.
refused-own-standard = You had a part in this draft. Somebody else has to publish it.
problem-months = Enter a number of months from 1 to { $max }.
problem-effective_from = Enter a day, as in 2027-01-31.
problem-effective_past = Choose today or a later day.
problem-effective_order = The last version counts from { $day } on. Choose a later day.
problem-no_demand = Choose at least one demand.
problem-guidance_only = This is guidance without requirements: nobody can be certified to it. Choose a certificate.
problem-draft_exists = This category has a draft already. Edit that one, or give it up first.
problem-draft_changed = Somebody has changed this draft since you opened it. Compare before you go on: what you send next takes its place.
problem-demand_circle = These categories would demand each other: { $chain }. Nobody could be certified for any of them.
problem-demand_without_standard = Nobody can be certified for { $category } on that day: it has no standard. Publish one first, or choose another day.
problem-short_changed = When you looked, { $before } companies would have been short; now it is { $now }. Look at the list again before you publish.
home-kind-standard = Publish a standard
home-kinds-standard = Standards to publish
matrix-title = Certification
matrix-sub = Who is certified for what, and until when
matrix-none = Nothing is demanded yet
matrix-none-body = Companies are certified against a category's standard. Publish one first.
matrix-no-standard = This category has no standard
matrix-no-standard-body = Choose another category, or publish a standard for this one.
matrix-search = Company, number or identifier
matrix-state = State
matrix-any-state = Any state
matrix-held-certified = Certified
matrix-held-suspended = Suspended
matrix-held-pending = Under way
matrix-held-lapsed = Lapsed
matrix-held-none = Offered, not certified
matrix-not-certified = Offered, not certified
matrix-nothing = Not offered
matrix-until = until { $day }
matrix-renewal = Renewal:{" "}
matrix-certified = { $n } certified
matrix-suspended = { $n } suspended
matrix-pending = { $n } under way
matrix-left-out = { $n ->
    [one] { $n } more category has a standard. Choose a category to see it and those below it.
   *[other] { $n } more categories have a standard. Choose a category to see it and those below it.
}
