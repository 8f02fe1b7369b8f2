//! From a need to an introduced supplier: what is looked for, who is proposed, how they are
//! screened, and how a company that was accepted registers itself and is introduced.

pub mod forwards;
pub mod inviting;
pub mod people;
pub mod portal;
pub mod registration;
pub mod review;
pub mod routes;
pub mod waiting;
