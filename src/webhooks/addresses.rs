//! Where webhooks may go: `https://` at public addresses. A name is looked up by [`Checked`], which
//! hands on only what it has checked, so that there is no second look-up that could say otherwise.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// What is wrong with the address of a webhook.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    NoAddress,
    NotHttps,
    Credentials,
    Private,
}

impl Fault {
    /// The code of the problem that says so.
    pub fn code(self) -> &'static str {
        match self {
            Fault::NoAddress => "web_address",
            Fault::NotHttps => "webhook_https",
            Fault::Credentials => "webhook_credentials",
            Fault::Private => "webhook_private",
        }
    }
}

/// Checks an address as it is written; a name in it is looked up only when it is sent to.
pub fn check(url: &str, private: bool) -> Result<(), Fault> {
    if !url.chars().all(|c| c.is_ascii_graphic()) || url.contains(['#', '\\']) {
        return Err(Fault::NoAddress);
    }
    let uri: Uri = url.parse().map_err(|_| Fault::NoAddress)?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(Fault::NoAddress);
    };
    if authority.as_str().contains('@') {
        return Err(Fault::Credentials);
    }
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() {
        return Err(Fault::NoAddress);
    }
    match scheme {
        "https" => {}
        "http" if private => {}
        "http" => return Err(Fault::NotHttps),
        _ => return Err(Fault::NoAddress),
    }
    match host.parse::<IpAddr>() {
        Ok(address) => judge(address, scheme, private),
        Err(_) if !private && host.eq_ignore_ascii_case("localhost") => Err(Fault::Private),
        Err(_) => Ok(()),
    }
}

/// The host of an address, for people.
pub fn host(url: &str) -> String {
    let uri = url.parse::<Uri>().ok();
    uri.and_then(|uri| uri.host().map(str::to_string)).unwrap_or_default()
}

/// Whether a message may go to an address: to public ones over HTTPS, and to private ones, if
/// that is allowed, as it likes.
fn judge(address: IpAddr, scheme: &str, private: bool) -> Result<(), Fault> {
    match is_public(address) {
        true if scheme == "https" => Ok(()),
        true => Err(Fault::NotHttps),
        false if private => Ok(()),
        false => Err(Fault::Private),
    }
}

/// True for addresses of the public Internet (IANA special-purpose address registries).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !matches!(
        address.octets(),
        // This host, private, loopback, link-local.
        [0 | 10 | 127, ..] | [169, 254, ..] | [172, 16..=31, ..] | [192, 168, ..]
            // Shared between carriers; protocol assignments; relays of 6to4; benchmarks.
            | [100, 64..=127, ..] | [192, 0, 0, _] | [192, 88, 99, _] | [198, 18..=19, ..]
            // Documentation.
            | [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _]
            // Multicast, reserved, broadcast.
            | [224..=255, ..]
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    match parts {
        // IPv4 in IPv6, as a socket shows it and as NAT64 translates it: what stands inside counts.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        // Protocol assignments with Teredo, documentation, 6to4.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x2002, ..] => false,
        [0x3fff, 0..=0xfff, ..] => false,
        // Global unicast; all else is loopback, local, multicast or not given out.
        [0x2000..=0x3fff, ..] => true,
        _ => false,
    }
}

/// Looks names up, and refuses a name of which any address may not be reached.
#[derive(Debug)]
pub struct Checked {
    pub private: bool,
    lookup: DefaultResolver,
}

impl Checked {
    pub fn new(private: bool) -> Checked {
        Checked { private, lookup: DefaultResolver::default() }
    }
}

impl Resolver for Checked {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.lookup.resolve(uri, config, timeout)?;
        let scheme = uri.scheme_str().unwrap_or_default();
        for address in found.iter() {
            judge(address.ip(), scheme, self.private)
                .map_err(|fault| io::Error::other(Refused(fault)))?;
        }
        Ok(found)
    }
}

/// The error of an address that may not be reached.
#[derive(Debug)]
pub struct Refused(pub Fault);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.0.code())
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_not_public_are_told_apart() {
        for private in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "198.17.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2400:3200::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn an_address_is_https_without_credentials_and_public() {
        for fine in
            ["https://example.com", "https://example.com:8443/a?b=c", "https://[2606:4700::1111]/"]
        {
            assert_eq!(check(fine, false), Ok(()), "{fine}");
        }
        for (url, fault) in [
            ("", Fault::NoAddress),
            ("example.com/hook", Fault::NoAddress),
            ("ftp://example.com", Fault::NoAddress),
            ("file:///etc/passwd", Fault::NoAddress),
            ("https://exa mple.com", Fault::NoAddress),
            ("https://例子.com", Fault::NoAddress),
            ("https://example.com/#part", Fault::NoAddress),
            ("http://example.com", Fault::NotHttps),
            ("https://user:secret@example.com", Fault::Credentials),
            ("https://example.com@127.0.0.1/", Fault::Credentials),
            ("https://127.0.0.1/", Fault::Private),
            ("https://[::1]:8443/", Fault::Private),
            ("https://localhost/", Fault::Private),
            ("https://169.254.169.254/latest/meta-data", Fault::Private),
        ] {
            assert_eq!(check(url, false), Err(fault), "{url}");
        }
        assert_eq!(check("http://127.0.0.1:9000/", true), Ok(()));
        assert_eq!(check("http://8.8.8.8/", true), Err(Fault::NotHttps));
    }
}
