//! The catalogues as they are compiled in, each read once.

use std::{collections::HashMap, sync::OnceLock};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use crate::{Language, PARTS, SENTENCES};

pub(crate) struct Catalogue {
    pub(crate) language: &'static str,
    pub(crate) source: &'static str,
    read: OnceLock<Read>,
}

/// English first: what another one lacks is said in it.
pub(crate) static CATALOGUES: [Catalogue; 2] = [
    Catalogue::of("en", include_str!("../en.ftl")),
    Catalogue::of("es", include_str!("../es.ftl")),
];

struct Read {
    bundle: FluentBundle<FluentResource>,
    /// What is said alike each time, by name.
    fixed: HashMap<&'static str, String>,
    /// By the sentence and the attribute's name.
    attributes: HashMap<(&'static str, &'static str), String>,
}

impl Catalogue {
    const fn of(language: &'static str, source: &'static str) -> Catalogue {
        let read = OnceLock::new();
        Catalogue {
            language,
            source,
            read,
        }
    }

    fn read(&self) -> &Read {
        self.read.get_or_init(|| Read::of(self))
    }
}

impl Read {
    fn of(catalogue: &Catalogue) -> Read {
        let source = catalogue.source.to_owned();
        let resource = FluentResource::try_new(source).unwrap_or_else(|(read, _)| read);
        let language = catalogue.language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // What a sentence says of people's words and names is balanced where it is shown.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        let nothing = FluentArgs::new();
        let all = || SENTENCES.iter().chain(PARTS);
        let fixed = all().filter(|it| it.args.is_empty());
        let fixed = fixed.filter_map(|it| Some((it.name, said(&bundle, it.name, None, &nothing)?)));
        let both = all().flat_map(|it| ATTRIBUTES.map(|attribute| (it.name, attribute)));
        let attribute = |(name, attribute)| said(&bundle, name, Some(attribute), &nothing);
        let attributes = both.filter_map(|it| Some((it, attribute(it)?)));
        Read {
            fixed: fixed.collect(),
            attributes: attributes.collect(),
            bundle,
        }
    }
}

/// Of the thread that a sentence begins.
pub(crate) const SUBJECT: &str = "subject";
/// How what a sentence is about is said.
pub(crate) const EXAMPLE: &str = "example";
const ATTRIBUTES: [&str; 2] = [SUBJECT, EXAMPLE];

pub(crate) fn fixed(language: Language, name: &str) -> Option<&'static str> {
    first_of(language, |it| it.fixed.get(name).map(String::as_str))
}

/// They have no arguments.
pub(crate) fn attribute(
    language: Language,
    name: &'static str,
    attribute: &'static str,
) -> Option<&'static str> {
    first_of(language, |it| {
        it.attributes.get(&(name, attribute)).map(String::as_str)
    })
}

pub(crate) fn say(language: Language, name: &str, args: &FluentArgs<'_>) -> Option<String> {
    first_of(language, |it| said(&it.bundle, name, None, args))
}

fn first_of<T>(language: Language, find: impl Fn(&'static Read) -> Option<T>) -> Option<T> {
    let english = &CATALOGUES[Language::ENGLISH.0];
    let catalogue = CATALOGUES.get(language.0).unwrap_or(english);
    find(catalogue.read()).or_else(|| find(english.read()))
}

/// What cannot be filled in stands there as the catalogue has it.
fn said(
    bundle: &FluentBundle<FluentResource>,
    name: &str,
    attribute: Option<&str>,
    args: &FluentArgs<'_>,
) -> Option<String> {
    let message = bundle.get_message(name)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut errors = Vec::new();
    let said = bundle.format_pattern(pattern, Some(args), &mut errors);
    Some(said.into_owned())
}
