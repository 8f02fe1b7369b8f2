//! Whole stories in a browser, on the demo register.

mod accessible;
mod certification;
mod clauses;
mod documents;
mod found;
mod inspections;
mod onboarding;
mod processes;
mod punishments;
mod stories;
mod support;
