//! One test program: HTTP tests through Rocket's local client, on SQLite and PostgreSQL, and
//! whole stories in a browser.

mod db;
mod person;
mod support;
