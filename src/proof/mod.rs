//! The proof of what was signed. The register verifies its own chain of signatures ([`signatures`]),
//! anybody verifies a receipt with the public key alone ([`receipts`]), and checkpoints
//! ([`checkpoints`]) let whoever holds one notice that a tail was cut off or rewritten.

pub mod checkpoints;
pub mod jwk;
pub mod receipts;
pub mod routes;
pub mod signatures;
pub mod work;
