//! What waits for staff, what was given up, and where a message stands.

use conversation::{
    DeliveryState, clean_name,
    command::{Dead, Held, Thread},
    visible,
};
use store::{DeliveryLine, HeldLine, Result};
use words::{
    DEAD_TOLD, DELIVERY_DEAD, DELIVERY_HELD, DELIVERY_NOT, DELIVERY_SENT, DELIVERY_WAITS,
    HELD_TOLD, THREAD_TOLD,
};

use super::{MOST_LINES, Teller};

impl Teller<'_> {
    pub(super) async fn held(&self, command: &Held) -> Result<String> {
        let of = match command {
            Held::List { channel } => channel.as_ref(),
            _ => None,
        };
        let name = self.community_name().await?;
        let held = self.store.held(&name, of, MOST_LINES).await?;
        let count = self.store.count_held(&name, of).await?;
        Ok(self.list(HELD_TOLD, count, held.iter().map(held_line).collect()))
    }

    pub(super) async fn dead(&self, command: &Dead) -> Result<String> {
        let of = match command {
            Dead::List { channel } => channel.as_ref(),
            _ => None,
        };
        let name = self.community_name().await?;
        let dead = self.store.stopped_deliveries(&name, of, MOST_LINES).await?;
        let count = self.store.count_stopped(&name, of).await?;
        let lines = dead.iter().map(|it| self.delivery(it)).collect();
        Ok(self.list(DEAD_TOLD, count, lines))
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
        let (author, said) = (clean_name(&it.author), visible(&it.message_excerpt));
        format!("{} {author}: “{said}” → {}, {state}{why}", it.id, it.to)
    }
}

fn held_line(it: &HeldLine) -> String {
    let because = conversation::because(&it.reason).unwrap_or(&it.reason);
    let (author, said) = (clean_name(&it.author), visible(&it.message_excerpt));
    format!(
        "{} {author} <{}> in {}: “{said}” ({because})",
        it.id, it.account, it.channel
    )
}
