//! Requests and answers for somebody who knows the published schema. The stand-in itself does not.

use std::sync::Arc;

use serde_json::Value;

use super::Discord;

/// One request, and what was answered once that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    pub method: String,
    /// Below `/api/v10`, without the query.
    pub path: String,
    pub query: String,
    /// The JSON of the body, or of the field `payload_json` in a form with files.
    pub body: Option<Value>,
    /// Of the parts of a form with files.
    pub files: usize,
    /// None before it is carried out: an illegal request can still be refused then.
    pub answer: Option<Answered>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    pub status: u16,
    /// None where the body is empty.
    pub body: Option<Value>,
}

/// Gives what is wrong, one sentence each. It is asked twice: with the request, and with its answer as well.
pub type Observer = Arc<dyn Fn(&Exchange) -> Vec<String> + Send + Sync>;

/// What to do with a request that the observer finds wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Written down in `violations`, and otherwise done.
    Record,
    /// Written down and answered 400.
    Refuse,
}

impl Discord {
    /// From now on requests and answers are shown to the observer, and what it finds is written down.
    /// The first observer stays. Answers that a fault made up are not shown.
    pub fn observe(&self, strictness: Strictness, observer: Observer) {
        let _ = self.inner.observer.set((strictness, observer));
    }

    /// What was not legal so far, ours and theirs, one sentence each.
    pub fn violations(&self) -> Vec<String> {
        self.look(|world| world.violations.clone())
    }

    /// The first thing that is wrong, where that means that the request is to be refused.
    pub(super) fn shown(&self, exchange: &Exchange) -> Option<String> {
        let (strictness, observer) = self.inner.observer.get()?;
        let found = observer(exchange);
        let first = found.first()?.clone();
        let whose = match exchange.answer {
            None => "request",
            Some(_) => "our answer",
        };
        let found = found.into_iter().map(|it| format!("{whose}: {it}"));
        self.look(|world| world.violations.extend(found));
        (*strictness == Strictness::Refuse).then_some(first)
    }
}
