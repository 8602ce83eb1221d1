//! How the bridge does, as far as one community is concerned.

use std::time::Duration;

use store::{Result, Waiting};
use words::{DAYS_LONG, HOURS_LONG, MINUTES_LONG, STATUS_TOLD, UNAGREED_TOLD, WAITING_TOLD};

use super::Teller;
use crate::status::{Health, Status, Surroundings};

impl Teller<'_> {
    pub(super) async fn status(&self) -> Result<String> {
        let around = Surroundings {
            version: "",
            community: Some(self.community.clone()),
            platforms: Vec::new(),
            storage: Vec::new(),
        };
        let status = Status::of(self.store, around, self.now).await?;
        let troubles = status.troubles.iter();
        let troubles = troubles.filter(|it| it.health != Health::Well);
        let mut lines: Vec<_> = troubles
            .map(|it| format!("{}: {}", it.about, as_typed(&it.text)))
            .collect();
        let count = lines.len();
        lines.extend(status.waiting.iter().map(|it| self.waits(it)));
        let unagreed = self.store.unagreed(Some(&self.community)).await?;
        if unagreed > 0 {
            let count = i64::try_from(unagreed).unwrap_or(i64::MAX);
            lines.push(self.say(UNAGREED_TOLD, [("count", count.into())]));
        }
        Ok(self.list(STATUS_TOLD, count, lines))
    }

    fn waits(&self, it: &Waiting) -> String {
        let count = i64::try_from(it.deliveries).unwrap_or(i64::MAX);
        let told = [
            ("channel", it.channel.to_string().into()),
            ("count", count.into()),
            ("since", self.long(self.now.since(it.since)).into()),
        ];
        self.say(WAITING_TOLD, told)
    }

    /// In its largest unit.
    fn long(&self, long: Duration) -> String {
        let minutes = i64::try_from(long.as_secs() / 60).unwrap_or(i64::MAX);
        let (sentence, unit, number) = match minutes {
            ..120 => (MINUTES_LONG, "minutes", minutes),
            120..2880 => (HOURS_LONG, "hours", minutes / 60),
            _ => (DAYS_LONG, "days", minutes / 1440),
        };
        self.say(sentence, [(unit, number.into())])
    }
}

/// What staff is told names commands as the terminal takes them.
pub(super) fn as_typed(text: &str) -> String {
    let mut typed = String::new();
    for (number, part) in text.split('`').enumerate() {
        match (number % 2, part.strip_prefix("causeway ")) {
            (0, _) => typed.push_str(part),
            (_, command) => typed.push_str(&format!("“{}”", command.unwrap_or(part))),
        }
    }
    typed
}
