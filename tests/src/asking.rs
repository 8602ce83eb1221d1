//! What people ask of the bridge, and what they alone see of its answers.

use std::time::Duration;

use conversation::{
    Asking, Button, ChannelRef, Described, Does, Event, Inbound, Intake, MessageId, Operation,
    Outbound, Phrase, Proof, Receipt, RemoteId, SendError, WayBack, command::Verb,
};
use store::{Choice, Entry, Request, Say, Surface, To};
use words::{TALK_ALONE, TALK_ALONE_LABEL};

use crate::{
    FakePlatform, Town,
    channel::at,
    people::person,
    posting::{names, texts},
};

/// As long as the shortest of the platforms lets us answer.
const OPEN: Duration = Duration::from_secs(60);
/// As long as a mail waits to be answered.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Town {
    /// Someone gives a command, and the platform lets them be answered alone.
    pub async fn commands(&mut self, channel: &str, who: &str, text: &str) {
        let event = self.command(channel, who, text);
        let way_back = self.way_back(who);
        self.hand_in(Inbound { way_back, ..event }).await;
    }

    /// Someone writes to the bridge itself, about a list or from a mailbox of theirs, in a mail that is so sure.
    pub async fn commands_by_mail(&mut self, channel: &str, who: &str, text: &str, proof: Proof) {
        let event = self.command(channel, who, text);
        let way_back = Some(WayBack {
            token: who.to_owned(),
            until: self.now.plus(A_DAY),
        });
        let mail = Inbound {
            proof,
            way_back,
            ..event
        };
        self.hand_in(mail).await;
    }

    /// Someone gives a command where nobody can be answered alone.
    pub async fn commands_aloud(&mut self, channel: &str, who: &str, text: &str) {
        let event = self.command(channel, who, text);
        self.hand_in(event).await;
    }

    /// As the platform would tell of it now.
    pub fn command(&mut self, channel: &str, who: &str, text: &str) -> Inbound {
        let event = Event::Commanded {
            message: RemoteId(format!("command-{}", self.n_events)),
            text: text.to_owned(),
        };
        self.event(&at(channel), who, event)
    }

    /// What is shown to someone while they write a command; nothing where they may not give it.
    pub async fn suggests(
        &mut self,
        (channel, who): (&str, &str),
        words: &str,
        typed: &str,
    ) -> Option<Vec<String>> {
        let verb = Verb::named(words).expect("a command");
        let named = verb.params.iter().find(|it| verb.thing(it).is_some());
        let asking = Asking {
            event: self.command(channel, who, words),
            verb,
            param: named
                .or(verb.params.first())
                .expect("it is given something"),
            typed: typed.to_owned(),
        };
        self.engine.suggest(&asking).await
    }

    /// What comes back from the button of that label, as it stands in the channel now.
    pub fn button(&self, channel: &str, label: &str) -> String {
        let at = at(channel);
        let posts = self.platform(&at).seen(&at.id).into_iter();
        let mut buttons: Vec<_> = posts.flat_map(|it| it.buttons).collect();
        let whispers = &self.platform(&at).state().whispers;
        buttons.extend(whispers.iter().flat_map(|it| it.buttons.clone()));
        let button = buttons.into_iter().find(|it| it.label == label);
        match button.expect("the button stands there").does {
            Does::Press(id) => id,
            Does::Open(address) => panic!("it opens {address}"),
        }
    }

    /// The bridge offers help to one person of the room, by a button that can be pressed for so long.
    pub async fn bridge_offers_help(&mut self, channel: &str, who: &str, minutes: u64) {
        let (home, now) = (self.home(channel), self.now);
        let account = person(who).account;
        let until = now.plus(Duration::from_secs(minutes * 60));
        let said = self.store.write(move |tx| {
            let (home, account) = (home.clone(), account.clone());
            Box::pin(async move {
                let help = Choice {
                    label: Phrase::of(TALK_ALONE_LABEL),
                    act: "help".into(),
                    for_identity: tx.speakers(&home).identity_of(account.as_str()).await?,
                };
                let to = vec![home.channel.id.clone()];
                let key = format!("offer-{}", now.0);
                let words = Say {
                    buttons: vec![help],
                    until: Some(until),
                    ..Say::to(home, key, Phrase::of(TALK_ALONE), to)
                };
                tx.own_words().say(&words, now).await
            })
        });
        said.await.expect("said").expect("for the first time");
    }

    /// The bridge offers help to one person alone, by the way that came with what they asked a moment ago.
    pub async fn bridge_offers_help_alone(&mut self, channel: &str, who: &str) -> MessageId {
        let (home, now) = (self.home(channel), self.now);
        let way_back = self.way_back(who).expect("it came with one");
        let said = self.store.write(move |tx| {
            let (home, way_back) = (home.clone(), way_back.clone());
            Box::pin(async move {
                let request = Request {
                    entry: &home,
                    identity: None,
                    surface: Surface::Command,
                    act: &"help".into(),
                    way_back: &way_back,
                };
                let to = To::Asker(tx.requests().note(&request, now).await?);
                let help = Choice {
                    label: Phrase::of(TALK_ALONE_LABEL),
                    act: "help".into(),
                    for_identity: None,
                };
                let key = format!("offer-{}", now.0);
                let words = Say {
                    to,
                    buttons: vec![help],
                    ..Say::to(home.clone(), key, Phrase::of(TALK_ALONE), Vec::new())
                };
                tx.own_words().say(&words, now).await
            })
        });
        said.await.expect("said").expect("for the first time")
    }

    fn home(&self, channel: &str) -> Entry {
        let directory = self.store.directory();
        let entry = directory.find(&at(channel));
        entry.expect("a linked channel").clone()
    }

    /// By which the platform knows what stands there.
    pub fn id_of(&self, channel: &str, words: &str) -> RemoteId {
        let at = at(channel);
        self.platform(&at).find(&at.id, words)
    }

    /// Someone presses it, whether it stands there still or not.
    pub async fn presses(&mut self, channel: &str, who: &str, button: &str) {
        let event = self.pressed_before(channel, who, button, 0);
        self.hand_in(event).await;
    }

    /// As the platform tells of it so many minutes later.
    pub fn pressed_before(
        &mut self,
        channel: &str,
        who: &str,
        button: &str,
        minutes: u64,
    ) -> Inbound {
        let event = Event::Pressed {
            message: RemoteId("some-message".to_owned()),
            button: button.to_owned(),
        };
        let event = self.event(&at(channel), who, event);
        Inbound {
            at: event.at.minus(Duration::from_secs(minutes * 60)),
            way_back: self.way_back(who),
            ..event
        }
    }

    /// What people were told alone there, in its order; of help not each line, for stories that are about something else.
    pub fn whispers(&self, channel: &str) -> String {
        without_help(&self.whispers_in_full(channel))
    }

    pub fn whispers_in_full(&self, channel: &str) -> String {
        let at = at(channel);
        let state = self.platform(&at).state();
        let whispers = state.whispers.iter().filter(|it| it.channel == at);
        let lines: Vec<_> = whispers
            .map(|it| {
                let files: String = it.files.iter().map(|it| format!(" <{it}>")).collect();
                format!("to {}: {}{files}{}", it.to, it.text, shown(&it.buttons))
            })
            .collect();
        without_codes(&lines.join("\n"))
    }

    /// What stands in the files that somebody alone got there.
    pub fn whispered_files(&self, channel: &str) -> Vec<String> {
        let at = at(channel);
        let state = self.platform(&at).state();
        let whispers = state.whispers.iter().filter(|it| it.channel == at);
        whispers.flat_map(|it| it.texts.clone()).collect()
    }

    /// What the newest question that somebody was asked alone there is confirmed with.
    pub fn code(&self, channel: &str) -> String {
        let at = at(channel);
        let state = self.platform(&at).state();
        let asked = state.whispers.iter().rev();
        let mut asked = asked.filter_map(|it| it.text.split_once("“confirm "));
        let (_, behind) = asked.next().expect("somebody was asked");
        behind.chars().take(4).collect()
    }

    /// What the newest question that stands there is confirmed with.
    pub fn code_in(&self, channel: &str) -> String {
        let at = at(channel);
        let posts = self.platform(&at).seen(&at.id).into_iter().rev();
        let mut asked = posts.filter_map(|it| Some(it.text.split_once("“confirm ")?.1.to_owned()));
        let behind = asked.next().expect("somebody was asked");
        behind.chars().take(4).collect()
    }

    /// Who hears nothing by the way that came with what they asked, on that platform, in its order.
    pub fn left_unanswered(&self, channel: &str) -> String {
        self.platform(&at(channel)).state().left.join(", ")
    }

    fn way_back(&self, who: &str) -> Option<WayBack> {
        Some(WayBack {
            token: who.to_owned(),
            until: self.now.plus(OPEN),
        })
    }
}

/// `@Ana` is where Ana and the bot are alone, and `@Ana+` where she may be alone with somebody else.
pub(crate) fn described(channel: &ChannelRef) -> Described {
    let id = channel.id.as_str();
    let is_direct = id.starts_with('@');
    Described {
        is_direct,
        may_be_others: is_direct && id.ends_with('+'),
        names_person: is_direct,
        ..Described::default()
    }
}

/// What one person alone sees.
pub(crate) struct Whisper {
    id: RemoteId,
    channel: ChannelRef,
    to: String,
    text: String,
    buttons: Vec<Button>,
    files: Vec<String>,
    texts: Vec<String>,
}

impl Whisper {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

impl FakePlatform {
    pub(crate) fn whisper(
        &self,
        way_back: &WayBack,
        outbound: &Outbound,
    ) -> Result<Receipt, SendError> {
        let mut state = self.state();
        assert!(
            way_back.until > state.now,
            "the platform takes no answer any more"
        );
        let id = match &outbound.operation {
            Operation::Post(post) => {
                let id = RemoteId(format!("whisper-{}", state.whispers.len()));
                state.whispers.push(Whisper {
                    id: id.clone(),
                    channel: outbound.channel.clone(),
                    to: way_back.token.clone(),
                    text: post.part.text.plain_text(),
                    buttons: post.part.buttons.clone(),
                    files: names(&post.part.files),
                    texts: texts(&post.part.files),
                });
                id
            }
            Operation::Edit { targets, post } => {
                let mut whispers = state.whispers.iter_mut();
                let whisper = whispers.find(|it| it.id == targets[0]).expect("it is seen");
                whisper.text = format!("{} (edited)", post.part.text.plain_text());
                whisper.buttons.clone_from(&post.part.buttons);
                targets[0].clone()
            }
            other => panic!("to one person alone: {other:?}"),
        };
        Ok(Receipt {
            remote_ids: vec![id],
            thread: None,
        })
    }
}

/// They are chance.
fn without_codes(text: &str) -> String {
    let mut parts = text.split("“confirm ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, it| said + "“confirm CODE" + &it[4..])
}

/// Without the lines that tell of one command each.
pub(crate) fn without_help(text: &str) -> String {
    let lines = text.lines();
    let others = lines.filter(|it| !it.trim_start().starts_with("· "));
    others.collect::<Vec<_>>().join("\n")
}

/// As people see them.
pub(crate) fn shown(buttons: &[Button]) -> String {
    let shown = buttons.iter().map(|it| match it.does {
        Does::Press(_) => format!(" [{}]", it.label),
        Does::Open(_) => format!(" [{} ->]", it.label),
    });
    shown.collect()
}
