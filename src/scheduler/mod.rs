//! What the server does by the clock: jobs, each done by one node at a time.
