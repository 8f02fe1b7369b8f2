//! Whole stories in a browser, on the demo register.

mod processes;
mod stories;
mod support;
