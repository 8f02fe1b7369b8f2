//! What waits where companies are certified.
