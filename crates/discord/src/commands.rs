//! The program's own command, as Discord offers it to people while they type: the grammar's nouns as groups, its verbs as
//! subcommands.
//!
//! **Invariant:** what Discord shows is what the grammar can read, and nothing that nothing is done about.

use conversation::command::{Holds, NOUNS, Noun, Param, Verb, Who, verbs};
use conversation::{Language, Sentence};
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::{CommandOptionType, InteractionContext};

use crate::bot::Discord;
use crate::inbound::OURS;
use crate::rest::Call;

/// At each session: Discord keeps it under its name, so once more changes nothing.
pub(crate) async fn register(discord: &Discord) {
    let Some(application) = discord.known().application else {
        return;
    };
    let command = command(Verb::is_told);
    let call = Call::new("PUT /applications/{}/commands", &[&application]).with_json(&[command]);
    if let Err(error) = discord.rest.call(&call).await {
        tracing::warn!(%error, "Discord does not offer /{OURS} to people now; it is asked again at the next session");
    }
}

/// Who may what is not known here: whoever may not is told so.
pub(crate) fn command(is_offered: fn(&Verb) -> bool) -> CreateCommand {
    let offered = |it: &&Verb| is_offered(it) && it.who != Who::Operator;
    let verbs: Vec<&Verb> = verbs().filter(offered).collect();
    let alone = verbs.iter().filter(|it| it.path().len() == 1);
    let alone = alone.map(|it| subcommand(it));
    let options = alone.chain(NOUNS.iter().filter_map(|it| group(it, &verbs)));
    CreateCommand::new(OURS)
        .description("Ask Causeway something. You alone see the answer.")
        .set_options(options.collect())
        // Where we are, not between two people.
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
}

/// In each language that we speak, by Discord's names of it ("Locales").
fn told_of(kind: CommandOptionType, name: &str, about: Sentence) -> CreateCommandOption {
    const SPANISH: [&str; 2] = ["es-419", "es-ES"];
    let option = CreateCommandOption::new(kind, name, about.fixed(Language::ENGLISH));
    SPANISH.into_iter().fold(option, |option, locale| {
        option.description_localized(locale, about.fixed(Language::SPANISH))
    })
}

/// None where it has no verbs.
fn group(noun: &Noun, verbs: &[&Verb]) -> Option<CreateCommandOption> {
    let is_own = |it: &Verb| it.path().len() > 1 && it.path()[0] == noun.name;
    let own = verbs.iter().filter(|it| is_own(it));
    let own: Vec<_> = own.map(|it| subcommand(it)).collect();
    let group = told_of(CommandOptionType::SubCommandGroup, noun.name, noun.about);
    (!own.is_empty()).then(|| group.set_sub_options(own))
}

fn subcommand(verb: &Verb) -> CreateCommandOption {
    let name = verb.path().pop().unwrap_or_default();
    // Discord takes none that is needed behind one that is not.
    let (needed, others): (Vec<&Param>, Vec<&Param>) =
        verb.params.iter().partition(|it| it.holds.is_needed());
    told_of(CommandOptionType::SubCommand, &name, verb.about)
        .set_sub_options(needed.into_iter().chain(others).map(|it| option(verb, it)))
}

fn option(verb: &Verb, param: &Param) -> CreateCommandOption {
    let kind = match param.holds {
        Holds::Flag => CommandOptionType::Boolean,
        _ => CommandOptionType::String,
    };
    let option = told_of(kind, &param.name(), param.about).required(param.holds.is_needed());
    let option = match verb.thing(param) {
        Some(_) => option.set_autocomplete(true),
        None => option,
    };
    let choices = param.choices.iter();
    choices.fold(option, |option, it| option.add_string_choice(*it, *it))
}

#[cfg(test)]
mod tests;
