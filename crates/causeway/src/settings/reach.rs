//! Who may reach an address, or what the way to it leads through.

use std::net::IpAddr;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// This machine alone.
    Loopback,
    /// A network of one's own, as far as can be told.
    Private,
    /// Every address that this machine has.
    Everywhere,
    Public,
}

pub(super) fn of_address(address: IpAddr) -> Reach {
    let address = address.to_canonical();
    let is_private = match address {
        IpAddr::V4(it) => it.is_private() || it.is_link_local(),
        IpAddr::V6(it) => it.is_unique_local() || it.is_unicast_link_local(),
    };
    match address {
        it if it.is_loopback() => Reach::Loopback,
        it if it.is_unspecified() => Reach::Everywhere,
        _ if is_private => Reach::Private,
        _ => Reach::Public,
    }
}

/// Nobody is asked: a name says it by its end, or by having no domain.
pub(super) fn of_host(host: &str) -> Reach {
    const OF_ONES_OWN: [&str; 6] = [
        ".local",
        ".internal",
        ".lan",
        ".home.arpa",
        ".localdomain",
        ".test",
    ];
    let host = host.trim_end_matches('.').to_lowercase();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<IpAddr>() {
        Ok(address) => of_address(address),
        Err(_) if host == "localhost" || host.ends_with(".localhost") => Reach::Loopback,
        Err(_) if !host.contains('.') => Reach::Private,
        Err(_) if OF_ONES_OWN.iter().any(|it| host.ends_with(it)) => Reach::Private,
        Err(_) => Reach::Public,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reaches_an_address_is_told_by_its_looks() {
        for (host, reach) in [
            ("localhost", Reach::Loopback),
            ("127.0.0.1", Reach::Loopback),
            ("[::1]", Reach::Loopback),
            ("::ffff:127.0.0.1", Reach::Loopback),
            ("10.0.0.5", Reach::Private),
            ("fd00::1", Reach::Private),
            ("postfix", Reach::Private),
            ("mail.lan", Reach::Private),
            ("0.0.0.0", Reach::Everywhere),
            ("::", Reach::Everywhere),
            ("203.0.113.5", Reach::Public),
            ("mail.example.org", Reach::Public),
        ] {
            assert_eq!(of_host(host), reach, "{host}");
        }
    }
}
