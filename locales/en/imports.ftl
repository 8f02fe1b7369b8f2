# The list of imports
imports-title = Imports
imports-sub = Supplier lists that came in as files
imports-new = Import a list
imports-none = No list has been imported yet
imports-none-body = Upload the list you have. You see what would happen with each row before anything is written.
import-file = File
import-state = State
import-count-rows = Rows read
import-count-new = New suppliers
import-count-matched = Suppliers already in the register
import-count-sites = New sites, registered offices included
import-count-unresolved = Of these, places to settle
import-count-duplicates = Likely duplicates inside the file
import-count-errors = Rows with errors

# States
import-state-mapping = Columns to check
import-state-reading = Being read
import-state-ready = Waits to be confirmed
import-state-confirming = Being written
import-state-confirmed = In the register
import-state-undone = Undone
import-state-discarded = Discarded
import-state-failed = Not readable
import-state-interrupted = Interrupted
import-story-mapping = Say what the columns hold.
import-story-reading = The file is being read. This page moves on by itself; you may also come back later.
import-story-ready = Nothing is written yet. Look at the rows below, then confirm or discard.
import-story-confirming = The rows are being written, all of them or none. This page moves on by itself.
import-story-confirmed = What this import brings is in the register.
import-story-undone = What this import had written was taken out of the register again.
import-story-discarded = This import was given up. It wrote nothing.
import-story-failed = Nothing was written.
import-story-interrupted = Nothing was written.
import-failed-ready = Nothing was written.
import-failed-failed = The file could not be read.
import-failed-interrupted = The reading broke off.
import-progress = { $percent } % read

# Upload
import-new-title = Import a list
import-new-sub = CSV or Excel (.xlsx), as you have it: the next page asks what the columns hold
import-file-hint = At most 64 MB and 200,000 rows. For more use the command line: touchstone import suppliers FILE
import-upload = Upload
import-template = Template to fill in (XLSX)
import-template-body = Only if you have no list yet. All columns but the name may stay empty.
import-template-notes =
    One row for each company or site. Rows of the same company become one supplier with several sites.
    Only the name is required. Give the address, or province and city, so that the region can be told.
    Keep codes as text: a spreadsheet replaces the last digits of long numbers by zeros.
    Dates are written 2021-03-31.
import-hint-name = The name on the business licence, in the company's own script
import-hint-uscc = 18 characters
import-hint-address = Street, city and province, in English or Chinese
import-hint-category = Code or name of a category; several are separated by ;
import-hint-stage = For example Introduced or Candidate; empty means introduced
import-hint-since = Since when the company is a supplier: 2021-03-31
import-hint-site-kind = registered_office, office, plant, warehouse or other

# Columns
import-mapping-title = What the columns hold
import-columns = Columns of the file
import-column = Column
import-samples = First values
import-field = Holds
import-no-header = No header
import-no-samples = Empty
import-leave-out = Leave out
import-options = For all rows
import-stage = Stage
import-stage-hint = For rows that name none. A list of the suppliers you buy from: introduced.
import-since = Suppliers since
import-since-hint = For rows without a date: 2021-03-31. Empty means today. Reports as at an earlier day count only companies that were suppliers then.
import-each-row = Every row is a supplier of its own
import-each-row-hint = Otherwise rows of the same company become one supplier with several sites.
import-read = Read the file
import-read-body = Still writes nothing: you see what would happen with each row.

# Rows
import-rows = Rows
import-rows-none = No such rows.
import-rows-all = All
import-rows-new = New
import-rows-site = Further sites
import-rows-matches = In the register
import-rows-matches_site = New site of a known supplier
import-rows-duplicate = Likely duplicates
import-rows-error = Errors
import-rows-unresolved = Places to settle
import-row = Row
import-company = Company
import-place = Place
import-what-happens = What happens
import-unresolved = Place to settle
import-outcome-new = New supplier
import-outcome-site = Further site
import-outcome-matches = In the register
import-outcome-matches_site = New site
import-outcome-duplicate = Likely duplicate
import-outcome-error = Error
import-happens-new = Becomes a supplier.
import-happens-site = Becomes a site of { $name } (row { $number }).
import-happens-matches = Is { $name } ({ $number }) at an address it has already. Nothing changes.
import-happens-matches_site = Becomes another site of { $name } ({ $number }).
import-happens-duplicate = Same company and address as { $name } (row { $number }). Adds nothing.
import-happens-duplicate_known = The site of { $name } ({ $number }) stands in an earlier row already. Adds nothing.
import-happens-error = Does not go in.
import-skip-errors = Leave out the rows with errors
import-skip-errors-hint = Or correct them in the file and upload it again.
import-brings-nothing = There is nothing to write: no row brings a new company or site.
import-confirm = { $n ->
    [one] Import { $shown } supplier
   *[other] Import { $shown } suppliers
}
import-confirm-sites = { $n ->
    [one] Import { $shown } site
   *[other] Import { $shown } sites
}
import-discard = Discard
import-again = Upload again
import-to-suppliers = See the suppliers
import-to-addresses = { $n ->
    [one] Settle { $shown } place
   *[other] Settle { $shown } places
}

# Undo
import-undo = Undo this import
import-undo-body = As long as nothing was built on it, this import can be undone: its suppliers and sites leave the register.
import-undo-not = This import can no longer be undone, because work was built on it:
import-obstacle-edited = { $n ->
    [one] { $shown } of its suppliers was edited
   *[other] { $shown } of its suppliers were edited
}
import-obstacle-trail = { $n ->
    [one] something was done with { $shown } of its suppliers since
   *[other] something was done with { $shown } of its suppliers since
}
import-obstacle-accounts = { $n ->
    [one] { $shown } account belongs to its suppliers
   *[other] { $shown } accounts belong to its suppliers
}
import-obstacle-invitations = { $n ->
    [one] { $shown } invitation was sent to its suppliers
   *[other] { $shown } invitations were sent to its suppliers
}
import-obstacle-sites = { $n ->
    [one] { $shown } site was added to its suppliers
   *[other] { $shown } sites were added to its suppliers
}
import-obstacle-moved = { $n ->
    [one] { $shown } of its sites was changed or settled
   *[other] { $shown } of its sites were changed or settled
}
import-obstacle-registered = { $n ->
    [one] { $shown } of its sites became the registered one
   *[other] { $shown } of its sites became the registered ones
}
import-obstacle-closed = { $n ->
    [one] { $shown } of its sites was closed
   *[other] { $shown } of its sites were closed
}
done-import-discarded = { $what } discarded; nothing was written
done-import-undone = { $what } undone
conflict-import-state = This import is no longer in the state that this starts from. Look at its page.
conflict-import-built-on = This import can no longer be undone: work was built on it. Its page lists what.
conflict-import-discarded = This import was discarded while it was read.

# What columns can hold
column-supplier-id = Supplier ID of this register
column-legal-name = Legal name
column-english-name = Name in English
column-country = Country
column-province = Province
column-province-code = Province code
column-city = City
column-district = District
column-address = Address
column-postal-code = Postal code
column-region = Region
column-uscc = Unified Social Credit Code
column-lei = LEI code
column-duns = D-U-N-S number
column-eu-vat = EU VAT number
column-code = Code
column-other-id = Supplier number
column-category = Category
column-stage = Stage
column-since = Supplier since
column-website = Website
column-industry = Industry
column-contact-name = Contact name
column-contact-email = Contact email
column-contact-phone = Contact phone
column-site-id = Site ID of this register
column-site-name = Site name
column-site-kind = Site type
column-note = Note

# Problems of rows
problem-import_stage = This is not a stage. Use the name or code of a stage, such as Introduced, or leave the cell empty.
problem-import_date = Not a day that can be read without doubt, or it lies in the future. Write it as 2021-03-31.
problem-import_outside_scope = The place is outside the regions that you work with. Ask a colleague who covers it.
problem-import_taken_elsewhere = The register has this company in a region that you do not work with. Ask a colleague who covers it.
problem-import_ambiguous = { $n } suppliers of this name are in the register. Add an identifier or the supplier ID, so that it is clear which one is meant.
problem-import_identifiers_disagree = The identifiers of this row belong to different suppliers. Check which one is right.
problem-import_identifier_twice = An earlier row has the same identifier. Check which of the two is right, or let rows of one company be put together.
problem-digits_lost = The spreadsheet has replaced the last digits by zeros. Format the column as text and enter the code again.
problem-formula_error = The cell holds a formula that ends in an error. Correct it in the spreadsheet.
problem-import_field_twice = Another column holds this field already. Choose one of the two.
problem-import_no_name = No column holds the name of the company. Choose the column with the legal name.
problem-import_has_errors = Some rows have errors. Correct the file and upload it again, or agree to leave these rows out.
problem-import_brings_nothing = No row brings a new company or site.
problem-import_taken_meanwhile = Row { $row }: the identifier was recorded for another supplier meanwhile. Discard this import and upload the file again.
problem-import_registered_meanwhile = Row { $row }: a company of this name was registered meanwhile. Discard this import and upload the file again.
problem-import_gone_meanwhile = Row { $row }: the supplier that gets a site is no longer in the register. Discard this import and upload the file again.
problem-import_interrupted = The server was restarted while it read the file. Upload the file again.
problem-import_internal = Something went wrong on our side (reference { $incident }). Try again; if it happens again, tell your administrator the reference.
problem-mapping_not_an_object = The mapping is no JSON object of headers and fields: { $what }
problem-mapping_unknown_field = There is no field “{ $what }”.
problem-mapping_unknown_header = The list has no column “{ $what }”.
problem-mapping_field_twice = Two columns are given the field “{ $what }”.

# Problems of files
problem-sheet_unreadable = The file cannot be read. Upload it again.
problem-sheet_empty = The file is empty. Choose a file with a header row and at least one row below it.
problem-sheet_not_a_sheet = This is neither a CSV nor an XLSX file. Save the list as one of them.
problem-sheet_old_or_protected = This Excel file is protected by a password, or from before 2007. Save it as .xlsx without a password.
problem-sheet_file_too_large = The file is larger than { $limit } MB. Split it, or use the command line.
problem-sheet_too_many_rows = The file has more than { $limit } rows. Split it, or use the command line: touchstone import suppliers FILE
problem-sheet_too_many_columns = Row { $row } has content in column { $column }, beyond the { $limit } columns that are read. Delete the stray cell.
problem-sheet_cell_too_long = Row { $row }, column { $column }: the cell holds more than { $limit } characters. Shorten it; often a quotation mark is never closed.
problem-sheet_row_too_long = Row { $row } is longer than { $limit } bytes: usually a quotation mark is never closed.
problem-sheet_encoding = Row { $row }: the characters do not fit the encoding in which the file starts. Save the file as UTF-8.
problem-sheet_damaged = The workbook is damaged or incomplete. Open it in your spreadsheet program and save it again.
problem-sheet_expands_too_much = The workbook unpacks to more than { $limit } MB, far more than a list needs. Copy the list into a new workbook.
problem-sheet_no_such_sheet = The workbook has no such sheet.
import-to-pairs = { $n ->
    [one] { $shown } possible duplicate to decide
   *[other] { $shown } possible duplicates to decide
}
import-to-many-pairs = more than { $shown } possible duplicates to decide
import-comparing = New companies are being compared with the register. Possible duplicates appear under Duplicates in a moment.
import-compared-later = New companies are compared with the register by name and place after the confirmation; what looks like one company twice then waits under Duplicates.
import-to-holder = Open the company that has it
