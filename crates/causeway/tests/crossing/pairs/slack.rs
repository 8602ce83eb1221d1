//! A channel of Slack, as its people use it.

use sandbox::slack::{ChannelId, MessageView, Said, SaidFile, Ts, UserId};
use serde_json::{Value, json};

use super::seen::{Cannot, LINK, MARKED, ODD, Place, Seen, SeenFile, Sent};
use crate::support::Town;

pub(crate) struct Slack<'a> {
    pub(crate) town: &'a Town,
    pub(crate) channel: ChannelId,
    pub(crate) sia: UserId,
    pub(crate) cem: UserId,
}

impl Slack<'_> {
    fn api(&self) -> &sandbox::slack::Slack {
        &self.town.rig.slack
    }

    fn say(&self, said: impl Into<Said>) {
        self.api().say(&self.channel, &self.sia, said).unwrap();
    }

    fn ts(&self, words: &str) -> Ts {
        self.get(words).id.parse().unwrap()
    }

    fn seen_of(&self, message: &MessageView, app: &Option<String>) -> Seen {
        let root = message.thread.unwrap_or(message.ts);
        let is_thread = message.thread.is_some() || message.reply_count > 0;
        Seen {
            id: message.ts.to_string(),
            author: message.author.clone(),
            // The app's own picture is nobody's.
            picture: message
                .picture
                .clone()
                .filter(|it| Some(it) != app.as_ref()),
            subject: None,
            text: message.text.clone(),
            marks: marks(message),
            parent: message.thread.map(|it| it.to_string()),
            root: root.to_string(),
            thread: is_thread.then(|| root.to_string()),
            files: message.files.iter().map(|it| self.file(it)).collect(),
            reactions: message.reactions.iter().map(|it| emoji(&it.name)).collect(),
            edited: message.edited,
            pings: message.pings.iter().map(|it| without_at(it)).collect(),
            length: message.text.chars().count(),
        }
    }

    fn file(&self, it: &sandbox::slack::FileView) -> SeenFile {
        SeenFile {
            name: it.name.clone(),
            bytes: self.api().file(&it.id).unwrap().1.to_vec(),
            alt: it.alt_text.clone(),
        }
    }
}

impl Place for Slack<'_> {
    fn label(&self) -> &'static str {
        "Slack"
    }

    fn speaker(&self) -> &'static str {
        "Sia"
    }

    fn seen(&self) -> Vec<Seen> {
        let view = self.api().view_channel(&self.channel, usize::MAX).unwrap();
        let bot = self.api().bot();
        let app = view.members.iter().find(|it| it.id == bot);
        let app = app.and_then(|it| it.picture.clone());
        let roots = view.messages.into_iter().filter(|it| it.thread.is_none());
        let with_answers = roots.flat_map(|mut it| {
            let answers = std::mem::take(&mut it.replies);
            [it].into_iter().chain(answers)
        });
        let mut messages: Vec<MessageView> = with_answers.collect();
        messages.sort_by_key(|it| it.ts);
        messages.iter().map(|it| self.seen_of(it, &app)).collect()
    }

    fn says(&self, words: &str, files: &[Sent]) {
        let file = |it: &Sent| SaidFile {
            mime: Some(it.mime.to_owned()),
            alt_text: Some(it.alt.to_owned()),
            ..SaidFile::new(it.name, it.bytes.clone())
        };
        let said = files
            .iter()
            .map(file)
            .fold(Said::from(words), Said::with_file);
        self.say(said);
    }

    fn says_with_marks(&self, begin: &str) {
        let mut elements = vec![section("rich_text_section", vec![words(begin)])];
        let lines = |it: &[Value]| section("rich_text_section", it.to_vec());
        for (mark, text) in MARKED {
            let style = json!({ "type": "text", "text": text, "style": { mark: true } });
            elements.push(match mark {
                "bold" | "italic" | "strike" | "code" => lines(&[style, words("\n")]),
                "link" => lines(&[
                    json!({ "type": "link", "url": LINK, "text": text }),
                    words("\n"),
                ]),
                "quote" => section("rich_text_quote", vec![words(text)]),
                "block" => section("rich_text_preformatted", vec![words(text)]),
                "list" => json!({
                    "type": "rich_text_list", "style": "bullet", "indent": 0,
                    "elements": [lines(&[words(text)])],
                }),
                _ => continue,
            });
        }
        elements.push(lines(&[words(&ODD.join("\n"))]));
        self.say(Said::rich(
            json!({ "type": "rich_text", "elements": elements }),
        ));
    }

    fn marks(&self) -> &'static [&'static str] {
        &[
            "bold", "italic", "strike", "code", "link", "quote", "block", "list",
        ]
    }

    fn answers(&self, to: &str, words: &str) {
        let to = self.ts(to);
        self.api()
            .reply_in_thread(&self.channel, to, &self.sia, words)
            .unwrap();
    }

    fn edits(&self, what: &str, now: &str) -> Result<(), Cannot> {
        let what = self.ts(what);
        self.api()
            .edit(&self.channel, what, &self.sia, now)
            .unwrap();
        Ok(())
    }

    fn deletes(&self, what: &str) -> Result<(), Cannot> {
        let what = self.ts(what);
        self.api().delete(&self.channel, what, &self.sia).unwrap();
        Ok(())
    }

    fn moderates(&self, what: &str) -> Result<(), Cannot> {
        let what = self.ts(what);
        self.api().delete_as_admin(&self.channel, what).unwrap();
        Ok(())
    }

    fn reacts(&self, what: &str) -> Result<(), Cannot> {
        let what = self.ts(what);
        self.api()
            .react(&self.channel, what, &self.cem, "+1")
            .unwrap();
        Ok(())
    }

    fn takes_reaction_back(&self, what: &str) -> Result<(), Cannot> {
        let what = self.ts(what);
        self.api()
            .unreact(&self.channel, what, &self.cem, "+1")
            .unwrap();
        Ok(())
    }

    fn calls_cem(&self, begin: &str) -> Result<(), Cannot> {
        self.say(format!("{begin} @Cem please"));
        Ok(())
    }

    fn points(&self) -> bool {
        false
    }

    fn longest(&self) -> usize {
        12_000
    }
}

fn section(kind: &str, elements: Vec<Value>) -> Value {
    json!({ "type": kind, "elements": elements })
}

fn words(text: &str) -> Value {
    json!({ "type": "text", "text": text })
}

fn emoji(name: &str) -> String {
    match name {
        "+1" | "thumbsup" => "👍".to_owned(),
        other => other.to_owned(),
    }
}

fn marks(message: &MessageView) -> Vec<(&'static str, String)> {
    let mut marks = Vec::new();
    for piece in &message.body {
        let all: String = piece.spans.iter().map(|it| it.text.as_str()).collect();
        match piece.kind {
            "quote" => marks.push(("quote", all)),
            "code_block" => marks.push(("block", all.trim_end().to_owned())),
            "item" => marks.push(("list", all)),
            _ => {}
        }
        for span in &piece.spans {
            let styles = [
                (span.bold, "bold"),
                (span.italic, "italic"),
                (span.strike, "strike"),
                (span.code, "code"),
                (span.kind == "link", "link"),
            ];
            let styles = styles.into_iter().filter(|it| it.0);
            marks.extend(styles.map(|(_, name)| (name, span.text.clone())));
            if span.kind == "link" {
                assert_eq!(
                    span.target.as_deref(),
                    Some(LINK),
                    "a link of another place"
                );
            }
        }
    }
    marks
}

fn without_at(name: &str) -> String {
    name.trim_start_matches('@').to_owned()
}
