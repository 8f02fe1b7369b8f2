//! The figures that a listed company publishes, computed from the history of the register.

pub mod api;
pub mod clearance;
pub mod files;
pub mod query;
pub mod regions;
pub mod routes;
pub mod routes_clearance;
pub mod rows;
pub mod tiles;
