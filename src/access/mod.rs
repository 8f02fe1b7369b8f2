//! Accounts, roles and rights, sessions, the second factor, and the guards that prove a right.

pub mod accounts;
mod bearer;
mod client;
pub mod company_invitations;
pub mod company_people;
mod confirming;
mod guards;
mod guessing;
pub mod invitations;
mod manage;
mod own;
mod pages;
pub mod passwords;
mod roles;
mod scope;
mod second_factor;
pub mod session;
pub mod tokens;
mod writer;

pub use bearer::{ApiMay, Program};
pub use client::Client;
pub use confirming::{Confirmed, confirm, still_signed_in};
pub use guards::{
    Actor, Level, May, MayWrite, Member, Owner, Person, Session, Signed, SignedIn, Staff,
    command_line, session_secret,
};
pub use guessing::{Counter, admit};
pub use invitations::setup_link;
pub use pages::{TakenUp, routes};
pub use passwords::Passwords;
pub use roles::{Needed, Right, Role, right};
pub use scope::Scope;
pub use writer::Writer;
