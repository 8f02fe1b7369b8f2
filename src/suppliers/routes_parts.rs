//! Staff pages of suppliers.
pub fn routes() -> Vec<rocket::Route> { vec![] }
