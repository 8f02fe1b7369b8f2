//! Pages of region schemes.
pub fn routes() -> Vec<rocket::Route> {
    vec![]
}
