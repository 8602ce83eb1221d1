//! One room on all four platforms, with somebody who speaks on each, and Cem, who has an account on the three that
//! have accounts.

use sandbox::{discord, slack, telegram};

use super::{EVA, KIM, Town};

pub struct Square {
    pub town: Town,
    pub discord: discord::ChannelId,
    pub slack: slack::ChannelId,
    pub dov: discord::UserId,
    pub sia: slack::UserId,
    pub cem: Cem,
}

/// His accounts.
pub struct Cem {
    pub telegram: telegram::UserId,
    pub discord: discord::UserId,
    pub slack: slack::UserId,
}

impl Square {
    /// Not started yet; corrections and digests wait for no longer than the next look.
    pub async fn open() -> Square {
        let mut town = Town::open(1, &[EVA, KIM])
            .await
            .with("CAUSEWAY__ENGINE__CORRECTION_AFTER_S", "1")
            .with("CAUSEWAY__ENGINE__DIGEST_EVERY_H", "0");
        let rig = &town.rig;
        let discord = rig.discord.add_text_channel("square");
        let dov = rig.discord.add_member("Dov");
        rig.discord.set_picture(dov, true).unwrap();
        let slack = rig.slack.add_channel("square");
        rig.slack.invite_bot(&slack).unwrap();
        let sia = rig.slack.add_person("Sia");
        let picture = Some("https://pictures.example/sia");
        rig.slack.set_picture(&sia, picture).unwrap();
        rig.slack.join(&slack, &sia).unwrap();
        let cem = Cem {
            telegram: rig.telegram.add_person("Cem"),
            discord: rig.discord.add_member("Cem"),
            slack: rig.slack.add_person("Cem"),
        };
        rig.telegram.join(town.groups[0], cem.telegram).unwrap();
        rig.slack.join(&slack, &cem.slack).unwrap();
        town.plan.rooms[0].discord = vec![discord];
        town.plan.rooms[0].slack = vec![slack.clone()];
        Square {
            town,
            discord,
            slack,
            dov,
            sia,
            cem,
        }
    }
}
