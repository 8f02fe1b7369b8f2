//! Accounts, roles and rights, sessions, the second factor, and the guards that prove a right.

pub mod accounts;
mod guards;
pub mod passwords;
mod roles;
mod scope;
pub mod session;

pub use guards::{
    Actor, Level, May, Member, Session, Signed, SignedIn, Staff, command_line, session_secret,
};
pub use roles::{Needed, Right, Role, right};
pub use scope::Scope;
