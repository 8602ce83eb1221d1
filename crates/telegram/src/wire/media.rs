//! Files and the small things that are not text, as Telegram describes them.

use serde::Deserialize;

/// Animation, audio, document, video, video note and voice: the fields that they share.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Media {
    pub(crate) file_id: String,
    pub(crate) file_name: Option<String>,
    pub(crate) mime_type: Option<String>,
    pub(crate) file_size: Option<u64>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct PhotoSize {
    pub(crate) file_id: String,
    #[serde(default)]
    pub(crate) width: u64,
    #[serde(default)]
    pub(crate) height: u64,
    pub(crate) file_size: Option<u64>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Sticker {
    pub(crate) file_id: String,
    pub(crate) file_size: Option<u64>,
    pub(crate) emoji: Option<String>,
    #[serde(default)]
    pub(crate) is_animated: bool,
    #[serde(default)]
    pub(crate) is_video: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Venue {
    pub(crate) location: Location,
    #[serde(default)]
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) address: String,
}

/// The phone number and the vCard are not even read: they never leave the platform.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Contact {
    #[serde(default)]
    pub(crate) first_name: String,
    pub(crate) last_name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Poll {
    pub(crate) question: String,
    pub(crate) description: Option<String>,
    #[serde(default)]
    pub(crate) options: Vec<PollOption>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct PollOption {
    pub(crate) text: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Checklist {
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) tasks: Vec<Task>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Task {
    pub(crate) text: String,
    /// Absent or 0 while the task is open.
    pub(crate) completion_date: Option<i64>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Dice {
    pub(crate) emoji: String,
    pub(crate) value: i64,
}

/// A game or an invoice.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Titled {
    pub(crate) title: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct PaidMedia {
    #[serde(default)]
    pub(crate) star_count: i64,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Location {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) live_period: Option<i64>,
}
