//! `causeway bench room`: one room in four places whose people talk at a steady rate. The stand-ins run in this
//! process, the bridge in one of its own. **Invariant:** a message is said when it is due, however far behind the
//! bridge is, so that a bridge which cannot keep up shows it in the times.

use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use anyhow::{Context, bail};
use sandbox::rig::{BridgeProcess, Rig};
use tokio::time::{Instant, sleep, sleep_until};

use crate::cli::bench::RoomArgs;
use crate::commands::sandbox::must_be_unused;
use crate::exit::Exit;

mod figures;
mod places;

use figures::{Figures, Work};
use places::{SIDES, Side, Town, Window};

/// The most that each stand-in keeps of what was said, so that a long load fits in memory.
const KEPT: usize = 1_000;
/// Without any progress for so long, what is still missing is lost.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

pub(crate) async fn run(args: RoomArgs) -> anyhow::Result<ExitCode> {
    if let Some(url) = &args.store {
        must_be_unused(url).await?;
    }
    let dir = tempfile::tempdir().context("no temporary folder")?;
    let rig = Rig::open(dir.path()).await?;
    let town = Town::found(&rig, KEPT)?;
    let program = std::env::current_exe()?;
    let bridge = rig.start(&program, &town.plan(args.store.clone()))?;
    let mut talk = Talk::new(town, bridge);
    let work = talk.measure(args.rate, args.seconds).await?;
    // A repeat of the last message may still be under way: all is looked at once the bridge has ended.
    talk.bridge.terminate()?;
    talk.look();
    let figures = Figures::of(&talk.said_at, &talk.windows, &work);
    figures.show(args.json)?;
    let exit = if figures.is_clean() {
        Exit::Done
    } else {
        Exit::Failed
    };
    Ok(exit.into())
}

/// Who says a message: the four places in turn. The first round finds connections closed and pages cold; it is
/// not measured.
fn source(number: usize) -> Side {
    SIDES[number % SIDES.len()]
}

const COLD: usize = SIDES.len();

struct Talk<'a> {
    town: Town<'a>,
    bridge: BridgeProcess,
    /// By the message's number.
    said_at: Vec<SystemTime>,
    windows: Vec<Seen>,
}

/// What arrived before one window, in order.
struct Seen {
    window: Window,
    /// How much of the log was read.
    read: usize,
    arrived: Vec<(usize, SystemTime)>,
}

impl<'a> Talk<'a> {
    fn new(town: Town<'a>, bridge: BridgeProcess) -> Talk<'a> {
        let seen = |window| Seen {
            window,
            read: 0,
            arrived: Vec::new(),
        };
        Talk {
            town,
            bridge,
            said_at: Vec::new(),
            windows: places::WINDOWS.map(seen).into(),
        }
    }

    async fn measure(&mut self, rate: u32, seconds: u32) -> anyhow::Result<Work> {
        self.wait_until_heard().await?;
        for _ in 0..COLD {
            self.say()?;
        }
        self.wait_for_all().await?;
        let (start, cpu_before) = (Instant::now(), self.bridge.cpu_time()?);
        for number in 0..rate * seconds {
            sleep_until(start + Duration::from_secs(1) * number / rate).await;
            self.say()?;
        }
        let talked = start.elapsed();
        self.wait_for_all().await?;
        Ok(Work {
            talked,
            took: start.elapsed(),
            cpu: self.bridge.cpu_time()? - cpu_before,
            peak_kib: self.bridge.peak_memory_kib()?,
        })
    }

    fn say(&mut self) -> anyhow::Result<()> {
        let number = self.said_at.len();
        self.said_at.push(SystemTime::now());
        self.town.say(source(number), number)
    }

    async fn wait_until_heard(&mut self) -> anyhow::Result<()> {
        let start = Instant::now();
        while !self.town.is_heard() {
            self.check_bridge()?;
            if start.elapsed() > PATIENCE {
                bail!("the bridge does not listen: {}", self.town.rig.log_tail());
            }
            sleep(LOOK_AGAIN).await;
        }
        Ok(())
    }

    /// Until each window showed all, or nothing moves any more.
    async fn wait_for_all(&mut self) -> anyhow::Result<()> {
        let (mut progress, mut since) = (0, Instant::now());
        loop {
            self.look();
            if self.windows.iter().all(|it| it.is_full(self.said_at.len())) {
                return Ok(());
            }
            let all = self.windows.iter().map(|it| it.read).sum();
            if all > progress {
                (progress, since) = (all, Instant::now());
            }
            self.check_bridge()?;
            if since.elapsed() > PATIENCE {
                return Ok(());
            }
            sleep(LOOK_AGAIN).await;
        }
    }

    fn check_bridge(&mut self) -> anyhow::Result<()> {
        if let Some(status) = self.bridge.ended()? {
            let log = self.town.rig.log_tail();
            bail!("the bridge ended by itself ({status}): {log}");
        }
        Ok(())
    }

    fn look(&mut self) {
        for seen in &mut self.windows {
            let fresh = self.town.log_since(seen.window, seen.read);
            seen.read += fresh.len();
            let numbered = |(number, at): (Option<usize>, _)| Some((number?, at));
            seen.arrived.extend(fresh.into_iter().filter_map(numbered));
        }
    }
}

impl Seen {
    fn expected(&self, said: usize) -> impl Iterator<Item = usize> + '_ {
        (0..said).filter(|number| self.window.shows(source(*number)))
    }

    fn is_full(&self, said: usize) -> bool {
        self.arrived.len() >= self.expected(said).count()
    }
}
