//! Rooms of two: people count in a channel of Slack or Discord, and its copy is a Telegram group.

use sandbox::rig::{RigRoom, Tally, tally};
use sandbox::{discord, slack};

use crate::support::Town;
use crate::support::numbers::number;

pub(crate) const NOBODY: Tally = Tally {
    lost: 0,
    duplicated: 0,
    out_of_order: 0,
};

/// The rooms in the order of Telegram's groups: those of Slack first.
pub(crate) struct Pairs {
    pub(crate) town: Town,
    pub(crate) slack: Vec<slack::ChannelId>,
    pub(crate) discord: Vec<discord::ChannelId>,
    pub(crate) sia: slack::UserId,
    pub(crate) dov: discord::UserId,
    said: Vec<usize>,
}

impl Pairs {
    pub(crate) async fn open(of_slack: usize, of_discord: usize) -> Pairs {
        let mut town = Town::open(of_slack + of_discord, &[]).await;
        let rig = &town.rig;
        let (sia, dov) = (rig.slack.add_person("Sia"), rig.discord.add_member("Dov"));
        let in_slack = |number| {
            let channel = rig.slack.add_channel(&format!("room-{number}"));
            rig.slack.join(&channel, &sia).unwrap();
            rig.slack.invite_bot(&channel).unwrap();
            channel
        };
        let slack: Vec<_> = (0..of_slack).map(in_slack).collect();
        let in_discord = |number| rig.discord.add_text_channel(&format!("room-{number}"));
        let discord: Vec<_> = (0..of_discord).map(in_discord).collect();
        rig.slack.forget_undelivered();
        let room = |number: usize| RigRoom {
            name: format!("room {number}"),
            groups: vec![town.groups[number]],
            slack: slack.get(number).cloned().into_iter().collect(),
            discord: number
                .checked_sub(of_slack)
                .map(|it| discord[it])
                .into_iter()
                .collect(),
            ..RigRoom::default()
        };
        let rooms = (0..of_slack + of_discord).map(room).collect();
        town.plan.rooms = rooms;
        Pairs {
            said: vec![0; of_slack + of_discord],
            town,
            slack,
            discord,
            sia,
            dov,
        }
    }

    /// Starts the bridge and waits until it hears what is said.
    pub(crate) async fn begin(&self) {
        let (slack, discord) = (&self.town.rig.slack, &self.town.rig.discord);
        let identified = discord.counters().identifies;
        self.town.start();
        self.town
            .until("the bridge listens", || {
                (self.slack.is_empty() || slack.sockets() > 0)
                    && (self.discord.is_empty() || discord.counters().identifies > identified)
            })
            .await;
    }

    /// Stopped, and nobody brings again what was not heard.
    pub(crate) fn kill(&self) {
        self.town.kill();
        self.town.rig.slack.forget_undelivered();
    }

    /// So many more in each room, by turns.
    pub(crate) fn say(&mut self, count: usize) {
        for _ in 0..count {
            (0..self.said.len()).for_each(|room| self.say_in(room));
        }
    }

    pub(crate) fn say_in(&mut self, room: usize) {
        let text = format!("#{} hello", self.said[room]);
        self.said[room] += 1;
        let rig = &self.town.rig;
        match self.slack.get(room) {
            Some(channel) => drop(rig.slack.say(channel, &self.sia, text).unwrap()),
            None => {
                let channel = self.discord[room - self.slack.len()];
                let said = rig.discord.say(channel, self.dov, text.as_str());
                said.unwrap();
            }
        }
    }

    pub(crate) fn copies(&self, room: usize) -> Vec<usize> {
        let log = self.town.rig.telegram.log_of(self.town.groups[room]);
        log.iter().map(|it| number(&it.text)).collect()
    }

    pub(crate) fn tally(&self, room: usize) -> Tally {
        let said: Vec<usize> = (0..self.said[room]).collect();
        tally(&said, &self.copies(room))
    }

    pub(crate) async fn all_come(&self) {
        let rooms = 0..self.said.len();
        let telegram = &self.town.rig.telegram;
        self.town
            .until("all have come", || {
                rooms.clone().all(|room| {
                    telegram.log_len(self.town.groups[room]) >= self.said[room]
                        && self.tally(room).lost == 0
                })
            })
            .await;
    }

    /// Once each, and as they were said.
    pub(crate) async fn all_come_in_order(&self) {
        self.all_come_in_order_after(0).await;
    }

    /// As the promise says of Telegram: with each death one more may have come twice in each chat.
    pub(crate) async fn all_come_in_order_after(&self, deaths: u64) {
        self.all_come().await;
        for room in 0..self.said.len() {
            let tally = self.tally(room);
            assert!(tally.duplicated <= deaths, "room {room}: {tally:?}");
            let duplicated = tally.duplicated;
            assert_eq!(
                tally,
                Tally {
                    duplicated,
                    ..NOBODY
                },
                "room {room}"
            );
        }
    }
}
