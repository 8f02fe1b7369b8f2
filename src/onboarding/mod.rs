//! From a need to an introduced supplier: what is looked for, who is proposed, how they are
//! screened, and how a company that was accepted registers itself and is introduced.

pub mod candidates;
mod choices;
pub mod needs;
pub mod registration;
pub mod routes_public;
pub mod screening;
pub mod waiting;
