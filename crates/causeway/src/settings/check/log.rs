//! A log's filter: what it lets through without anybody's having wanted it, and what it silences.

use tracing_subscriber::EnvFilter;

use crate::settings::finding::{Finding, finding, warning};
use crate::settings::{keys::nearest, sections};

const KEY: &str = "log.filter";
const LEVELS: [&str; 6] = ["error", "warn", "info", "debug", "trace", "off"];
const HOW: &str = "write a level (error, warn, info, debug, trace), or some by module, as in \"info,engine=debug\"";

/// Modules of ours that log, beside those of the platforms.
const OURS: [&str; 7] = [
    "causeway",
    "blobs",
    "calls",
    "conversation",
    "engine",
    "sandbox",
    "store",
];
/// And of what we stand on.
const OTHERS: [&str; 14] = [
    "axum",
    "h2",
    "hyper",
    "hyper_util",
    "lettre",
    "reqwest",
    "rustls",
    "serenity",
    "slack_morphism",
    "sqlx",
    "teloxide_core",
    "tokio",
    "tower",
    "tungstenite",
];

pub(super) fn findings(filter: &str) -> Vec<Finding> {
    if let Err(error) = EnvFilter::try_new(filter) {
        let odd = filter.split(',').find_map(odd_part);
        return vec![odd.unwrap_or_else(|| finding(KEY, &error.to_string(), HOW))];
    }
    // Spans have a language of their own.
    if filter.contains('[') {
        return Vec::new();
    }
    let mut findings: Vec<Finding> = filter.split(',').filter_map(odd_part).collect();
    if !filter.split(',').any(is_level) && findings.is_empty() {
        let why = "it names modules alone, so nothing else is logged, not even an error";
        findings.push(warning(
            KEY,
            why,
            &format!("write a level before them, as in \"info,{filter}\""),
        ));
    } else if filter.split(',').any(|it| it == "off") {
        findings.push(warning(
            KEY,
            "\"off\" silences errors too",
            "write \"error\"",
        ));
    }
    findings
}

fn is_level(word: &str) -> bool {
    LEVELS.contains(&word.to_lowercase().as_str())
        || matches!(word, "0" | "1" | "2" | "3" | "4" | "5")
}

fn odd_part(part: &str) -> Option<Finding> {
    if part.contains(char::is_whitespace) {
        return Some(finding(
            KEY,
            "there is a blank in it",
            "take it out: commas alone stand between the parts",
        ));
    }
    let Some((module, level)) = part.split_once('=') else {
        return match is_level(part) || is_known(part) {
            true => None,
            false => Some(unknown(
                part,
                &[&LEVELS[..], &OURS[..]].concat(),
                "no level and no module",
            )),
        };
    };
    if !is_level(level) {
        return Some(unknown(level, &LEVELS, "no level"));
    }
    if is_known(module) {
        return None;
    }
    let why = format!("no module is known as {module:?}");
    let base = module.split("::").next().unwrap_or(module);
    if module.is_empty() {
        return Some(finding(KEY, &why, HOW));
    }
    Some(match nearest(base, &ours()) {
        Some(near) => finding(KEY, &why, &format!("did you mean \"{near}={level}\"?")),
        None => warning(KEY, &why, &format!("ours are: {}", ours().join(", "))),
    })
}

fn ours() -> Vec<&'static str> {
    OURS.into_iter().chain(sections::names()).collect()
}

fn is_known(module: &str) -> bool {
    let base = module.split("::").next().unwrap_or(module);
    ours().contains(&base) || OTHERS.contains(&base)
}

fn unknown(word: &str, known: &[&str], what: &str) -> Finding {
    let cure = match nearest(word, known) {
        Some(near) => format!("did you mean {near:?}?"),
        None => HOW.to_owned(),
    };
    finding(KEY, &format!("{word:?} is {what}"), &cure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(filter: &str) -> Vec<(bool, String)> {
        let told = |it: Finding| (it.is_warning, format!("{}: {}", it.why, it.cure));
        findings(filter).into_iter().map(told).collect()
    }

    #[test]
    fn what_people_write_is_fine() {
        for filter in [
            "info",
            "INFO",
            "info,sqlx=warn",
            "warn,engine::lane=trace",
            "debug,hyper=off",
            "engine[send]=trace",
        ] {
            assert_eq!(said(filter), [], "{filter}");
        }
    }

    #[test]
    fn what_nobody_means_is_refused_with_what_was_meant() {
        for (filter, cure) in [
            ("inof", "did you mean \"info\"?"),
            ("info,engine=debgu", "did you mean \"debug\"?"),
            ("info,causway=debug", "did you mean \"causeway=debug\"?"),
            ("info, engine=debug", "between the parts"),
            ("verbose", HOW),
            ("", HOW),
            ("info,=debug", HOW),
        ] {
            let said = said(filter);
            assert!(
                said.iter()
                    .any(|(warned, it)| !warned && it.ends_with(cure)),
                "{filter}: {said:?}"
            );
        }
    }

    #[test]
    fn what_silences_more_than_it_says_is_worth_a_warning() {
        for filter in ["engine=debug", "off", "info,weather=debug"] {
            let said = said(filter);
            assert!(matches!(&said[..], [(true, _)]), "{filter}: {said:?}");
        }
    }
}
