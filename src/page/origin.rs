//! Where a request comes from: another site's forms are refused before any handler, and a
//! proxy's word about the client is believed only from a proxy we were told of.

use std::net::IpAddr;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Method;
use rocket::http::uri::Origin;
use rocket::{Data, Request};

use crate::Settings;

/// What every path of the API begins with.
const API: &str = "/api/";

/// Sends what another site made a browser post, and what no browser sends, to a page of refusal,
/// for every route alike.
pub struct OriginCheck;

#[rocket::async_trait]
impl Fairing for OriginCheck {
    fn info(&self) -> Info {
        Info { name: "origin check", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        if request.uri().path().starts_with(API) {
            return check_api(request);
        }
        let refusal = match request.method() {
            _ if has_null(request) => "/refused/method",
            Method::Get | Method::Head => return,
            Method::Post if from_here(request) => return,
            Method::Post => "/refused/cross-site",
            // No route takes another method: it can only be a form's `_method` override.
            _ => "/refused/method",
        };
        send_to(request, refusal);
    }
}

/// The API reads no cookie, so another site's form could do nothing there. It takes every method,
/// if it is the real one: Rocket lets a form override its method, and the API takes no form.
fn check_api(request: &mut Request<'_>) {
    if has_null(request) {
        return send_to(request, "/api/refused/address");
    }
    if request.content_type().is_some_and(|kind| kind.is_form() || kind.is_form_data()) {
        send_to(request, "/api/refused/form");
    }
}

fn send_to(request: &mut Request<'_>, refusal: &'static str) {
    request.set_method(Method::Get);
    request.set_uri(Origin::parse(refusal).expect("a path of our own"));
}

/// A null character is part of no text that we keep, and PostgreSQL takes none.
fn has_null(request: &Request<'_>) -> bool {
    let uri = request.uri();
    uri.path().contains("%00") || uri.query().is_some_and(|query| query.contains("%00"))
}

/// Browsers say where a request comes from. A client that says nothing is no browser, and
/// still needs the form's token.
fn from_here(request: &Request<'_>) -> bool {
    if let Some(site) = request.headers().get_one("Sec-Fetch-Site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = request.headers().get_one("Origin") else {
        return true;
    };
    let host = request.headers().get_one("Host").unwrap_or_default();
    origin.split_once("://").is_some_and(|(_, authority)| authority == host)
}

/// The client's address: the socket's, unless that is a trusted proxy, which then tells it.
pub fn client_address(request: &Request<'_>) -> String {
    let Some(peer) = request.remote().map(|socket| socket.ip()) else {
        return "unknown".into();
    };
    let trusted = request
        .rocket()
        .state::<Settings>()
        .is_some_and(|settings| settings.trusted_proxies.contains(&peer));
    if !trusted {
        return peer.to_string();
    }
    // The last hop is the one that the trusted proxy itself saw.
    let told = request.headers().get("X-Forwarded-For").last();
    let client =
        told.and_then(|t| t.rsplit(',').next()).and_then(|t| t.trim().parse::<IpAddr>().ok());
    client.unwrap_or(peer).to_string()
}

/// A path of this site to go back to; anything else becomes the start page.
pub fn local_path(path: &str) -> String {
    let plain = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(|c| c.is_control());
    match Origin::parse(path) {
        Ok(origin) if plain => origin.to_string(),
        _ => "/".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_paths_of_this_site_are_gone_back_to() {
        assert_eq!(local_path("/suppliers?q=a"), "/suppliers?q=a");
        for evil in ["//evil", "https://evil", "\\\\evil", "/\\evil", "https:evil", "", "/a\nb"] {
            assert_eq!(local_path(evil), "/", "{evil:?}");
        }
    }
}
