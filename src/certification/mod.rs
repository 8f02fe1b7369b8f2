//! Certification: who may supply what, until when, and how we know.
//!
//! A category's access standard says what it demands ([`standards`], [`demands`]). Companies hold
//! certificates ([`certificates`]), their basic information is audited ([`basic`]), the people behind
//! them are authenticated ([`authentication`]); [`holdings`] is all of that, and judges a demand. A
//! company applies for a category, is audited and certified ([`category`]); what stands in the way of
//! an order comes to clearance as [`holds`].

pub mod authentication;
pub mod basic;
pub mod category;
pub mod certificates;
pub mod demands;
pub mod holdings;
pub mod holds;
pub mod matrix;
pub mod standards;

/// Where what is asked of a company about its certification stands.
pub const PORTAL: &str = "/portal/certification";
