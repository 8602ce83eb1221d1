//! Posts out to the members of a list, one mail each.
//!
//! **Invariant:** a member who has the mail is not sent it again in a later attempt, and one member's refusal holds
//! back nobody else.

mod bounded;
mod compose;
mod connections;
mod health;
mod letter;
mod progress;
mod server;
mod starttls;
mod tls;

use std::sync::atomic::{AtomicBool, Ordering};

use conversation::{Outbound, Post, Receipt, RemoteId, SendError};
use futures::{StreamExt, stream};
use lettre::Address;

use self::{
    compose::{Enclosure, Sender},
    connections::Failure,
    letter::Letter,
    progress::{Progress, hash},
};
pub(crate) use self::{
    connections::Connections,
    tls::{authorities, name_of},
};
use crate::{
    inbound::PLATFORM,
    settings::{List, Settings},
};

/// Sends `post` to whoever of the channel does not have it yet.
pub(crate) async fn post(
    settings: &Settings,
    connections: &Connections,
    outbound: &Outbound,
    post: &Post,
) -> Result<Receipt, SendError> {
    let id = outbound.channel.id.as_str();
    let list = settings.list(id);
    let mut progress = Progress::read(post.progress.as_deref());
    let addresses = match list {
        Some(list) => members(list, post),
        None => vec![alone(id)?],
    };
    let message_id = compose::message_id(outbound, post, &settings.domain);
    let waiting: Vec<&Address> = addresses
        .iter()
        .filter(|it| !progress.is_settled(&key(it)))
        .collect();
    if !waiting.is_empty() {
        let envelope_from = envelope_from(settings, list)?;
        let sender = match list {
            Some(list) => Sender::List(list),
            None => Sender::Alone {
                from: envelope_from.clone(),
                to: alone(id)?,
            },
        };
        let enclosures = files_of(post).await?;
        let mail = compose::compose(outbound, post, &sender, &message_id, enclosures)
            .map_err(SendError::Refused)?;
        let trouble = to_all(connections, &envelope_from, &waiting, &mail, &mut progress).await;
        conclude(trouble, &progress)?;
    }
    Ok(Receipt {
        thread: None,
        remote_ids: vec![RemoteId(message_id)],
    })
}

/// All but the author, who has what they wrote.
fn members(list: &List, post: &Post) -> Vec<Address> {
    let is_author = |id: &str| post.from.as_str() == PLATFORM && post.author.account.as_str() == id;
    let members = list
        .members
        .iter()
        .filter(|member| !is_author(&member.id()));
    members.map(|member| member.address.clone()).collect()
}

/// A channel that is no list is one person's mailbox.
fn alone(id: &str) -> Result<Address, SendError> {
    id.parse()
        .map_err(|_| SendError::ChannelGone("there is no such list in the settings".to_owned()))
}

/// Where what cannot be delivered comes back to. An opaque token for each member will stand here.
fn envelope_from(settings: &Settings, list: Option<&List>) -> Result<Address, SendError> {
    let address = match list {
        Some(list) => list.bounces_address(),
        None => format!("causeway@{}", settings.domain),
    };
    address.parse().map_err(|_| {
        SendError::Refused("the list has no address that mail can come from".to_owned())
    })
}

fn key(address: &Address) -> String {
    address.to_string().to_lowercase()
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

/// The worst that happened, if anything did.
async fn to_all(
    connections: &Connections,
    from: &Address,
    to: &[&Address],
    mail: &Letter,
    progress: &mut Progress,
) -> Option<Failure> {
    let is_down = AtomicBool::new(false);
    let attempts: Vec<_> = to
        .iter()
        .map(|member| attempt(connections, from, member, mail, &is_down))
        .collect();
    let mut outcomes = stream::iter(attempts).buffer_unordered(connections.most());
    let mut worst: Option<Failure> = None;
    while let Some((member, outcome)) = outcomes.next().await {
        let member = key(member);
        match outcome {
            None => {}
            Some(Ok(())) => progress.done(&member),
            Some(Err(Failure::Refused(cause))) => {
                tracing::warn!(
                    mail.member_hash = hash(&member),
                    mail.status = code(&cause),
                    "a member's mail was refused"
                );
                progress.refused(&member);
            }
            Some(Err(failure)) => {
                if matches!(failure, Failure::Server(_) | Failure::Unauthorised(_)) {
                    is_down.store(true, Ordering::Relaxed);
                }
                worst = Some(worse(worst, failure));
            }
        }
    }
    worst
}

/// As in `550 5.1.1`: the words after it are for staff, and no log's.
fn code(answer: &str) -> String {
    let is_code = |it: &&str| {
        !it.is_empty() && it.len() <= 9 && it.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    let codes = answer.split([' ', '(', ')', ':']).filter(is_code).take(2);
    codes.collect::<Vec<_>>().join(" ")
}

/// Nothing, where the server is known to be down.
async fn attempt<'m>(
    connections: &Connections,
    from: &Address,
    member: &'m Address,
    mail: &Letter,
    is_down: &AtomicBool,
) -> (&'m Address, Option<Result<(), Failure>>) {
    if is_down.load(Ordering::Relaxed) {
        return (member, None);
    }
    (member, Some(connections.send(from, member, mail).await))
}

/// What must be told first: a bad password before a doubt, a doubt before a delay.
fn worse(before: Option<Failure>, now: Failure) -> Failure {
    let rank = |it: &Failure| match it {
        Failure::Unauthorised(_) => 4,
        Failure::Uncertain(_) => 3,
        Failure::Server(_) => 2,
        Failure::Later(_) => 1,
        Failure::Refused(_) => 0,
    };
    match before {
        Some(before) if rank(&before) >= rank(&now) => before,
        _ => now,
    }
}

fn conclude(trouble: Option<Failure>, progress: &Progress) -> Result<(), SendError> {
    let cause = match trouble {
        None if progress.has_reached_anybody() || progress.is_empty() => return Ok(()),
        None => {
            return Err(SendError::Refused(
                "every member's mail server refused the mail".to_owned(),
            ));
        }
        Some(Failure::Unauthorised(cause)) => SendError::Unauthorised(cause),
        Some(Failure::Uncertain(cause)) => SendError::Uncertain(cause),
        Some(Failure::Server(cause)) => SendError::Unavailable(cause),
        // One full mailbox must not hold a whole list back for days.
        Some(Failure::Later(cause) | Failure::Refused(cause)) => SendError::PutOff(cause),
    };
    if progress.is_empty() {
        return Err(cause);
    }
    Err(SendError::Interrupted {
        progress: progress.write(),
        cause: Box::new(cause),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_answer_a_log_holds_the_codes_alone() {
        for (answer, codes) in [
            (
                "permanent error (550): 5.1.1 <bo@y.org>: Recipient address rejected",
                "550 5.1.1",
            ),
            ("permanent error (554): bo@y.org is 12.5 % spam", "554 12.5"),
            ("permanent error (552)", "552"),
            ("network error: bo@y.org", ""),
        ] {
            assert_eq!(code(answer), codes);
        }
    }
}
