//! Who speaks, as people see it.

use conversation::{Author, AuthorKind, BRIDGE_NAME, Bearer, CommunityId, with_platform};
use store::{Speaker, Work};

use super::Dispatcher;

/// How somebody is named in another place.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// `Ana 2`.
    pub(super) called: String,
    /// The label of their platform, empty where it is unknown or where it is the bridge itself.
    pub(super) label: &'static str,
}

impl Named {
    /// In the work's community.
    pub(super) fn of(by: &Dispatcher, work: &Work, speaker: &Speaker) -> Named {
        let Some(home) = &speaker.home else {
            return Named {
                called: BRIDGE_NAME.to_owned(),
                label: "",
            };
        };
        let community = CommunityId::from(work.community.as_str());
        let directory = by.store.directory();
        let bearer = Bearer {
            name: &speaker.name,
            namesake: speaker.namesake,
            tag: directory.tag(&community, &speaker.name, &speaker.person),
        };
        Named {
            called: bearer.called(),
            label: by.adapters.capabilities(home).map_or("", |it| it.label),
        }
    }

    /// `Ana 2 (Telegram)`.
    pub(super) fn shown(&self) -> String {
        with_platform(&self.called, self.label)
    }

    /// As adapters may show them: their name is clean, whichever they take.
    pub(super) fn author(&self, work: &Work) -> Author {
        match work.said.author.kind {
            AuthorKind::Ourselves => work.said.author.clone(),
            AuthorKind::Person | AuthorKind::Bot => Author {
                display_name: self.called.clone(),
                ..work.said.author.clone()
            },
        }
    }
}
