//! `causeway bench relay`: one Telegram group to N others. The stand-in runs in this process, the bridge in
//! one of its own, and they meet over loopback only.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, bail};
use sandbox::rig::{self, BridgeProcess, Rig, RigPlan, RigRoom, Tally};
use sandbox::telegram::{ChatId, Faults, UserId};
use serde::Serialize;

use super::{number_of, words};
use crate::cli::bench::RelayArgs;
use crate::commands::sandbox::must_be_unused;
use crate::exit::Exit;
use crate::{output, table};

/// So many messages may be on their way before the next is said: enough to saturate, and few enough that
/// the times say how long a message takes and not how long the queue is.
const IN_FLIGHT: usize = 256;
/// Without any progress for so long, the run is over.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(2);
/// What is said one by one, so far apart that each finds the bridge with nothing to do.
const AT_REST: usize = 200;
const APART: Duration = Duration::from_millis(10);

#[derive(Debug, Serialize)]
struct Figures {
    destinations: usize,
    messages: usize,
    messages_per_s: f64,
    deliveries_per_s: f64,
    p50_ms: f64,
    p99_ms: f64,
    cpu_us_per_delivery: f64,
    peak_rss_mib: f64,
    at_rest_p50_ms: f64,
    at_rest_p99_ms: f64,
    at_rest_cpu_us_per_message: f64,
    at_rest_waits_per_message: f64,
    at_rest_kib_written_per_message: f64,
    fdatasync_per_s: f64,
    lost: u64,
    duplicated: u64,
    out_of_order: u64,
}

pub(crate) async fn run(args: RelayArgs) -> anyhow::Result<ExitCode> {
    if let Some(url) = &args.store {
        must_be_unused(url).await?;
    }
    let dir = tempfile::tempdir().context("no temporary folder")?;
    let rig = Rig::open(dir.path()).await?;
    let disk = store_folder(args.store.as_deref(), rig.dir());
    let apart = APART + 2 * Duration::from_millis(args.api_latency_ms);
    let town = Town {
        apart,
        ..Town::found(&rig, args.destinations as usize, disk)?
    };
    rig.telegram.set_faults(
        None,
        Faults {
            latency_ms: args.api_latency_ms,
            ..Faults::default()
        },
    );
    let program = std::env::current_exe()?;
    let mut bridge = rig.start(&program, &town.plan(args.store.clone()))?;
    let figures = town
        .measure(&rig, &mut bridge, args.messages as usize)
        .await?;
    show(&figures, args.json)?;
    let is_clean = figures.lost + figures.duplicated + figures.out_of_order == 0;
    Ok(if is_clean { Exit::Done } else { Exit::Failed }.into())
}

/// Where the store's file lies. A server's disk is not ours to write on: then it is the temporary folder's.
fn store_folder(store: Option<&str>, temporary: &Path) -> PathBuf {
    let file = store.and_then(|url| url.strip_prefix("sqlite:"));
    match file.map(|it| Path::new(it.strip_prefix("//").unwrap_or(it)).parent()) {
        None => temporary.to_owned(),
        Some(Some(folder)) if folder != Path::new("") => folder.to_owned(),
        Some(_) => PathBuf::from("."),
    }
}

struct Town {
    /// Whose syncs are probed.
    disk: PathBuf,
    source: ChatId,
    destinations: Vec<ChatId>,
    speaker: UserId,
    /// Between two messages at rest.
    apart: Duration,
}

impl Town {
    fn found(rig: &Rig, destinations: usize, disk: PathBuf) -> anyhow::Result<Town> {
        rig.telegram.keep_log();
        rig.telegram.keep_last(100);
        let speaker = rig.telegram.add_person("Ana");
        let source = rig.telegram.add_supergroup("Source");
        rig.telegram.join(source, speaker)?;
        let destinations = (1..=destinations)
            .map(|n| rig.telegram.add_supergroup(&format!("Destination {n}")))
            .collect();
        Ok(Town {
            disk,
            source,
            destinations,
            speaker,
            apart: APART,
        })
    }

    fn plan(&self, store_url: Option<String>) -> RigPlan {
        let mut groups = vec![self.source];
        groups.extend(&self.destinations);
        RigPlan {
            store_url,
            rooms: vec![RigRoom {
                name: "bench".to_owned(),
                groups,
                lists: Vec::new(),
                ..RigRoom::default()
            }],
            ..RigPlan::default()
        }
    }

    async fn measure(
        &self,
        rig: &Rig,
        bridge: &mut BridgeProcess,
        messages: usize,
    ) -> anyhow::Result<Figures> {
        // The first message finds connections closed and pages cold; it is not counted.
        self.say(rig, 0)?;
        self.wait_for(rig, bridge, 1).await?;
        let (start, cpu_before) = (Instant::now(), bridge.cpu_time()?);
        let mut said_at = vec![SystemTime::now()];
        for number in 1..=messages {
            self.wait_for(rig, bridge, (number + 1).saturating_sub(IN_FLIGHT))
                .await?;
            said_at.push(SystemTime::now());
            self.say(rig, number)?;
        }
        self.wait_for(rig, bridge, messages + 1).await?;
        let (time, cpu) = (start.elapsed(), bridge.cpu_time()? - cpu_before);
        let peak_kib = bridge.peak_memory_kib()?;
        let before = Cost::of(bridge)?;
        for number in messages + 1..=messages + AT_REST {
            said_at.push(SystemTime::now());
            self.say(rig, number)?;
            tokio::time::sleep(self.apart).await;
        }
        self.wait_for(rig, bridge, messages + AT_REST + 1).await?;
        let at_rest = Cost::of(bridge)?.since(&before);
        // A repeat of the last message may still be under way: all is looked at once the bridge has ended.
        bridge.terminate()?;
        let (tally, mut times, mut times_at_rest) = self.look(rig, messages, &said_at);
        times.sort_unstable();
        times_at_rest.sort_unstable();
        let deliveries = messages * self.destinations.len();
        Ok(Figures {
            destinations: self.destinations.len(),
            messages,
            messages_per_s: rig::per_second(messages, time),
            deliveries_per_s: rig::per_second(deliveries, time),
            p50_ms: rig::percentile_ms(&times, 50),
            p99_ms: rig::percentile_ms(&times, 99),
            cpu_us_per_delivery: rig::rounded(cpu.as_secs_f64() * 1e6 / deliveries as f64),
            peak_rss_mib: rig::rounded(peak_kib as f64 / 1024.0),
            at_rest_p50_ms: rig::percentile_ms(&times_at_rest, 50),
            at_rest_p99_ms: rig::percentile_ms(&times_at_rest, 99),
            at_rest_cpu_us_per_message: each(at_rest.cpu.as_secs_f64() * 1e6),
            at_rest_waits_per_message: each(at_rest.waits as f64),
            at_rest_kib_written_per_message: each(at_rest.written as f64 / 1024.0),
            fdatasync_per_s: rig::fdatasync_per_s(&self.disk)?,
            lost: tally.lost,
            duplicated: tally.duplicated,
            out_of_order: tally.out_of_order,
        })
    }

    fn say(&self, rig: &Rig, number: usize) -> anyhow::Result<()> {
        let words = words(number);
        rig.telegram
            .say(self.source, None, self.speaker, words.as_str())?;
        Ok(())
    }

    /// Until every destination holds so many messages, or nothing moves any more.
    async fn wait_for(
        &self,
        rig: &Rig,
        bridge: &mut BridgeProcess,
        messages: usize,
    ) -> anyhow::Result<()> {
        let (mut progress, mut since) = (0, Instant::now());
        loop {
            let lengths = self
                .destinations
                .iter()
                .map(|chat| rig.telegram.log_len(*chat));
            let (least, all) = lengths.fold((usize::MAX, 0), |(least, all), it| {
                (least.min(it), all + it)
            });
            if least >= messages {
                return Ok(());
            }
            if all > progress {
                (progress, since) = (all, Instant::now());
            }
            if let Some(status) = bridge.ended()? {
                bail!("the bridge ended by itself ({status}): {}", rig.log_tail());
            }
            if since.elapsed() > PATIENCE {
                // What is missing is counted as lost.
                return Ok(());
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// With how long each message took: those under load, and those at rest.
    fn look(
        &self,
        rig: &Rig,
        messages: usize,
        said_at: &[SystemTime],
    ) -> (Tally, Vec<Duration>, Vec<Duration>) {
        let expected: Vec<usize> = (0..said_at.len()).collect();
        let (mut tally, mut times, mut at_rest) = (Tally::default(), Vec::new(), Vec::new());
        for chat in &self.destinations {
            let log = rig.telegram.log_of(*chat);
            let seen: Vec<usize> = log.iter().filter_map(|it| number_of(&it.text)).collect();
            tally += rig::tally(&expected, &seen);
            for (&number, logged) in seen.iter().zip(&log).filter(|(number, _)| **number > 0) {
                let took = logged.received_at.duration_since(said_at[number]);
                let times = if number > messages {
                    &mut at_rest
                } else {
                    &mut times
                };
                times.push(took.unwrap_or_default());
            }
        }
        (tally, times, at_rest)
    }
}

/// What the bridge's process has used.
struct Cost {
    cpu: Duration,
    /// How often one of its threads had to wait.
    waits: u64,
    /// In bytes, to the disk.
    written: u64,
}

impl Cost {
    fn of(bridge: &BridgeProcess) -> anyhow::Result<Cost> {
        Ok(Cost {
            cpu: bridge.cpu_time()?,
            waits: bridge.voluntary_switches()?,
            written: bridge.written_bytes()?,
        })
    }

    fn since(&self, before: &Cost) -> Cost {
        Cost {
            cpu: self.cpu.saturating_sub(before.cpu),
            waits: self.waits.saturating_sub(before.waits),
            written: self.written.saturating_sub(before.written),
        }
    }
}

/// Of all that are said at rest.
fn each(all: f64) -> f64 {
    rig::rounded(all / AT_REST as f64)
}

fn show(figures: &Figures, json: bool) -> anyhow::Result<()> {
    if json {
        return output::print(&serde_json::to_string(figures)?);
    }
    let value = serde_json::to_value(figures)?;
    let rows = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| vec![name.clone(), value.to_string()])
        .collect();
    output::print(&table::plain(&["figure", "value"], rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_probed_disk_is_the_stores_own_where_that_is_a_file() {
        let folder = |url| store_folder(url, Path::new("/tmp/rig"));
        assert_eq!(folder(None), Path::new("/tmp/rig"));
        assert_eq!(folder(Some("sqlite:play.db")), Path::new("."));
        assert_eq!(folder(Some("sqlite:data/play.db")), Path::new("data"));
        assert_eq!(folder(Some("postgres://host/db")), Path::new("/tmp/rig"));
    }
}
