//! The configuration for commands beside a bridge, which talk to no platform.
//!
//! **Invariant:** no platform's secret is read for them, so whoever may open the store needs no token.

use super::layer::Layer;
use super::secrets::SUFFIX;
use super::tree::{At, Kind, Value};

/// What stands in place of each, and whether the platform cannot be without it.
const MADE_UP: &[(&str, &str, bool)] = &[
    ("telegram.token", "0:none", true),
    ("telegram.webhook.secret", "none", false),
    ("discord.token", "none", true),
    ("slack.bot_token", "xoxb-none", true),
    ("slack.app_token", "xapp-none", true),
    ("slack.signing_secret", "none", true),
    ("email.smtp.password", "none", false),
];

/// Takes the secrets out, and the names of their files.
pub(crate) fn make_up_secrets(layers: &mut [Layer]) {
    for (secret, value, is_needed) in MADE_UP {
        let section = secret.split('.').next().unwrap_or_default();
        let mut was_set = false;
        for layer in layers.iter_mut() {
            was_set |= layer.take(&format!("{secret}{SUFFIX}")).is_some();
            was_set |= layer.get(secret).is_some();
        }
        let mut last = layers.iter_mut().rev();
        if (was_set || *is_needed)
            && let Some(layer) = last.find(|it| it.get(section).is_some())
        {
            layer.set(
                secret,
                Value::new(Kind::Text((*value).to_owned()), At::Nowhere),
            );
        }
    }
}
