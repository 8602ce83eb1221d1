//! One room on all four platforms, with somebody who speaks on each, and Cem, who has an account on the three that
//! have accounts.

use sandbox::{discord, slack, telegram};

use super::{EVA, KIM, LIST, ROOM, Town};

pub struct Square {
    pub town: Town,
    pub shape: Shape,
    pub telegram: telegram::ChatId,
    pub discord: discord::ChannelId,
    pub slack: slack::ChannelId,
    pub dov: discord::UserId,
    pub sia: slack::UserId,
    pub cem: Cem,
}

/// What Telegram and Discord give to the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Channels,
    /// Each as a whole, with all its topics and posts.
    Forums,
}

/// One of its four channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corner {
    Telegram,
    Discord,
    Slack,
    Mail,
}

impl Corner {
    pub const ALL: [Corner; 4] = [
        Corner::Telegram,
        Corner::Discord,
        Corner::Slack,
        Corner::Mail,
    ];
}

/// His accounts.
pub struct Cem {
    pub telegram: telegram::UserId,
    pub discord: discord::UserId,
    pub slack: slack::UserId,
}

impl Square {
    /// Corrections and digests wait for no longer than the next look.
    pub async fn begin(shape: Shape) -> Square {
        match shape {
            Shape::Channels => {
                let square = Square::open().await;
                square.town.begin().await;
                square
            }
            Shape::Forums => Square::begin_forums().await,
        }
    }

    /// Of channels, and not started yet.
    pub async fn open() -> Square {
        let town = Town::open(1, &[EVA, KIM]).await;
        let telegram = town.groups[0];
        let discord = town.rig.discord.add_text_channel("square");
        Square::of(town, Shape::Channels, (telegram, discord))
    }

    /// All that stands there, the oldest first, what stands in threads too; of the list, what came to Eva.
    pub fn texts(&self, corner: Corner) -> Vec<String> {
        let rig = &self.town.rig;
        match corner {
            Corner::Telegram => {
                let messages = self.town.messages(self.telegram).into_iter();
                messages.map(|it| it.text).collect()
            }
            Corner::Discord => {
                let places = [vec![self.discord], rig.discord.threads_of(self.discord)].concat();
                let views = places
                    .into_iter()
                    .filter_map(|it| rig.discord.view_channel(it, usize::MAX));
                let messages = views.flat_map(|it| it.messages);
                messages.map(|it| it.text).collect()
            }
            Corner::Slack => {
                let channel = rig.slack.view_channel(&self.slack, usize::MAX);
                let roots = channel.into_iter().flat_map(|it| it.messages);
                let messages = roots.flat_map(|it| [vec![it.text], replies(it.replies)].concat());
                messages.collect()
            }
            Corner::Mail => {
                let log = rig.mail.log_of(EVA).into_iter();
                log.map(|it| it.first_line).collect()
            }
        }
    }

    /// Those of them that hold the words.
    pub fn texts_with(&self, corner: Corner, words: &str) -> Vec<String> {
        let mut texts = self.texts(corner);
        texts.retain(|it| it.contains(words));
        texts
    }

    /// Waits until the words stand there.
    pub async fn until_at(&self, corner: Corner, words: &str) {
        let has_come = || !self.texts_with(corner, words).is_empty();
        self.town
            .until(&format!("{words} at {corner:?}"), has_come)
            .await;
    }

    /// As `platform:id`.
    pub fn channel(&self, corner: Corner) -> String {
        match corner {
            Corner::Telegram => format!("telegram:{}", self.telegram),
            Corner::Discord => format!("discord:{}", self.discord),
            Corner::Slack => format!("slack:{}", self.slack),
            Corner::Mail => format!("email:{LIST}"),
        }
    }

    pub fn sia_says(&self, words: &str) -> slack::Ts {
        let slack = &self.town.rig.slack;
        slack.say(&self.slack, &self.sia, words).unwrap()
    }

    /// Set before the start, as in `CAUSEWAY__LOG__FILTER`.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: &str) -> Square {
        self.town = self.town.with(key, value);
        self
    }

    async fn begin_forums() -> Square {
        let town = Town::open(0, &[EVA, KIM]).await;
        let telegram = town.rig.telegram.add_forum("Square", &[]);
        town.rig.telegram.join(telegram, town.ana).unwrap();
        let discord = town.rig.discord.add_forum("square");
        let square = Square::of(town, Shape::Forums, (telegram, discord));
        square.town.begin().await;
        // In the rig's configuration a channel of Telegram is one chat.
        let link = ["room", "link", ROOM, &format!("telegram:{telegram}/*")];
        let answer = square.town.causeway(&link);
        assert_eq!(answer.code, 0, "{}", answer.err);
        // It would be taken up within two seconds, and at the start at once.
        assert!(square.town.stop().success());
        square.town.begin().await;
        square
    }

    fn of(
        town: Town,
        shape: Shape,
        (telegram, discord): (telegram::ChatId, discord::ChannelId),
    ) -> Square {
        let mut town = town
            .with("CAUSEWAY__ENGINE__CORRECTION_AFTER_S", "1")
            .with("CAUSEWAY__ENGINE__DIGEST_EVERY_H", "0");
        let rig = &town.rig;
        let slack = rig.slack.add_channel("square");
        rig.slack.invite_bot(&slack).unwrap();
        let (dov, sia) = (rig.discord.add_member("Dov"), rig.slack.add_person("Sia"));
        rig.discord.set_picture(dov, true).unwrap();
        let picture = Some("https://pictures.example/sia");
        rig.slack.set_picture(&sia, picture).unwrap();
        let cem = Cem {
            telegram: rig.telegram.add_person("Cem"),
            discord: rig.discord.add_member("Cem"),
            slack: rig.slack.add_person("Cem"),
        };
        rig.telegram.join(telegram, cem.telegram).unwrap();
        for person in [&sia, &cem.slack] {
            rig.slack.join(&slack, person).unwrap();
        }
        town.plan.rooms[0].discord = vec![discord];
        town.plan.rooms[0].slack = vec![slack.clone()];
        Square {
            town,
            shape,
            telegram,
            discord,
            slack,
            dov,
            sia,
            cem,
        }
    }
}

fn replies(messages: Vec<slack::MessageView>) -> Vec<String> {
    messages.into_iter().map(|it| it.text).collect()
}
