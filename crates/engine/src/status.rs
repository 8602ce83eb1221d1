//! How the bridge does, for staff and for monitoring: all that is open, and whether it is broken or wants a look.
//!
//! **Invariant:** what is mended is not told any more, and whatever is told says what mends it.

use std::collections::HashSet;
use std::time::Duration;

use conversation::{CommunityId, Platform, Timestamp};
use serde::Serialize;
use store::{ForStaff, HeardChannel, Notice, NoticeKind, Result, Stopped, Store, Unread, Waiting};

/// A bridge says every 15 s that it is at work.
const SILENCE: Duration = Duration::from_secs(60);
/// What waits for longer is worth a look, where nothing else is told of its channel.
const LONG: Duration = Duration::from_secs(10 * 60);
const A_DAY: Duration = Duration::from_secs(24 * 3600);
/// Less, and it will be full before anybody looks.
const SCARCE: u64 = 1 << 30;
/// Less, and SQLite may not be able to write.
const NONE_LEFT: u64 = 64 << 20;

/// The worst of all that is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    Well,
    /// Somebody should look at it; everybody is heard.
    Look,
    /// Somebody is not heard.
    Broken,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    pub health: Health,
    /// A notice's kind, or what else it is about.
    pub kind: &'static str,
    /// A channel as commands take it, a platform, a reader by number.
    pub about: String,
    #[serde(rename = "since_ms")]
    pub since: Option<Timestamp>,
    /// What it is, and what mends it.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heard {
    pub platform: Platform,
    #[serde(rename = "at_ms")]
    pub at: Option<Timestamp>,
}

/// Where something is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Storage {
    pub place: String,
    pub bytes: u64,
    /// On its disk, if that is this machine's.
    pub free_bytes: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    pub health: Health,
    pub version: &'static str,
    /// When it last said so.
    #[serde(rename = "bridge_at_work_ms")]
    pub bridge_at_work: Option<Timestamp>,
    /// The worst first.
    pub troubles: Vec<Trouble>,
    pub waiting: Vec<Waiting>,
    pub for_staff: ForStaff,
    /// In the last day.
    pub stopped: Vec<Stopped>,
    pub last_heard: Vec<Heard>,
    /// In no room, and heard all the same.
    pub not_linked: Vec<HeardChannel>,
    pub storage: Vec<Storage>,
}

/// What the program knows beside the store.
#[derive(Debug, Clone)]
pub struct Surroundings {
    pub version: &'static str,
    /// Whose staff looks; none for whoever runs the program, who sees what is no community's as well.
    pub community: Option<CommunityId>,
    /// Those that are switched on.
    pub platforms: Vec<Platform>,
    pub storage: Vec<Storage>,
}

impl Status {
    pub async fn of(store: &Store, around: Surroundings, now: Timestamp) -> Result<Status> {
        let of = around.community.as_ref();
        let mut status = Status {
            health: Health::Well,
            version: around.version,
            bridge_at_work: store.alive_at().await?,
            troubles: Vec::new(),
            waiting: store.waiting(of).await?,
            for_staff: store.for_staff(of).await?,
            stopped: Vec::new(),
            last_heard: last_heard(store, around.platforms).await?,
            not_linked: Vec::new(),
            storage: around.storage,
        };
        if of.is_none() {
            status.stopped = store.stopped_since(now.minus(A_DAY)).await?;
            status.not_linked = store.heard_channels().await?;
        }
        let notices = store.open_notices(of).await?;
        // Whoever is told by the bridge itself need not be told that it is at work.
        let mut troubles = vec![at_work(status.bridge_at_work, now).filter(|_| of.is_none())];
        troubles.extend(notices.iter().map(of_notice));
        let told = broken_things(&notices);
        troubles.extend(status.waiting.iter().map(|it| waits(it, &told, now)));
        troubles.extend(store.unread(of).await?.iter().map(|it| Some(unread(it))));
        troubles.extend(status.counted());
        troubles.extend(status.storage.iter().map(is_full));
        status.troubles = troubles.into_iter().flatten().collect();
        status
            .troubles
            .sort_by_key(|it| std::cmp::Reverse(it.health));
        status.health = status.troubles.first().map_or(Health::Well, |it| it.health);
        Ok(status)
    }

    /// What stands in lists of its own.
    fn counted(&self) -> [Option<Trouble>; 3] {
        let counted = |n: u64, kind: NoticeKind, text: &str| {
            (n > 0).then(|| Trouble {
                health: Health::Look,
                kind: kind.as_str(),
                about: n.to_string(),
                since: None,
                text: text.to_owned(),
            })
        };
        let ForStaff { dead, braked, held } = self.for_staff;
        [
            counted(
                dead,
                NoticeKind::DeadLetter,
                "given up: `causeway dead list` says which and why, `causeway dead retry` tries them again, `causeway dead drop` lets them be",
            ),
            counted(
                braked,
                NoticeKind::StormBrake,
                "held by a brake: `causeway dead list` shows them, `causeway dead retry` lets them go in their order, `causeway dead drop` drops them",
            ),
            counted(
                held,
                NoticeKind::Held,
                "held for staff: `causeway held list` shows them, `causeway held release` lets them go, `causeway held drop` drops them",
            ),
        ]
    }
}

async fn last_heard(store: &Store, platforms: Vec<Platform>) -> Result<Vec<Heard>> {
    let mut heard = Vec::new();
    for platform in platforms {
        let at = store.last_heard(&platform).await?;
        heard.push(Heard { platform, at });
    }
    Ok(heard)
}

fn at_work(last: Option<Timestamp>, now: Timestamp) -> Option<Trouble> {
    // A clock that was put back leaves an old word in the future.
    let is_fresh = |it: &Timestamp| now.since(*it) <= SILENCE && it.since(now) <= SILENCE;
    if last.as_ref().is_some_and(is_fresh) {
        return None;
    }
    let text = match last {
        Some(_) => {
            "the bridge is not at work: its log says why it ended, and `causeway run` starts it again"
        }
        None => "no bridge has run on this store yet: `causeway run` starts one",
    };
    Some(broken("not-at-work", "the bridge", last, text.to_owned()))
}

/// What is counted needs no notice.
fn of_notice(notice: &Notice) -> Option<Trouble> {
    let kind = notice.kind;
    let is_counted = [
        NoticeKind::DeadLetter,
        NoticeKind::StormBrake,
        NoticeKind::Held,
    ]
    .contains(&kind);
    (!is_counted).then(|| Trouble {
        health: match kind.is_broken() {
            true => Health::Broken,
            false => Health::Look,
        },
        kind: kind.as_str(),
        about: notice.about.clone(),
        since: Some(notice.at),
        text: notice.text.clone(),
    })
}

/// The channels and accounts of which it is told already that nothing gets through.
fn broken_things(notices: &[Notice]) -> HashSet<&str> {
    let broken = notices.iter().filter(|it| it.kind.is_broken());
    broken.map(|it| it.about.as_str()).collect()
}

/// For long, and nothing is told of its channel or its account yet.
fn waits(it: &Waiting, told: &HashSet<&str>, now: Timestamp) -> Option<Trouble> {
    let (channel, platform) = (it.channel.to_string(), &*it.channel.platform.0);
    let is_told = told.contains(&*channel) || told.contains(platform);
    if is_told || now.since(it.since) < LONG {
        return None;
    }
    let why = it.why.as_deref().unwrap_or("they wait for their turn");
    let text = format!("{} wait, and are tried by themselves: {why}", it.deliveries);
    Some(look("waits", &channel, Some(it.since), text))
}

fn unread(it: &Unread) -> Trouble {
    let text = "what was said there since then could not be read yet, and is asked for again by itself: \
                let the bridge read the channel's history";
    look(
        "unread",
        &it.channel.to_string(),
        Some(it.since),
        text.to_owned(),
    )
}

fn is_full(it: &Storage) -> Option<Trouble> {
    let free = it.free_bytes?;
    let text = || {
        let mib = free >> 20;
        format!(
            "{mib} MiB are left on its disk: make room, or what comes in is put off once it is full"
        )
    };
    match free {
        ..NONE_LEFT => Some(broken("disk-full", &it.place, None, text())),
        NONE_LEFT..SCARCE => Some(look("disk-full", &it.place, None, text())),
        _ => None,
    }
}

fn broken(kind: &'static str, about: &str, since: Option<Timestamp>, text: String) -> Trouble {
    Trouble {
        health: Health::Broken,
        ..look(kind, about, since, text)
    }
}

fn look(kind: &'static str, about: &str, since: Option<Timestamp>, text: String) -> Trouble {
    Trouble {
        health: Health::Look,
        kind,
        about: about.to_owned(),
        since,
        text,
    }
}
