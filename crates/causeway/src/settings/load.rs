//! From the three layers to one `Settings`, or to everything that is wrong with them.

use std::collections::HashMap;
use std::path::Path;

use ::config::{Config, ConfigError, Environment, File, FileFormat, Map, Source, Value};

use super::keys::{Key, keys_of};
use super::layer::{Layer, Origin, PREFIX};
use super::problem::{Problem, SettingsError};
use super::shape::Shape;
use super::{DEFAULTS, Settings, check, secrets, visitors};

/// Who reads the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Bridge,
    /// Opens the store and nothing else.
    Visitor,
}

pub(crate) fn load(file: Option<&Path>, reader: Reader) -> anyhow::Result<Settings> {
    let environment = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    Ok(load_layers_for(reader, file, environment)?)
}

/// The defaults with every platform switched on, its secrets made up: for what does not talk to anybody.
pub(crate) fn with_every_platform() -> anyhow::Result<Settings> {
    let environment = [
        ("CAUSEWAY__TELEGRAM__TOKEN", "0:none"),
        ("CAUSEWAY__DISCORD__TOKEN", "none"),
        ("CAUSEWAY__SLACK__BOT_TOKEN", "xoxb-none"),
        ("CAUSEWAY__SLACK__APP_TOKEN", "xapp-none"),
        ("CAUSEWAY__EMAIL__DOMAIN", "causeway.example.org"),
    ];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Ok(load_layers(None, HashMap::from(environment))?)
}

/// As `load`, with the environment as a value.
pub(crate) fn load_layers(
    file: Option<&Path>,
    environment: HashMap<String, String>,
) -> Result<Settings, SettingsError> {
    load_layers_for(Reader::Bridge, file, environment)
}

fn load_layers_for(
    reader: Reader,
    file: Option<&Path>,
    environment: HashMap<String, String>,
) -> Result<Settings, SettingsError> {
    let mut layers = vec![environment_layer(environment)?];
    if let Some(path) = file {
        layers.insert(0, file_layer(path)?);
    }
    let keys = keys_of::<Settings>();
    let defaults = defaults_for(&layers, &keys)
        .map_err(|error| SettingsError(vec![explain(error, &layers)]))?;
    let (mut problems, mut warnings) = (Vec::new(), Vec::new());
    if let Some(path) = file {
        warnings.extend(secrets::warn_of_readers(&layers[0], path));
    }
    if reader == Reader::Visitor {
        visitors::make_up_secrets(&mut layers);
    }
    warnings.extend(secrets::read_files(&mut layers, &mut problems));
    for layer in &layers {
        problems.extend(layer.check(&keys));
        problems.extend(secrets::empty(layer, &defaults));
    }
    refuse_if_any(problems)?;
    let mut settings = merge(defaults, &layers)?;
    settings.warnings = warnings;
    let problems = check::findings(&settings)
        .into_iter()
        .map(|it| placed(&layers, &it.key, it.why, it.cure))
        .collect();
    refuse_if_any(problems)?;
    Ok(settings)
}

fn refuse_if_any(problems: Vec<Problem>) -> Result<(), SettingsError> {
    match problems.is_empty() {
        true => Ok(()),
        false => Err(SettingsError(problems)),
    }
}

/// Blames the layer that has the last word on `key`, or on its section where nobody set it.
fn placed(layers: &[Layer], key: &str, why: String, cure: String) -> Problem {
    let section = key.split(['.', '[']).next().unwrap_or(key);
    let has_last_word = layers.iter().rev().find(|it| it.get(key).is_some());
    let has_section = layers.iter().rev().find(|it| it.has(section));
    let layer = has_last_word.or(has_section).unwrap_or(&layers[0]);
    layer.problem(key, why, cure)
}

fn merge(defaults: Layer, layers: &[Layer]) -> Result<Settings, SettingsError> {
    let mut merged = Config::builder().add_source(defaults);
    for layer in layers {
        merged = merged.add_source(layer.clone());
    }
    merged
        .build()
        .and_then(Config::try_deserialize)
        .map_err(|error| SettingsError(vec![explain(error, layers)]))
}

/// The compiled-in defaults, without the platforms that nobody switched on.
fn defaults_for(layers: &[Layer], keys: &[Key]) -> Result<Layer, ConfigError> {
    let mut defaults = Layer {
        place: "causeway.default.toml".to_owned(),
        table: nested(File::from_str(DEFAULTS, FileFormat::Toml))?,
        origin: Origin::File,
    };
    for section in switched_sections(keys) {
        if !layers.iter().any(|it| it.has(section)) {
            defaults.table.remove(section);
        }
    }
    Ok(defaults)
}

/// The sections that switch something on by being there.
fn switched_sections(keys: &[Key]) -> impl Iterator<Item = &str> {
    keys.iter()
        .filter(|it| it.expected.optional && matches!(it.expected.shape, Shape::Table(_)))
        .map(|it| it.path.as_str())
        .filter(|it| !it.contains('.'))
}

fn file_layer(path: &Path) -> Result<Layer, SettingsError> {
    let place = path.display().to_string();
    let refused = |why: String, cure: &str| {
        SettingsError(vec![Problem {
            place: place.clone(),
            key: String::new(),
            why,
            cure: cure.to_owned(),
        }])
    };
    let text = std::fs::read_to_string(path).map_err(|error| {
        refused(
            format!("it cannot be read: {error}"),
            "correct the name after --config; `causeway config defaults` prints a file to start from",
        )
    })?;
    let table = nested(File::from_str(&text, FileFormat::Toml)).map_err(|error| {
        refused(
            without_excerpt(&error.to_string()),
            "correct the line; the format is TOML (toml.io)",
        )
    })?;
    Ok(Layer {
        place,
        table,
        origin: Origin::File,
    })
}

/// The parser shows the line itself, which may hold a secret.
fn without_excerpt(error: &str) -> String {
    let lines: Vec<&str> = error.lines().filter(|it| !it.contains('|')).collect();
    lines.join(": ")
}

fn environment_layer(environment: HashMap<String, String>) -> Result<Layer, SettingsError> {
    let ours = environment
        .into_iter()
        .filter(|(name, _)| name.starts_with(&format!("{PREFIX}__")))
        .collect();
    let source = Environment::with_prefix(PREFIX)
        .prefix_separator("__")
        .separator("__")
        .source(Some(ours));
    let mut layer = Layer {
        place: "the environment".to_owned(),
        table: Map::new(),
        origin: Origin::Environment,
    };
    layer.table = nested(source)
        .map_err(|error| SettingsError(vec![explain(error, std::slice::from_ref(&layer))]))?;
    Ok(layer)
}

fn nested(source: impl Source + Send + Sync + 'static) -> Result<Map<String, Value>, ConfigError> {
    Config::builder().add_source(source).build()?.collect()
}

/// What the types themselves refuse: a key that is missing, an address that is none.
fn explain(error: ConfigError, layers: &[Layer]) -> Problem {
    let (key, why) = match error {
        ConfigError::NotFound(key) => {
            let key = readable(&key);
            let cure = secrets::how_to_set(&key);
            return placed(layers, &key, "it is missing".to_owned(), cure);
        }
        ConfigError::At { error, key, .. } => (key, error.to_string()),
        ConfigError::Type { expected, key, .. } => (key, format!("{expected} is needed")),
        other => (None, other.to_string()),
    };
    let (why, cure) = in_plain_words(why);
    placed(layers, &readable(&key.unwrap_or_default()), why, cure)
}

/// The libraries speak to programmers.
fn in_plain_words(why: String) -> (String, String) {
    const HOW: &str = "correct the value; `causeway config defaults` shows how each is written";
    let (why, cure) = if why.contains("socket address") {
        let cure = "write it in numbers, as in 127.0.0.1:8480 or [::1]:8480";
        ("it is no address with a port".to_owned(), cure)
    } else if why.contains("unsigned") {
        let why = "it is less than 0, or far too much".to_owned();
        (why, "write a whole number, 0 or more")
    } else {
        (why, HOW)
    };
    (why, cure.to_owned())
}

/// The library writes `rooms[0]name`.
fn readable(key: &str) -> String {
    key.replace(']', "].")
        .replace("].[", "][")
        .replace("]..", "].")
        .trim_end_matches('.')
        .to_owned()
}
