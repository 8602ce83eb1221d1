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

use conversation::{
    Addressee, ChannelRef, Operation, Outbound, Post, Reader, Receipt, RemoteId, SendError, WayBack,
};
use lettre::Address;

pub(crate) use self::connections::Connections;
use self::{
    compose::{Enclosure, Sender},
    failure::Failure,
};
use crate::{settings::Settings, way_back::Way};

/// Those who get what is said on the list, or in a mailbox.
pub(crate) fn readers(settings: &Settings, channel: &ChannelRef) -> Option<Vec<Reader>> {
    let reader = |id: String, name: String| Reader {
        account: RemoteId(id),
        name,
    };
    match settings.list(channel.id.as_str()) {
        None => {
            let of_mailbox = |it: &RemoteId| vec![reader(it.0.clone(), "a mailbox".to_owned())];
            whose(settings, channel).map(of_mailbox)
        }
        Some(list) => {
            let members = list.members.iter();
            Some(members.map(|it| reader(it.id(), it.shown())).collect())
        }
    }
}

/// A channel that is no list is one person's mailbox, but for addresses beside our lists: there was a list.
pub(crate) fn whose<'c>(settings: &Settings, channel: &'c ChannelRef) -> Option<&'c RemoteId> {
    let address = channel.id.as_str();
    let is_list = settings.list(address).is_some() || settings.is_beside_a_list(address);
    (!is_list).then_some(&channel.id)
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
    let Some(list) = settings.list(outbound.channel.id.as_str()) else {
        return alone(settings, connections, (outbound, &to.account, None), post).await;
    };
    let mail = Mail {
        envelope_from: parsed(&list.bounces_address(&to.token))?,
        to: address_of(&to.account)?,
        sender: Sender::List(list),
    };
    mail.send(settings, connections, outbound, post).await
}

/// To the one person whose mailbox it is.
pub(crate) async fn alone(
    settings: &Settings,
    connections: &Connections,
    (outbound, to, re): (&Outbound, &RemoteId, Option<&RemoteId>),
    post: &Post,
) -> Result<Receipt, SendError> {
    let channel = outbound.channel.id.as_str();
    let ours = format!("causeway@{}", settings.domain);
    // What cannot be delivered comes back to where nobody answers it.
    let back = settings.list(channel).map(|it| it.bounces_address(""));
    let from = settings.commands_about(channel);
    let to = address_of(to)?;
    let mail = Mail {
        envelope_from: parsed(&back.unwrap_or_else(|| ours.clone()))?,
        sender: Sender::Alone {
            from: parsed(&from.unwrap_or(ours))?,
            to: to.clone(),
            re: re.map(RemoteId::as_str),
        },
        to,
    };
    mail.send(settings, connections, outbound, post).await
}

/// Answers whoever wrote to the bridge itself.
pub(crate) async fn answer(
    settings: &Settings,
    connections: &Connections,
    (outbound, way_back): (&Outbound, &WayBack),
    post: &Post,
) -> Result<Receipt, SendError> {
    let Some(Way { to, re }) = Way::of(way_back) else {
        let why = "another version heard what is answered";
        return Err(SendError::Refused(why.to_owned()));
    };
    let sent = alone(settings, connections, (outbound, &to, Some(&re)), post).await;
    // Nobody else is there whose fate would tell whose trouble it is, and what the operator mends is worth waiting for.
    sent.map_err(|error| match error {
        SendError::Unclear {
            said,
            is_final: true,
        } => SendError::Refused(said),
        SendError::Unclear { said, .. } => SendError::PutOff(said),
        SendError::Unauthorised(why) => SendError::Unavailable(why),
        error => error,
    })
}

/// One mail to one person.
struct Mail<'a> {
    envelope_from: Address,
    to: Address,
    sender: Sender<'a>,
}

impl Mail<'_> {
    async fn send(
        &self,
        settings: &Settings,
        connections: &Connections,
        outbound: &Outbound,
        post: &Post,
    ) -> Result<Receipt, SendError> {
        let message_id = compose::message_id(outbound, post, &settings.domain);
        let enclosures = files_of(post).await?;
        let mail = compose::compose(outbound, post, &self.sender, &message_id, enclosures)
            .map_err(SendError::Refused)?;
        let sent = connections.send(&self.envelope_from, &self.to, &mail);
        sent.await.map_err(|failure| told(outbound, failure))?;
        Ok(Receipt {
            thread: None,
            remote_ids: vec![RemoteId(message_id)],
        })
    }
}

pub(crate) fn no_such_list() -> SendError {
    SendError::ChannelGone("there is no such list in the settings".to_owned())
}

fn address_of(account: &RemoteId) -> Result<Address, SendError> {
    account.as_str().parse().map_err(|_| no_such_list())
}

/// One of ours. The token in it tells whose it is, and nobody can make one up.
fn parsed(address: &str) -> Result<Address, SendError> {
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
