//! Which of what stands in a list, for commands that do something about it.

use clap::Args;
use conversation::command::{Id, Which};

use super::sources::StoreArgs;

#[derive(Debug, Args)]
pub(crate) struct SelectArgs {
    #[command(flatten)]
    pub(crate) selection: Selection,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// By id, or all of them.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Selection {
    /// Ids, as the list prints them, or how they begin
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<Id>,

    /// Every one
    #[arg(long)]
    pub(crate) all: bool,
}

impl Selection {
    pub(crate) fn which(self) -> Which {
        match self.all {
            true => Which::All,
            false => Which::These(self.ids),
        }
    }
}
