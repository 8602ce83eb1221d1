//! What is wrong with a configuration: where, why, and what to do about it.

use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The file, or `the environment`.
    pub(crate) place: String,
    /// As in `telegram.token`; empty where the whole file is meant.
    pub(crate) key: String,
    pub(crate) why: String,
    pub(crate) cure: String,
}

/// **Invariant:** holds at least one problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SettingsError(pub(crate) Vec<Problem>);

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
        match self.key.as_str() {
            "" => writeln!(f, "  {}", self.place)?,
            key => writeln!(f, "  {}: {key}", self.place)?,
        }
        writeln!(f, "    why:  {}", self.why)?;
        write!(f, "    cure: {}", self.cure)
    }
}
