//! What is wrong with a configuration: where, why, and what to do about it.

use std::fmt;

use serde::Serialize;

use super::tree::At;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    /// The file, or `the environment`.
    pub(crate) place: String,
    /// Counted from 1; none where the whole file is meant, or a variable.
    pub(crate) line: Option<usize>,
    pub(crate) column: Option<usize>,
    /// As in `telegram.token`; empty where the whole file is meant.
    pub(crate) key: String,
    pub(crate) why: String,
    pub(crate) cure: String,
}

/// **Invariant:** holds at least one problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SettingsError(pub(crate) Vec<Problem>);

impl Problem {
    pub(crate) fn new(place: &str, at: &At, key: &str, why: String, cure: String) -> Problem {
        let (line, column) = match at {
            At::File { line, column } => (Some(*line), Some(*column)),
            At::Nowhere | At::Environment => (None, None),
        };
        Problem {
            place: place.to_owned(),
            line,
            column,
            key: key.to_owned(),
            why,
            cure,
        }
    }

    /// `causeway.toml:3:1: log.filter`
    fn title(&self) -> String {
        let numbers = [self.line, self.column].into_iter().flatten();
        let place = numbers.fold(self.place.clone(), |place, it| format!("{place}:{it}"));
        match self.key.as_str() {
            "" => place,
            key => format!("{place}: {key}"),
        }
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(f, "the configuration cannot be used")?,
            many => write!(f, "the configuration cannot be used, for {many} reasons")?,
        }
        for problem in &self.0 {
            write!(f, "\n\n{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SettingsError {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {}", self.title())?;
        writeln!(f, "    why:  {}", self.why)?;
        write!(f, "    cure: {}", self.cure)
    }
}
