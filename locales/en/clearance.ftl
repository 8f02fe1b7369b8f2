# Clearance
clearance-title = Clearance
clearance-question = May we order?
clearance-yes = Cleared
clearance-no = Not cleared
clearance-answer-yes = Yes, orders may be placed.
clearance-answer-no = { $n ->
    [one] No, for one reason.
   *[other] No, for { $shown } reasons.
}
clearance-for = For { $category }, on { $on }
clearance-for-any = On { $on }, without asking for a category
clearance-on-future = What holds today is taken to hold on a day to come.
clearance-category = Category
clearance-any-category = No category
clearance-on = Day
clearance-ask = Ask
clearance-ask-more = Ask for a category or another day
clearance-each = Each category that the company offers
clearance-each-none = The company offers no category yet.
clearance-each-none-do = Enter what it offers
clearance-answer = Answer
clearance-why = Why
clearance-mend = Mend this
problem-clearance_date = The day must be one of the calendar, written as 2026-03-31. Go back and write it so.

clearance-reason-not_in_register = The company was not in the register on that day.
clearance-reason-candidate = The company is a candidate: it has not been introduced.
clearance-reason-invited = The company has been invited, and has not been introduced.
clearance-reason-registering = The company is still registering.
clearance-reason-under_review = The company is still under review.
clearance-reason-suspended = The company is suspended.
clearance-reason-eliminated = The company is eliminated.
clearance-reason-withdrawn = The company has withdrawn.
clearance-reason-declined = The company was declined.
clearance-reason-no_place = Nobody knows the province or country of its registered office, so it has no region.
clearance-reason-no_address = Its registered office has no address.
clearance-reason-no_contact = There is nobody to talk to.
clearance-reason-no_identifier = It has no identifier, such as a Unified Social Credit Code or an LEI.
clearance-reason-identifier_unconfirmed = { $kind } { $value } was recorded on doubtful evidence and is not confirmed.
clearance-reason-category_not_offered = It does not offer { $category }.
clearance-reason-category_closed = { $category } is closed: nothing of it is bought any more.

clearance-short-not_in_register = not in the register
clearance-short-candidate = candidate
clearance-short-invited = invited
clearance-short-registering = registering
clearance-short-under_review = under review
clearance-short-suspended = suspended
clearance-short-eliminated = eliminated
clearance-short-withdrawn = withdrawn
clearance-short-declined = declined
clearance-short-no_place = no region
clearance-short-no_address = no address
clearance-short-no_contact = no contact
clearance-short-no_identifier = no identifier
clearance-short-identifier_unconfirmed = identifier not confirmed
clearance-short-category_not_offered = category not offered
clearance-short-category_closed = category closed

clearance-todo-not_in_register = Ask for a day on which the company is in the register.
clearance-todo-candidate = Introduce the company once it has been looked at: change its stage.
clearance-todo-invited = Wait for its registration, then introduce it: change its stage.
clearance-todo-registering = Wait for its registration, then introduce it: change its stage.
clearance-todo-under_review = Finish the review, then change its stage.
clearance-todo-suspended = Buy elsewhere, or end the suspension when its cause is gone: change its stage.
clearance-todo-eliminated = Buy elsewhere. An eliminated company does not come back by a change of stage.
clearance-todo-withdrawn = Buy elsewhere, or make it a candidate again: change its stage.
clearance-todo-declined = Buy elsewhere, or make it a candidate again: change its stage.
clearance-todo-no_place = Give the registered office a province or a country.
clearance-todo-no_address = Enter the address of the registered office.
clearance-todo-no_contact = Add a contact.
clearance-todo-no_identifier = Add the identifier from its business licence.
clearance-todo-identifier_unconfirmed = Somebody other than who recorded it compares it with the licence and confirms it.
clearance-todo-category_not_offered = Add the category if the company offers it, or ask for another.
clearance-todo-category_closed = Ask for another category.
