//! The program's own command, as Discord offers it to people while they type.

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
    let call = Call::new("PUT /applications/{}/commands", &[&application]).with_json(&[command()]);
    if let Err(error) = discord.rest.call(&call).await {
        tracing::warn!(%error, "Discord does not offer /{OURS} to people now; it is asked again at the next session");
    }
}

fn command() -> CreateCommand {
    let text = CreateCommandOption::new(
        CommandOptionType::String,
        "text",
        "What you want, as in help",
    );
    CreateCommand::new(OURS)
        .description("Ask Causeway something. You alone see the answer.")
        .add_option(text)
        // Where we are, not between two people.
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
}
