registration-title = Registration
registration-title-change = Change to your registration
registration-back = Back to all sections
registration-place = Section { $n } of { $all }
registration-progress = { $n } of { $all } sections complete
registration-due = please hand in by { $day }
registration-half-company = About your company
registration-half-offer = What you offer and declare
registration-none = No registration is under way. We write to you when we need something from you.
registration-choose = Choose
registration-continue = Save and continue
registration-later = Save as draft and come back later
registration-remove = Remove
registration-kept = Kept: { $number }. Leave the field empty to keep it.
registration-saved-by = Last saved by { $name } on { $day }
registration-nth = { $what } { $n }
registration-of-row = { $row }, { $field }
registration-answer-yes = Yes
registration-answer-no = No

registration-section-company = Company and identifiers
registration-section-addresses = Addresses and sites
registration-section-contacts = Contacts
registration-section-ownership = Ownership and signatories
registration-section-bank = Bank account
registration-section-categories = What you offer
registration-section-documents = Licences and certificates
registration-section-conflicts = Conflicts of interest and related parties

registration-lead-company = Write names and numbers as on your business licence or register extract.
registration-lead-addresses = Your registered address, and every other place from which you deliver to us.
registration-lead-contacts = The people we may write to. At least one of them needs an e-mail address.
registration-lead-ownership = Who owns and represents your company. We need this to check that we know whom we deal with.
registration-lead-bank = Where we pay you. Nothing is paid to a new account before one of us has confirmed it with you.
registration-lead-categories = Tick everything that you can deliver to us.
registration-lead-documents = Your business licence, certificates and whatever else we asked for. Each file is with us as soon as you hand it in.
registration-lead-conflicts = Tell us about everything that could make it look as if a decision was not made on the merits.

registration-state-not_started = Not started
registration-state-in_progress = In progress
registration-state-complete = Complete
registration-state-unchanged = As we hold it
registration-state-changes_requested = Changes requested
registration-forwarded = With { $name }
registration-not-complete = Not complete

registration-status-open = You can stop at any time and come back: everything that you saved is kept.
registration-status-submitted = We have your registration and are reviewing it. You need not do anything until we write to you.
registration-status-changes_requested = We ask you to change something. Open the sections marked below, then hand in again.
registration-status-accepted = We have reviewed and accepted your registration. The last step is with us.
registration-status-finished = Your registration is complete: this is what you told us.
registration-status-withdrawn = This registration has ended. Write to your contact in procurement if you wish to come back.
registration-submitted = Handed in
registration-finished = Closed
registration-download = Download your answers (JSON)

registration-asked = { $n ->
    [one] We ask you to change one thing
   *[other] We ask you to change { $shown } things
}
registration-asked-count = { $n ->
    [one] One comment
   *[other] { $shown } comments
}
registration-asked-here = Please change:
registration-restored = Your session had ended before this was saved. Below is what you had typed: save it to keep it.
registration-restored-saved = Show what is saved instead
registration-differs = A colleague has saved this section too
registration-differs-lead = { $name } saved this section after you had opened it. Nothing is lost: compare both versions and choose.
registration-differs-theirs = Saved by { $name }
registration-differs-yours = What you sent
registration-differs-mine = Save what I sent
registration-differs-keep = Keep what is saved

registration-check = Check your answers and hand in
registration-check-lead = These are your answers. Numbers are shown by their last digits only.
registration-check-incomplete = Some sections are not complete yet. You can hand in once all of them are.
registration-nothing-said = Nothing was filled in here.
registration-fill-in = Fill in
registration-change-one = Change
registration-declare = I declare that these answers are true and complete, and that I may give them for the company.
registration-submit = Hand in
registration-change = Has something changed?
registration-change-lead = Tell us about new names, addresses, people or accounts. What we hold is filled in already; change only what is different.
registration-change-begin = Report a change
registration-withdraw = Withdraw this registration
registration-withdraw-lead = We stop working on it. What was handed in so far stays on record.
registration-withdraw-reason = Why do you withdraw?
registration-withdraw-do = Withdraw
registration-documents-here = What we have
registration-documents-none = Nothing has been handed in yet.
registration-documents-add = Hand in or remove documents
registration-documents-until = valid until { $day }
registration-categories-none = There is nothing to choose from yet. Write to your contact in procurement.

done-section-saved = Saved
done-draft-saved = Saved as a draft: come back whenever you like
done-typed-kept = Your session has ended. What you typed is kept: sign in to go on
done-registration-submitted = Handed in. We have sent you a confirmation by e-mail
done-registration-withdrawn = The registration is withdrawn

conflict-registration-running = A registration of this company is already under way.
conflict-registration-closed = The registration is with us now, and its answers cannot be changed. If something is wrong, write to your contact in procurement.
conflict-registration-incomplete = Some sections are not complete, or changes that were asked for have not been made. Open the list of sections to see which.
conflict-registration-open = The company has not handed this registration in, so nothing of it can be taken into the register.
conflict-not-introduced = Changes can be reported once the company has been introduced.

problem-contact_needed = Name at least one person with an e-mail address.
problem-account_needed = Tell us at least one bank account.
problem-category_needed = Tick at least one.
problem-representative_needed = Name your legal representative.
problem-choose_answer = Choose yes or no.
problem-say_what_is_missing = Say what is still missing, and when you expect to have it.
problem-parties_named = You have named related parties below. Choose yes, or remove them.
problem-declaration_needed = Confirm that your answers are true and complete.
problem-nothing_changed = Nothing is different from what we hold. Change a section first, or withdraw the change.
problem-province_elsewhere = This province is not in the country that you chose. Choose another, or leave the province open.
problem-identifier_doubtful = The check digit does not fit. Compare it with your licence. If the licence really says so, tell us below where we can see it.

registration-company-legal_name = Legal name
registration-company-legal_name-hint = In your own script, exactly as registered
registration-company-english_name = English name
registration-company-english_name-hint = As you write it in English, if you do
registration-company-industry = Industry
registration-company-website = Web site
registration-company-website-hint = For example https://www.example.com
registration-company-uscc = Unified Social Credit Code
registration-company-uscc-hint = For companies in mainland China: 18 characters, from the business licence
registration-company-lei = LEI
registration-company-lei-hint = 20 characters, if you have one
registration-company-duns = D-U-N-S number
registration-company-duns-hint = Nine digits, if you have one
registration-company-eu_vat = EU VAT number
registration-company-eu_vat-hint = With the two letters of the country, for example DE123456789
registration-company-evidence = If a code is unusual
registration-company-evidence-hint = Only if your licence shows a code that we do not take: where can we see it?

registration-addresses-registered_country = Country of the registered address
registration-addresses-registered_address = Registered address
registration-addresses-registered_address-hint = Street, city and postal code, as registered
registration-addresses-registered_province = Province
registration-addresses-registered_province-hint = Only for China, if the address does not name it
registration-addresses-sites = Other sites
registration-addresses-sites-add = Add a site
registration-addresses-sites-one = Site
registration-addresses-kind = What it is
registration-addresses-name = Name of the site
registration-addresses-name-hint = Only if it has a name of its own
registration-addresses-country = Country
registration-addresses-address = Address
registration-addresses-province = Province (China)
registration-site-registered_office = Registered office
registration-site-office = Office
registration-site-plant = Plant
registration-site-warehouse = Warehouse
registration-site-other = Other site

registration-contacts-contacts = People
registration-contacts-contacts-add = Add another person
registration-contacts-contacts-one = Contact
registration-contacts-name = Name
registration-contacts-title = Position
registration-contacts-email = E-mail address
registration-contacts-phone = Telephone
registration-contacts-phone-hint = With the country code, for example +86 21 5555 0199

registration-ownership-parent_name = Parent company
registration-ownership-parent_name-hint = The company that controls yours, if there is one
registration-ownership-parent_identifier = Identifier of the parent company
registration-ownership-parent_identifier-hint = Its registration number, LEI or similar
registration-ownership-parent_share = Share held by the parent company, in percent
registration-ownership-parent_share-hint = For example 51.25
registration-ownership-people = People
registration-ownership-people-add = Add another person
registration-ownership-people-one = Person
registration-ownership-role = What this person is
registration-ownership-name = Name
registration-ownership-country = Country that gave the identity paper
registration-ownership-share = Share, in percent
registration-ownership-share-hint = Of a beneficial owner, for example 33.3
registration-ownership-paper = Identity paper
registration-ownership-number = Number of the paper
registration-ownership-number-hint = We keep it encrypted and show its last digits only
registration-person-legal_representative = Legal representative
registration-person-beneficial_owner = Beneficial owner
registration-person-signatory = Authorised signatory
registration-paper-resident_id = Identity card of mainland China
registration-paper-passport = Passport
registration-paper-other = Other paper

registration-bank-accounts = Accounts
registration-bank-accounts-add = Add another account
registration-bank-accounts-one = Account
registration-bank-holder = Account holder
registration-bank-holder-hint = As the bank writes it: normally your company
registration-bank-bank = Bank and branch
registration-bank-country = Country of the bank
registration-bank-bank_code = Bank code
registration-bank-bank_code-hint = BIC, or the twelve digits of CNAPS in China
registration-bank-currency = Currency
registration-bank-currency-hint = Three letters, for example CNY or EUR
registration-bank-number = Account number
registration-bank-number-hint = The IBAN where there is one. We keep it encrypted and show its last digits only

registration-categories-categories = Categories
registration-categories-name = Category

registration-documents-handed_in = Have you handed in everything that you have?
registration-documents-handed_in-hint = Business licence, certificates, and what we asked for
registration-documents-missing = What is still missing
registration-documents-missing-hint = If something is to come: what, and when

registration-conflicts-has_conflicts = Is there a conflict of interest, or something that could look like one?
registration-conflicts-has_conflicts-hint = For example: somebody of us, or a relative, owns a part of your company or works for it
registration-conflicts-details = Tell us about it
registration-conflicts-details-hint = Who, what, and since when
registration-conflicts-has_related = Are there related parties?
registration-conflicts-has_related-hint = Companies or people that you share owners, managers or family with and that deal with us
registration-conflicts-parties = Related parties
registration-conflicts-parties-add = Add a related party
registration-conflicts-parties-one = Related party
registration-conflicts-name = Name
registration-conflicts-relation = How you are related
registration-conflicts-relation-hint = For example: sister company, same managing director

letter-registration_received-subject = We have received your registration { $number }
letter-registration_received-body = The registration of { $company } has arrived. We review it now and write to you when it is done, or when we need something else. Your answers stay readable here:
