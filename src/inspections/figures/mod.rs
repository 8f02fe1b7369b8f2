//! Figures: inspections by period and region, findings by severity, what was closed on time, what
//! repeats, and where.
