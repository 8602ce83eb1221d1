//! What waits for staff, what was given up, and where a message stands.

use conversation::{
    DeliveryState,
    command::{Command, Dead, Held, Thread},
};
use store::{DeliveryLine, HeldLine, Result};
use words::{
    DEAD_TOLD, DELIVERY_DEAD, DELIVERY_HELD, DELIVERY_NOT, DELIVERY_SENT, DELIVERY_WAITS,
    HELD_TOLD, THREAD_TOLD,
};

use super::Teller;

/// More are counted no further.
const MOST_COUNTED: u32 = 10_000;

impl Teller<'_> {
    pub(super) async fn held(&self, command: &Command) -> Result<String> {
        let of = match command {
            Command::Held(Held::List { channel }) => channel.as_ref().map(ToString::to_string),
            _ => None,
        };
        let name = self.community_name().await?;
        let held = self.store.held(&name, MOST_COUNTED);
        let held = held.await?.into_iter();
        let held: Vec<_> = held
            .filter(|it| of.as_ref().is_none_or(|of| *of == it.channel))
            .collect();
        let lines = held.iter().map(held_line).collect();
        Ok(self.list(HELD_TOLD, held.len(), lines))
    }

    pub(super) async fn dead(&self, command: &Command) -> Result<String> {
        let of = match command {
            Command::Dead(Dead::List { channel }) => channel.as_ref().map(ToString::to_string),
            _ => None,
        };
        let name = self.community_name().await?;
        let dead = self.store.stopped_deliveries(&name, MOST_COUNTED);
        let dead = dead.await?.into_iter();
        let dead: Vec<_> = dead
            .filter(|it| of.as_ref().is_none_or(|of| *of == it.to))
            .collect();
        let lines = dead.iter().map(|it| self.delivery(it)).collect();
        Ok(self.list(DEAD_TOLD, dead.len(), lines))
    }

    pub(super) async fn thread(&self, command: &Thread) -> Result<String> {
        let Thread::Show { message } = command;
        let name = self.community_name().await?;
        let deliveries = self.store.deliveries_of(&name, message.as_str()).await?;
        let lines = deliveries.iter().map(|it| self.delivery(it)).collect();
        Ok(self.list(THREAD_TOLD, deliveries.len(), lines))
    }

    fn delivery(&self, it: &DeliveryLine) -> String {
        let state = self.fixed(match it.state {
            DeliveryState::Sent => DELIVERY_SENT,
            DeliveryState::Dead => DELIVERY_DEAD,
            DeliveryState::Held => DELIVERY_HELD,
            DeliveryState::Suppressed => DELIVERY_NOT,
            DeliveryState::ToDo
            | DeliveryState::Sending
            | DeliveryState::Uncertain
            | DeliveryState::Waiting => DELIVERY_WAITS,
        });
        let why = it.reason.as_deref().map(|it| {
            let because = conversation::because(it).unwrap_or(it);
            format!(" ({because})")
        });
        let why = why.unwrap_or_default();
        format!(
            "{} {}: “{}” → {}, {state}{why}",
            it.id, it.author, it.message_excerpt, it.to
        )
    }
}

fn held_line(it: &HeldLine) -> String {
    let because = conversation::because(&it.reason).unwrap_or(&it.reason);
    format!(
        "{} {} <{}> in {}: “{}” ({because})",
        it.id, it.author, it.account, it.channel, it.message_excerpt
    )
}
