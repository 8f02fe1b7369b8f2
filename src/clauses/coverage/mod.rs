//! Coverage: how many of those who must sign have signed, as at a date.
