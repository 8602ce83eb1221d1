//! One pool of kept-alive connections for each adapter. **Invariant:** nobody sends us elsewhere, and an answer has
//! an end, in time and in size.

use std::time::Duration;

use conversation::Secrets;
use reqwest::{Client, ClientBuilder, RequestBuilder, Response, Url};

use crate::{SettingsError, Transit};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Shorter than servers keep theirs, so that a connection is seldom closed just as it is used.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
/// An answer beyond this is no answer of a platform.
const LONGEST_ANSWER: usize = 64 << 20;
/// In characters; what platforms say is a sentence, or a list of fields.
const LONGEST_LINE: usize = 300;
/// So much of it is looked through for secrets before it is cut.
const LONGEST_READ: usize = 64 << 10;

/// `special` is what the platform wants beside what all want.
pub fn client(special: ClientBuilder) -> Result<Client, SettingsError> {
    let client = special
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(IDLE_TIMEOUT)
        .tcp_nodelay(true)
        .redirect(reqwest::redirect::Policy::none())
        .build();
    client.map_err(|error| wrong(format!("no HTTP client can be made: {error}")))
}

pub fn server(api_url: &str) -> Result<Url, SettingsError> {
    let server = api_url.parse();
    server.map_err(|_| wrong("is no address".to_owned()))
}

/// Whether what is meant for `home` may go there: to the same port, as well encrypted, of that host or of a subdomain.
pub fn is_at_home(url: &Url, home: &Url) -> bool {
    let is_host = match (url.host_str(), home.host_str()) {
        (Some(host), Some(home)) => host == home || host.ends_with(&format!(".{home}")),
        _ => false,
    };
    is_host && has_door_of(url, home)
}

/// The same port, as well encrypted, whatever the host.
pub fn has_door_of(url: &Url, home: &Url) -> bool {
    url.scheme() == home.scheme() && url.port_or_known_default() == home.port_or_known_default()
}

fn wrong(problem: String) -> SettingsError {
    SettingsError {
        key: "api_url",
        problem,
    }
}

/// Up to the head of the answer; what follows may be long and take its time.
pub async fn answer(call: RequestBuilder, within: Duration) -> Result<Response, Transit> {
    match tokio::time::timeout(within, call.send()).await {
        Ok(response) => response.map_err(Transit::of),
        Err(_) => Err(Transit::no_answer("it took too long")),
    }
}

pub async fn body_of(mut response: Response) -> Result<Vec<u8>, Transit> {
    // The request had arrived, whatever became of its answer.
    let cut_off = |error: reqwest::Error| Transit::NoAnswer(error.without_url().to_string());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(cut_off)? {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(Transit::no_answer("the answer has no end"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// For logs and people: whoever answers may repeat what we sent, and is not to write our log.
pub fn one_line(text: &str, secrets: &Secrets) -> String {
    let begin: String = text.chars().take(LONGEST_READ).collect();
    let line = secrets.without(&begin).replace(char::is_control, " ");
    line.chars().take(LONGEST_LINE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn home_is_the_same_port_as_well_encrypted_of_the_host_or_a_subdomain() {
        let url = |text: &str| server(text).expect("an address");
        let home = url("https://slack.example/api");
        for (address, is_at_home) in [
            ("https://slack.example:443/x", true),
            ("https://files.slack.example/x", true),
            ("https://slack.example:8443/x", false),
            ("https://files.slack.example:80/x", false),
            ("http://slack.example/x", false),
            ("http://slack.example:443/x", false),
            ("https://evilslack.example/x", false),
            ("https://slack.example.evil.example/x", false),
            ("https://slack.example@evil.example/x", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(
                super::is_at_home(&url(address), &home),
                is_at_home,
                "{address}"
            );
        }
    }

    #[test]
    fn what_a_server_says_is_one_line_with_an_end() {
        let told = |text: &str| one_line(text, &Secrets::of(["canary:1"]));
        assert_eq!(told("no\n2026 ERROR \u{1b}[31m"), "no 2026 ERROR  [31m");
        assert_eq!(told(&"é".repeat(1000)).chars().count(), 300);
        let at_the_cut = format!("{}canary:1", "é".repeat(296));
        assert!(
            !told(&at_the_cut).contains('c'),
            "a secret is not cut in two"
        );
    }
}
