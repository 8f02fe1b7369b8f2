//! The companies of a group that a measure holds: looked at before the decision, and watched afterwards.
