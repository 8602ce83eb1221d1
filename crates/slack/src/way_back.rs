//! How one person is answered alone: by the address that came with what they did, or by an ephemeral message.
//!
//! **Invariant:** such an address is called only where Slack's own server is, and stands in no log.

use calls::Repeated;
use conversation::{Operation, Outbound, Post, Receipt, SendError, WayBack};
use serde_json::{Map, Value, json};

use crate::api::Form;
use crate::bot::Slack;
use crate::errors::CallError;
use crate::method::EPHEMERAL;
use crate::outbound;
use crate::way::Way;

/// What is seen by one person has no id: it is changed where its button was pressed, or not at all.
pub(crate) async fn answer(
    slack: &Slack,
    channel: &str,
    way_back: &WayBack,
    outbound: &Outbound,
) -> Result<Receipt, SendError> {
    let way: Way = serde_json::from_str(&way_back.token)
        .map_err(|_| SendError::Refused("a way back that is not Slack's".to_owned()))?;
    let said = match (&outbound.operation, way) {
        (Operation::Post(post), Way::Address(address) | Way::OfPress(address)) => {
            let body = body(words(post)?, false);
            slack.api.respond(&address, &body).await
        }
        (Operation::Post(post), Way::Person { user, thread }) => {
            let mut form = words(post)?;
            form.push(("channel", channel.to_owned()));
            form.push(("user", user));
            form.extend(thread.map(|it| ("thread_ts", it)));
            slack.api.call(EPHEMERAL, form).await.map(drop)
        }
        // The last of its posts bears the buttons; the others stay as they are.
        (Operation::Edit { post, .. }, Way::OfPress(_)) if post.part.number + 1 < post.part.of => {
            Ok(())
        }
        (Operation::Delete { .. }, Way::OfPress(address)) => {
            let body = json!({ "delete_original": true });
            slack.api.respond(&address, &body).await
        }
        (Operation::Edit { post, .. }, Way::OfPress(address)) => {
            let body = body(words(post)?, true);
            slack.api.respond(&address, &body).await
        }
        _ => {
            let problem = "by this way nothing is changed";
            return Err(SendError::Refused(problem.to_owned()));
        }
    };
    said.map_err(|error: CallError| error.into_send_error(Repeated::Doubles))?;
    Ok(Receipt::default())
}

fn words(post: &Post) -> Result<Form, SendError> {
    outbound::words(post, &post.part.text)
}

/// An answer by address is JSON, and stands beside what was pressed or in its place.
fn body(form: Form, in_its_place: bool) -> Value {
    let mut body: Map<String, Value> = form
        .into_iter()
        .map(|(name, value)| match name {
            "blocks" => (
                name.to_owned(),
                serde_json::from_str(&value).unwrap_or(Value::Null),
            ),
            _ => (name.to_owned(), Value::String(value)),
        })
        .collect();
    body.insert("response_type".to_owned(), "ephemeral".into());
    body.insert("replace_original".to_owned(), in_its_place.into());
    Value::Object(body)
}
