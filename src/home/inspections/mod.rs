//! What waits where inspections are planned, made and followed up.

mod checklists;
mod draws;
mod findings;
mod visits;

pub use checklists::*;
pub use draws::*;
pub use findings::*;
pub use visits::*;
