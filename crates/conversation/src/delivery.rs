//! What is done to one channel for one message, and how far it is.

use serde::{Deserialize, Serialize};

use crate::{CORRECTION_WAITS, FILE_FOLLOWS, FIRST_MESSAGE, NEXT_DIGEST, WINDOW_SHUT};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    Post,
    Edit,
    Delete,
    React,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    ToDo,
    /// A node is at it.
    Sending,
    Sent,
    /// It may have arrived.
    Uncertain,
    /// Given up; staff can retry or drop it.
    Dead,
    /// A rule said no.
    Suppressed,
    /// A rule said later; it holds back no other.
    Waiting,
    /// Stopped by the storm brake until staff releases it.
    Held,
}

/// What a waiting delivery waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// Its author's being done with it.
    Correction,
    /// The next time that reactions are told together.
    Digest,
    /// The file that it brings.
    File,
    /// Its person's next word: the platform lets us speak to them only for some hours after one.
    Window,
    /// Its author's yes: the room asks everybody before the first of their words go on.
    Consent,
}

worded!(DeliveryState {
    ToDo = "to_do",
    Sending = "sending",
    Sent = "sent",
    Uncertain = "uncertain",
    Dead = "dead",
    Suppressed = "suppressed",
    Waiting = "waiting",
    Held = "held",
});

worded!(WaitsFor {
    Correction = "correction",
    Digest = "digest",
    File = "file",
    Window = "window",
    Consent = "consent",
});

worded!(OperationKind {
    Post = "post",
    Edit = "edit",
    Delete = "delete",
    React = "react",
});

impl WaitsFor {
    /// Which said so.
    pub fn rule(self) -> &'static str {
        match self {
            WaitsFor::Correction => CORRECTION_WAITS,
            WaitsFor::Digest => NEXT_DIGEST,
            WaitsFor::File => FILE_FOLLOWS,
            WaitsFor::Window => WINDOW_SHUT,
            WaitsFor::Consent => FIRST_MESSAGE,
        }
    }

    pub fn by_rule(rule: &str) -> Option<WaitsFor> {
        WaitsFor::ALL.into_iter().find(|it| it.rule() == rule)
    }
}
