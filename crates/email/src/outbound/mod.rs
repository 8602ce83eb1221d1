//! Posts out to the readers of a list, one mail each.

mod bounded;
mod compose;
mod connections;
mod failure;
mod health;
mod judge;
mod letter;
mod patience;
mod server;
mod starttls;
mod tls;

use conversation::{Addressee, Operation, Outbound, Post, Reader, Receipt, RemoteId, SendError};
use lettre::Address;

pub(crate) use self::connections::Connections;
use self::{
    compose::{Enclosure, Sender},
    failure::Failure,
};
use crate::settings::{List, Settings};

/// Those who get what is said on the list. A channel that is no list is one person's mailbox, but for addresses beside
/// our lists: there was a list.
pub(crate) fn readers(settings: &Settings, channel: &str) -> Option<Vec<Reader>> {
    let reader = |id: String, name: String| Reader {
        account: RemoteId(id),
        name,
    };
    match settings.list(channel) {
        None if settings.is_beside_a_list(channel) => None,
        None => Some(vec![reader(channel.to_owned(), "a mailbox".to_owned())]),
        Some(list) => {
            let members = list.members.iter();
            Some(members.map(|it| reader(it.id(), it.shown())).collect())
        }
    }
}

/// The id that each of them sees.
pub(crate) fn own_id(settings: &Settings, outbound: &Outbound) -> Option<RemoteId> {
    match &outbound.operation {
        Operation::Post(post) => Some(compose::message_id(outbound, post, &settings.domain).into()),
        _ => None,
    }
}

/// Sends `post` to one reader.
pub(crate) async fn post(
    settings: &Settings,
    connections: &Connections,
    (outbound, to): (&Outbound, &Addressee),
    post: &Post,
) -> Result<Receipt, SendError> {
    let list = settings.list(outbound.channel.id.as_str());
    let address: Result<Address, _> = to.account.as_str().parse();
    let address = address.map_err(|_| no_such_list())?;
    let envelope_from = envelope_from(settings, list, to)?;
    let sender = match list {
        Some(list) => Sender::List(list),
        None => Sender::Alone {
            from: envelope_from.clone(),
            to: address.clone(),
        },
    };
    let message_id = compose::message_id(outbound, post, &settings.domain);
    let enclosures = files_of(post).await?;
    let mail = compose::compose(outbound, post, &sender, &message_id, enclosures)
        .map_err(SendError::Refused)?;
    let sent = connections.send(&envelope_from, &address, &mail).await;
    sent.map_err(|failure| told(outbound, failure))?;
    Ok(Receipt {
        thread: None,
        remote_ids: vec![RemoteId(message_id)],
    })
}

pub(crate) fn no_such_list() -> SendError {
    SendError::ChannelGone("there is no such list in the settings".to_owned())
}

/// Where what cannot be delivered comes back to. The token tells whose it is, and nobody can make one up.
fn envelope_from(
    settings: &Settings,
    list: Option<&List>,
    to: &Addressee,
) -> Result<Address, SendError> {
    let address = match list {
        Some(list) => list.bounces_address(&to.token),
        None => format!("causeway@{}", settings.domain),
    };
    address.parse().map_err(|_| {
        SendError::Refused("the list has no address that mail can come from".to_owned())
    })
}

fn told(outbound: &Outbound, failure: Failure) -> SendError {
    match failure {
        Failure::Server(why) | Failure::Ours(why) => SendError::Unavailable(why),
        Failure::TooLarge(why) => SendError::TooLarge(why),
        Failure::Later(why) => SendError::PutOff(why),
        Failure::Unclear {
            told: said,
            is_final,
        } => SendError::Unclear { said, is_final },
        Failure::Uncertain(why) => SendError::Uncertain(why),
        Failure::Unauthorised(why) => SendError::Unauthorised(format!(
            "the mail server does not let us send ({why}): look at `email.smtp.user` and `email.smtp.password`"
        )),
        Failure::Refused(why) => {
            tracing::warn!(delivery.id = %outbound.delivery, mail.status = code(&why), "a reader's mail was refused");
            SendError::Refused(why)
        }
    }
}

async fn files_of(post: &Post) -> Result<Vec<Enclosure>, SendError> {
    let mut all = Vec::new();
    for file in &post.part.files {
        let about = tokio::fs::metadata(&file.path).await.map_err(|error| {
            SendError::Unavailable(format!("a file of the post cannot be read: {error}"))
        })?;
        let attachment = &file.attachment;
        all.push(Enclosure {
            kind: attachment.kind,
            name: attachment.name.clone().unwrap_or_default(),
            mime: attachment.mime.clone().unwrap_or_default(),
            alt: attachment.alt.clone().unwrap_or_default(),
            path: file.path.clone(),
            length: about.len(),
        });
    }
    Ok(all)
}

/// As in `550 5.1.1`: the words after it are for staff, and no log's.
fn code(answer: &str) -> String {
    let is_code = |it: &&str| {
        !it.is_empty() && it.len() <= 9 && it.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    let codes = answer.split([' ', ':']).filter(is_code).take(2);
    codes.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_answer_a_log_holds_the_codes_alone() {
        for (answer, codes) in [
            (
                "550 5.1.1 <bo@y.org>: Recipient address rejected",
                "550 5.1.1",
            ),
            ("554 bo@y.org is 12.5 % spam", "554 12.5"),
            ("552", "552"),
            ("bo@y.org is unknown", ""),
        ] {
            assert_eq!(code(answer), codes);
        }
    }
}
