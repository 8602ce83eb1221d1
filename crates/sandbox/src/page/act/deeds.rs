//! What people do the same way in every chat, and what comes of it.

use serde::{Deserialize, Serialize};

use crate::mail::MailId;
use crate::page::refusal::Refusal;
use crate::page::shared::Shared;
use crate::page::uploads::Upload;
use crate::{discord, slack, telegram};

/// Where, by whom and on which message.
macro_rules! deeds {
    ($($name:ident { $($(#[$about:meta])* $field:ident: $of:ty),* })*) => {$(
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name<C, P, M> {
            #[serde(alias = "chat")]
            pub(super) channel: C,
            pub(super) person: P,
            pub(super) message: M,
            $($(#[$about])* pub(super) $field: $of,)*
        }
    )*};
}

deeds! {
    Delete {}
    Edit { text: String }
    React {
        /// As the platform writes it.
        emoji: String,
        /// False takes it back.
        on: bool
    }
    Press {
        /// As the platform tells its buttons apart.
        button: String
    }
}

/// What the deed made.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Done {
    Telegram {
        messages: Vec<telegram::MessageId>,
    },
    Discord {
        channel: discord::ChannelId,
        message: discord::MessageId,
    },
    Slack {
        message: slack::Ts,
    },
    Mail {
        mail: MailId,
    },
    /// What a button answered, to its person alone.
    Answered {
        said: String,
    },
    /// What a bot offers while somebody types: lines, and how they are shown.
    Offered {
        lines: Vec<(String, String)>,
    },
    Nothing {},
}

/// Of a deed that makes nothing.
pub(super) fn nothing<E: Into<Refusal>>(done: Result<(), E>) -> Result<Done, Refusal> {
    done.map_err(Into::into)?;
    Ok(Done::Nothing {})
}

/// A file that was put here before, and what it shows, for those who cannot see it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Chosen {
    id: u64,
    description: Option<String>,
}

/// Each file with its description; an empty one is none.
pub(super) fn taken(
    shared: &Shared,
    chosen: &[Chosen],
) -> Result<Vec<(Upload, Option<String>)>, Refusal> {
    let ids: Vec<u64> = chosen.iter().map(|it| it.id).collect();
    let files = shared.taken(&ids)?.into_iter();
    let described = chosen.iter().map(|it| it.description.as_deref());
    let described = described.map(|it| it.map(str::trim).filter(|it| !it.is_empty()));
    let described = described.map(|it| it.map(str::to_owned));
    Ok(files.zip(described).collect())
}
