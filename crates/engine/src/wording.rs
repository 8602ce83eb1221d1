//! What the bridge itself says, put into words where it goes: in its reader's language, of what is known by then.

use std::collections::BTreeMap;

use conversation::{
    Arg, Button, Content, Does, Language, Phrase, Platform, Timestamp,
    command::{Verb, help_lines},
    digest_lines, since,
};
use jiff::{Zoned, tz::TimeZone};
use store::{Offered, OwnWord, Work};
use words::{CHOICE, CHOICES, DATE, DIGEST, PLACE, SOMEBODY, Sentence, Value};

use crate::{adapters::Adapters, outcome::Outcome, requests};

/// Of one language, about platforms as people call them.
pub(crate) struct Wording {
    pub(crate) adapters: Adapters,
    pub(crate) language: Language,
}

impl Wording {
    /// Whatever of a delivery the bridge itself says.
    pub(crate) fn put_into(&self, work: &mut Work) -> Result<(), Outcome> {
        if let Some(root) = work.own.root.take() {
            work.said.subject = self.subject(&root);
        }
        let outdated = work
            .standing
            .outdated
            .as_mut()
            .and_then(|it| it.quote.as_mut());
        for quote in work.context.parent.iter_mut().chain(outdated) {
            if let Some(own) = quote.own.take() {
                quote.text = self.own(&own).unwrap_or_default();
            }
        }
        let Some(own) = work.own.word.take() else {
            return Ok(());
        };
        let all = std::iter::once(&own).chain(&own.others);
        let paragraphs: Option<Vec<_>> = all.map(|it| self.own(it)).collect();
        let mut text = paragraphs.ok_or(Outcome::Wordless)?.join("\n\n");
        if work.message == work.root {
            work.said.subject = self.subject(&own);
            work.said.has_own_subject = self.own_subject(&own).is_some();
        }
        let can = self.adapters.capabilities(&work.to.channel);
        let platform = &work.to.channel.platform;
        match can.is_some_and(|it| own.buttons.len() <= it.buttons) {
            true => work.own.buttons = self.buttons(&own, platform, |_| true)?,
            false => {
                let unsaid = |it: &Offered| !requests::has_words(&it.act);
                text.push_str(&self.choices(&self.buttons(&own, platform, unsaid)?));
            }
        }
        work.said.content = Content {
            attachments: own.files,
            ..Content::plain(&text)
        };
        Ok(())
    }

    /// None for what this version does not know.
    pub(crate) fn own(&self, own: &OwnWord) -> Option<String> {
        if own.phrase.name == DIGEST.name {
            return self.digest(own);
        }
        self.say(&own.phrase, Some(own))
    }

    /// Of numbers, times and names of platforms alone.
    pub(crate) fn plain(&self, phrase: &Phrase) -> Option<String> {
        self.say(phrase, None)
    }

    fn say(&self, phrase: &Phrase, own: Option<&OwnWord>) -> Option<String> {
        let sentence = Sentence::named(&phrase.name)?;
        let told = phrase.args.iter();
        let told = told.map(|(name, arg)| Some((name.as_str(), self.value(arg, own)?)));
        let told: Vec<_> = told.collect::<Option<_>>()?;
        sentence
            .takes(&told)
            .then(|| sentence.say(self.language, &told))
    }

    /// Nothing, once nothing of what it quotes is left.
    fn digest(&self, own: &OwnWord) -> Option<String> {
        let Some(lines) = digest_lines(&own.quotes, self.language) else {
            return Some(String::new());
        };
        let since = self.value(own.phrase.args.get("since")?, Some(own))?;
        let told = [("since", since), ("lines", lines.into())];
        Some(DIGEST.say(self.language, &told))
    }

    fn value(&self, arg: &Arg, own: Option<&OwnWord>) -> Option<Value<'static>> {
        Some(match arg {
            Arg::Number(number) => (*number).into(),
            Arg::Sentence(name) => Sentence::named(name)?.fixed(self.language).into(),
            Arg::Platform(platform) => self.label(platform).into(),
            Arg::Community(id) => own?.communities.get(id)?.clone().into(),
            Arg::Clock(at) => clock(*at).into(),
            Arg::Date(at) => self.date(*at).into(),
            Arg::Since(at) => since(own?.said_at.since(*at), self.language).into(),
            Arg::Commands(commands) => help_lines(commands, self.language).into(),
            Arg::Phrase(phrase) => self.say(phrase, own)?.into(),
            Arg::Command(command) => command.line().into(),
            Arg::Told(_) => own?.told.clone()?.into(),
            Arg::Address(address) => address.clone().into(),
            Arg::Code(code) => code.clone().into(),
            Arg::Shown(of) => own?.looked_up.codes.get(of)?.clone().into(),
            Arg::Person(id) => {
                let called = own?.looked_up.people.get(id).cloned();
                called
                    .unwrap_or_else(|| SOMEBODY.fixed(self.language).to_owned())
                    .into()
            }
            Arg::Places(places) => self.places(places).into(),
            Arg::Usage(words) => Verb::named(words)?.usage().into(),
            Arg::Example(words) => Verb::named(words)?.about.example(self.language)?.into(),
        })
    }

    pub(crate) fn places(&self, places: &BTreeMap<Platform, i64>) -> String {
        let place = |(platform, number): (&Platform, &i64)| {
            let told = [
                ("channel", self.label(platform).into()),
                ("number", (*number).into()),
            ];
            PLACE.say(self.language, &told)
        };
        let places: Vec<_> = places.iter().map(place).collect();
        places.join(", ")
    }

    fn label(&self, platform: &Platform) -> String {
        let label = self.adapters.label(platform);
        label.unwrap_or(platform.as_str()).to_owned()
    }

    /// The subject of the thread that it begins.
    fn subject(&self, own: &OwnWord) -> String {
        let first_words = || Content::plain(&self.own(own).unwrap_or_default()).first_words();
        self.own_subject(own)
            .map_or_else(first_words, str::to_owned)
    }

    fn own_subject(&self, own: &OwnWord) -> Option<&'static str> {
        Sentence::named(&own.phrase.name)?.subject(self.language)
    }

    /// Without those that open a door which the platform has not.
    fn buttons(
        &self,
        own: &OwnWord,
        platform: &Platform,
        are_meant: impl Fn(&Offered) -> bool,
    ) -> Result<Vec<Button>, Outcome> {
        let meant = own.buttons.iter().filter(|it| are_meant(it));
        let does = meant.filter_map(|it| {
            let does = match requests::opens(&it.act) {
                Some(word) => Does::Open(self.adapters.get(platform)?.door(&word)?),
                None => Does::Press(it.id.clone()),
            };
            Some((does, &it.label))
        });
        let button = |(does, label)| {
            let label = self.say(label, Some(own))?;
            Some(Button { label, does })
        };
        let buttons: Option<_> = does.map(button).collect();
        buttons.ok_or(Outcome::Wordless)
    }

    /// What there is to choose, where people answer in words.
    fn choices(&self, buttons: &[Button]) -> String {
        if buttons.is_empty() {
            return String::new();
        }
        let line = |(number, button): (i64, &Button)| {
            let told = [
                ("number", number.into()),
                ("label", button.label.as_str().into()),
            ];
            format!("\n{}", CHOICE.say(self.language, &told))
        };
        let lines: String = (1..).zip(buttons).map(line).collect();
        format!(
            "\n\n{}",
            CHOICES.say(self.language, &[("choices", lines.into())])
        )
    }

    pub(crate) fn date(&self, at: Timestamp) -> String {
        let time = in_utc(at);
        let told = [
            ("day", i64::from(time.day()).into()),
            ("month", i64::from(time.month()).into()),
            ("time", clock(at).into()),
        ];
        DATE.say(self.language, &told)
    }
}

/// `14:02`
pub(crate) fn clock(at: Timestamp) -> String {
    in_utc(at).strftime("%H:%M").to_string()
}

/// For a room has people in many zones.
pub(crate) fn in_utc(at: Timestamp) -> Zoned {
    let at = jiff::Timestamp::from_millisecond(at.0);
    at.unwrap_or_default().to_zoned(TimeZone::UTC)
}
