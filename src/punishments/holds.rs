//! What punishments hold against an order, as clearance asks for it.
