//! Addresses that are no person's: those of lists, and one that commands are written to. What is written to them or comes
//! from them stands there once, however many mailboxes hold it.

use std::collections::HashSet;
use std::sync::Arc;

use super::mailbox::{MailId, Mailbox, key};
use super::world::{Kept, Mail, Owned, World};

pub(crate) struct Shared {
    pub(crate) own: Owned,
    /// As a shelf calls it.
    pub(crate) kind: &'static str,
    known: HashSet<String>,
}

impl Mail {
    /// From now on what goes through the address can be read in one place, `kind` of which is `list` or `commands`.
    pub fn share(&self, name: &str, address: &str, kind: &'static str) {
        self.change(|world| {
            let own = Owned::of(Mailbox::new(name, address));
            world.shared.push(Shared {
                own,
                kind,
                known: HashSet::new(),
            });
        });
    }

    /// The mail as it lies in that person's own mailbox, where it was found in another.
    pub(crate) fn own_copy(&self, mail: MailId, address: &str) -> Option<MailId> {
        let wanted = self.find(mail)?.parsed().message_id.clone()?;
        let mails = self.look(|world| Some(world.of(address)?.mails.clone()))?;
        let is_it = |it: &&Arc<Kept>| it.parsed().message_id.as_ref() == Some(&wanted);
        mails.iter().rev().find(is_it).map(|it| it.id)
    }
}

impl World {
    /// Puts the mail into each place whose address is in it.
    pub(crate) fn overhear(&mut self, kept: &Arc<Kept>) {
        for shared in &mut self.shared {
            let address = key(&shared.own.owner.address);
            let parsed = kept.parsed();
            let ends = [&parsed.from_address, &parsed.to_address];
            let is_here = ends.iter().any(|it| key(it) == address);
            let id = parsed.message_id.clone().unwrap_or_default();
            if is_here && shared.known.insert(id) {
                shared.own.mails.push(kept.clone());
            }
        }
    }
}
