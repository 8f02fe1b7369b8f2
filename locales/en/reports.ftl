# Suppliers by region
report-title = Suppliers by region
report-sub = As at { $date } · { $scheme } (version { $version })
report-as-at = As at
report-scheme = Scheme
report-count = Count
report-count-suppliers = Suppliers
report-count-sites = Sites
report-compare = Compare with
report-show = Show
report-region = Region
report-share = Share
report-bar = Bar
report-change = Change
report-since = Change since { $date }
report-map-letters = Letters as in ISO 3166-2: JS is Jiangsu. Point at a tile for its name; the table below has all names.
report-total = Total
report-adds-up = counts add up
report-adds-not = counts do not add up
report-head-suppliers = { $n ->
    [one] { $shown } supplier
   *[other] { $shown } suppliers
}
report-head-sites = { $n ->
    [one] { $shown } site
   *[other] { $shown } sites
}
report-by-province = By province
report-as-table = As a table
report-map = Tile map of China's provinces; the table further down has the same figures
report-areas = By province and country
report-area = Province or country
report-nothing = Nothing counts here at this date.
report-scheme-page = Regions and provinces of this scheme
report-invented = The companies are invented. The six totals are those of a published report, but which total belongs to which region is not known: the pairing shown here is invented.
report-limited = You see your part of the register. The numbers count only suppliers in the regions that your account is limited to.

report-definition = Definition
report-definition-suppliers = A supplier counts when its stage is Introduced or Suspended at the end of the day (UTC). Its region is that of its registered site. One legal entity counts once, however many sites it has.
report-definition-sites = A site counts when it is open at the end of the day (UTC) and its supplier is Introduced or Suspended then. Each site stands in the region where it is.
report-definition-history = Name, stage and region are kept with their history. A past date shows what the register knows to have been so on that day, not what is so today.
report-definition-rest = Outside the scheme: the place is known, but the scheme does not cover it. Unresolved: the address does not tell the place, and nobody has settled it yet. The rows always add up to the total.
report-definition-source = This is the figure of HKEX KPI B5.1, “Number of suppliers by geographical region”.

# The rows behind a number
report-rows-each = { $n } rows a page, in the order of supplier numbers
report-rows-first = First page
report-name-then = Name at that date
report-number = Number
report-place-then = Place at that date
report-stage-then = Stage at that date
report-address = Address

# Problems with what was asked for
problem-report_date = The date must be a day of the calendar, written as 2021-12-31.
problem-report_date_future = The date must not be in the future.
problem-report_scheme = Choose a region scheme from the list.
problem-report_count = Choose suppliers or sites.

# Exports
conflict-workbook-full = An XLSX workbook cannot hold more than 1,048,575 rows. Narrow the list, or choose CSV.

# From whom may we order what?
clearance-report-title = Clearance by category
clearance-report-sub = At the end of { $on } (UTC)
clearance-report-on = Day
clearance-report-group = Categories
clearance-report-all = All
clearance-report-category = Category
clearance-report-supplier = Supplier
clearance-report-offering = Offer it
clearance-report-cleared = May order
clearance-report-refused = May not order
clearance-report-reasons = Why not
clearance-report-companies = { $n ->
    [one] { $shown } supplier
   *[other] { $shown } suppliers
}
clearance-report-cut = { $n ->
   *[other] The figures are of the first { $shown } suppliers. Choose a region, or take a file: files have all of them.
}
clearance-report-none = Nobody offers anything here. Choose another region or other categories.
clearance-report-definition = Suppliers are those introduced or suspended. An order may be placed when nothing stands against it: stage, registration, identifiers, the category itself, its certification and what that rests on. A supplier may have several reasons, so reasons add up to more than those from whom one may not order.
clearance-report-definition-file = The files have a row for each supplier and each category, also for those that a supplier does not offer.
