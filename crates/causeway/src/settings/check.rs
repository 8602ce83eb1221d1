//! Values that are well written and make no sense, or make one that few would want, each with its key, the reason and
//! the cure.

use super::finding::{Finding, finding, warning};
use super::{Settings, sections};

mod http;
mod log;
mod rooms;

pub(crate) use rooms::channel_that_cannot_be;

pub(crate) fn findings(settings: &Settings) -> Vec<Finding> {
    [
        community(settings),
        store(&settings.store),
        log::findings(&settings.log.filter),
        http::findings(settings),
        sections::findings(settings),
        rooms::findings(settings),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn is_one_line(name: &str) -> bool {
    !name.trim().is_empty() && name.trim() == name && !name.chars().any(char::is_control)
}

fn community(settings: &Settings) -> Vec<Finding> {
    let why = "it is empty, begins or ends with a blank, or has several lines";
    let cure = "write the name that your people use for themselves, on one line";
    let is_good = is_one_line(&settings.community.name);
    let name = (!is_good).then(|| finding("community.name", why, cure));
    name.into_iter().chain(rooms::staff(settings)).collect()
}

pub(crate) const HOW_TO_WRITE_A_STORE: &str =
    "write sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE";

pub(crate) fn is_store(url: &str) -> bool {
    let is_server = |begin: &&str| url.strip_prefix(begin).is_some_and(|it| !it.is_empty());
    match url.strip_prefix("sqlite:") {
        Some(file) => !file.trim_start_matches('/').is_empty() && file != ":memory:",
        None => ["postgres://", "postgresql://"].iter().any(is_server),
    }
}

fn store(store: &super::Store) -> Vec<Finding> {
    use std::path::Path;
    let url = store.url.as_str();
    if !is_store(url) {
        let why = "it names no store that is known";
        return vec![finding("store.url", why, HOW_TO_WRITE_A_STORE)];
    }
    let Some(file) = url.strip_prefix("sqlite:") else {
        let why = "a store on a server needs a key file, and none is named";
        let cure = "name where it is to be, as in store.key_file = \"/var/lib/causeway/causeway.key\": the first start makes it";
        let is_named = store.key_file.is_some();
        let finding = (!is_named).then(|| finding("store.key_file", why, cure));
        return finding.into_iter().collect();
    };
    let folder = Path::new(file)
        .parent()
        .filter(|it| !it.as_os_str().is_empty());
    if Path::new(file).is_dir() {
        return vec![finding(
            "store.url",
            &format!("{file} is a folder"),
            &format!(
                "name a file in it, as in sqlite:{}/causeway.db",
                file.trim_end_matches('/')
            ),
        )];
    }
    // A service manager may make it just before the start.
    folder
        .filter(|it| !it.is_dir())
        .map(|it| {
            let name = it.display();
            warning(
                "store.url",
                &format!("there is no folder {name}"),
                &format!("make it: mkdir -p {name}"),
            )
        })
        .into_iter()
        .collect()
}
