//! What the exit code says: whether it went well and, where it did not, what helps.

use std::io;
use std::process::ExitCode;

use crate::settings::SettingsError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    /// It began to work and failed.
    Failed = 1,
    /// The command line or the configuration is wrong: the same call fails again.
    Usage = 2,
    /// The store is damaged, incomplete, not ours, newer than this program, or held by another process.
    StoreRefused = 3,
    /// The surroundings are at fault (BSD's EX_TEMPFAIL): the same call may succeed later.
    Temporary = 75,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// An error that already knows its exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// For people: what, why and what to do.
    pub(crate) message: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

pub(crate) fn failure(exit: Exit, message: impl Into<String>) -> anyhow::Error {
    anyhow::Error::new(Failure {
        exit,
        message: message.into(),
    })
}

/// What went wrong, for people, and the code. Nothing where a reader went away, as in `causeway … | head`: it has what it wanted.
pub(crate) fn report(error: &anyhow::Error) -> Option<(String, ExitCode)> {
    if reader_has_gone(error) {
        return None;
    }
    let mut text = format!("error: {error}\n");
    for cause in error.chain().skip(1) {
        text.push_str(&format!("  because: {cause}\n"));
    }
    if let Some(cure) = error.chain().find_map(cure) {
        text.push_str(&format!("  cure: {cure}\n"));
    }
    Some((text, of(error).into()))
}

fn cure(cause: &(dyn std::error::Error + 'static)) -> Option<&'static str> {
    use store::Thing;
    if let Some(store::Error::Unknown { what, .. }) = cause.downcast_ref() {
        return match *what {
            Thing::Room | Thing::LinkedChannel => {
                Some("`causeway room list` shows those that there are")
            }
            Thing::Community | Thing::Account => None,
        };
    }
    // What the system says in its own words, of listeners alone.
    match cause.downcast_ref::<io::Error>()?.kind() {
        io::ErrorKind::AddrInUse => {
            Some("another program listens there: stop it, or write another port")
        }
        io::ErrorKind::AddrNotAvailable => {
            Some("this machine has no such address: write one of its own, as 127.0.0.1")
        }
        _ => None,
    }
}

fn of(error: &anyhow::Error) -> Exit {
    for cause in error.chain() {
        if let Some(failure) = cause.downcast_ref::<Failure>() {
            return failure.exit;
        }
        if cause.is::<SettingsError>() {
            return Exit::Usage;
        }
        if let Some(refused) = cause.downcast_ref::<store::Error>().and_then(of_store) {
            return refused;
        }
    }
    Exit::Failed
}

fn of_store(error: &store::Error) -> Option<Exit> {
    use store::Error;
    match error {
        Error::Damaged { .. }
        | Error::Newer { .. }
        | Error::Older { .. }
        | Error::Foreign { .. }
        | Error::Locked { .. }
        | Error::Incomplete { .. }
        | Error::Gone { .. }
        | Error::Emptied { .. }
        | Error::Missing { .. }
        | Error::NotOurs { .. }
        | Error::KeyRefused { .. }
        | Error::Beside { .. }
        | Error::TakenOver => Some(Exit::StoreRefused),
        Error::KeyNotNamed { .. } => Some(Exit::Usage),
        Error::CannotOpen { .. }
        | Error::ReadOnly { .. }
        | Error::Full { .. }
        | Error::KeyNotMade { .. } => Some(Exit::Temporary),
        other if other.passes() => Some(Exit::Temporary),
        _ => None,
    }
}

fn reader_has_gone(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use anyhow::Context;

    use super::*;

    #[test]
    fn the_code_is_found_below_the_context() {
        let error = Err::<(), _>(failure(Exit::StoreRefused, "the store is damaged"))
            .context("could not start")
            .unwrap_err();
        assert_eq!(of(&error), Exit::StoreRefused);
    }

    #[test]
    fn a_store_that_another_process_holds_is_refused() {
        let url = "sqlite:causeway.db".to_owned();
        let error = anyhow::Error::from(store::Error::Locked { url });
        assert_eq!(of(&error), Exit::StoreRefused);
    }

    #[test]
    fn an_error_without_a_code_is_a_failure_at_work() {
        assert_eq!(of(&anyhow::anyhow!("the disk is full")), Exit::Failed);
    }
}
