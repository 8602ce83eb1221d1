//! `causeway sandbox --replay`: a recorded chat room goes through the whole bridge over loopback. Its people are
//! split over a Telegram group and a mailing list, and what mentions somebody answers their last words.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sandbox::rig::{self, BridgeProcess, Rig, Tally};
use serde::Serialize;

use crate::output;

mod arrivals;
mod recording;
mod stage;

use arrivals::Arrivals;
use recording::Recording;
use stage::Stage;

/// So many messages may be on their way before the next is said.
const IN_FLIGHT: usize = 512;
/// Without any arrival for so long, what is missing counts as lost.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(1);

#[derive(Debug, Serialize)]
pub(crate) struct Figures {
    pub(crate) messages_in: usize,
    pub(crate) deliveries_out: usize,
    pub(crate) lost: u64,
    pub(crate) duplicated: u64,
    pub(crate) out_of_order: u64,
    pub(crate) messages_per_s: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
}

impl Figures {
    pub(crate) fn is_clean(&self) -> bool {
        self.lost + self.duplicated + self.out_of_order == 0
    }
}

pub(crate) async fn replay(
    file: &Path,
    limit: Option<usize>,
    store_url: Option<String>,
) -> anyhow::Result<Figures> {
    let recording = Recording::read(file, limit.unwrap_or(usize::MAX))?;
    if recording.messages.is_empty() {
        bail!("{} holds no messages", file.display());
    }
    let dir = tempfile::tempdir().context("no temporary folder")?;
    let rig = Rig::open(dir.path()).await?;
    let stage = Stage::set(&rig, &recording)?;
    let mut bridge = rig.start(&std::env::current_exe()?, &stage.plan(store_url))?;
    let mut play = Play {
        arrivals: Arrivals::new(&rig, &stage, &recording),
        bar: progress_bar(recording.messages.len()),
        rig: &rig,
    };
    let start = Instant::now();
    play.perform(&stage, &recording, &mut bridge).await?;
    let time = start.elapsed();
    play.bar.finish_and_clear();
    // A repeat may still be under way: it is looked for once the bridge has ended.
    bridge.terminate()?;
    play.arrivals.look();
    Ok(play.arrivals.figures(time))
}

struct Play<'a> {
    arrivals: Arrivals<'a>,
    bar: ProgressBar,
    rig: &'a Rig,
}

impl Play<'_> {
    async fn perform(
        &mut self,
        stage: &Stage,
        recording: &Recording,
        bridge: &mut BridgeProcess,
    ) -> anyhow::Result<()> {
        for (number, message) in recording.messages.iter().enumerate() {
            self.until(bridge, |arrivals| arrivals.missing() < IN_FLIGHT)
                .await?;
            if let Some(parent) = message.answers {
                // Nobody answers what they have not seen.
                self.until(bridge, |arrivals| {
                    arrivals.place_of(parent, message.side).is_some()
                })
                .await?;
            }
            let parent = message
                .answers
                .and_then(|it| self.arrivals.place_of(it, message.side));
            let place = stage.say(self.rig, number, message, parent)?;
            self.arrivals.said(number, place);
            self.bar.inc(1);
        }
        self.until(bridge, |arrivals| arrivals.missing() == 0).await
    }

    /// Until `holds`, or nothing moves any more.
    async fn until(
        &mut self,
        bridge: &mut BridgeProcess,
        holds: impl Fn(&Arrivals<'_>) -> bool,
    ) -> anyhow::Result<()> {
        let (mut seen, mut since) = (self.arrivals.seen(), Instant::now());
        while !holds(&self.arrivals) {
            self.arrivals.look();
            if self.arrivals.seen() > seen {
                (seen, since) = (self.arrivals.seen(), Instant::now());
            }
            if let Some(status) = bridge.ended()? {
                bail!(
                    "the bridge ended by itself ({status}): {}",
                    self.rig.log_tail()
                );
            }
            if since.elapsed() > PATIENCE {
                return Ok(());
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Ok(())
    }
}

/// Moves for people at a terminal, and says a line now and then to everybody else.
fn progress_bar(messages: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(messages as u64), ProgressDrawTarget::stderr());
    let style =
        ProgressStyle::with_template("{bar:40} {pos}/{len} messages, {per_sec}, {eta} to go");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    if bar.is_hidden() {
        output::say(&format!("Carrying {messages} messages over the bridge …"));
    }
    bar
}

/// The tally of one stream within one channel, added up.
fn add_up(streams: impl Iterator<Item = (Vec<usize>, Vec<usize>)>) -> Tally {
    let mut sum = Tally::default();
    for (expected, seen) in streams {
        sum += rig::tally(&expected, &seen);
    }
    sum
}
