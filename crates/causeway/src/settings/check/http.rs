//! Where we listen, and how we are reached.

use std::net::SocketAddr;

use crate::settings::Settings;
use crate::settings::finding::{Finding, finding, warning};
use crate::settings::reach::{self, Reach};

pub(super) fn findings(settings: &Settings) -> Vec<Finding> {
    let mut findings = one_door_each(settings);
    let http = &settings.http;
    let Some(url) = &http.public_url else {
        return findings;
    };
    const KEY: &str = "http.public_url";
    if http.listen.is_none() {
        let cure = "set http.listen, and let your web server hand on to it";
        findings.push(finding(KEY, "nothing listens there", cure).beside("http.listen"));
    }
    findings.extend(match host_of(url) {
        None => Some(finding(
            KEY,
            "it is no address of a web server",
            "write it as in https://causeway.example.org",
        )),
        Some(host) if reach::of_host(host) != Reach::Public => Some(warning(
            KEY,
            "nobody outside of this network reaches it, so links to files lead nowhere for them",
            "write the address of your web server, as in https://causeway.example.org",
        )),
        Some(_) if url.starts_with("http://") => Some(warning(
            KEY,
            "files would go through the net for everybody to read",
            "write it with https://",
        )),
        Some(_) => None,
    });
    findings
}

/// A path is fine, as in https://example.org/causeway; questions and fragments are not.
fn host_of(url: &str) -> Option<&str> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/[]%".contains(&b);
    let host = rest.split('/').next()?;
    let host = match host.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => host,
        _ => host,
    };
    (!host.is_empty() && !host.starts_with(':') && rest.bytes().all(is_sign)).then_some(host)
}

/// Two of our own listeners cannot have one port, and mail that we send must not come in at our own door.
fn one_door_each(settings: &Settings) -> Vec<Finding> {
    const LMTP: &str = "email.lmtp.listen";
    let mut findings = Vec::new();
    let Some(email) = &settings.email else {
        return findings;
    };
    let lmtp = email.lmtp.listen;
    if settings
        .http
        .listen
        .is_some_and(|it| is_same_door(it, lmtp))
    {
        let why = "http.listen has this port too";
        findings.push(finding(LMTP, why, "give each a port of its own").beside("http.listen"));
    }
    let is_here = reach::of_host(&email.smtp.host) == Reach::Loopback;
    if is_here && email.smtp.port == lmtp.port() {
        let why = "it is the port on which we listen ourselves (email.lmtp.listen)";
        let cure = "write the port of your mail server, as in 25";
        findings.push(finding("email.smtp.port", why, cure).beside(LMTP));
    }
    findings
}

fn is_same_door(one: SocketAddr, other: SocketAddr) -> bool {
    let is_wide = one.ip().is_unspecified() || other.ip().is_unspecified();
    one.port() == other.port() && one.port() != 0 && (is_wide || one.ip() == other.ip())
}
