//! What a new shape of the tables needs and no SQL can make: hashes, ciphers, what lies in JSON.
//!
//! **Invariant:** done before the step that needs it, in pieces that each end in a commit, so that a kill in its middle costs
//! one piece.

use sqlx::AnyPool;

use crate::{Result, place::Place};

pub(crate) async fn carry(_place: &Place, _pool: &AnyPool) -> Result<()> {
    Ok(())
}
