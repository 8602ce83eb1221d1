//! Which of what stands in a list, for commands that do something about it.

use clap::Args;

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
    pub(crate) ids: Vec<String>,

    /// Every one
    #[arg(long)]
    pub(crate) all: bool,
}

impl Selection {
    /// An id is matched by how it begins; the empty one matches all.
    pub(crate) fn prefixes(&self) -> Vec<String> {
        match self.all {
            true => vec![String::new()],
            false => {
                let ids = self.ids.iter().filter(|id| !id.is_empty());
                ids.cloned().collect()
            }
        }
    }
}
