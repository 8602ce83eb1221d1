//! Addresses: which place one leads to, what is shown of it, and where they stand in a text.
//!
//! **Invariant:** words that people would take for another place than they lead to never count as naming it.

use unicode_security::skeleton;
use url::{Host, Url};

use crate::render::name::{cut, visible};

mod bare;
#[cfg(test)]
mod tests;

pub use bare::with_addresses;

/// So much of where a link leads is read by anybody; of a longer one the host tells enough.
const LONGEST_SHOWN: usize = 120;
/// Of an address that no program opens for people.
const LONGEST_ODD: usize = 1000;

const KNOWN_SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// How much is shown of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Where the words themselves lead there.
    InShort,
    Whole,
}

/// Whether a link says all of where it leads: its words are its address, or it stands behind them in brackets.
pub fn says_where(words: &str, behind: &str, url: &str) -> bool {
    is_said((words, behind), url, Shown::Whole)
}

pub(crate) fn is_said((words, behind): (&str, &str), url: &str, shown: Shown) -> bool {
    let told = told(url, shown);
    is_named_by(words, url)
        || words.trim_end().ends_with(&told)
        || behind.trim_start().starts_with(&told)
}

/// As it is told behind the words of a link.
pub(crate) fn told(url: &str, shown: Shown) -> String {
    format!("({})", self::shown(url, shown))
}

/// The same place, modulo what makes no difference: http or https, `www.`, capitals in a host, a slash at the end.
fn is_named_by(words: &str, url: &str) -> bool {
    let words = visible(words);
    if passes_for_latin(&words) {
        return false;
    }
    match (LeadsTo::in_words(&words), LeadsTo::of(url)) {
        (Some(named), Some(place)) => named == place,
        _ => words == url,
    }
}

/// The address without a name and password before its host, which lead nowhere and only deceive.
pub(crate) fn without_user(url: &str) -> String {
    match web(url) {
        Some(mut address) if has_user(&address) => {
            let is_changed = address.set_username("").and(address.set_password(None));
            is_changed.map_or_else(|()| url.to_owned(), |()| address.into())
        }
        _ => url.to_owned(),
    }
}

/// Platforms follow it, if only some of them.
pub(crate) fn can_lead(url: &str) -> bool {
    let address = url.trim().parse();
    address.is_ok_and(|it: Url| KNOWN_SCHEMES.contains(&it.scheme()))
}

/// On one line, in letters that are what they look like.
fn shown(url: &str, shown: Shown) -> String {
    let Some(address) = web(url) else {
        return cut(&visible(url), LONGEST_ODD);
    };
    let clear = match is_clear(url) {
        true => url.trim().to_owned(),
        false => without_user(url).parse().map_or(visible(url), Url::into),
    };
    let place = || {
        let port = address.port().map_or(String::new(), |it| format!(":{it}"));
        format!("{}{port}/…", address.host_str().unwrap_or_default())
    };
    match shown == Shown::Whole || clear.chars().count() <= LONGEST_SHOWN {
        true => clear,
        false => place(),
    }
}

/// Nothing in it hides or turns, and its host is written in ASCII.
fn is_clear(url: &str) -> bool {
    let url = url.trim();
    let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
    let host = behind.split(['/', '?', '#', '\\']).next();
    host.is_some_and(|it| it.is_ascii() && !it.contains('@')) && visible(url) == url
}

/// Letters of another script that are taken for Latin ones, as in a host whose `a` is Cyrillic.
fn passes_for_latin(words: &str) -> bool {
    !words.is_ascii() && skeleton(words).all(|it| it.is_ascii())
}

fn web(url: &str) -> Option<Url> {
    let address: Url = url.trim().parse().ok()?;
    matches!(address.scheme(), "http" | "https").then_some(address)
}

fn has_user(address: &Url) -> bool {
    !address.username().is_empty() || address.password().is_some()
}

/// The same for addresses that differ in nothing that matters.
#[derive(PartialEq, Eq)]
enum LeadsTo {
    Web {
        host: String,
        port: Option<u16>,
        rest: String,
    },
    Mailbox(String),
    Telephone(String),
}

impl LeadsTo {
    fn of(url: &str) -> Option<LeadsTo> {
        let address: Url = url.trim().parse().ok()?;
        let path = || address.path().to_owned();
        match address.scheme() {
            "http" | "https" if !has_user(&address) => Some(LeadsTo::Web {
                host: host(&address)?,
                port: address.port(),
                rest: rest(&address),
            }),
            "mailto" => Some(LeadsTo::Mailbox(path().to_lowercase())),
            "tel" => Some(LeadsTo::Telephone(digits(&path()))),
            _ => None,
        }
    }

    /// Where people believe that the words lead.
    fn in_words(words: &str) -> Option<LeadsTo> {
        let is_telephone = |it: char| it.is_ascii_digit() || " +-()./".contains(it);
        let scheme = words
            .split_once(':')
            .map(|(scheme, _)| scheme.to_ascii_lowercase());
        if scheme.is_some_and(|it| KNOWN_SCHEMES.contains(&it.as_str())) {
            return LeadsTo::of(words);
        }
        if words.chars().all(is_telephone) && digits(words).len() > 2 && !words.contains('.') {
            return Some(LeadsTo::Telephone(digits(words)));
        }
        match words {
            "" => None,
            words if words.contains(char::is_whitespace) => None,
            words if words.contains('@') => LeadsTo::of(&format!("mailto:{words}")),
            words => LeadsTo::of(&format!("https://{words}")),
        }
    }
}

fn host(address: &Url) -> Option<String> {
    Some(match address.host()? {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            name.strip_prefix("www.").unwrap_or(name).to_owned()
        }
        number => number.to_string(),
    })
}

fn rest(address: &Url) -> String {
    let part = |sign: &str, it: Option<&str>| it.map_or(String::new(), |it| format!("{sign}{it}"));
    let path = address.path().trim_end_matches('/').to_owned();
    path + &part("?", address.query()) + &part("#", address.fragment())
}

fn digits(number: &str) -> String {
    let kept = |it: &char| it.is_ascii_digit() || *it == '+';
    number.chars().filter(kept).collect()
}
