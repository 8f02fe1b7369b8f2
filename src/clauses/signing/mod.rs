//! Signing in the portal: what a company has to sign, and the signature itself.

mod input;
mod outstanding;
mod sign;

use super::signatures::Signed;
use crate::suppliers;

pub use input::{SeveralInput, SigningInput};
pub use outstanding::{Ask, Outstanding, number_open, outstanding};
pub use sign::{By, Checked, check, check_several, sign, sign_several};

/// What the file of a receipt is called: clause, version and company.
pub fn receipt_name(signed: &Signed) -> String {
    let (clause, version) = (&signed.clause.code, signed.version.version);
    format!("{clause}-v{version}-{}.jws", suppliers::code_of(signed.signature.company_number))
}
