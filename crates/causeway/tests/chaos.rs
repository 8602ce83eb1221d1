//! The bridge is killed again and again in the middle of its work. What its people lose: nothing.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use sandbox::rig::{BridgeProcess, Rig, RigList, RigPlan, RigRoom, tally};
use sandbox::telegram::{ChatId, UserId};

const KILLS: usize = 100;
const BURST: usize = 12;
const LIST: &str = "room@lists.example";
const READER: &str = "reader@people.example";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_kills_in_bursts_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let town = Town::open(dir.path()).await;
    let mut said = 0;
    for kill in 0..KILLS {
        let mut bridge = town.start();
        for _ in 0..BURST {
            town.say(said);
            said += 1;
        }
        // At another moment each time: while it starts, at the first arrivals, near the end of the burst.
        let arrivals_before = town.arrivals();
        town.until(&mut bridge, || {
            town.arrivals() >= arrivals_before + kill % (2 * BURST)
        })
        .await;
        bridge.kill().unwrap();
    }
    let mut bridge = town.start();
    town.until(&mut bridge, || town.has_all(said)).await;
    assert!(bridge.terminate().unwrap().success());
    town.prove_telegram(said);
    town.prove_mail(said);
}

struct Town {
    rig: Rig,
    source: ChatId,
    groups: [ChatId; 2],
    ana: UserId,
}

impl Town {
    async fn open(dir: &Path) -> Town {
        let rig = Rig::open(dir).await.unwrap();
        rig.telegram.keep_log();
        let ana = rig.telegram.add_person("Ana");
        let source = rig.telegram.add_supergroup("Source");
        rig.telegram.join(source, ana).unwrap();
        let groups = ["One", "Two"].map(|it| rig.telegram.add_supergroup(it));
        rig.mail.add_person("Reader", READER);
        Town {
            rig,
            source,
            groups,
            ana,
        }
    }

    fn start(&self) -> BridgeProcess {
        let plan = RigPlan {
            store_url: None,
            lists: vec![RigList {
                address: LIST.to_owned(),
                members: vec![READER.to_owned()],
            }],
            rooms: vec![RigRoom {
                name: "room".to_owned(),
                groups: vec![self.source, self.groups[0], self.groups[1]],
                lists: vec![LIST.to_owned()],
            }],
        };
        self.rig
            .start(Path::new(env!("CARGO_BIN_EXE_causeway")), &plan)
            .unwrap()
    }

    fn say(&self, number: usize) {
        let text = format!("#{number} hello");
        self.rig
            .telegram
            .say(self.source, None, self.ana, text.as_str())
            .unwrap();
    }

    fn arrivals(&self) -> usize {
        let in_groups: usize = self
            .groups
            .iter()
            .map(|it| self.rig.telegram.log_len(*it))
            .sum();
        in_groups + usize::try_from(self.rig.mail.received()).unwrap()
    }

    fn in_group(&self, group: ChatId) -> Vec<usize> {
        let log = self.rig.telegram.log_of(group);
        log.iter().map(|it| number(&it.text)).collect()
    }

    /// Each Message-ID once, as mail programs show it.
    fn in_mailbox(&self) -> Vec<usize> {
        let mut shown = HashMap::new();
        let mut numbers = Vec::new();
        for mail in self.rig.mail.log_of(READER) {
            let number = number(&mail.first_line);
            if shown.insert(mail.message_id, number).is_none() {
                numbers.push(number);
            }
        }
        numbers
    }

    fn has_all(&self, said: usize) -> bool {
        let everywhere = self
            .groups
            .map(|it| self.in_group(it))
            .into_iter()
            .chain([self.in_mailbox()]);
        everywhere.into_iter().all(|it| it.contains(&(said - 1)))
    }

    /// Telegram has no key and no history: at most one message of each chat is doubled by a kill.
    fn prove_telegram(&self, said: usize) {
        let expected: Vec<usize> = (0..said).collect();
        for group in self.groups {
            let seen = self.in_group(group);
            let tally = tally(&expected, &seen);
            assert_eq!((tally.lost, tally.out_of_order), (0, 0));
            assert!(
                tally.duplicated <= KILLS as u64,
                "{} duplicates",
                tally.duplicated
            );
            eprintln!(
                "{KILLS} kills: {} duplicates in one group, 0 lost",
                tally.duplicated
            );
        }
    }

    fn prove_mail(&self, said: usize) {
        let expected: Vec<usize> = (0..said).collect();
        let tally = tally(&expected, &self.in_mailbox());
        assert_eq!(
            (tally.lost, tally.duplicated, tally.out_of_order),
            (0, 0, 0)
        );
    }

    async fn until(&self, bridge: &mut BridgeProcess, holds: impl Fn() -> bool) {
        let start = Instant::now();
        while !holds() {
            assert!(
                bridge.ended().unwrap().is_none(),
                "it ended: {}",
                self.rig.log_tail()
            );
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "nothing moves: {}",
                self.rig.log_tail()
            );
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

fn number(text: &str) -> usize {
    let (_, rest) = text.split_once('#').unwrap();
    rest.split_whitespace().next().unwrap().parse().unwrap()
}
