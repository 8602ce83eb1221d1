//! The one task that waits for what falls due.

use std::{collections::HashSet, sync::Arc, time::Duration};

use conversation::CommunityId;
use store::{DueKind, Result};
use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use super::{failed, system_now, way::STORE_RETRY};
use crate::schedule::Scheduler;

/// So that a clock that jumps is seen, and what another process set.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// Rows at a time, of files and of all else: a platform that hangs keeps back nothing but files.
const MOST: usize = 8;

type Row = (CommunityId, DueKind, String);

/// The rows that are worked at.
#[derive(Default)]
struct InHand {
    rows: HashSet<Row>,
    works: JoinSet<(Row, Result<()>)>,
}

/// Sleeps until the earliest falls due.
pub(super) async fn keep_the_clock(scheduler: Arc<Scheduler>, stop: CancellationToken) {
    let mut in_hand = InHand::default();
    while !stop.is_cancelled() {
        let looked = match in_hand.begin(&scheduler).await {
            Ok(until) => tokio::select! {
                () = sleep(until) => Ok(()),
                () = scheduler.store.clock_is_set() => Ok(()),
                Some(Ok((row, done))) = in_hand.works.join_next() => {
                    in_hand.rows.remove(&row);
                    done
                }
                () = stop.cancelled() => Ok(()),
            },
            Err(error) => Err(error),
        };
        match looked {
            Ok(()) => {}
            Err(error) if scheduler.store.is_lost_by(&error) => break,
            Err(error) => {
                failed(&error, "what is due could not be looked for");
                sleep(STORE_RETRY).await;
            }
        }
    }
    while in_hand.works.join_next().await.is_some() {}
}

impl InHand {
    /// Begins what is due. Says how long it is until anything else is.
    async fn begin(&mut self, scheduler: &Arc<Scheduler>) -> Result<Duration> {
        let (files, others): (Vec<_>, Vec<_>) = DueKind::ALL
            .into_iter()
            .partition(|it| *it == DueKind::File);
        let until = self.begin_of(&files, scheduler).await?;
        Ok(until.min(self.begin_of(&others, scheduler).await?))
    }

    async fn begin_of(
        &mut self,
        kinds: &[DueKind],
        scheduler: &Arc<Scheduler>,
    ) -> Result<Duration> {
        let now = system_now();
        let mut in_hand = self.rows.iter().filter(|it| kinds.contains(&it.1)).count();
        let limit = MOST + 1 + in_hand;
        for due in scheduler.earliest_due(kinds, limit, now).await? {
            let row = (due.community.clone(), due.kind, due.about.clone());
            if self.rows.contains(&row) {
                continue;
            }
            if in_hand >= MOST {
                break;
            }
            if due.at > now {
                return Ok(due.at.since(now).min(LONGEST_SLEEP));
            }
            let scheduler = scheduler.clone();
            self.rows.insert(row.clone());
            in_hand += 1;
            self.works
                .spawn(async move { (row, scheduler.do_due(&due, now).await) });
        }
        Ok(LONGEST_SLEEP)
    }
}
