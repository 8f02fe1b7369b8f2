# The list
suppliers-title = Suppliers
suppliers-total = { $n ->
    [one] { $shown } company
   *[other] { $shown } companies
}
suppliers-match = { $n ->
    [one] { $shown } matches
   *[other] { $shown } match
}
suppliers-match-many = more than { $shown } match: add a word to narrow the search
suppliers-shown = { $n ->
    [one] { $shown } on this page
   *[other] { $shown } on this page
}
suppliers-export = Export
suppliers-import = Import a list
suppliers-new = New supplier
suppliers-filters = Filters
suppliers-filter = Filter
suppliers-clear = Clear all
suppliers-region = Region
suppliers-any-region = Any region
suppliers-area = Province or country
suppliers-any-area = Any province
suppliers-stage = Stage
suppliers-any-stage = Any stage
suppliers-category = Category
suppliers-any-category = Any category
suppliers-sort = Sort by
suppliers-sort-name = By name
suppliers-sort-newest = Newest first
suppliers-sort-oldest = Oldest first
suppliers-company = Company
suppliers-place = Place
suppliers-supplies = Supplies
suppliers-none = No suppliers yet
suppliers-none-body = Import the list you have, in CSV or Excel, or enter the first company by hand.
suppliers-none-match = Nothing matches
suppliers-none-match-body = No company fits all the filters. Take one away, or search for part of the name.

# Saved views
views-title = Saved views
views-name = Name of this view
views-save = Save this view
views-forget = Forget the view { $name }
done-view-saved = View “{ $what }” saved
done-view-removed = View removed
problem-too_many_views = You have as many saved views as fit. Remove one first.

# Stages
stage-candidate = Candidate
stage-invited = Invited
stage-registering = Registering
stage-under_review = Under review
stage-active = Introduced
stage-suspended = Suspended
stage-eliminated = Eliminated
stage-withdrawn = Withdrawn
stage-declined = Declined
stage-now = Now:
stage-new = New stage
stage-reason = Reason
stage-reason-hint = It stays in the company’s history. Write it so that an auditor understands it.
supplier-change-stage = Change stage
done-stage-changed = { $what }: stage changed

# A company
supplier-edit = Edit company
supplier-create = Add supplier
supplier-company = Company
supplier-legal-name = Legal name
supplier-legal-name-hint = As on the business licence, in the company’s own script
supplier-english-name = English name
supplier-stage = Stage
supplier-stage-hint = The company begins as a candidate. Invite it to register, or propose its introduction on its page; a second person introduces it.
supplier-registered-office = Registered office
supplier-country = Country
supplier-country-from-address = As the address says
supplier-address = Address
supplier-address-hint = As you have it, in Chinese or English. The province is read from it and gives the company its region.
supplier-province = Province
supplier-province-hint = Only where the address does not say it
supplier-province-from-address = From the address
supplier-identifiers = Identifiers
supplier-more = More about the company
supplier-industry = Industry
supplier-website = Website
supplier-note = Note
supplier-identity = Identity
supplier-place = Place
supplier-from-import = Came with
supplier-the-import = a list that was imported
supplier-sites = { $n ->
    [one] { $shown } site
   *[other] { $shown } sites
}
supplier-contacts = Contacts
supplier-history = Name, stage and region over time
supplier-story = Story
supplier-whole-trail = Whole trail
history-until = until
done-supplier-created = { $what } is in the register
done-supplier-edited = { $what } saved

# Identifiers
identifier-uscc = Unified Social Credit Code
identifier-uscc-hint = 18 characters, from the business licence
identifier-lei = LEI
identifier-duns = D-U-N-S number
identifier-eu-vat = EU VAT number
identifier-other = Other identifier
identifier-add = Add identifier
identifier-kind = Kind
identifier-value = Identifier
identifier-state = Check
identifier-evidence = Evidence
identifier-evidence-hint = Only where the check digit fails although the licence says so: what you saw, and where the copy is. A second person confirms it.
identifier-unconfirmed = Waits for a second person
identifier-checks = Check digit fits
identifier-form-only = Form fits
identifier-confirmed = Confirmed
identifier-confirm = Confirm
identifiers-none = No identifier yet. With one, the company cannot be entered twice.
done-identifier-added = Identifier { $what } added
done-identifier-confirmed = Identifier confirmed
done-identifier-removed = Identifier removed

# Sites
site-registered_office = Registered office
site-office = Office
site-plant = Plant
site-warehouse = Warehouse
site-other = Other site
site-site = Site
site-add = Add site
site-edit = Edit site
site-kind = What it is
site-name = Name of the site
site-name-hint = Only if it has a name of its own
site-registered = Registered
site-make-registered = Make this the registered site
site-close = Close this site
done-site-added = Site added: { $what }
done-site-edited = Site saved: { $what }
done-site-closed = Site closed
done-site-registered = The registered site, and with it the region, has changed

# Contacts
contacts-none = No contact yet.
contact-add = Add contact
contact-name = Name
contact-title = Position
contact-email = E-mail
contact-phone = Phone
contact-phone-hint = Stored encrypted and shown masked
contact-reach = Reach
contact-show-phone = Show phone
done-contact-added = { $what } added
done-contact-removed = Contact removed

# Addresses to settle
addresses-title = Addresses to settle
addresses-sub = Nothing is guessed: choose the place that is meant. One click each.
addresses-none = Nothing to settle
addresses-none-body = Every site has its place. Addresses that leave a doubt will wait here.
addresses-no-address = No address given
addresses-other-place = Another place…
addresses-settle = Settle
done-address-settled = Settled: { $what }
place-unresolved = Place to settle
place-reason-nothing_found = No place found
place-reason-contradiction = City and province contradict each other
place-reason-ambiguous = The name fits several places
place-reason-unknown_country = The country is not known
