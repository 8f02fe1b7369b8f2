# The register for programs
tokens-title = Access tokens
tokens-lead = With an access token a program uses the register in your name.
tokens-docs = What programs can do
tokens-none = No access tokens
tokens-none-body = Make one for each program that is to read or write the register in your name.
token-new = New access token
token-new-lead = The token can do what you choose here, and never more than your role allows.
token-nothing = Nothing to give
token-nothing-body = Your role has no right that a program could use.
token-name = Name
token-name-hint = What the program is, so that you know it again: “ERP, nightly export”.
token-scopes = What it may do
token-expires = Expires
token-used = Last used
token-days = { $n ->
    [one] in one day
   *[other] in { $shown } days
}
token-make = Make the token
token-made = The token is made
token-once = Copy it now: it is shown this once, and the register does not keep it.
token-use = Treat it like a password. Whoever has it can do what it is for, until it expires or you revoke it.
token-until = It works until { $time }.
token-back = To your access tokens
token-revoke = Revoke
token-live = In force
token-revoked = Revoked
token-expired = Expired
done-token-revoked = The token “{ $what }” is revoked. No request with it is answered any more.
conflict-many-tokens = This account has 50 access tokens in force. Revoke one that is no longer needed, then make the new one.
problem-token_scopes = Choose at least one thing that the token may do.

scope-suppliers-read = Read suppliers
scope-suppliers-write = Enter and change suppliers
scope-groups-write = Record who controls whom
scope-imports-write = Import lists of suppliers
scope-reports-read = Read reports
scope-certification-write = Record certificates and apply for certifications
scope-certification-audit = Check certificates and audit certifications
scope-certification-decide = Certify, suspend, revoke and withdraw
scope-punishments-read = Read cases against companies, and the standards of punishments

# The description of the API
api-title = For programs
api-lead = What programs can read and write in this register, made from the same description that the program itself serves.
api-operations = Operations
api-schemas = Schemas
api-problems = Problems
api-needs = Needs a token for
api-parameters = Parameters
api-body = Body
api-answers = Answers
api-example = Example
api-required = required

# What goes wrong for a program
api-bad-request = This request cannot be read
api-bad-request-what = The address or the body is not well formed. Correct it before sending it again.
api-key = The Idempotency-Key cannot be used
api-key-what = An Idempotency-Key has 1 to 200 visible ASCII characters. A random UUID serves well.
api-unauthorized = No valid token
api-unauthorized-what = Send a token in the header “Authorization: Bearer …”. It may be missing, unknown, expired or revoked, or its account is closed. Staff make tokens on the page of their account.
api-forbidden = Not allowed
api-forbidden-what = The token, the role of its account or its regions do not cover this.
api-not-found = Nothing here
api-not-found-what = There is no such address or record, or it is outside the part of the register that the account sees.
api-method = Not with this method
api-method-what = The address exists, but does not take this method. The header “Allow” names those that it takes.
api-conflict = This cannot be done now
api-conflict-what = The record is no longer in the state that this starts from. Read it again.
api-stale = The record has changed
api-stale-what = It is no longer the version that If-Match names, so nothing was done. Read it again, look at what has changed, and repeat the change if it is still needed.
api-too-large = The body is too large
api-too-large-what = A JSON body has 256 KiB at most, a list to import 64 MiB.
api-media-type = Not in this media type
api-media-type-what = Send a JSON object as “application/json”; a list to import as “text/csv” or as an Excel workbook. Forms are not taken here.
api-invalid = The input breaks a rule
api-invalid-what = Each entry of “errors” names a field and its rule. Nothing was done.
api-key-reused = The Idempotency-Key belongs to another request
api-key-reused-what = A key stands for one request with one body. Use a new key for a new request; to repeat the first one, send it exactly as it was.
api-precondition = If-Match is missing
api-precondition-what = A change names the version that it was made from: send the ETag of the record in the header “If-Match”.
api-too-many = Too many requests
api-too-many-what = Wait as long as “Retry-After” says, then send it again.
api-internal = Something went wrong on our side
api-internal-what = The request could not be finished, and nothing was changed by it. Try again. If it happens again, tell whoever runs the register and quote “instance”.
api-busy = The register is busy
api-busy-what = There is more to do than the server can take. Nothing was changed. Wait as long as “Retry-After” says, then send it again.

refused-role = The role of the token's account does not include this.
refused-token-scope = The token was not made for this. Make one with the scope that the description of the operation names.

problem-unknown_field = There is no such field here.
problem-wrong_type = This is not of the type that the field has.
problem-not_an_object = Send a JSON object.
problem-given_twice = Give this parameter once.
problem-limit = Write a whole number from 1 to { $max }.
problem-cursor = Use “next_cursor” of the page before, unchanged.

field-scopes = What it may do
field-expires = Expires
field-days = Expires
