//! What runs out: certificates, certifications, audits, authentications, documents. Reminders of it,
//! and a calendar.
