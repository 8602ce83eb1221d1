//! What looks like a secret, though it is none of ours: a webhook's address, a token that a server made.
//!
//! Read word by word, so that any text takes a time that grows with its length.

use std::ops::Range;

/// Names behind which a secret stands, in addresses, forms and JSON.
const NAMES: &str = "access_token api_key apikey app_token authorization bot_token client_secret pass passwd \
     password refresh_token secret secret_token sig signature ticket token";
/// Headers that carry nothing else.
const HEADERS: &str =
    "authorization proxy-authorization cookie set-cookie x-telegram-bot-api-secret-token x-api-key";
/// What stands before credentials, in a header or in the dialogue of mail servers.
const SCHEMES: &str = "bearer basic bot digest negotiate plain login xoauth2 oauthbearer cram-md5";
/// Parts of a path behind which stands a number, and behind that a token.
const PLACES: [&str; 2] = ["webhooks", "interactions"];
/// Hosts of which whoever has the address may post.
const HOOKS: [&str; 2] = ["hooks.slack.com", "hooks.slack-gov.com"];
/// A word of this length that mixes letters and figures was made by a program.
const LONG: usize = 40;

/// In order; each range is a secret.
pub(super) fn found(text: &str) -> Vec<Range<usize>> {
    let words = words(text);
    let mut found = Vec::new();
    for (number, range) in words.iter().enumerate() {
        let before = |back: usize| {
            let before = number.checked_sub(back).and_then(|it| words.get(it));
            before.map_or("", |it| &text[it.clone()])
        };
        let word = &text[range.clone()];
        if is_announced(before(1), before(2), word) {
            found.push(range.clone());
        } else {
            let within = within(word).into_iter();
            found.extend(within.map(|it| range.start + it.start..range.start + it.end));
        }
    }
    found
}

fn words(text: &str) -> Vec<Range<usize>> {
    let belongs = |it: char| it.is_ascii_alphanumeric() || "-_.+~%:/@=".contains(it);
    runs(text, belongs)
}

fn runs(text: &str, belongs: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, it) in text.char_indices().filter(|(_, it)| belongs(*it)) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = at + it.len_utf8(),
            None => runs.push(at..at + it.len_utf8()),
        }
    }
    runs
}

/// By the words before it: `Bearer x`, `Cookie: x`, `"token": "x"`.
fn is_announced(before: &str, earlier: &str, word: &str) -> bool {
    let scheme = before.rsplit([':', '=']).next().unwrap_or(before);
    let is_scheme = |it: &str| is_one_of(it, SCHEMES);
    match before {
        _ if is_scheme(scheme) => is_credential(word) && !is_scheme(word),
        // The quotation marks of JSON stand between.
        ":" | "=" => is_one_of(earlier, NAMES) && word.len() > 3,
        header => {
            let name = header.strip_suffix([':', '=']).unwrap_or_default();
            is_one_of(name, HEADERS) && !is_scheme(word)
        }
    }
}

fn is_one_of(word: &str, list: &str) -> bool {
    list.split(' ').any(|it| it.eq_ignore_ascii_case(word))
}

/// `basic authentication` is what people write, and `digest 2026-02-03`.
fn is_credential(word: &str) -> bool {
    let is_said = |it: &str| is_word(it) || (it.len() <= 4 && is_number(it));
    let said = word.split(['-', '_', '.', ':', '/']).all(is_said);
    let is_number = word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    word.len() >= 8 && !said && !is_number
}

/// In letters, of which capitals stand first or everywhere.
fn is_word(it: &str) -> bool {
    let rest = it.get(1..).unwrap_or_default();
    let letters = it.bytes().all(|b| b.is_ascii_alphabetic());
    letters && (rest == rest.to_ascii_lowercase() || it == it.to_ascii_uppercase())
}

fn is_number(it: &str) -> bool {
    !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit())
}

fn within(word: &str) -> Vec<Range<usize>> {
    let found = user(word).into_iter().chain(value(word));
    let found = found.chain(in_a_path(word)).chain(made(word));
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|it| it.start);
    found
}

/// `https://user:password@host`
fn user(word: &str) -> Option<Range<usize>> {
    let start = word.find("://")? + 3;
    let host = start + word[start..].find('/').unwrap_or(word.len() - start);
    let end = start + word[start..host].rfind('@')?;
    Some(start..end)
}

/// `token=x`, of which an address may hold several, each a word of its own.
fn value(word: &str) -> Option<Range<usize>> {
    let (name, value) = word.split_once('=')?;
    let name = name.rsplit(['/', ':', '.']).next().unwrap_or(name);
    (is_one_of(name, NAMES) && value.len() > 3).then(|| word.len() - value.len()..word.len())
}

/// `/webhooks/1/x`, `/bot1:x`
fn in_a_path(word: &str) -> Vec<Range<usize>> {
    let parts = runs(word, |it| it != '/');
    let part = |number: usize| parts.get(number).map_or("", |it| &word[it.clone()]);
    let hook = parts
        .iter()
        .position(|it| HOOKS.contains(&&word[it.clone()]));
    let is_secret = |number: usize| {
        let (place, id) = (number.wrapping_sub(2), number.wrapping_sub(1));
        if hook.is_some_and(|hook| number > hook + 1) {
            return true;
        }
        let behind_a_place = PLACES.contains(&part(place)) && is_number(part(id));
        let colon = part(number).replace("%3A", ":").replace("%3a", ":");
        let bot = colon.strip_prefix("bot").and_then(|it| it.split_once(':'));
        behind_a_place || bot.is_some_and(|(id, token)| is_number(id) && !token.is_empty())
    };
    let numbers = (0..parts.len()).filter(|it| is_secret(*it));
    numbers.map(|it| parts[it].clone()).collect()
}

/// By what programs make of it: Slack's, Telegram's and Discord's tokens, and whatever is as long and as mixed.
fn made(word: &str) -> Vec<Range<usize>> {
    let belongs = |it: char| it.is_ascii_alphanumeric() || "-_.:%".contains(it);
    let mut made = runs(word, belongs);
    made.retain(|it| is_made(&word[it.clone()]));
    made
}

fn is_made(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let slack = [
        "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xoxc-", "xoxd-", "xapp-",
    ];
    if let Some(begin) = slack.iter().filter_map(|it| lower.find(it)).min() {
        return lower.len() - begin > 8;
    }
    let plain = word.replace("%3A", ":").replace("%3a", ":");
    let telegram = plain.rsplit_once(':').is_some_and(|(id, token)| {
        id.len() >= 6
            && id.ends_with(|it: char| it.is_ascii_digit())
            && token.len() >= 30
            && is_mixed(token)
    });
    let parts: Vec<&str> = plain.split('.').collect();
    let discord = matches!(&parts[..], [.., id, time, token]
        if id.len() >= 17 && time.len() >= 5 && token.len() >= 25 && is_mixed(token));
    let is_long = |it: &str| it.len() >= LONG && is_mixed(it) && !is_title(it);
    telegram || discord || plain.split(['.', ':']).any(is_long)
}

/// Words and numbers one behind the other, as in `Photo-of-our-Festival_2026`.
fn is_title(word: &str) -> bool {
    let digits = |it: char| it.is_ascii_digit();
    let mut parts = word.split(['-', '_']);
    parts.all(|it| is_word(it.trim_end_matches(digits)))
}

/// Hashes, numbers and names of ours are none.
fn is_mixed(word: &str) -> bool {
    let has = |of: fn(&u8) -> bool| word.bytes().any(|it| of(&it));
    has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase)
}
