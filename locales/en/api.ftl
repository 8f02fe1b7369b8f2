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
