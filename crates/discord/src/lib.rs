//! Discord, normalised: REST v10 and the gateway as an `Adapter`.

mod markup;

pub use markup::{markdown, parse};
