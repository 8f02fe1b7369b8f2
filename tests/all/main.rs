//! One test program: HTTP tests through Rocket's local client, on SQLite and PostgreSQL, and
//! whole stories in a browser.

mod access;
mod api;
mod api_document;
mod api_suppliers;
mod api_tokens;
mod architecture;
mod audit;
mod backing;
mod browser;
mod clearance;
mod db;
mod demo;
mod duplicates;
mod duplicates_found;
mod exports;
mod groups;
mod groups_rules;
mod history;
mod imports;
mod keys;
mod matrix;
mod merges;
mod once;
mod page;
mod person;
mod program;
mod receiver;
mod reports;
mod suppliers;
mod suppliers_list;
mod support;
mod texts;
mod upgrade;
mod vault;
mod webhooks;
