//! A Slack that does not say who its people are.

use std::time::{Duration, Instant};

use sandbox::slack::{Broken, Faults};

use crate::pairs::Pairs;

/// So long Slack waits for an acknowledgement.
const ACKNOWLEDGED: Duration = Duration::from_secs(3);
const STRANGERS: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_whose_names_do_not_come_are_heard_at_once_and_stay_somebody() {
    let _machine = crate::MACHINE.write().await;
    let pairs = Pairs::open(1, 0).await;
    let (town, channel) = (&pairs.town, &pairs.slack[0]);
    let slack = &town.rig.slack;
    slack.set_faults(
        None,
        Faults {
            methods: vec!["users.info".to_owned()],
            never_answer: Some(Broken::default()),
            ..Faults::default()
        },
    );
    let strangers: Vec<_> = (0..STRANGERS)
        .map(|number| {
            let stranger = slack.add_person(&format!("Stranger {number}"));
            slack.join(channel, &stranger).unwrap();
            stranger
        })
        .collect();
    slack.forget_undelivered();
    pairs.begin().await;
    // What went out before anybody listened comes again.
    town.until("Slack is listened to", || {
        slack.sockets() > 0 && slack.undelivered() == 0
    })
    .await;
    let before = slack.counters().redeliveries;
    let start = Instant::now();
    for (number, stranger) in strangers.iter().enumerate() {
        slack
            .say(channel, stranger, format!("#{number} hello"))
            .unwrap();
    }
    town.until("all are acknowledged", || slack.undelivered() == 0)
        .await;
    let took = start.elapsed();
    println!("{STRANGERS} strangers were heard in {took:?}");
    assert!(took < ACKNOWLEDGED, "{took:?}");
    assert_eq!(slack.counters().redeliveries, before);
    let copies = || town.rig.telegram.log_of(town.groups[0]);
    town.until("all copies", || copies().len() == STRANGERS)
        .await;
    println!("their copies stood there after {:?}", start.elapsed());
    assert!(start.elapsed() < Duration::from_secs(10));
    slack.set_faults(None, Faults::default());
    let nia = slack.add_person("Nia");
    slack.join(channel, &nia).unwrap();
    slack.say(channel, &nia, "#10 hello").unwrap();
    town.sees_copy(0, "Nia (Slack): #10 hello").await;
    let messages = town.messages(town.groups[0]);
    let shown: Vec<&str> = messages.iter().map(|it| it.text.as_str()).collect();
    for (number, text) in shown.iter().take(STRANGERS).enumerate() {
        assert_eq!(*text, format!("Someone (Slack): #{number} hello"));
    }
    town.end();
}
