//! Which addresses may be called. **Invariant:** a stand-in never sends us to the real Discord, and nobody sends our
//! token to a server that is not Discord's: another port is another server.

use reqwest::Url;

/// The gateway's address with the version and the encoding that we speak, if it may be called.
pub(super) fn gateway(text: &str, api: &Url) -> Option<Url> {
    let mut url: Url = text.parse().ok()?;
    let secure = match url.scheme() {
        "wss" => true,
        "ws" => false,
        _ => return None,
    };
    let same_port = url.port_or_known_default() == api.port_or_known_default();
    let as_secure = secure == (api.scheme() == "https");
    let allowed = as_secure && same_port && is_of(url.host_str()?, api.host_str()?);
    url.set_query(Some("v=10&encoding=json"));
    if url.path().is_empty() {
        url.set_path("/");
    }
    allowed.then_some(url)
}

fn is_of(host: &str, api: &str) -> bool {
    let is_discords = |it: &str| {
        ["discord.com", "discord.gg"].iter().any(|domain| {
            it.strip_suffix(domain)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    };
    let is_this_machine = |it: &str| {
        let address: Option<std::net::IpAddr> = it.trim_matches(['[', ']']).parse().ok();
        it == "localhost" || address.is_some_and(|it| it.is_loopback())
    };
    host == api
        || (is_discords(host) && is_discords(api))
        || (is_this_machine(host) && is_this_machine(api))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn only_gateways_of_the_same_house_are_called() {
        let real = "https://discord.com/api/v10";
        let ours = "http://127.0.0.1:4000/api/v10";
        for (gateway_url, api, allowed) in [
            ("wss://gateway.discord.gg", real, true),
            ("wss://gateway-us-east1-b.discord.gg/", real, true),
            ("wss://gateway.discord.gg:443/", real, true),
            ("wss://gateway.discord.gg:8443/", real, false),
            ("wss://discord.com:8443/", real, false),
            ("ws://gateway.discord.gg", real, false),
            ("wss://evildiscord.gg", real, false),
            ("wss://127.0.0.1:1", real, false),
            ("ws://127.0.0.1:4000", ours, true),
            ("ws://localhost:4000/gateway", ours, true),
            ("ws://127.0.0.1:9", ours, false),
            ("wss://127.0.0.1:4000", ours, false),
            ("wss://gateway.discord.gg", ours, false),
            ("http://127.0.0.1:9", ours, false),
            ("", ours, false),
        ] {
            let url = gateway(gateway_url, &api.parse().unwrap());
            assert_eq!(url.is_some(), allowed, "{gateway_url} of {api}");
        }
        let url = gateway("wss://gateway.discord.gg", &real.parse().unwrap()).unwrap();
        assert_eq!(url.as_str(), "wss://gateway.discord.gg/?v=10&encoding=json");
    }
}
