//! Files that pass through: on disk under the hash of what they hold, without the place where they were taken.
//!
//! **Invariant:** this crate knows neither SQL nor platforms. What somebody still waits for it asks of whoever knows
//! (`Wants`); where files lie only `folder` knows, so that a bucket may take its place.

mod cache;
mod folder;
mod health;
mod need;
mod position;
pub mod private;

pub use cache::Blobs;
pub use folder::holds_files;
pub use health::Health;
pub use need::{Wanted, Wants};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("a file could not be kept: {0}")]
    Io(#[from] std::io::Error),
    /// Whoever sends it is at fault, not the disk.
    #[error("a file broke off on its way: {0}")]
    BrokenOff(String),
    #[error("a file is larger than the {limit} bytes that are taken in")]
    TooLarge { limit: u64 },
    #[error("it is not known which files somebody waits for: {0}")]
    Unknown(#[source] Box<dyn std::error::Error + Send + Sync>),
}
