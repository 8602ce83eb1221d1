//! What we post as the platform's people see it, and how the platform tells us of it.

use conversation::{
    Author, AuthorKind, ChannelRef, Content, Event, EventKey, Inbound, LocalFile, Outbound, Post,
    Posted, Proof, Receipt, RemoteId, SendError, Support,
};

use crate::{
    FakePlatform, seeing,
    seen::{Seen, receipt},
};

impl FakePlatform {
    /// The platform tells us of our own post before it answers us.
    async fn echo(&self, channel: &ChannelRef, id: &RemoteId, text: &str) {
        let now = self.state().now;
        let event = Inbound {
            within: None,
            key: EventKey(format!("post:{channel}:{id}")),
            channel: channel.clone(),
            at: now,
            actor: Author {
                picture: None,
                account: "the-bridge".into(),
                display_name: "Causeway".into(),
                kind: if self.knows_us {
                    AuthorKind::Ourselves
                } else {
                    AuthorKind::Person
                },
            },
            proof: Proof::OfPlatform,
            way_back: None,
            event: Event::Posted(Posted {
                thread: None,
                messages: vec![id.clone()],
                reply_to: Vec::new(),
                subject: None,
                content: Content::plain(text),
                elided: String::new(),
                twin: None,
            }),
        };
        if !self.knows_us {
            self.state().late_echoes.push(event);
            return;
        }
        let engine = self
            .engine
            .get()
            .and_then(|it| it.lock().expect("no panic").upgrade());
        if let Some(engine) = engine {
            engine.accept(event, now).await.expect("echo accepted");
        }
    }

    pub(crate) fn check_files(&self, post: &Post) -> Result<(), SendError> {
        match self.state().refuses_files && !post.part.files.is_empty() {
            true => Err(SendError::Refused("no files, please".to_owned())),
            false => Ok(()),
        }
    }

    pub(crate) async fn post(&self, outbound: &Outbound, post: &Post) -> Receipt {
        if let Some(original) = &post.original {
            return receipt(original.clone());
        }
        let n_buttons = post.part.buttons.len();
        assert!(n_buttons <= self.can.buttons, "{n_buttons} buttons");
        let place = self.place_of(&outbound.channel.id, post);
        let text = post.part.text.plain_text();
        let length = self.can.text.unit.count(&text);
        assert!(
            length <= self.can.text.max,
            "{length} is over the declared limit"
        );
        let author = match (self.can.author_name, self.can.author_picture) {
            (Support::Native, Support::Native) => post.shown_name.clone(),
            (Support::Native, _) => post.author.display_name.clone(),
            _ => "[bot]".to_owned(),
        };
        let id = self.add(Seen {
            author,
            text: seeing::words(&post.part.text),
            reply_to: post.reply.as_ref().map(|it| it.to.clone()),
            subject: Some(post.subject.clone()),
            thread: place.thread.clone(),
            key: Some(outbound.key.clone()),
            buttons: post.part.buttons.clone(),
            files: names(&post.part.files),
            texts: texts(&post.part.files),
            ..Seen::new(&outbound.channel.id)
        });
        self.echo(&outbound.channel, &id, &text).await;
        Receipt {
            thread: place.is_new.then_some(place.thread).flatten(),
            remote_ids: vec![id],
        }
    }
}

pub(crate) fn names(files: &[LocalFile]) -> Vec<String> {
    let names = files.iter().map(|it| it.attachment.name.clone());
    names.map(Option::unwrap_or_default).collect()
}

pub(crate) fn texts(files: &[LocalFile]) -> Vec<String> {
    let is_text = |it: &&LocalFile| {
        let mime = it.attachment.mime.as_deref();
        let texts = ["text/plain", "application/json", "application/mbox"];
        mime.is_some_and(|mime| texts.iter().any(|it| mime.starts_with(it)))
    };
    let texts = files.iter().filter(is_text);
    texts
        .map(|it| std::fs::read_to_string(&it.path).expect("the file is there"))
        .collect()
}
