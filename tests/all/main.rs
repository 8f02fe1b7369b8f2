//! One test program: HTTP tests through Rocket's local client, on SQLite and PostgreSQL, and
//! whole stories in a browser.

mod access;
mod architecture;
mod audit;
mod browser;
mod db;
mod demo;
mod duplicates;
mod duplicates_found;
mod exports;
mod imports;
mod matrix;
mod merges;
mod once;
mod page;
mod person;
mod reports;
mod suppliers;
mod suppliers_list;
mod support;
mod texts;
mod upgrade;
mod vault;
