//! Figures: cases by measure, region, violation, duration and outcome of appeals.
