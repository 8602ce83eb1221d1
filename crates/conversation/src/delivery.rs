//! What is done to one channel for one message, and how far it is.

use serde::{Deserialize, Serialize};

use crate::{CORRECTION_WAITS, FILE_FOLLOWS, NEXT_DIGEST, WINDOW_SHUT};

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
}

impl DeliveryState {
    pub const ALL: [DeliveryState; 8] = [
        DeliveryState::ToDo,
        DeliveryState::Sending,
        DeliveryState::Sent,
        DeliveryState::Uncertain,
        DeliveryState::Dead,
        DeliveryState::Suppressed,
        DeliveryState::Waiting,
        DeliveryState::Held,
    ];

    /// As it stands in the database and on pages.
    pub fn as_str(self) -> &'static str {
        match self {
            DeliveryState::ToDo => "to_do",
            DeliveryState::Sending => "sending",
            DeliveryState::Sent => "sent",
            DeliveryState::Uncertain => "uncertain",
            DeliveryState::Dead => "dead",
            DeliveryState::Suppressed => "suppressed",
            DeliveryState::Waiting => "waiting",
            DeliveryState::Held => "held",
        }
    }

    pub fn parse(text: &str) -> Option<DeliveryState> {
        DeliveryState::ALL
            .into_iter()
            .find(|it| it.as_str() == text)
    }
}

impl WaitsFor {
    pub const ALL: [WaitsFor; 4] = [
        WaitsFor::Correction,
        WaitsFor::Digest,
        WaitsFor::File,
        WaitsFor::Window,
    ];

    /// As it stands in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            WaitsFor::Correction => "correction",
            WaitsFor::Digest => "digest",
            WaitsFor::File => "file",
            WaitsFor::Window => "window",
        }
    }

    /// Which said so.
    pub fn rule(self) -> &'static str {
        match self {
            WaitsFor::Correction => CORRECTION_WAITS,
            WaitsFor::Digest => NEXT_DIGEST,
            WaitsFor::File => FILE_FOLLOWS,
            WaitsFor::Window => WINDOW_SHUT,
        }
    }

    pub fn by_rule(rule: &str) -> Option<WaitsFor> {
        WaitsFor::ALL.into_iter().find(|it| it.rule() == rule)
    }
}

impl OperationKind {
    pub const ALL: [OperationKind; 4] = [
        OperationKind::Post,
        OperationKind::Edit,
        OperationKind::Delete,
        OperationKind::React,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            OperationKind::Post => "post",
            OperationKind::Edit => "edit",
            OperationKind::Delete => "delete",
            OperationKind::React => "react",
        }
    }

    pub fn parse(text: &str) -> Option<OperationKind> {
        OperationKind::ALL
            .into_iter()
            .find(|it| it.as_str() == text)
    }
}
