//! A mail server that greylists, goes away, cuts or refuses: everything comes in the end, and nobody else is held back.

use std::time::{SystemTime, UNIX_EPOCH};

use sandbox::mail::MailFaults;

use super::{MACHINE, NOBODY};
use crate::support::numbers::Numbers;
use crate::support::{BO, EVA, KIM, Town};

fn mail_faults(town: &Town, faults: MailFaults) {
    town.rig.mail.set_faults(faults);
}

fn in_ms(wait: u64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_millis()).unwrap() + i64::try_from(wait).unwrap()
}

pub(super) async fn mail_has_come(town: &Town, said: &Numbers, members: &[&str]) {
    for member in members {
        town.until("all mails have come", || said.have_come_to(town, member))
            .await;
    }
    for member in members {
        assert_eq!(said.tally_in_mailbox(town, member), NOBODY);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_greylisted_member_gets_the_mail_later_and_the_others_at_once() {
    let _machine = MACHINE.read().await;
    let town = Town::open(1, &[BO, EVA, KIM]).await;
    town.begin().await;
    mail_faults(
        &town,
        MailFaults {
            greylisted: vec![EVA.to_owned()],
            ..MailFaults::default()
        },
    );
    town.says(0, "#0 hello");
    for member in [BO, KIM] {
        town.gets(member, "#0 hello").await;
    }
    assert_eq!(town.inbox(EVA).len(), 0);
    mail_faults(&town, MailFaults::default());
    town.gets(EVA, "#0 hello").await;
    town.says(0, "#1 and on");
    for member in [BO, EVA, KIM] {
        town.gets(member, "#1 and on").await;
    }
    town.end();
    for member in [BO, EVA, KIM] {
        assert_eq!(town.rig.mail.log_of(member).len(), 2, "{member}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_is_away_for_a_while_gets_everything_in_order() {
    let _machine = MACHINE.read().await;
    let town = Town::open(2, &[BO, EVA]).await;
    town.begin().await;
    let mut said = Numbers::default();
    said.say_all(&town, 5);
    mail_has_come(&town, &said, &[BO, EVA]).await;
    mail_faults(
        &town,
        MailFaults {
            closed_until_ms: in_ms(3_000),
            ..MailFaults::default()
        },
    );
    said.say_all(&town, 20);
    // Telegram's people do not wait for it.
    town.until("all have come to the other group", || {
        said.have_come_to_group(&town, 1)
    })
    .await;
    assert!(!said.have_come_to(&town, BO));
    mail_has_come(&town, &said, &[BO, EVA]).await;
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mails_that_are_cut_at_the_final_dot_come_again_where_they_may_not_have_come() {
    let _machine = MACHINE.read().await;
    let town = Town::open(1, &[BO, EVA]).await;
    town.begin().await;
    mail_faults(
        &town,
        MailFaults {
            cut_before_keeping: 2,
            cut_after_keeping: 2,
            ..MailFaults::default()
        },
    );
    let mut said = Numbers::default();
    said.say_all(&town, 10);
    let members = [BO, EVA];
    for member in members {
        town.until("all mails have come", || said.have_come_to(&town, member))
            .await;
    }
    town.end();
    // Where the server had kept them, they are there twice, under one Message-ID.
    let tallies = members.map(|it| said.tally_in_mailbox(&town, it));
    let copies: u64 = tallies.iter().map(|it| it.duplicated).sum();
    assert!(copies <= 2, "{copies}");
    for tally in tallies {
        assert_eq!((tally.lost, tally.out_of_order), (0, 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_who_is_refused_for_good_holds_back_nobody() {
    let _machine = MACHINE.read().await;
    let town = Town::open(1, &[BO, EVA, KIM]).await;
    town.begin().await;
    mail_faults(
        &town,
        MailFaults {
            refused: vec![EVA.to_owned()],
            ..MailFaults::default()
        },
    );
    let mut said = Numbers::default();
    said.say_all(&town, 10);
    mail_has_come(&town, &said, &[BO, KIM]).await;
    mail_faults(&town, MailFaults::default());
    said.say(&town);
    town.gets(EVA, "#10 hello").await;
    mail_has_come(&town, &said, &[BO, KIM]).await;
    town.end();
    for (member, mails) in [(BO, 11), (EVA, 1), (KIM, 11)] {
        assert_eq!(town.rig.mail.log_of(member).len(), mails, "{member}");
    }
}
