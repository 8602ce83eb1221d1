//! `causeway person`: whose accounts are whose, also while a bridge runs on the same store.

use std::process::ExitCode;

use conversation::Bearer;
use engine::{people, system_now};
use store::{Mentions, PersonView};

use crate::cli::person::{MentionsBy, PersonCommand, PersonJoinArgs, PersonMentionsArgs};
use crate::cli::sources::StoreArgs;
use crate::community::open_with;
use crate::exit::Exit;
use crate::output;
use crate::table;

pub(crate) async fn run(command: PersonCommand) -> anyhow::Result<ExitCode> {
    match command {
        PersonCommand::List(args) => list(&args.store, args.json).await?,
        PersonCommand::Join(args) => join(&args).await?,
        PersonCommand::Mentions(args) => mentions(&args).await?,
    }
    Ok(Exit::Done.into())
}

/// Few people have two accounts on one platform, and what is joined stays so.
async fn join(args: &PersonJoinArgs) -> anyhow::Result<()> {
    let (store, community) = open_with(args.store.load()?).await?;
    if args.first.platform == args.second.platform && !args.yes {
        let (first, second) = (&args.first, &args.second);
        output::confirm(&format!(
            "{first} and {second} are both on {}, and two accounts that were joined stay so. Are they one human being?",
            first.platform
        ))?;
    }
    let both = (&args.first, &args.second);
    let said = match people::join(&store, &community, both, system_now()).await? {
        true => "are one person from now on",
        false => "were one person already",
    };
    output::say(&format!("{} and {} {said}.", args.first, args.second));
    Ok(())
}

async fn mentions(args: &PersonMentionsArgs) -> anyhow::Result<()> {
    let (store, community) = open_with(args.store.load()?).await?;
    let (mentions, said) = match args.by {
        MentionsBy::Account => (Mentions::Account, "by account, which rings there"),
        MentionsBy::Name => (Mentions::Name, "by name, which rings nobody"),
    };
    let choice = (&args.account, mentions);
    people::set_mentions(&store, &community, choice, system_now()).await?;
    output::say(&format!(
        "The person of {} is mentioned {said}.",
        args.account
    ));
    Ok(())
}

async fn list(args: &StoreArgs, json: bool) -> anyhow::Result<()> {
    let (store, community) = open_with(args.load()?).await?;
    let people = store.people(&community, u32::MAX).await?;
    if json {
        return output::print_json(&people);
    }
    if people.is_empty() {
        output::say(&format!(
            "Nobody of `{community}` was heard yet in {}.",
            store.url()
        ));
        return Ok(());
    }
    let rows = people.iter().enumerate().flat_map(rows).collect();
    output::print(&table::plain(
        &["person", "called", "account", "mentions"],
        rows,
    ))
}

/// One for each account; what is of the person stands in the first.
fn rows((number, person): (usize, &PersonView)) -> Vec<Vec<String>> {
    let row = |(place, account): (usize, &store::AccountView)| {
        let bearer = Bearer {
            name: &account.name,
            namesake: account.namesake,
            tag: None,
        };
        let staff = if account.is_staff { " (staff)" } else { "" };
        let of_the_person = |text: String| if place == 0 { text } else { String::new() };
        vec![
            of_the_person((number + 1).to_string()),
            bearer.called() + staff,
            account.account.to_string(),
            of_the_person(person.mentions.as_str().to_owned()),
        ]
    };
    person.accounts.iter().enumerate().map(row).collect()
}
