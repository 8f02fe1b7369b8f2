# Certificates: the register, the form, the checking
certificate = Certificate
certificates-sub = What companies hold from others. What runs out next comes first; what has run out stands at the end.
certificates-q = Number or company
certificates-ends = Runs out
certificates-any-end = Whenever it runs out
certificates-ends-30 = Within 30 days
certificates-ends-90 = Within 90 days
certificates-ends-past = Has run out
certificates-any-state = Any state
certificates-any-pillar = Any subject
certificates-any-type = Any type
certificates-none = No certificates yet
certificates-none-body = Companies hand in their certificates on their portal. To record one yourself, open the company and go to “Certification”.
certificates-none-match = No certificate fits
certificates-none-match-body = Choose fewer filters, or write less of the number or name.
expiry-none = no end
expiry-left = { $n ->
    [0] runs out today
    [1] runs out tomorrow
   *[other] runs out in { $n } days
}
expiry-past = { $n ->
    [1] ran out yesterday
   *[other] ran out { $n } days ago
}
pillar-governance = Governance
pillar-environment = Environment
pillar-labour = Labour and safety
pillar-information_security = Information security
pillar-ethics = Ethics
pillar-supply_chain = Supply chain
certificate-state = State
certificate-pillar = Subject
certificate-new = Record a certificate
certificate-new-sub = Somebody else checks what you record here.
certificate-portal-new = Hand in a certificate
certificate-portal-new-lead = Copy what the certificate says, and add a scan of it. We check it and tell you.
certificate-type-hint = Guidance such as ISO 26000 is not offered: nobody is certified to it.
certificate-type-choose = Choose
certificate-number-hint = As it stands on the certificate.
certificate-issuer-hint = The certification body or authority, not the consultant.
certificate-holder-hint = The name on the certificate, letter by letter.
certificate-scope-hint = What is certified: products, activities, sites.
certificate-whole-company = The whole company
certificate-last-day-hint = The last day on which it is valid.
certificate-file = Scan or file of the certificate
certificate-document = Or one of the documents that we have
certificate-document-hint = A file that you choose above takes its place.
certificate-document-none = None of them
certificate-hand-in = Hand in
certificate-renews-this = Renews { $number } (until { $day }).
certificate-says = What it says
certificate-standard = Standard
certificate-open-file = Open the file
certificate-not-said = not said
certificate-recorded = Recorded
certificate-by-company = by the company
certificate-by-staff = by procurement
certificate-decided = Decided
certificate-asked-for = Asked for
certificate-look = Look closely:
certificate-warning-holder = the holder’s name is none that the company has or had.
certificate-warning-long = it is valid for longer than such certificates usually are.
certificate-warning-ran_out = it has run out.
certificate-warning-site = it is about one site, not the whole company.
certificate-warning-no_file = its file was taken off the company’s documents.
certificate-own = You recorded or corrected this yourself. A colleague has to check it.
certificate-waits = It waits for somebody who checks certificates.
certificate-accept = Accept
certificate-method-register = Looked up in the issuer’s or an authority’s register
certificate-method-issuer = Asked the issuer
certificate-method-copy = Looked at the copy only
certificate-note-hint = Where you looked it up, or who answered. Needed unless you looked at the copy only.
certificate-give-back = Ask for a better copy
certificate-give-back-hint = The company is written to with these words, and can hand it in again.
certificate-refuse = Refuse
certificate-refuse-hint = The company is told this reason. A refused certificate stays refused.
certificate-withdraw = Withdraw
certificate-withdraw-hint = For example: the issuer took it back. The company is told. Certifications that rest on it are suspended.
certificate-renew = Record its renewal
certificate-correct = Correct it and hand it in again
certificate-correct-hint = Choose a new file if a better copy was asked for, and correct what is not right.
certificate-correct-staff = The company can do this on its portal. Do it here when it sent you the better copy.
certificate-take-back = Take back
certificate-take-back-hint = If you handed it in by mistake. You can hand it in again later.
certificate-demanded = Demanded for
certificate-demanded-none = No category of this company demands such a certificate at present.
certificate-chain = Renewals
certificate-portal-submitted = We have received it and will check it. You need do nothing.
certificate-portal-returned = Please correct it or send a better copy. This is what we ask for:
certificate-portal-accepted = We have checked and accepted it. Send us its renewal before it runs out.
certificate-portal-refused = We could not accept it, for this reason:
certificate-portal-withdrawn = It does not count any more, for this reason:
certificate-portal-taken_back = You took it back. It was not checked.
done-certificate-recorded = Certificate { $what } is recorded. A colleague checks it.
done-certificate-corrected = Certificate { $what } is handed in again.
done-certificate-handed-in = Certificate { $what } is handed in. We check it.
done-certificate-taken-back = You have taken the certificate back.
done-certificate-accepted = The certificate is accepted.
done-certificate-returned = A better copy is asked for, and the company is written to.
done-certificate-refused = The certificate is refused, and the company is written to.
done-certificate-withdrawn = The certificate is withdrawn, and the company is written to.
conflict-certificate = The certificate is no longer in the state that this starts from: somebody else may have decided about it. Open it again to see how it stands.
conflict-document-in-use = A certificate rests on this document. Its evidence has to stay. A certificate that was refused or withdrawn needs it no more.
refused-own-certificate = You recorded or corrected this certificate yourself. Ask a colleague to check it.
refused-certificate-of-staff = This certificate was recorded by procurement. Write to your contact there if something is wrong with it.
problem-certificate_guidance = This is guidance: it has no requirements, and nobody can be certified to it. Hand the statement in as a document instead.
problem-certificate_number = Write the number with its letters and digits.
problem-certificate_no_end = Only licences can be without an end. Write the last day.
problem-certificate_order = The last day is before the first. Compare both with the certificate.
problem-certificate_long = This is more than { $max } years. Compare the years with the certificate.
problem-certificate_run_out = This has run out already. Hand in the one that is valid now.
problem-certificate_file = Choose the file of the certificate, or one of the documents that we have.
problem-certificate_renews = Choose an accepted certificate of this company and of the same type. If there is none, record it as a new one.
problem-certificate_twice = This number is recorded for the company already, for days that overlap. If this is its renewal, open the old one and choose “Record its renewal”; it begins later and ends later.
problem-certificate_of_company = { $company } has a certificate of this type with this number. One certificate belongs to one company: compare the number, and ask both if it is right.
problem-certificate_elsewhere = This number cannot be taken. Compare it with the certificate; if it is right, write to your contact in procurement.
problem-certificate_too_many = { $max } certificates of this company are recorded, which is all there is room for. Tell whoever runs the register.
problem-certificate_looked_up = Write where you looked it up, or who answered.
home-kinds-certificate = Certificates to check
home-kind-certificate = Compare what was handed in with the issuer’s register, then accept it, give it back or refuse it
letter-certificate_returned-subject = Please send a better copy: { $type }
letter-certificate_returned-body =
    Thank you for the certificate { $number } ({ $type }) of { $company }. Before we can accept it we need a better copy or a correction.

    On its page you can correct it and hand it in again. This is what we ask for:
letter-certificate_returned-button = Correct the certificate
letter-certificate_refused-subject = Not accepted: { $type }
letter-certificate_refused-body =
    We have checked the certificate { $number } ({ $type }) of { $company } and could not accept it.

    This is the reason:
letter-certificate_refused-button = See the certificate
letter-certificate_withdrawn-subject = Counts no more: { $type }
letter-certificate_withdrawn-body =
    The certificate { $number } ({ $type }) of { $company } does not count in our register any more. If you hold another one, please hand it in.

    This is the reason:
letter-certificate_withdrawn-button = See the certificate
