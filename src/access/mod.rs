//! Accounts, roles and rights, sessions, the second factor, and the guards that prove a right.

pub mod accounts;
mod bearer;
mod client;
mod guards;
mod guessing;
mod invitations;
mod manage;
mod own;
mod pages;
pub mod passwords;
mod roles;
mod scope;
mod second_factor;
pub mod session;
pub mod tokens;

pub use bearer::{ApiMay, Program};
pub use client::Client;
pub use guards::{
    Actor, Level, May, Member, Person, Session, Signed, SignedIn, Staff, command_line,
    session_secret,
};
pub use guessing::{Counter, admit};
pub use invitations::setup_link;
pub use pages::routes;
pub use passwords::Passwords;
pub use roles::{Needed, Right, Role, right};
pub use scope::Scope;
