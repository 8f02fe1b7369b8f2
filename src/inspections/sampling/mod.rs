//! How a sample is drawn: how large it is, how it is spread over strata, and who is in it. Pure: the same
//! on every machine, whatever the order in which things come in.

pub mod drawing;
pub mod size;
pub mod strata;
pub mod tables;
