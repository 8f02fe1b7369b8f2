# Keys, checkpoints and verification.
proof-keys-title = Public keys
proof-keys-lead = With these keys anybody can verify what this register has signed: receipts of clauses, and checkpoints.
proof-keys = Keys
proof-keys-none = Nothing was signed yet. A key stands here from the first signature on.
proof-key-id = Key
proof-key-newest = Signs now
proof-key-public = Public key (Ed25519, base64url)
proof-key-since = Since
proof-keys-set = Download all keys (JWKS)
proof-heads = Ends of the chains
proof-heads-lead = Each record holds the hash of the one before it: whoever knows the last hash notices any change before it. Read on { $at }.
proof-chain-audit = Audit trail
proof-chain-signatures = Signatures
proof-head-number = Number { $shown }
proof-head-none = Nothing yet
proof-checkpoints = Checkpoints
proof-checkpoints-lead = Every day the register signs the ends of both chains. Keep a checkpoint somewhere else: it shows if a record was cut off or rewritten later.
proof-checkpoints-none = No checkpoint yet
proof-checkpoints-none-body = The server makes one every day at 00:10 UTC; the command “touchstone checkpoint” makes today's at once.
proof-statement = Signed statement
proof-day = Day
proof-download = Download
proof-how = How to verify a receipt
proof-how-receipt = Save the receipt and the keys in one folder, and run the register's program there. It needs no network and no database:
proof-how-text = To compare the text that you hold with the one that was signed:
proof-how-other = Any program that knows JWS (RFC 7515) with EdDSA can do the same: the receipt is such a text, and its header names the key.
job-checkpoints = Make the checkpoint
job-checkpoints-what = Every day at 00:10 UTC: the ends of the audit trail and of the signatures, signed, and mailed to the addresses in the settings.
job-checkpoints-done = { $n ->
    [one] One checkpoint made
   *[other] { $shown } checkpoints made
}
letter-checkpoint-subject = Checkpoint of { $day }
letter-checkpoint-body = This is the register's checkpoint of { $day }: the audit trail ends at record { $audit }, the signatures end at number { $signatures }.

    Please keep this letter. Should a record be cut off or rewritten later, the command “touchstone verify checkpoint” shows it with the signed statement that follows.
