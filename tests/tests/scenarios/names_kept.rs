//! A name kept: where several people speak from one account, each message shows the name under which it was said.

use causeway_tests::{Town, chat, letters};
use conversation::{Inbound, SendError, Support};
use insta::assert_snapshot;

/// A chat, a mailing list whose members hear of changes, and a chat that can point at nothing.
async fn town() -> Town {
    let plain = chat("plain").that_can(|it| {
        it.replies = Support::None;
        it.label = "Plain";
    });
    Town::build()
        .platform(chat("telegram"))
        .platform(letters("list"))
        .platform(plain)
        .room(
            "general",
            &["telegram #general", "list spring@", "plain #general"],
        )
        .open()
        .await
}

/// The account is one, whoever signs.
fn signed(mut event: Inbound, (account, name): (&str, &str)) -> Inbound {
    event.actor.account = account.into();
    name.clone_into(&mut event.actor.display_name);
    event
}

async fn says(town: &mut Town, channel: &str, who: (&str, &str), text: &str) {
    let event = town.will_say(channel, who.1, text);
    town.hears(signed(event, who)).await;
    town.settle().await;
}

async fn edits(town: &mut Town, channel: &str, who: (&str, &str), words: &str, text: &str) {
    let event = town.will_edit(channel, who.1, words, text);
    town.hears(signed(event, who)).await;
    town.settle().await;
}

#[tokio::test]
async fn three_people_sign_the_posts_of_one_channel() {
    let mut town = town().await;
    let here = "telegram #general";
    let club = |name| ("the channel", name);
    says(&mut town, here, club("Ana"), "We meet on Firday").await;
    says(&mut town, here, club("Bo"), "I bring bread").await;
    says(&mut town, here, club("Cy"), "And I bring tea").await;
    // Somebody else of that name, where the first Ana is not the newest of the channel's names.
    says(&mut town, here, ("another", "Ana"), "Who are you?").await;
    town.hours_pass(72);
    let friday = "We meet on Friday";
    edits(&mut town, here, club("Cy"), "We meet", friday).await;
    town.seconds_pass(90);
    town.settle().await;
    town.replies(here, "Dee", "We meet", "At seven?").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # We meet on Firday
    Ana: We meet on Firday
    # I bring bread
    Bo: I bring bread
    # And I bring tea
    Cy: And I bring tea
    # Who are you?
    Ana 2: Who are you?
      > Ana: * Friday
      > Dee: At seven?
    ");
    assert_snapshot!(town.transcript("plain #general"), @r"
    [bot]: Ana (Telegram): We meet on Friday (edited)
    [bot]: Bo (Telegram): I bring bread
    [bot]: Cy (Telegram): And I bring tea
    [bot]: Ana 2 (Telegram): Who are you?
      > [bot]: > Ana (Telegram): We meet on Friday
          Dee (Telegram): At seven?
    ");
}

#[tokio::test]
async fn two_people_write_from_one_mail_address() {
    let mut town = town().await;
    let list = "list spring@";
    let both = |name| ("both@example.org", name);
    town.goes_down("telegram");
    says(&mut town, list, both("Ana"), "We are coming").await;
    says(&mut town, list, both("Bo"), "No, we are not").await;
    says(&mut town, list, both("Ana"), "Yes, we are").await;
    town.minutes_pass(5);
    town.comes_back("telegram");
    town.settle().await;
    town.next_send_fails("telegram", SendError::Refused("no".to_owned()));
    says(&mut town, list, both("Bo"), "As you like").await;
    says(&mut town, list, both("Ana"), "Thank you").await;
    let stopped = town
        .store()
        .stopped_deliveries("Spring Gathering", None, 10)
        .await;
    let stopped = stopped.expect("it is listed");
    let authors: Vec<_> = stopped.iter().map(|it| &it.author).collect();
    assert_eq!(authors, ["Bo"]);
    town.staff_retries_all().await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana (email): We are coming
    [bot]: Bo (email): No, we are not
    [bot]: Ana (email): Yes, we are
    [bot]: Ana (email): Thank you
    [bot]: Bo (email): As you like
    ");
}

#[tokio::test]
async fn anonymous_admins_go_by_their_titles() {
    let mut town = town().await;
    let here = "telegram #general";
    let admin = |title| ("the group", title);
    says(&mut town, here, admin("Chair"), "The hall is booked").await;
    says(&mut town, here, admin("Treasurer"), "And paid for").await;
    town.reacts(here, "Dee", "The hall", "🎉").await;
    town.settle().await;
    town.restarts().await;
    let until = "The hall is booked until ten";
    edits(&mut town, here, admin("Treasurer"), "The hall", until).await;
    town.hours_pass(25);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # The hall is booked
    Chair: The hall is booked
    # And paid for
    Treasurer: And paid for
      > Chair: (sent 09:00 UTC) * is booked until ten
    # Reactions
    Causeway: Since yesterday: 🎉 1 for “The hall is booked until ten” (Chair)
    ");
    assert_snapshot!(town.transcript("plain #general"), @r"
    [bot]: Chair (Telegram): The hall is booked until ten (edited) [🎉]
    [bot]: Treasurer (Telegram): And paid for
    ");
}
