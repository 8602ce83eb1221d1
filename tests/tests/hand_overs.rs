//! How often the database is spoken to for a message at rest, as its driver logs it: each time costs a hand-over between threads or
//! a round trip, and must not creep back.

use std::sync::{Arc, Mutex};

use causeway_tests::{Town, chat};
use tracing::{
    Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context, layer::SubscriberExt};

/// What the driver said that it ran.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no panic under this lock"))
    }
}

impl<S: Subscriber> Layer<S> for Heard {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut summary = Summary::default();
            event.record(&mut summary);
            // Once a second it is looked for what other processes changed.
            if !summary.0.starts_with("select community_id, revision") {
                self.0
                    .lock()
                    .expect("no panic under this lock")
                    .push(summary.0);
            }
        }
    }
}

#[derive(Default)]
struct Summary(String);

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            let words: Vec<_> = value.split_whitespace().collect();
            self.0 = words.join(" ");
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// Whoever speaks is known. Beside it the platform says everything twice, and repeats what was posted.
#[tokio::test(flavor = "multi_thread")]
async fn a_message_at_rest_is_taken_in_with_its_first_attempt_and_ended_once() {
    let heard = Heard::default();
    let subscriber = tracing_subscriber::registry().with(heard.clone());
    tracing::subscriber::set_global_default(subscriber).expect("the only one");
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("discord"))
        .room("general", &["telegram #general", "discord #lobby"])
        .open()
        .await;
    let running = town.begins_to_work().await;
    for words in ["Who brings the bread?", "And the salt?"] {
        heard.take();
        town.says("telegram #general", "Ana", words).await;
        town.sees("discord #lobby", words).await;
    }
    let spoken = heard.take();
    let (taken_in, all) = match std::env::var("CAUSEWAY_TEST_STORE") {
        Err(_) => (3, 11),
        Ok(_) => (5, 18),
    };
    let written = |it: &String| it.starts_with("update delivery");
    assert_eq!(
        spoken.iter().position(written),
        Some(taken_in - 1),
        "{spoken:#?}"
    );
    assert!(spoken.len() <= all, "{spoken:#?}");
    running.stop().await;
}
