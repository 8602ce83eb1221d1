//! Messages: new, changed and deleted.

use conversation::{
    AuthorKind, Content, Event, EventKey, Inbound, Posted, RemoteId, Timestamp, behind_slash,
};

use super::attachments::Holder;
use super::dispatch::{Dispatch, MALFORMED, Normalised, Scene, one, read};
use super::{author, content, interaction::as_typed};
use crate::id::{Snowflake, Spot};
use crate::known::Known;
use crate::wire::{Deleted, DeletedMany, Message};

/// The numbers of `Message::kind` that hold what somebody said; the others are Discord's own lines.
fn is_said(kind: u64) -> bool {
    const DEFAULT: u64 = 0;
    const REPLY: u64 = 19;
    const ANSWER_TO_SLASH_COMMAND: u64 = 20;
    const ANSWER_TO_MENU_COMMAND: u64 = 23;
    matches!(
        kind,
        DEFAULT | REPLY | ANSWER_TO_SLASH_COMMAND | ANSWER_TO_MENU_COMMAND
    )
}

pub(super) fn posted(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    match read::<Message>(dispatch) {
        Some(message) => post_of(&message, known),
        None => MALFORMED,
    }
}

pub(crate) fn post_of(message: &Message, known: &Known) -> Normalised {
    if !is_said(message.kind) {
        return Normalised::Ignored("system-message");
    }
    if is_ephemeral(message) {
        return Normalised::Ignored("seen-by-one-person");
    }
    let said = match Said::of(message, known) {
        Ok(said) => said,
        Err(unknown) => return Normalised::Unknown(unknown),
    };
    let key = EventKey(format!("post/{}", message.id));
    if let Some(text) = said.to_us(known) {
        let event = Event::Commanded {
            message: said.spot().remote(),
            text,
        };
        return one(said.inbound(key, message.id.time(), event, known));
    }
    let Some(content) = said.content(known) else {
        return Normalised::Ignored("nothing-said");
    };
    let event = Event::Posted(Posted {
        messages: vec![said.spot().remote()],
        reply_to: said.answers(),
        thread: said.scene.thread_id().map(Snowflake::remote),
        subject: said.subject(),
        content,
        elided: String::new(),
        twin: None,
    });
    one(said.inbound(key, message.id.time(), event, known))
}

pub(super) fn edited(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    match read::<Message>(dispatch) {
        Some(message) => edit_of(&message, known),
        None => MALFORMED,
    }
}

/// Discord also reports changes that are none of the author's, such as a preview that was found: only an edit
/// bears a time.
pub(crate) fn edit_of(message: &Message, known: &Known) -> Normalised {
    let Some(edited) = &message.edited_timestamp else {
        return Normalised::Ignored("not-edited");
    };
    let Ok(at) = edited.parse::<jiff::Timestamp>() else {
        return MALFORMED;
    };
    if message.author.is_none() {
        return Normalised::Unreadable("edit-without-author");
    }
    if !is_said(message.kind) {
        return Normalised::Ignored("system-message");
    }
    let said = match Said::of(message, known) {
        Ok(said) => said,
        Err(unknown) => return Normalised::Unknown(unknown),
    };
    let Some(content) = said.content(known) else {
        return Normalised::Ignored("nothing-said");
    };
    let event = Event::Edited {
        message: said.spot().remote(),
        content,
    };
    let key = EventKey(format!("edit/{}/{}", message.id, at.as_microsecond()));
    one(said.inbound(key, Timestamp(at.as_millisecond()), event, known))
}

pub(super) fn deleted(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    match read::<Deleted>(dispatch) {
        Some(gone) => deletion(&[gone.id], gone.channel_id, dispatch, known),
        None => MALFORMED,
    }
}

pub(super) fn deleted_many(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    match read::<DeletedMany>(dispatch) {
        Some(gone) => deletion(&gone.ids, gone.channel_id, dispatch, known),
        None => MALFORMED,
    }
}

/// Discord does not say who deleted.
fn deletion(
    messages: &[Snowflake],
    channel: Snowflake,
    dispatch: &Dispatch<'_>,
    known: &Known,
) -> Normalised {
    let mut others = messages
        .iter()
        .filter(|it| !known.deleted_by_us(**it))
        .peekable();
    let Some(first) = others.peek() else {
        return Normalised::Ignored("ourselves");
    };
    let key = EventKey(format!("delete/{first}"));
    let is_direct = !dispatch.data.contains("\"guild_id\"");
    let scene = match Scene::of(channel, is_direct, known) {
        Ok(scene) => scene,
        Err(unknown) => return Normalised::Unknown(unknown),
    };
    let spot = |message: &Snowflake| Spot {
        thread: scene.thread_id(),
        message: *message,
    };
    one(calls::happened(
        key,
        scene.channel.channel(),
        dispatch.now,
        author::unknown(),
        Event::Deleted {
            messages: others.map(|it| spot(it).remote()).collect(),
        },
    ))
}

fn is_ephemeral(message: &Message) -> bool {
    const EPHEMERAL: u64 = 1 << 6;
    message.flags & EPHEMERAL != 0
}

/// A message and where it stands.
struct Said<'a> {
    message: &'a Message,
    scene: Scene<'a>,
}

impl<'a> Said<'a> {
    fn of(message: &'a Message, known: &'a Known) -> Result<Said<'a>, Snowflake> {
        let scene = Scene::of(message.channel_id, message.guild_id.is_none(), known)?;
        Ok(Said { message, scene })
    }

    fn spot(&self) -> Spot {
        Spot {
            thread: self.scene.thread_id(),
            message: self.message.id,
        }
    }

    fn content(&self, known: &Known) -> Option<Content> {
        let at = Holder {
            channel: self.scene.channel,
            within: self.message.channel_id,
            message: self.message.id,
        };
        content::of(self.message, at, known)
    }

    /// What follows our name, where a person's message begins with it; or a command that was sent as words, since nobody chose
    /// it from the list.
    fn to_us(&self, known: &Known) -> Option<String> {
        let is_person = author::of_message(self.message, known).kind == AuthorKind::Person;
        let content = &self.message.content;
        let words = self
            .behind_our_name(known)
            .or_else(|| behind_slash(content));
        let words = words.filter(|_| is_person)?;
        Some(match words {
            "" => "help".to_owned(),
            words => as_typed(words),
        })
    }

    fn behind_our_name(&self, known: &Known) -> Option<&str> {
        let said = self.message.content.trim_start().strip_prefix("<@")?;
        let (whom, words) = said.split_once('>')?;
        let is_us = match whom.strip_prefix('&') {
            Some(role) => Snowflake::parse(role).is_some_and(|it| known.is_our_role(it)),
            None => {
                let account = Snowflake::parse(whom.trim_start_matches('!'));
                account.is_some() && account == known.bot
            }
        };
        is_us.then(|| words.trim_start_matches([',', ':']).trim())
    }

    /// What it points at, then the message under which its thread hangs.
    fn answers(&self) -> Vec<RemoteId> {
        const ANSWER: u64 = 0;
        let reference = self.message.message_reference.as_ref();
        let answered = reference.filter(|it| it.kind == ANSWER).and_then(|it| {
            let elsewhere = it
                .channel_id
                .is_some_and(|at| at != self.message.channel_id);
            let thread = self.scene.thread_id().filter(|_| !elsewhere);
            let message = it.message_id?;
            Some(Spot { thread, message })
        });
        let root = self.root().filter(|it| *it != self.spot());
        let mut answers: Vec<RemoteId> = answered.into_iter().map(Spot::remote).collect();
        if let Some(root) = root.map(Spot::remote).filter(|it| !answers.contains(it)) {
            answers.push(root);
        }
        answers
    }

    /// A thread of a channel has the id of the message from which it was begun, if it was begun from one; a post
    /// of a forum begins with the message that has its id.
    fn root(&self) -> Option<Spot> {
        let thread = self.scene.thread_id()?;
        Some(Spot {
            thread: Some(thread).filter(|_| self.scene.is_forum),
            message: thread,
        })
    }

    /// Of the message that begins a post of a forum.
    fn subject(&self) -> Option<String> {
        let (thread, place) = self.scene.thread.filter(|_| self.scene.is_forum)?;
        let begins = thread == self.message.id && !place.name.is_empty();
        begins.then(|| place.name.clone())
    }

    fn inbound(&self, key: EventKey, at: Timestamp, event: Event, known: &Known) -> Inbound {
        let mut actor = author::of_message(self.message, known);
        // What answers a command comes from a program, whoever asked for it.
        if self.message.author.is_none() {
            actor.kind = AuthorKind::Bot;
        }
        calls::happened(key, self.scene.channel.channel(), at, actor, event)
    }
}
