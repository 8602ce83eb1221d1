//! What is done to one channel for one message, and how far it is.

use serde::{Deserialize, Serialize};

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
    /// Stopped by the storm brake until staff releases it.
    Held,
}

impl DeliveryState {
    pub const ALL: [DeliveryState; 7] = [
        DeliveryState::ToDo,
        DeliveryState::Sending,
        DeliveryState::Sent,
        DeliveryState::Uncertain,
        DeliveryState::Dead,
        DeliveryState::Suppressed,
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
            DeliveryState::Held => "held",
        }
    }

    pub fn parse(text: &str) -> Option<DeliveryState> {
        DeliveryState::ALL
            .into_iter()
            .find(|it| it.as_str() == text)
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
