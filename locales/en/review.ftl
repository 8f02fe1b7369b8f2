# Inviting a company, its people, the review of what it hands in, its introduction
supplier-tab-portal = Portal
layout-registrations = Registrations
language-en = English
language-zh-CN = Simplified Chinese

inviting-title = Invite to register
inviting-lead = The company gets an e-mail with a link that works once, for 14 days. Whoever opens it sets a password and fills in the registration.
inviting-name = Name of the person
inviting-name-hint = The person who will be responsible for the company's registration. They can bring in colleagues.
inviting-email = E-mail address
inviting-language = Language of the letter
inviting-due = Registration by
inviting-due-hint = The company can save and come back until then. It is a request, not a lock.
inviting-note = Personal note
inviting-note-hint = Goes into the letter as you write it.
inviting-do = Send the invitation

people-title = Portal and people
people-registration = Registration
people-no-registration = No registration has been begun. Invite the company, or propose it for introduction below.
people-accounts = People with accounts
people-none = Nobody of this company has an account yet.
people-replaced = taken over by { $name }
people-invitations = Invitations
people-invitations-none = Nobody has been invited yet.
people-again = Send again
people-make-owner = Make responsible
people-make-member = Make a colleague
people-close = Close an account
people-close-what = For somebody who has left, or must not come in any more. Their sessions end at once. To change who is responsible, invite the new person first.
people-account = Account
people-successor = Who takes over
people-successor-hint = Gets the sections that were handed on to this person. Without anybody they go back to who handed them on.
people-nobody = Nobody
people-merge = Two accounts of one person
people-merge-what = One account stays and takes over what was handed on to the other, which is closed.
people-kept = Account that stays
people-gone = Account that is closed
people-choose = Choose
people-propose = Propose introduction without the portal
people-propose-what = For a company whose facts you have entered yourselves. You propose it; a second person introduces it.

invitation-state-open = Waiting
invitation-state-used = Taken up
invitation-state-expired = Run out
invitation-state-revoked = Revoked

portal-role-supplier_owner = Responsible: hands in, brings in colleagues
portal-role-supplier_member = Colleague: fills in sections
portal-people-title = People
portal-people-lead = Everybody here can fill in the registration. Responsible people hand it in and bring in colleagues. At least one stays.
portal-people-read = Everybody here can fill in the registration. Ask a responsible person to bring in a colleague.
portal-people-you = (you)
portal-people-change = Change { $name }
portal-people-remove = Take off
portal-people-invite = Bring in a colleague
portal-people-role = What may they do?

forward-title = Hand on this section
forward-lead = A colleague who knows it better gets an e-mail that leads to this section. Without an account, the link lets them set a password first.
forward-due = The whole registration is asked for by { $day }.
forward-open = Handed on
forward-by = handed on by { $name }
forward-withdraw = Take back
forward-colleague = Colleague
forward-somebody-new = Somebody new
forward-name = Name of somebody new
forward-email = Their e-mail address
forward-email-hint = Only when they are not in the list above.
forward-by-when = Until when
forward-note = Note
forward-do = Hand on

review-title = Registrations
review-lead = What companies have handed in, the oldest first.
review-none = Nothing here
review-none-body = No registration has this status. Choose another one, or invite a candidate.
review-candidates = See candidates
review-purpose = For
review-purpose-introduction = Introduction
review-purpose-change = Change
review-status-open = Company is writing
review-status-submitted = To be reviewed
review-status-changes_requested = Changes asked for
review-status-accepted = Accepted, to be introduced
review-status-finished = In the register
review-status-withdrawn = Withdrawn or declined
review-round = Round
review-since = Waiting
review-due = Due
review-days = { $n ->
    [0] since today
    [one] 1 day
   *[other] { $shown } days
}
review-sections = Sections
review-section = Section
review-section-company = Company
review-section-addresses = Addresses
review-section-contacts = Contacts
review-section-ownership = Ownership
review-section-bank = Bank accounts
review-section-categories = Categories
review-section-documents = Documents
review-section-conflicts = Conflicts of interest
review-verdict = Verdict
review-verdict-what = What is the verdict on this section?
review-verdict-hint = To ask for changes, write at least one comment. Nothing is sent until every section has its verdict.
verdict-none = Not read yet
verdict-accepted = Accepted
verdict-changes = Changes needed
verdict-do-accepted = Accept
verdict-do-changes = Ask for changes
review-drafts = { $n ->
    [one] 1 comment not sent
   *[other] { $shown } comments not sent
}
review-outcome = Outcome
review-not-read = Read every section and give each a verdict. Then send the outcome here.
review-will-ask = The company gets one letter with all comments, and can mend what you asked for.
review-will-accept = Every section is accepted.
review-ask = Send the comments
review-accept = Accept the registration
review-facts = Where it stands
review-started = Begun
review-submitted = Handed in
review-reviewed = Reviewed
review-finished = Closed
review-documents = Documents
review-documents-none = The company has handed in no documents.
review-history = What was asked before
review-history-none = Nothing has been asked yet.
review-answers = What the company says
review-answers-none = Nothing was filled in here.
review-field = Field
review-before = In the register
review-now = Handed in
review-change = Change
review-nothing = nothing
review-comment = Comment
review-comment-whole = Comment on the section as a whole
review-save = Save the verdict
change-same = as before
change-new = new
change-changed = changed
change-gone = taken out

alarm-title = Held: this company shares something with an eliminated supplier
alarm-identifier = same identifier
alarm-bank_account = same bank account
alarm-person = same person behind it
alarm-phone = same telephone number
alarm-domain = same web site

introduction-title = Introduction
introduction-accepted = Accepted by { $name }. A second person introduces the company; orders are possible then.
introduction-other = You had a part in the review. Somebody else introduces the company.
introduction-approver = An approver introduces the company.
introduction-reason = Why may it be introduced all the same?
introduction-reason-hint = Say what you checked about what it shares with the eliminated supplier.
introduction-do = Introduce the supplier

decline-title = Decline
decline-reason = Reason
decline-hint = The company reads this in its letter.

done-invited = Invitation sent to { $what }.
done-invited-again = A new link was sent to { $what }; the one before is dead.
done-person-changed = { $what } signs in anew, with other rights.
done-person-closed = The account of { $what } is closed.
done-people-merged = Both are the account of { $what } now.
done-proposed = { $what } waits for a second person to introduce the company.
done-forwarded = Handed on to { $what }.
done-forward-withdrawn = Taken back from { $what }.
done-section-reviewed = Verdict saved.
done-changes-requested = The comments were sent in one letter.
done-registration-accepted = Every section is accepted.
done-registration-declined = { $what } is declined and was told why.
done-introduced = { $what } is introduced.

conflict-invite-stage = This company has left the way to introduction. Bring it back as a candidate first, on its stage page.
conflict-registration-handed-in = The registration has been handed in. It can be changed again when changes are asked for.
conflict-review-closed = This registration is not waiting for a review any more. Open it again to see how it stands.
conflict-review-incomplete = Not every section has a verdict. Read the rest first.
conflict-introduce = Only an accepted registration leads to introduction. Open it again to see how it stands.
refused-introduce-own = You accepted or reviewed this yourself. A second person introduces the company: ask an approver.
refused-forward-of-another = Somebody else handed this on. Ask them, or a responsible person, to take it back.

problem-due_day = Write a day from today on, within a year.
problem-verdict = Choose: accept, or ask for changes.
problem-comment_missing = Say at one field at least what should change.
problem-comment_accepted = There are comments, but the section is accepted. Ask for changes, or remove the comments.
problem-comment_field = One of the comments belongs to a field that is not there any more. Reload the page.
problem-alarm_reason = Say why the company may be introduced although it shares something with an eliminated supplier.
problem-forwarded_already = This section has been handed on to this person already.
problem-two_accounts = Choose two different accounts.

letter-supplier_invited-subject = { $company }: please register as a supplier
letter-supplier_invited-body = { $inviter } invites { $company } to register as a supplier. The link below works once, until { $until }. It lets you set a password and leads on to the registration, which you can save and continue at any time.
letter-colleague_invited-subject = { $company }: an account for you
letter-colleague_invited-body = { $inviter } invites you to the supplier portal of { $company }. The link below works once, until { $until }, and lets you set a password.
letter-section_forwarded-subject = { $company }: please fill in "{ $section }"
letter-section_forwarded-body = { $by } asks you to fill in the section "{ $section }" of the registration of { $company }.
letter-changes_requested-subject = { $company }: please change some answers
letter-changes_requested-body = We have read registration { $number } of { $company } ({ $supplier }). Some answers need a change. What we ask for stands below, and beside each field in the portal.
letter-change_accepted-subject = { $company }: your changes are in the register
letter-change_accepted-body = The changes of { $company } ({ $supplier }) that you handed in as { $number } are accepted and in the register now.
letter-registration_declined-subject = { $company }: your registration was declined
letter-registration_declined-body = We have decided not to go on with registration { $number } of { $company } ({ $supplier }). The reason:
letter-supplier_introduced-subject = { $company } is now a supplier
letter-supplier_introduced-body = { $company } is introduced as supplier { $supplier }, by registration { $number }. Orders are possible from now on.
letter-line-due = Please finish by { $day }.
letter-line-comment = { $place }: { $comment }
