//! The configuration for commands beside a bridge, which talk to no platform.
//!
//! **Invariant:** no platform's secret is read for them, so whoever may open the store needs no token.

use super::layer::Layer;
use super::secrets::SUFFIX;
use super::sections::all_secrets;
use super::tree::{At, Kind, Value};

/// Takes the secrets out, and the names of their files.
pub(crate) fn make_up_secrets(layers: &mut [Layer]) {
    for secret in all_secrets() {
        let section = secret.key.split('.').next().unwrap_or_default();
        let mut was_set = false;
        for layer in layers.iter_mut() {
            was_set |= layer.take(&format!("{}{SUFFIX}", secret.key)).is_some();
            was_set |= layer.get(secret.key).is_some();
        }
        let mut last = layers.iter_mut().rev();
        if (was_set || secret.is_needed)
            && let Some(layer) = last.find(|it| it.get(section).is_some())
        {
            let made_up = Kind::Text(secret.made_up.to_owned());
            layer.set(secret.key, Value::new(made_up, At::Nowhere));
        }
    }
}
