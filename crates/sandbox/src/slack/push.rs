//! The Events API's way: each event is a signed request to the app's own server, which has three seconds to answer 2xx.

use hmac::{Hmac, Mac};
use reqwest::redirect::Policy;
use serde_json::{Value, json};
use sha2::Sha256;

use super::delivery::{Cargo, Job, Parcel};
use super::ids::now_micros;
use super::world::Slack;

/// Redirects beyond these count as a failure.
const MOST_REDIRECTS: usize = 2;

/// None where this machine cannot make one; then nothing is pushed.
pub(super) fn client() -> Option<reqwest::Client> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(Policy::limited(MOST_REDIRECTS))
        .build();
    client.ok()
}

pub(super) async fn carry(slack: Slack, client: Option<reqwest::Client>, job: Job) {
    let Some(client) = client else {
        return;
    };
    match job {
        Job::Verify { url } => verify(&slack, &client, &url).await,
        Job::Push { url, parcel } => {
            let lane = in_lane(&parcel).then(|| parcel.lane.clone());
            deliver(&slack, &client, &url, parcel).await;
            let Some(lane) = lane else { return };
            while let Some(next) = slack.look(|world| world.delivery.next_in_lane(&lane)) {
                deliver(&slack, &client, &url, next).await;
            }
        }
    }
}

/// Repetitions overtake: Slack promises no order.
fn in_lane(parcel: &Parcel) -> bool {
    matches!(parcel.cargo, Cargo::Event) && parcel.attempt == 0
}

async fn deliver(slack: &Slack, client: &reqwest::Client, url: &str, parcel: Parcel) {
    let outcome = push(slack, client, url, &parcel).await;
    slack.change(|world| match outcome {
        Ok(answer) => {
            world.kit.counters.acks += 1;
            match parcel.cargo {
                Cargo::Event => {}
                Cargo::Interactive(asked) | Cargo::Slash(asked) => world.answered(&asked, answer),
            }
        }
        Err(Failed::Final) => world.kit.counters.lost_events += 1,
        Err(Failed::Again(reason)) => world.failed(parcel, reason),
    });
}

enum Failed {
    Again(&'static str),
    /// The answer carried `X-Slack-No-Retry`.
    Final,
}

/// A signed request, as all that Slack sends.
async fn signed(
    slack: &Slack,
    client: &reqwest::Client,
    url: &str,
    kind: &str,
    body: String,
    more: &[(&'static str, String)],
) -> reqwest::Result<reqwest::Response> {
    let (secret, ack) = slack.look(|world| {
        let secret = world.tokens.signing_secret.clone();
        (secret, world.delivery.waits.ack)
    });
    let seconds = now_micros() / 1_000_000;
    let signature = sign(&secret, seconds, &body);
    let request = client
        .post(url)
        .timeout(ack)
        .header("content-type", kind)
        .header("user-agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
        .header("x-slack-request-timestamp", seconds.to_string())
        .header("x-slack-signature", signature);
    let more = more.iter();
    let request = more.fold(request, |it, (name, value)| it.header(*name, value));
    request.body(body).send().await
}

async fn push(
    slack: &Slack,
    client: &reqwest::Client,
    url: &str,
    parcel: &Parcel,
) -> Result<Value, Failed> {
    let (kind, body) = written(parcel);
    let retry = [
        ("x-slack-retry-num", parcel.attempt.to_string()),
        ("x-slack-retry-reason", retry_reason(parcel).to_owned()),
    ];
    let more = if parcel.attempt > 0 { &retry[..] } else { &[] };
    let response = signed(slack, client, url, kind, body, more).await;
    let response = response.map_err(|it| Failed::Again(reason(&it)))?;
    if !response.status().is_success() {
        let is_final = response.headers().contains_key("x-slack-no-retry");
        return Err(match is_final {
            true => Failed::Final,
            false => Failed::Again("http_error"),
        });
    }
    let text = response.text().await;
    let text = text.map_err(|it| Failed::Again(reason(&it)))?;
    Ok(serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

fn retry_reason(parcel: &Parcel) -> &'static str {
    match parcel.reason {
        // As sockets call it.
        Some("timeout") | None => "http_timeout",
        Some(reason) => reason,
    }
}

fn reason(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "timeout"
    } else if error.is_redirect() {
        "too_many_redirects"
    } else if error.is_connect() {
        "connection_failed"
    } else {
        "unknown_error"
    }
}

/// Events are JSON, the rest are forms.
fn written(parcel: &Parcel) -> (&'static str, String) {
    const FORM: &str = "application/x-www-form-urlencoded";
    let mut form = form_urlencoded::Serializer::new(String::new());
    match parcel.cargo {
        Cargo::Event => ("application/json", parcel.payload.to_string()),
        Cargo::Interactive(_) => {
            let payload = parcel.payload.to_string();
            form.append_pair("payload", &payload);
            (FORM, form.finish())
        }
        Cargo::Slash(_) => {
            let fields = parcel.payload.as_object().into_iter().flatten();
            let pairs = fields.map(|(name, value)| (name, value.as_str().unwrap_or_default()));
            (FORM, form.extend_pairs(pairs).finish())
        }
    }
}

/// The address counts only if it answers the challenge.
async fn verify(slack: &Slack, client: &reqwest::Client, url: &str) {
    let beginning = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO";
    let challenge = format!("{beginning}{}", now_micros());
    let body = json!({ "token": "verification-token", "challenge": challenge, "type": "url_verification" });
    let outcome = challenged(slack, client, url, body.to_string()).await;
    let outcome = outcome.and_then(|answer| match answer.contains(&challenge) {
        true => Ok(()),
        false => Err("the answer does not hold the challenge".to_owned()),
    });
    slack.change(|world| world.url_answered(url, outcome));
}

async fn challenged(
    slack: &Slack,
    client: &reqwest::Client,
    url: &str,
    body: String,
) -> Result<String, String> {
    let why = |it: reqwest::Error| reason(&it).to_owned();
    let response = signed(slack, client, url, "application/json", body, &[]).await;
    let response = response.map_err(why)?;
    match response.status().is_success() {
        true => response.text().await.map_err(why),
        false => Err(format!("it answered {}", response.status())),
    }
}

/// As `X-Slack-Signature`, for a body pushed at this second.
pub(crate) fn sign(secret: &str, seconds: u64, body: &str) -> String {
    // A key of any length is taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(format!("v0:{seconds}:{body}").as_bytes());
    format!("v0={}", hex::encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_public_documentation_is_signed_as_there() {
        let body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        let signature = sign("8f742231b10e8888abcd99yyyzzz85a5", 1_531_420_618, body);
        assert_eq!(
            signature,
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
        );
    }
}
