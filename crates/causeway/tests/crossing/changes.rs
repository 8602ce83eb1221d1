//! What becomes of a message after it was said: edits, reactions, and the answers of another group.

use conversation::OperationKind;
use sandbox::discord;
use sandbox::mail::MailFaults;
use sandbox::telegram::{FileKind, MessageView, Said, SaidFile};

use crate::support::{BO, JPEG, Shape, Square, Town};

/// The message as it stands now.
async fn stands(
    town: &Town,
    group: usize,
    id: i64,
    what: &str,
    holds: impl Fn(&MessageView) -> bool,
) {
    let look = || {
        let messages = town.messages(town.groups[group]);
        messages.iter().any(|it| it.id == id && holds(it))
    };
    town.until(what, look).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_changes_the_copy_in_another_group_and_is_said_once_more_by_mail() {
    let town = Town::open(2, &[BO]).await;
    let town = town.with("CAUSEWAY__ENGINE__CORRECTION_AFTER_S", "1");
    town.start();
    let said = town.says(0, "We meet at sven.");
    let copy = town.sees_copy(1, "at sven.").await;
    town.gets(BO, "at sven.").await;
    let telegram = &town.rig.telegram;
    telegram
        .edit(town.groups[0], said, town.ana, "We meet at seven.")
        .unwrap();
    stands(&town, 1, copy.id, "the edited copy", |it| {
        it.edited && it.text == "Ana (Telegram): We meet at seven."
    })
    .await;
    let correction = town.gets(BO, "seven").await;
    assert_eq!(correction.depth, 1);
    town.end();
    let texts: Vec<String> = town.inbox(BO).into_iter().map(|it| it.text).collect();
    assert_eq!(texts, ["We meet at sven.", "* seven"]);
    assert_eq!(town.messages(town.groups[1]).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_edited_before_its_mail_went_out_goes_out_right() {
    let town = Town::open(1, &[BO]).await;
    town.rig.mail.set_faults(MailFaults {
        closed_until_ms: i64::MAX,
        ..MailFaults::default()
    });
    town.begin().await;
    let said = town.says(0, "At sven.");
    town.until_delivery("the mail was tried", |it| it.attempts > 0)
        .await;
    let telegram = &town.rig.telegram;
    telegram
        .edit(town.groups[0], said, town.ana, "At seven.")
        .unwrap();
    town.until_delivery("the edit was seen", |it| {
        it.operation == OperationKind::Edit
    })
    .await;
    town.rig.mail.set_faults(MailFaults::default());
    town.gets(BO, "At seven.").await;
    town.end();
    assert_eq!(town.inbox(BO).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caption_is_edited_in_place() {
    let town = Town::open(2, &[]).await;
    town.start();
    let picture = SaidFile::new(FileKind::Photo, "mill.jpg", JPEG);
    let said = town.says(0, Said::from("The ol mill").with_file(picture));
    let copy = town.sees_copy(1, "The ol mill").await;
    let telegram = &town.rig.telegram;
    telegram
        .edit_caption(town.groups[0], said, town.ana, "The old mill")
        .unwrap();
    stands(&town, 1, copy.id, "the edited caption", |it| {
        it.text == "Ana (Telegram): The old mill" && it.attachments.len() == 1
    })
    .await;
    town.end();
    assert_eq!(town.messages(town.groups[1]).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reactions_and_replies_cross_both_ways_between_groups() {
    let town = Town::open(2, &[]).await;
    let telegram = &town.rig.telegram;
    let cem = telegram.add_person("Cem");
    telegram.join(town.groups[1], cem).unwrap();
    town.start();
    let said = town.says(0, "We have the mill!");
    let copy = town.sees_copy(1, "We have").await;
    telegram
        .react(town.groups[1], copy.id, cem, Some("👍"))
        .unwrap();
    stands(&town, 0, said, "his reaction", |it| has(it, "👍")).await;
    telegram
        .react(town.groups[0], said, town.ana, Some("🔥"))
        .unwrap();
    stands(&town, 1, copy.id, "her reaction", |it| has(it, "🔥")).await;
    telegram.react(town.groups[1], copy.id, cem, None).unwrap();
    stands(&town, 0, said, "his reaction taken back", |it| {
        !has(it, "👍")
    })
    .await;

    let reply = Said::from("Wonderful!").in_reply_to(copy.id);
    telegram.say(town.groups[1], None, cem, reply).unwrap();
    let seen = town.sees_copy(0, "Wonderful!").await;
    assert_eq!(seen.text, "Cem (Telegram): Wonderful!");
    assert_eq!(seen.reply_to.unwrap().id, said);
    town.says(0, Said::from("Isn't it?").in_reply_to(seen.id));
    let answer = town.sees_copy(1, "Isn't it?").await;
    assert_eq!(answer.reply_to.unwrap().excerpt, "Wonderful!");
    town.end();
}

fn has(message: &MessageView, emoji: &str) -> bool {
    message.reactions.iter().any(|it| it.emoji == emoji)
}

/// Discord knows a message by its words alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_changed_before_its_answer_came_is_not_said_twice_on_discord() {
    let square = Square::begin(Shape::Channels).await;
    let (town, api) = (&square.town, &square.town.rig.discord);
    api.keep_log();
    town.says(0, "Who comes?");
    let said = || api.log_of(square.discord).len();
    town.until("it stands on Discord", || said() == 1).await;
    let answer_is_lost = discord::Faults {
        routes: vec!["POST /webhooks/{webhook_id}/{webhook_token}".to_owned()],
        cut: Some(discord::Broken {
            accepted: true,
            next: Some(1),
            for_s: None,
        }),
        ..discord::Faults::default()
    };
    api.set_faults(Some(square.discord), answer_is_lost);
    let message = town.says(0, "On Firday");
    town.until("that too", || said() == 2).await;
    let telegram = &town.rig.telegram;
    telegram
        .edit(square.telegram, message, town.ana, "On Friday")
        .unwrap();
    let texts = || {
        let view = api.view_channel(square.discord, usize::MAX).unwrap();
        let texts = view.messages.into_iter().map(|it| it.text);
        texts.collect::<Vec<String>>()
    };
    town.until("the change", || texts().contains(&"On Friday".to_owned()))
        .await;
    assert_eq!(texts(), ["Who comes?", "On Friday"]);
    town.end();
}
