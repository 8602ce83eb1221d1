//! The menu of slash words that Telegram shows beside the field in which people write: the grammar's short ones.
//!
//! **Invariant:** nobody is offered what not everybody may say; what stands there already is not set again.

use conversation::Language;
use conversation::command::{Verb, Who, verbs};
use teloxide_core::payloads::{
    GetMyCommands, GetMyCommandsSetters, SetMyCommands, SetMyCommandsSetters,
};
use teloxide_core::types::{BotCommand, BotCommandScope};

use crate::bot::Telegram;
use crate::errors::CallError;

/// "1-256 characters".
const LONGEST_ABOUT: usize = 256;

/// Once, at the start.
pub(crate) async fn offer(telegram: &Telegram) {
    for scope in [
        BotCommandScope::AllPrivateChats,
        BotCommandScope::AllGroupChats,
    ] {
        for language in Language::all() {
            if let Err(error) = offer_in(telegram, &scope, language).await {
                tracing::warn!(%error, "Telegram does not show the menu of commands; it is asked again at the next start");
            }
        }
    }
}

async fn offer_in(
    telegram: &Telegram,
    scope: &BotCommandScope,
    language: Language,
) -> Result<(), CallError> {
    let wanted = menu(language);
    let mut shown = GetMyCommands::new().scope(scope.clone());
    let mut offered = SetMyCommands::new(wanted.clone()).scope(scope.clone());
    // Whose language we do not speak reads English.
    if language != Language::ENGLISH {
        shown = shown.language_code(language.tag());
        offered = offered.language_code(language.tag());
    }
    let stands = calls::patiently(|| telegram.api.call(&shown)).await?;
    if stands != wanted {
        calls::patiently(|| telegram.api.call(&offered)).await?;
    }
    Ok(())
}

fn menu(language: Language) -> Vec<BotCommand> {
    let is_everybodys = |it: &&'static Verb| it.is_told() && it.who == Who::Anybody;
    let command = |verb: &'static Verb| {
        let about: String = verb
            .about
            .fixed(language)
            .chars()
            .take(LONGEST_ABOUT)
            .collect();
        Some(BotCommand::new(verb.slash_word()?, about))
    };
    verbs().filter(is_everybodys).filter_map(command).collect()
}
