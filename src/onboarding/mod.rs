//! From a need to an introduced supplier: what is looked for, who is proposed, how they are
//! screened, and how a company that was accepted registers itself and is introduced.

pub mod candidates;
mod choices;
pub mod forwards;
pub mod inviting;
pub mod needs;
pub mod people;
pub mod portal;
pub mod registration;
pub mod review;
pub mod routes;
pub mod routes_public;
pub mod screening;
pub mod waiting;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::vault::Vault;

/// What is done, in the same write, once the company of an id has handed its registration in: other rooms
/// look at what it says.
#[derive(Clone, Copy)]
pub struct AfterSubmission(pub fn(&mut AnyConnection, &Vault, &str) -> Result<(), Error>);
