# The frame: rail, top bar, footer
layout-skip = Skip to content
layout-demo = Invented demo data
layout-demo-label = About the data
layout-nav = Main
layout-menu = Menu
layout-mine = My work
layout-home-portal = Overview
layout-home = To do
layout-group-register = Register
layout-suppliers = Suppliers
layout-imports = Imports
layout-addresses = Addresses to settle
layout-group-punishments = Punishments
layout-punishments = Cases
layout-punishment-standards = Standards of punishments
layout-evasion = Shared with punished companies
layout-punishment-figures = Figures of punishments
layout-group-report = Report
layout-by-region = By region
layout-region-schemes = Region schemes
layout-audit = Audit trail
layout-group-settings = Settings
layout-categories = Categories
layout-accounts = Accounts
layout-waiting = { $n ->
    [one] ({ $n } waiting)
   *[other] ({ $n } waiting)
}
layout-search = Search suppliers
layout-search-hint = Name or identifier
layout-search-do = Search
layout-sign-out = Sign out
layout-foot = Supplier and ESG register
layout-flash-done = Done:
layout-flash-note = Please note:
layout-flash-stop = Stopped:

# Form fields
field-optional = (optional)
field-error = Error:
field-problem = { $field }: { $text }
field-summary = There is a problem

# Lists
list-density = Row height
list-dense = Dense
list-comfortable = Roomy
list-pages = Pages
list-prev = Previous
list-next = Next

# Error page
error-next = What to do next:
error-to-suppliers = Go to suppliers
error-to-start = Go to the start page
error-request = If you ask for help, quote this reference:

# Forms
form-save = Save
form-cancel = Cancel
form-edit = Edit
form-remove = Remove
form-back = Back
list-actions = Actions
layout-group-certification = Certification
layout-certification = Matrix
layout-certificates = Certificates
layout-basic-audits = Basic information
layout-standards = Access standards
layout-calendar = What runs out
layout-jobs = Scheduled work
layout-clearance = Clearance by category
layout-group-inspections = Inspection
layout-inspections = Inspections
layout-findings = Findings
layout-inspection-plans = Plans and draws
layout-checklists = Checklists
layout-result-rules = Rules of results
layout-inspection-figures = Figures
portal-inspections = Inspections
