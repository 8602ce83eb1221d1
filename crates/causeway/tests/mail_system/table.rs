//! What the choosy ports of Postfix answer to a sender or a recipient: Postfix asks this table (tcp_table(5)).

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::system::System;

/// What an address gets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    /// As in `450 4.2.1 not now`; nothing is no objection.
    pub(crate) answer: Option<String>,
    /// How long it takes.
    pub(crate) wait: Duration,
    /// How often it was asked for.
    pub(crate) asked: usize,
}

type Entries = Mutex<HashMap<String, Entry>>;

fn entries() -> MutexGuard<'static, HashMap<String, Entry>> {
    static ENTRIES: OnceLock<Entries> = OnceLock::new();
    let entries = ENTRIES.get_or_init(Mutex::default);
    entries.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on this address gets this answer.
pub(crate) fn answers(address: &str, answer: Option<&str>) {
    let mut entries = entries();
    entries.entry(address.to_owned()).or_default().answer = answer.map(str::to_owned);
}

/// From now on each question for this address takes so long.
pub(crate) fn takes(address: &str, wait: Duration) {
    entries().entry(address.to_owned()).or_default().wait = wait;
}

pub(crate) fn asked(address: &str) -> usize {
    entries().get(address).map_or(0, |it| it.asked)
}

/// Once for all tests.
pub(crate) fn listen(system: &System) {
    static LISTENS: OnceLock<()> = OnceLock::new();
    LISTENS.get_or_init(|| {
        let listener = TcpListener::bind(("127.0.0.1", system.port("TABLE"))).unwrap();
        std::thread::spawn(move || {
            for postfix in listener.incoming().flatten() {
                std::thread::spawn(move || serve(postfix));
            }
        });
    });
}

/// Until Postfix hangs up.
fn serve(mut postfix: TcpStream) {
    let Ok(questions) = postfix.try_clone() else {
        return;
    };
    for question in BufReader::new(questions).lines().map_while(Result::ok) {
        let answer = answer(question.trim_start_matches("get "));
        if postfix.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// Whose bounces these are stands behind a `+`, and is nothing that a server goes by.
fn without_extension(address: &str) -> String {
    match (address.split_once('+'), address.rsplit_once('@')) {
        (Some((local, _)), Some((_, domain))) => format!("{local}@{domain}"),
        _ => address.to_owned(),
    }
}

fn answer(address: &str) -> String {
    let entry = entries().get_mut(&without_extension(address)).map(|it| {
        it.asked += 1;
        it.clone()
    });
    let Entry { answer, wait, .. } = entry.unwrap_or_default();
    std::thread::sleep(wait);
    match answer {
        Some(answer) => format!("200 {}\n", answer.replace(' ', "%20")),
        None => "500 nothing%20is%20known\n".to_owned(),
    }
}
