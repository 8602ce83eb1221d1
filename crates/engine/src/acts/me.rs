//! How the bridge is with somebody, as they want it.

use conversation::{
    Language, Phrase,
    command::{Command, Me, Tongue},
};
use store::Result;
use words::{EFFECT_IN_COMMUNITYS, EFFECT_IN_ENGLISH, EFFECT_IN_SPANISH};

use super::{Doer, Done, changes_nothing};

impl Doer<'_> {
    pub(super) async fn me(&mut self, command: &Me) -> Result<Done> {
        let Some(by) = self.by else {
            return Err(changes_nothing(&Command::Me(command.clone())));
        };
        let Me::Language { language } = command;
        let mut people = self.tx.people(self.community);
        let before = people.speak_with(by, language.language()).await?;
        let undo = Me::Language {
            language: Tongue::of(before),
        };
        let effect = match language.language() {
            None => EFFECT_IN_COMMUNITYS,
            Some(Language::SPANISH) => EFFECT_IN_SPANISH,
            Some(_) => EFFECT_IN_ENGLISH,
        };
        Ok(Done::at_once(Phrase::of(effect)).undone_by(Command::Me(undo)))
    }
}
