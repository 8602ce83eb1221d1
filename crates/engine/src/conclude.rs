//! From what an attempt came to, to what the outbox says next. Pure.

use std::time::Duration;

use conversation::{
    Attempt, ChannelRef, NextStep, OperationKind, RetryPolicy, SendError, Timestamp, WaitsFor,
    after_failure,
};
use store::{Count, Finish, Progress, Work};

use crate::perform::{Outcome, Says};

/// What follows from an attempt, beside the delivery's own row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Aftermath {
    Nothing,
    /// An edit is done: its post stands in this revision now.
    Edited {
        revision: u32,
    },
    /// What an edit changes was said: what stands there says this revision now.
    Corrected {
        revision: u32,
    },
    Dead,
    SuspendLink {
        why: String,
    },
    MoveChannel(ChannelRef),
    RefuseAccount {
        why: String,
    },
}

#[derive(Debug, Clone)]
pub(crate) struct Conclusion {
    pub(crate) finish: Finish,
    pub(crate) aftermath: Aftermath,
}

/// A message at which an adapter panicked so often is poison.
const MOST_PANICS: u32 = 3;
/// Before a message at which an adapter panicked is tried again.
const DOUBT_WAIT: Duration = Duration::from_secs(1);
/// Before it is looked again for what an attempt found to be waited for still.
const MOMENT: Duration = Duration::from_secs(5);
/// Whoever was heard since then can be spoken to wherever there is a window.
const SHORTEST_WINDOW: Duration = Duration::from_secs(3600);
/// Why a message is given up for which its channel was not open in time.
const CLOSED: &str = "the channel stayed closed to us for as long as a message is tried";
/// Why a sentence of ours is given up, which staff may let go once more by the version that has it.
pub(crate) const NEWER: &str =
    "a newer version of Causeway wanted to say it, and this one does not know the words";

/// When an attempt was made, and after how long.
pub(crate) struct Attempted {
    /// Of the message, as its life counts.
    pub(crate) age: Duration,
    pub(crate) now: Timestamp,
    /// From -1 to 1.
    pub(crate) jitter: f64,
}

pub(crate) fn conclude(
    work: &Work,
    outcome: &Outcome,
    policy: &RetryPolicy,
    attempted: &Attempted,
) -> Conclusion {
    let now = attempted.now;
    let mut finish = Finish {
        community: work.community.clone(),
        delivery: work.delivery.clone(),
        message: work.message.clone(),
        channel: work.to.id.clone(),
        remote_ids: work.sent.parts.clone(),
        part_files: work.sent.files.clone(),
        known_parts: work.sent.parts.len(),
        is_correction: work.is_correction_begun(),
        left_out: Vec::new(),
        thread: None,
        progress: Progress::Suppressed { rule: "" },
    };
    let mut aftermath = Aftermath::Nothing;
    finish.progress = match outcome {
        Outcome::Needless(rule) => match WaitsFor::by_rule(rule) {
            Some(what) => Progress::Waits {
                what,
                at: match what {
                    WaitsFor::Window => now.minus(SHORTEST_WINDOW),
                    _ => now.plus(MOMENT),
                },
            },
            None => Progress::Suppressed { rule },
        },
        Outcome::Arrived {
            receipt,
            files,
            of,
            revision,
            is_correction,
        } => {
            finish.is_correction = *is_correction;
            finish.thread = receipt.thread.clone().map(|it| (it, work.root.clone()));
            finish.remote_ids.push(receipt.remote_ids.clone());
            if let Some(known) = &mut finish.part_files {
                known.push(files.clone());
            }
            // The whole stands in the oldest revision of its parts: a newer edit has all of them to change.
            let revision = work.sent.revision.unwrap_or(*revision).min(*revision);
            if finish.remote_ids.len() < *of {
                Progress::PartSent { revision, at: now }
            } else {
                sent(work, *is_correction, revision, now, &mut aftermath)
            }
        }
        Outcome::Complete => {
            let revision = work.sent.revision.unwrap_or(0);
            sent(work, finish.is_correction, revision, now, &mut aftermath)
        }
        Outcome::Paused => again(
            work,
            now,
            Count::Uncounted,
            ("it is on its way to its readers".to_owned(), None),
        ),
        Outcome::GoesWithout(files) => {
            finish.left_out.clone_from(files);
            // Nothing was tried yet.
            again(
                work,
                now,
                Count::Uncounted,
                ("its file follows".to_owned(), None),
            )
        }
        Outcome::Panicked if doubts(work) >= MOST_PANICS => {
            aftermath = Aftermath::Dead;
            Progress::Dead {
                reason: "sending it fails in the same unexpected way each time".into(),
            }
        }
        Outcome::Panicked => Progress::InDoubt {
            at: now.plus(DOUBT_WAIT),
            reason: "sending it failed in an unexpected way".into(),
            done: None,
            count: match work.attempt.in_doubt {
                true => Count::Counted,
                false => Count::First,
            },
        },
        Outcome::Deadly => dead(
            "the bridge itself stopped each time that it was sent".into(),
            &mut aftermath,
        ),
        Outcome::Faulty { error, .. } => dead(error.to_string(), &mut aftermath),
        Outcome::Closed => dead(CLOSED.into(), &mut aftermath),
        Outcome::Wordless => dead(NEWER.into(), &mut aftermath),
        Outcome::Failed(error) => {
            let attempt = Attempt {
                number: match error.is_doubt() {
                    true => doubts(work),
                    false => work.attempt.number,
                },
                age: attempted.age,
                now,
                jitter: attempted.jitter,
            };
            let next = match after_failure(error, &attempt, policy) {
                NextStep::RetryAt(_) if is_blameless(work, error) => NextStep::RetryAt(now),
                NextStep::ReconcileAt(_) if is_blameless(work, error) => NextStep::ReconcileAt(now),
                next => next,
            };
            failed(work, error, next, now, &mut aftermath)
        }
    };
    Conclusion { finish, aftermath }
}

/// A doubt from before stays until the platform was asked.
fn again(
    work: &Work,
    at: Timestamp,
    count: Count,
    (reason, done): (String, Option<String>),
) -> Progress {
    match work.attempt.in_doubt {
        true => Progress::InDoubt {
            at,
            reason,
            done,
            count,
        },
        false => Progress::Again {
            at,
            reason,
            done,
            count,
        },
    }
}

fn sent(
    work: &Work,
    is_correction: bool,
    revision: u32,
    at: Timestamp,
    aftermath: &mut Aftermath,
) -> Progress {
    // A file that follows changes nothing of what stands.
    if !work.brings.is_empty() {
        return Progress::Sent { revision, at };
    }
    if is_correction {
        *aftermath = Aftermath::Corrected { revision };
        return Progress::Corrected { revision, at };
    }
    if work.operation == OperationKind::Edit {
        *aftermath = Aftermath::Edited { revision };
    }
    Progress::Sent { revision, at }
}

/// How many attempts in a row left it open whether the message arrived, this one included.
fn doubts(work: &Work) -> u32 {
    if work.attempt.in_doubt {
        work.attempt.number
    } else {
        1
    }
}

fn count(work: &Work, error: &SendError) -> Count {
    match work.attempt.in_doubt {
        true if is_blameless(work, error) => Count::Uncounted,
        true => Count::Counted,
        false => Count::First,
    }
}

/// It was tried to find out whether its channel fails for all, and that it does: its turn comes when the channel's does.
fn is_blameless(work: &Work, error: &SendError) -> bool {
    work.attempt.passes_by.is_some() && Says::of(error) == Says::ChannelFails
}

fn failed(
    work: &Work,
    error: &SendError,
    next: NextStep,
    now: Timestamp,
    aftermath: &mut Aftermath,
) -> Progress {
    let reason = error.to_string();
    let again = |at| {
        let count = match error {
            SendError::RateLimited { .. } => Count::Uncounted,
            _ if is_blameless(work, error) => Count::Uncounted,
            _ => Count::Counted,
        };
        again(work, at, count, (reason.clone(), progress_of(error)))
    };
    match next {
        NextStep::RetryAt(at) => again(at),
        NextStep::ReconcileAt(at) => Progress::InDoubt {
            at,
            done: progress_of(error),
            reason,
            count: count(work, error),
        },
        NextStep::Dead => dead(reason, aftermath),
        NextStep::SuspendLink => {
            *aftermath = Aftermath::SuspendLink {
                // Which holds the cure.
                why: error.words(),
            };
            again(now)
        }
        NextStep::MoveTo(to) => {
            *aftermath = Aftermath::MoveChannel(to);
            again(now)
        }
        NextStep::SuspendAccount => {
            *aftermath = Aftermath::RefuseAccount {
                why: reason.clone(),
            };
            again(now)
        }
    }
}

fn dead(reason: String, aftermath: &mut Aftermath) -> Progress {
    *aftermath = Aftermath::Dead;
    Progress::Dead { reason }
}

fn progress_of(error: &SendError) -> Option<String> {
    match error {
        SendError::Interrupted { progress, .. } => Some(progress.clone()),
        _ => None,
    }
}
