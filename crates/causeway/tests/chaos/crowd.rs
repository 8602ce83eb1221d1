//! People on all four platforms who talk on: posts, answers, files, edits and reactions.

use std::collections::HashSet;

use sandbox::mail::{Draft, MailId};
use sandbox::rig::{Tally, tally};
use sandbox::telegram::{FileKind, SaidFile};
use sandbox::{discord, slack, telegram};

use crate::support::{EVA, KIM, LIST, Square};

/// Who speaks, by the first letter of all that they say: `T7 hello`.
pub(crate) const PLATFORMS: [char; 4] = ['T', 'D', 'S', 'M'];

/// Of one round: three in each chat, and of seven mails the six that do not go to their own author, with a copy for her.
const COPIES: usize = 3 * 3 + 7;

pub(crate) struct Crowd {
    pub(crate) square: Square,
    rounds: usize,
    telegram: Option<telegram::MessageId>,
    discord: Option<discord::MessageId>,
    slack: Option<slack::Ts>,
    mail: Option<MailId>,
}

/// What somebody does beside saying the next words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Post,
    Answer,
    WithFile,
    Edit,
    React,
}

const DEEDS: [Deed; 5] = [
    Deed::Post,
    Deed::Answer,
    Deed::WithFile,
    Deed::Edit,
    Deed::React,
];

/// What came of one platform's words in another's channel.
pub(crate) struct Crossing {
    pub(crate) from: char,
    pub(crate) to: char,
    pub(crate) tally: Tally,
}

impl Crowd {
    /// Digests and corrections come another day.
    pub(crate) async fn open() -> Crowd {
        let mut square = Square::open().await;
        let town = square.town.with("CAUSEWAY__ENGINE__DIGEST_EVERY_H", "24");
        square.town = town.with("CAUSEWAY__ENGINE__CORRECTION_AFTER_S", "3600");
        square.town.rig.discord.keep_log();
        square.town.rig.slack.keep_log();
        Crowd {
            square,
            rounds: 0,
            telegram: None,
            discord: None,
            slack: None,
            mail: None,
        }
    }

    /// Each says one thing.
    pub(crate) fn speak(&mut self) {
        let deed = DEEDS[self.rounds % DEEDS.len()];
        self.on_telegram(deed);
        self.on_discord(deed);
        self.on_slack(deed);
        self.by_mail(deed);
        self.rounds += 1;
    }

    fn words(&self, platform: char) -> String {
        format!("{platform}{} hello", self.rounds)
    }

    fn on_telegram(&mut self, deed: Deed) {
        let (town, chat) = (&self.square.town, self.square.telegram);
        let mut said = telegram::Said::from(self.words('T').as_str());
        match (deed, self.telegram) {
            (Deed::Answer, Some(before)) => said = said.in_reply_to(before),
            (Deed::WithFile, _) => {
                let file = SaidFile::new(FileKind::Document, "plan.txt", "a plan");
                said = said.with_file(file);
            }
            _ => {}
        }
        let telegram = &town.rig.telegram;
        let message = telegram.say(chat, None, town.ana, said).unwrap()[0];
        match deed {
            Deed::Edit => {
                let words = self.words('T') + "!";
                telegram.edit(chat, message, town.ana, &words).unwrap();
            }
            Deed::React => telegram.react(chat, message, town.ana, Some("👍")).unwrap(),
            _ => {}
        }
        self.telegram = Some(message);
    }

    fn on_discord(&mut self, deed: Deed) {
        let (channel, dov) = (self.square.discord, self.square.dov);
        let mut said = discord::Said::from(self.words('D').as_str());
        match (deed, self.discord) {
            (Deed::Answer, Some(before)) => said = said.in_reply_to(before),
            (Deed::WithFile, _) => {
                said = said.with_file(discord::SaidFile::new("plan.txt", "a plan"));
            }
            _ => {}
        }
        let discord = &self.square.town.rig.discord;
        let message = discord.say(channel, dov, said).unwrap();
        match deed {
            Deed::Edit => {
                let words = self.words('D') + "!";
                discord.edit(channel, message, dov, &words).unwrap();
            }
            Deed::React => discord.react(channel, message, dov, "👍").unwrap(),
            _ => {}
        }
        self.discord = Some(message);
    }

    fn on_slack(&mut self, deed: Deed) {
        let (channel, sia) = (&self.square.slack, &self.square.sia);
        let slack = &self.square.town.rig.slack;
        let mut said = slack::Said::from(self.words('S'));
        if deed == Deed::WithFile {
            said = said.with_file(slack::SaidFile::new("plan.txt", "a plan"));
        }
        let message = match (deed, self.slack) {
            (Deed::Answer, Some(before)) => slack.reply_in_thread(channel, before, sia, said),
            _ => slack.say(channel, sia, said),
        };
        let message = message.unwrap();
        match deed {
            Deed::Edit => {
                let words = self.words('S') + "!";
                slack.edit(channel, message, sia, words).unwrap();
            }
            Deed::React => slack.react(channel, message, sia, "thumbsup").unwrap(),
            _ => {}
        }
        // Threads have roots and no answers to answers.
        if deed != Deed::Answer {
            self.slack = Some(message);
        }
    }

    /// A sent mail stays as it is.
    fn by_mail(&mut self, deed: Deed) {
        let words = self.words('M');
        let mut draft = match (deed, self.mail) {
            (Deed::Answer, Some(before)) => Draft::reply(before, &words),
            _ => Draft::new("Plans", &words),
        };
        if deed == Deed::WithFile {
            draft = draft.attach("plan.txt", "text/plain", b"a plan");
        }
        let written = self.square.town.rig.mail.write(EVA, LIST, draft).unwrap();
        self.mail = Some(written.id);
    }

    /// Copies that stand in all channels together.
    pub(crate) fn arrivals(&self) -> usize {
        let rig = &self.square.town.rig;
        rig.telegram.log_len(self.square.telegram)
            + self
                .on_discord_now()
                .map(|it| rig.discord.log_len(it))
                .sum::<usize>()
            + rig.slack.log_len(&self.square.slack)
            + usize::try_from(rig.mail.received()).unwrap()
    }

    /// The channel and its threads, in which answers stand.
    fn on_discord_now(&self) -> impl Iterator<Item = discord::ChannelId> {
        let channel = self.square.discord;
        let threads = self.square.town.rig.discord.threads_of(channel);
        [channel].into_iter().chain(threads)
    }

    pub(crate) fn is_complete(&self) -> bool {
        let expected = self.rounds * COPIES;
        self.arrivals() >= expected && self.missing().is_empty()
    }

    /// What did not come, and what stands there in old words.
    pub(crate) fn missing(&self) -> String {
        let crossings = self.crossings().into_iter();
        let lost = crossings.filter(|it| it.tally.lost > 0);
        let lost = lost.map(|it| format!("{} of {} in {}", it.tally.lost, it.from, it.to));
        lost.chain(self.stale()).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn crossings(&self) -> Vec<Crossing> {
        let said: Vec<usize> = (0..self.rounds).collect();
        let mut crossings = Vec::new();
        for to in PLATFORMS {
            let seen = self.seen(to);
            for from in PLATFORMS.into_iter().filter(|it| *it != to) {
                let numbers: Vec<usize> = seen.iter().filter_map(|it| number(from, it)).collect();
                let tally = tally(&said, &numbers);
                crossings.push(Crossing { from, to, tally });
            }
        }
        crossings
    }

    /// In the order in which it came, each time it came.
    fn seen(&self, platform: char) -> Vec<String> {
        let rig = &self.square.town.rig;
        match platform {
            'T' => {
                let log = rig.telegram.log_of(self.square.telegram);
                log.into_iter().map(|it| it.text).collect()
            }
            'D' => {
                let places = self.on_discord_now();
                let mut log: Vec<_> = places.flat_map(|it| rig.discord.log_of(it)).collect();
                log.sort_by_key(|it| it.received_at);
                log.into_iter().map(|it| it.text).collect()
            }
            'S' => {
                let log = rig.slack.log_of(&self.square.slack);
                log.into_iter().map(|it| it.text).collect()
            }
            _ => {
                let log = rig.mail.log_of(KIM);
                log.into_iter().map(|it| it.first_line).collect()
            }
        }
    }

    /// How the newest words of all that was edited stand in the three chats: stale ones, by the letter of the chat.
    fn stale(&self) -> Vec<String> {
        let edited = (0..self.rounds).filter(|it| DEEDS[it % DEEDS.len()] == Deed::Edit);
        let edited: Vec<usize> = edited.collect();
        let mut stale = Vec::new();
        for to in ['T', 'D', 'S'] {
            let standing: HashSet<String> = self.standing(to).into_iter().collect();
            for from in PLATFORMS.into_iter().filter(|it| *it != to && *it != 'M') {
                let missing = edited.iter().map(|it| format!("{from}{it} hello!"));
                let missing = missing.filter(|it| !standing.contains(it));
                stale.extend(missing.map(|it| format!("{it} in {to}")));
            }
        }
        stale
    }

    fn standing(&self, platform: char) -> Vec<String> {
        let rig = &self.square.town.rig;
        let texts: Vec<String> = match platform {
            'T' => {
                let messages = self.square.town.messages(self.square.telegram);
                messages.into_iter().map(|it| it.text).collect()
            }
            'D' => {
                let places = self.on_discord_now();
                let views = places.filter_map(|it| rig.discord.view_channel(it, usize::MAX));
                views.flat_map(|it| it.messages).map(|it| it.text).collect()
            }
            _ => {
                let view = rig.slack.view_channel(&self.square.slack, usize::MAX);
                let messages = view.unwrap().messages.into_iter();
                messages
                    .flat_map(|mut it| {
                        let replies = std::mem::take(&mut it.replies);
                        [it].into_iter().chain(replies)
                    })
                    .map(|it| it.text)
                    .collect()
            }
        };
        let ends = texts.iter().filter_map(|it| it.rsplit(": ").next());
        ends.map(str::to_owned).collect()
    }
}

/// From `Ana (Telegram): T17 hello`.
fn number(platform: char, text: &str) -> Option<usize> {
    let (before, _) = text.rsplit_once(" hello")?;
    let word = before.rsplit(|it: char| it.is_whitespace()).next()?;
    word.strip_prefix(platform)?.parse().ok()
}
