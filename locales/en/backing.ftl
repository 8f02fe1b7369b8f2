# Bank accounts and the people behind a company
backing-opened = That you opened this number is in the company’s trail.

# Bank accounts
accounts-of-company = Bank accounts
accounts-of-company-none = No bank account yet. Nothing can be paid to this company until one is recorded and confirmed.
account-account = Account
account-state = State
account-add = Add bank account
account-add-sub = An account that changed is a new one: add it here, have it confirmed, and remove the old one.
account-holder = Account holder
account-holder-hint = As the bank writes it. It may differ from the company’s name; the page then says so.
account-bank = Bank
account-bank-hint = With the branch, if the bank has several
account-bank-code = Bank code
account-bank-code-hint = SWIFT/BIC (8 or 11 letters), or CNAPS number (12 digits)
account-country = Country of the bank
account-currency = Currency
account-currency-hint = Three letters, for example CNY
account-number = Account number
account-number-hint = IBAN or the bank’s own number. Stored encrypted and shown masked.
account-confirmed = Confirmed
account-unconfirmed = Waits for a second person
account-other-name = Held by another name
account-confirm = Confirm
account-show = Show number
done-account-added = Account at { $what } added
done-account-confirmed = Account confirmed
done-account-removed = Account removed, and its number deleted

problem-account_number = Write 5 to 34 letters and digits, without other signs. Spaces do not matter.
problem-account_there = This number is recorded for this company in this currency already.
problem-bank_code = Write a SWIFT/BIC with 8 or 11 letters and digits, or a CNAPS number with 12 digits.
problem-currency = Write the currency’s three letters as in ISO 4217, for example CNY, USD or EUR.
problem-iban_check = The check digits of this IBAN do not fit. Compare it with the invoice or the bank’s letter.
problem-iban_length = An IBAN of this country has another number of characters. Compare it with the invoice or the bank’s letter.
problem-iban_needed = Banks in this country use IBANs. Write the whole IBAN, beginning with the country’s two letters.

# People
people-behind = People behind the company
people-behind-none = Nobody recorded yet. Begin with the legal representative on the business licence.
person-add = Add person
person-role = What the person is to the company
person-name = Name
person-name-hint = As on the identity document
person-share = Share
person-share-hint = Only for a beneficial owner, in percent, for example 33.3
person-paper = Identity document
person-country = Issued by
person-number = Document number
person-number-hint = Leave it empty if you do not have it. Stored encrypted and shown masked.
person-no-number = No number
person-show = Show number
role-legal_representative = Legal representative
role-beneficial_owner = Beneficial owner
role-signatory = Authorised signatory
paper-resident_id = Resident identity card (China)
paper-passport = Passport
paper-other = Other document
done-person-added = { $what } added
done-person-removed = Person removed, and the document’s number deleted

problem-paper_number = Write 3 to 34 letters and digits, without other signs. Spaces do not matter.
problem-passport = A passport’s number has 5 to 15 letters and digits. Compare it with the document.
problem-representative_there = A legal representative is recorded already. Remove that record first, then add the new one.
problem-resident_id_birth = Digits 7 to 14 of this number are no date of birth. Compare it with the card.
problem-resident_id_check = The check digit of this number does not fit. Compare it with the card.
problem-resident_id_form = A resident identity number has 17 digits and then a digit or X. Compare it with the card.
problem-share = Write a percentage above 0 and up to 100, with two decimals at most, for example 33.33.
problem-share_of_owner = Only a beneficial owner has a share. Leave it empty, or choose beneficial owner.
problem-shares_over = Together the shares would be more than 100 %. At most { $left } is left.
problem-too_many_people = No more people fit on this company. Remove some first.

# In the trail
action-bank_account-added = Bank account added
action-bank_account-confirmed = Bank account confirmed
action-bank_account-number_opened = Account number opened
action-bank_account-removed = Bank account removed
action-person-added = Person behind the company added
action-person-number_opened = Document number opened
action-person-removed = Person behind the company removed
action-register-key_rotated = Key of the register replaced
field-bank = Bank
field-bank_code = Bank code
field-currency = Currency
field-holder = Account holder
field-key = Id of the key
field-paper = Identity document
field-share = Share
