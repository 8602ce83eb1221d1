//! What the bridge does in the room.

use conversation::RemoteId;
use store::{Claim, Finish, Progress, Work};

use super::World;

impl World {
    pub(crate) async fn claim(&self, channel: &str) -> Claim {
        self.try_claim(self.entry(channel)).await.unwrap()
    }

    pub(crate) async fn work(&self, channel: &str) -> Work {
        match self.claim(channel).await {
            Claim::Work(work) => *work,
            other => panic!("no work for {channel}: {other:?}"),
        }
    }

    /// The parts that stand now, ids of one part between blanks.
    pub(crate) async fn finishes(&self, work: &Work, parts: &[&str], progress: Progress) {
        let finish = finish(work, parts, progress);
        self.store
            .write(move |tx| {
                let finish = finish.clone();
                Box::pin(async move { tx.outcome(&finish).record().await })
            })
            .await
            .unwrap();
    }

    /// Claims the next delivery to the channel, and it arrives under that id.
    pub(crate) async fn delivers(&self, channel: &str, id: &str) -> Work {
        let work = self.work(channel).await;
        let sent = Progress::Sent {
            revision: work.said.revision,
            at: self.now,
        };
        self.finishes(&work, &[id], sent).await;
        work
    }

    /// All deliveries, the oldest first.
    pub(crate) async fn deliveries(&self) -> String {
        let mut lines = self.store.recent_deliveries(1000).await.unwrap();
        lines.reverse();
        let line = |it: &store::DeliveryLine| {
            let reason = it.reason.as_ref().map(|why| format!(" ({why})"));
            format!(
                "{} {} \"{}\" {} -> {}: {} x{}{}",
                it.operation.as_str(),
                it.author,
                it.message_excerpt,
                it.from,
                it.to,
                it.state.as_str(),
                it.attempts,
                reason.unwrap_or_default()
            )
        };
        lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

pub(crate) fn finish(work: &Work, parts: &[&str], progress: Progress) -> Finish {
    let ids = |part: &&str| part.split_whitespace().map(RemoteId::from).collect();
    Finish {
        community: work.community.clone(),
        delivery: work.delivery.clone(),
        message: work.message.clone(),
        channel: work.to.id.clone(),
        remote_ids: parts.iter().map(ids).collect(),
        part_files: Some(vec![Vec::new(); parts.len()]),
        known_parts: work.sent.parts.len(),
        progress,
        is_correction: false,
        left_out: Vec::new(),
        thread: None,
    }
}
