//! What a community tells everybody who asks: where what is said goes, what is kept for how long, and what each can do about it. Made
//! of the settings that hold and of the store, each time anew.
//!
//! **Invariant:** platforms and numbers are told, and no name of a room, a channel or a person.

use std::collections::BTreeMap;

use conversation::{
    Language, Link, Platform,
    command::{Verb, Who, verbs},
};
use store::{Presented, Result, Retention};
use words::{
    PLACE, PRIVACY_AGREED, PRIVACY_CAN, PRIVACY_COMMANDS, PRIVACY_FILES, PRIVACY_GOES,
    PRIVACY_GOES_NOWHERE, PRIVACY_HASHES, PRIVACY_HEADING, PRIVACY_KEPT, PRIVACY_LANGUAGE,
    PRIVACY_LOG, PRIVACY_MADE, PRIVACY_METADATA, PRIVACY_NOT_ALONE, PRIVACY_NOT_KEPT,
    PRIVACY_NOT_LINKED, PRIVACY_NOT_PLACES, PRIVACY_NUMBERS, PRIVACY_OPERATOR, PRIVACY_READS,
    PRIVACY_RUN_BY, PRIVACY_STAFF, PRIVACY_WHO_RUNS, PRIVACY_WORDS, Sentence, Value,
};

use crate::{Engine, adapters::Adapters};

/// In words, for whoever lays it out.
#[derive(Debug, Clone)]
pub struct PrivacyPage {
    /// As browsers name it.
    pub language: &'static str,
    pub heading: String,
    pub begins: String,
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone)]
pub struct Section {
    pub heading: String,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone)]
pub enum Line {
    Words(String),
    /// What somebody may say, and what it does.
    Command(String, String),
    /// The community's own words.
    Theirs(String),
}

impl Engine {
    /// None of a community that there is not.
    pub async fn privacy_page(&self, short: &str) -> Result<Option<PrivacyPage>> {
        let Some(presented) = self.store.presented(short).await? else {
            return Ok(None);
        };
        let mut places: BTreeMap<Platform, i64> = BTreeMap::new();
        let directory = self.store.directory();
        let linked = directory.channels().filter(|it| {
            it.community == presented.community
                && it.channel.room.is_some()
                && it.channel.link != Link::Unlinked
        });
        for it in linked {
            *places.entry(it.channel.at.platform.clone()).or_default() += 1;
        }
        let written = Written {
            language: presented.language,
            adapters: &self.dispatcher.adapters,
            kept: self.scheduler.retention,
        };
        Ok(Some(written.page(&presented, &places)))
    }
}

/// In one language.
struct Written<'a> {
    language: Language,
    adapters: &'a Adapters,
    kept: Retention,
}

impl Written<'_> {
    fn page(&self, it: &Presented, places: &BTreeMap<Platform, i64>) -> PrivacyPage {
        let name = it.name.as_str();
        let mut sections = vec![
            self.goes(places),
            self.is_kept(),
            self.not_kept(),
            self.can(),
        ];
        let readers = self.say(PRIVACY_STAFF, &[("count", it.n_staff.into())]);
        sections.push(self.section(
            PRIVACY_READS,
            vec![Line::Words(readers), self.fixed(PRIVACY_OPERATOR)],
        ));
        if let Some((version, text)) = &it.agreement {
            let heading = self.say(PRIVACY_AGREED, &[("version", (*version).into())]);
            let lines = vec![Line::Theirs(text.clone())];
            sections.push(Section { heading, lines });
        }
        let run_by = self.say(PRIVACY_RUN_BY, &[("community", name.into())]);
        let language = self.say(
            PRIVACY_LANGUAGE,
            &[("language", self.language.tag().into())],
        );
        let lines = vec![Line::Words(run_by), Line::Words(language)];
        sections.push(self.section(PRIVACY_WHO_RUNS, lines));
        PrivacyPage {
            language: self.language.tag(),
            heading: self.say(PRIVACY_HEADING, &[("community", name.into())]),
            begins: self.say(PRIVACY_MADE, &[("community", name.into())]),
            sections,
        }
    }

    fn goes(&self, places: &BTreeMap<Platform, i64>) -> Section {
        let line = |(platform, number): (&Platform, &i64)| {
            let label = self.adapters.label(platform).unwrap_or(platform.as_str());
            let told = [("channel", label.into()), ("number", (*number).into())];
            Line::Words(self.say(PLACE, &told))
        };
        let mut lines: Vec<_> = places.iter().map(line).collect();
        if lines.is_empty() {
            lines.push(self.fixed(PRIVACY_GOES_NOWHERE));
        }
        self.section(PRIVACY_GOES, lines)
    }

    fn is_kept(&self) -> Section {
        let days: Value<'_> = i64::from(self.kept.body_days).into();
        let months: Value<'_> = i64::from(self.kept.metadata_months).into();
        let lines = vec![
            Line::Words(self.say(PRIVACY_WORDS, &[("days", days.clone())])),
            Line::Words(self.say(PRIVACY_METADATA, &[("months", months.clone())])),
            Line::Words(self.say(PRIVACY_NUMBERS, &[("months", months)])),
            Line::Words(self.say(PRIVACY_FILES, &[("days", days)])),
            self.fixed(PRIVACY_HASHES),
            self.fixed(PRIVACY_LOG),
        ];
        self.section(PRIVACY_KEPT, lines)
    }

    fn not_kept(&self) -> Section {
        let lines = [PRIVACY_NOT_ALONE, PRIVACY_NOT_LINKED, PRIVACY_NOT_PLACES];
        self.section(PRIVACY_NOT_KEPT, lines.map(|it| self.fixed(it)).to_vec())
    }

    /// What everybody may say about themselves.
    fn can(&self) -> Section {
        let everybodys = |it: &&'static Verb| it.is_told() && it.who == Who::Anybody;
        let command = |it: &'static Verb| {
            let about = it.about.fixed(self.language).to_owned();
            Line::Command(it.words.to_owned(), about)
        };
        let mut lines = vec![self.fixed(PRIVACY_COMMANDS)];
        lines.extend(verbs().filter(everybodys).map(command));
        self.section(PRIVACY_CAN, lines)
    }

    fn section(&self, heading: Sentence, lines: Vec<Line>) -> Section {
        Section {
            heading: heading.fixed(self.language).to_owned(),
            lines,
        }
    }

    fn fixed(&self, sentence: Sentence) -> Line {
        Line::Words(sentence.fixed(self.language).to_owned())
    }

    fn say(&self, sentence: Sentence, told: &[(&str, Value<'_>)]) -> String {
        sentence.say(self.language, told)
    }
}
