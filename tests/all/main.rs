//! One test program: HTTP tests through Rocket's local client, on SQLite and PostgreSQL, and
//! whole stories in a browser.

mod access;
mod architecture;
mod audit;
mod backing;
mod browser;
mod clearance;
mod db;
mod demo;
mod exports;
mod groups;
mod groups_rules;
mod history;
mod imports;
mod keys;
mod matrix;
mod once;
mod page;
mod person;
mod receiver;
mod reports;
mod suppliers;
mod suppliers_list;
mod support;
mod texts;
mod upgrade;
mod vault;
mod webhooks;
