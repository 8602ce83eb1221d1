//! What becomes of one request: carried out as it is, or what a fault does in its place.

use std::time::Duration;

use axum::response::Response;

use super::connection::Scissors;
use super::shell;

pub(crate) struct Verdict<E> {
    pub(crate) latency: Duration,
    pub(crate) real_limits: bool,
    pub(crate) act: Act<E>,
}

/// Each but the first says whether the request is carried out although its caller never learns so.
#[derive(Debug)]
pub(crate) enum Act<E> {
    Pass,
    Refuse(E, bool),
    Cut(bool),
    Silence(bool),
    Garble(bool),
}

impl<E> Act<E> {
    fn is_carried_out(&self) -> bool {
        match self {
            Act::Pass => true,
            Act::Refuse(_, it) | Act::Cut(it) | Act::Silence(it) | Act::Garble(it) => *it,
        }
    }
}

impl<E> Verdict<E> {
    /// Whether the platform's real pace counts, and nothing else came first.
    pub(crate) fn is_paced(&self) -> bool {
        self.real_limits && matches!(self.act, Act::Pass)
    }

    /// `garbled` is what comes in place of an answer that is to be no JSON.
    pub(crate) async fn answer(
        self,
        scissors: Option<Scissors>,
        carry_out: impl AsyncFnOnce() -> Response,
        refuse: impl FnOnce(E) -> Response,
        garbled: &'static str,
    ) -> Response {
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        let response = match self.act.is_carried_out() {
            true => Some(carry_out().await),
            false => None,
        };
        match self.act {
            Act::Pass => response.unwrap_or_default(),
            Act::Refuse(error, _) => refuse(error),
            Act::Cut(_) => shell::cut(scissors),
            Act::Silence(_) => std::future::pending().await,
            Act::Garble(_) => shell::json(200, garbled.to_owned()),
        }
    }
}
