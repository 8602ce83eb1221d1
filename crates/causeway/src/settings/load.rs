//! From the three layers to one `Settings`, or to everything that is wrong with them.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::path::Path;

use serde::Deserialize;

use super::check;
use super::finding::Finding;
use super::keys::{Key, keys_of};
use super::layer::{ENVIRONMENT, Layer, Origin, variable};
use super::places::Places;
use super::problem::{Problem, SettingsError};
use super::sections::{self, SECTIONS};
use super::shape::Shape;
use super::sheet::Sheet;
use super::tree::{At, Kind, Value, pattern};
use super::typed::{Fault, Why};
use super::{DEFAULTS, Settings, environment, file, paths, secrets, toml, visitors, walk};

/// Who reads the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Bridge,
    /// Opens the store and nothing else.
    Visitor,
}

pub(crate) fn load(file: Option<&Path>, reader: Reader) -> anyhow::Result<Settings> {
    Ok(load_layers_for(
        reader,
        file,
        environment::ours(std::env::vars_os()),
    )?)
}

/// The defaults with every platform switched on, its secrets made up: for what does not talk to anybody.
pub(crate) fn with_every_platform() -> anyhow::Result<Settings> {
    let needed = sections::all_secrets().filter(|it| it.is_needed);
    let least = SECTIONS.iter().flat_map(|it| it.least.iter().copied());
    let environment = (needed.map(|it| (it.key, it.made_up)).chain(least))
        .map(|(key, made_up)| (variable(key), made_up.into()))
        .collect();
    Ok(load_layers(None, environment)?)
}

/// As `load`, with the environment as a value.
pub(crate) fn load_layers(
    path: Option<&Path>,
    variables: HashMap<String, OsString>,
) -> Result<Settings, SettingsError> {
    load_layers_for(Reader::Bridge, path, variables)
}

fn load_layers_for(
    reader: Reader,
    path: Option<&Path>,
    variables: HashMap<String, OsString>,
) -> Result<Settings, SettingsError> {
    let (keys, sheet) = (keys_of::<Settings>(), Sheet::of(DEFAULTS));
    let (environment, mut problems) = environment::read(variables, &keys);
    let mut layers = vec![environment];
    let mut warnings = Vec::new();
    if let Some(path) = path {
        let (mut layer, slips) = file::read(path, &keys, &sheet);
        problems.extend(slips);
        problems.extend(paths::settle(&mut layer, path.parent()));
        warnings.extend(secrets::warn_of_readers(&layer, path));
        layers.insert(0, layer);
    }
    if reader == Reader::Visitor {
        visitors::make_up_secrets(&mut layers);
    }
    let mut defaults = defaults_for(&layers, &keys);
    problems.extend(paths::settle(&mut defaults, path.and_then(Path::parent)));
    warnings.extend(secrets::read_files(&mut layers, &mut problems));
    let mut meant = Vec::new();
    for layer in &mut layers {
        problems.extend(walk::check(layer, &keys, &sheet, &mut meant));
        problems.extend(secrets::empty(layer, &defaults, &sheet));
    }
    Merged::of(defaults, layers, sheet, (problems, warnings), meant).settings()
}

/// The compiled-in defaults, without the platforms that nobody switched on.
fn defaults_for(layers: &[Layer], keys: &[Key]) -> Layer {
    let mut defaults = Layer::empty(&layers[0].place, Origin::File);
    defaults.tree = nowhere(toml::read(DEFAULTS).0);
    for section in switched_sections(keys) {
        if !layers.iter().any(|it| it.get(section).is_some()) {
            defaults.take(section);
        }
    }
    defaults
}

/// Nobody who reads a message wrote the defaults.
fn nowhere(value: Value) -> Value {
    let kind = match value.kind {
        Kind::Table(table) => {
            let entries = table
                .into_iter()
                .map(|(name, value)| (name, nowhere(value)));
            Kind::Table(entries.collect())
        }
        other => other,
    };
    Value::new(kind, At::Nowhere)
}

/// The sections that switch something on by being there.
pub(super) fn switched_sections(keys: &[Key]) -> impl Iterator<Item = &str> {
    keys.iter()
        .filter(|it| it.expected.optional && matches!(it.expected.shape, Shape::Table(_)))
        .map(|it| it.path.as_str())
        .filter(|it| !it.contains('.'))
}

/// All three layers as one, and what is wrong with them so far.
struct Merged {
    tree: Value,
    sheet: Sheet,
    places: Places,
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    /// Keys that were reported, as dotted paths.
    told: Vec<String>,
}

impl Merged {
    fn of(
        defaults: Layer,
        layers: Vec<Layer>,
        sheet: Sheet,
        (problems, warnings): (Vec<Problem>, Vec<Problem>),
        meant: Vec<String>,
    ) -> Merged {
        let place = layers
            .first()
            .map_or_else(String::new, |it| it.place.clone());
        let mut tree = defaults.tree;
        layers.into_iter().for_each(|it| tree.overlay(it.tree));
        let keys: Vec<String> = problems.iter().map(|it| dotted(&it.key)).collect();
        // Where the file of a secret is wrong, the secret is not missing.
        let secrets = keys.iter().filter_map(|it| it.strip_suffix("_file"));
        let secrets: Vec<String> = secrets.map(str::to_owned).collect();
        let told = [keys, secrets, meant].concat();
        let places = Places::of(&place, &tree);
        Merged {
            tree,
            sheet,
            places,
            problems,
            warnings,
            told,
        }
    }

    fn settings(mut self) -> Result<Settings, SettingsError> {
        let Some(mut settings) = self.typed() else {
            return Err(SettingsError(self.problems));
        };
        for finding in check::findings(&settings) {
            self.find(finding);
        }
        // As they stand in the file; those of the environment last.
        self.problems
            .sort_by_key(|it| (it.place == ENVIRONMENT, it.line));
        if !self.problems.is_empty() {
            return Err(SettingsError(self.problems));
        }
        settings.warnings = self.warnings;
        settings.places = self.places;
        Ok(settings)
    }

    /// Puts something else into the place of what the types refuse, so that they come to the next. None where nothing
    /// helps, and then there is a problem.
    fn typed(&mut self) -> Option<Settings> {
        // Once each, so that it ends even where an example is none.
        let mut mended = HashSet::new();
        loop {
            let fault = match Settings::deserialize(&self.tree) {
                Ok(settings) => return Some(settings),
                Err(fault) => fault,
            };
            self.tell(&fault);
            let is_new = mended.insert((fault.path.clone(), fault.why == Why::Missing));
            if !is_new || !self.mend(&fault, mended.len()) {
                return None;
            }
        }
    }

    fn tell(&mut self, fault: &Fault) {
        if self.told.contains(&fault.path) {
            return;
        }
        let (why, cure) = match &fault.why {
            Why::Missing => {
                let cure = secrets::how_to_set(&fault.path, &self.sheet);
                ("it is missing".to_owned(), cure)
            }
            Why::Said(why) => self.in_plain_words(&fault.path, why),
        };
        let problem = self.problem(&fault.path, why, cure);
        self.told.push(fault.path.clone());
        self.problems.push(problem);
    }

    /// The libraries speak to programmers; types of ours say the cure behind a colon.
    fn in_plain_words(&self, path: &str, why: &str) -> (String, String) {
        if why.contains("socket address") {
            let as_in = self.sheet.as_in(&pattern(path), Origin::File);
            return (
                "it is no address with a port".to_owned(),
                format!("write both in numbers{as_in}"),
            );
        }
        let how = "correct the value; `causeway config defaults` shows how each is written";
        let (why, cure) = why.split_once(": ").unwrap_or((why, how));
        (why.to_owned(), cure.to_owned())
    }

    /// Each time something that was written is taken out, or something that was missing put in.
    fn mend(&mut self, fault: &Fault, number: usize) -> bool {
        match fault.why {
            Why::Said(_) => self.tree.take(&fault.path).is_some(),
            Why::Missing => match self.sheet.example(&pattern(&fault.path)) {
                Some(example) => {
                    let example = match fault.path.contains('[') {
                        true => one_of_its_kind(example, number),
                        false => example,
                    };
                    let example = Value::new(example, At::Nowhere);
                    self.tree.set(&fault.path, example);
                    self.tree.get(&fault.path).is_some()
                }
                None => false,
            },
        }
    }

    fn find(&mut self, finding: Finding) {
        let beside = finding.beside.as_deref().unwrap_or(&finding.key);
        let is_told = |key: &str| self.told.iter().any(|it| it == key || is_within(key, it));
        // What follows from what was told is no news.
        if is_told(&finding.key) || is_told(beside) {
            return;
        }
        let line = finding
            .beside
            .as_deref()
            .and_then(|it| self.places.at(it).line());
        let why = match line.filter(|it| self.places.at(&finding.key).line() != Some(*it)) {
            Some(line) => format!("{} (see line {line})", finding.why),
            None => finding.why,
        };
        let problem = self.problem(&finding.key, why, finding.cure);
        match finding.is_warning {
            true => self.warnings.push(problem),
            false => self.problems.push(problem),
        }
    }

    fn problem(&self, key: &str, why: String, cure: String) -> Problem {
        self.places.problem(key, why, cure)
    }
}

fn is_within(key: &str, section: &str) -> bool {
    let rest = key.strip_prefix(section);
    !section.is_empty() && rest.is_some_and(|it| it.starts_with(['.', '[']))
}

/// Examples of one key must not clash with each other.
fn one_of_its_kind(example: Kind, number: usize) -> Kind {
    match example {
        Kind::Text(text) => Kind::Text(format!("{text}-{number}")),
        Kind::List(_) => Kind::List(Vec::new()),
        other => other,
    }
}

/// A key as the file writes it, of one as any source does.
fn dotted(key: &str) -> String {
    match key.strip_prefix("CAUSEWAY__") {
        Some(name) => name.to_lowercase().replace("__", "."),
        None => key.to_owned(),
    }
}
