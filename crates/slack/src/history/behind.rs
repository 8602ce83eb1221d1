//! Channels whose history must be read before anything new from there is taken in. **Invariant:** what could not be
//! read keeps its moment, also when newer things were heard meanwhile.

use std::collections::VecDeque;

use conversation::{ChannelRef, Intake, ResumePoint};
use serde_json::Value;

use super::gap::catch_up_with;
use crate::adapter::Slack;
use crate::id;

#[derive(Debug, Default)]
pub(crate) struct Behind {
    /// Not read yet.
    waiting: VecDeque<ResumePoint>,
    /// Could not be read now.
    again: Vec<ResumePoint>,
}

impl Behind {
    /// Older moments count, for what came since was heard without what was said before it.
    pub(super) fn begin(&mut self, mut points: Vec<ResumePoint>) {
        let older: Vec<ResumePoint> = self.waiting.drain(..).chain(self.again.drain(..)).collect();
        for point in &mut points {
            let since = older.iter().filter(|it| it.channel == point.channel);
            let since = since.map(|it| it.since).min();
            point.since = since.unwrap_or(point.since).min(point.since);
        }
        self.waiting = points.into();
    }

    pub(super) fn next(&self) -> Option<&ResumePoint> {
        self.waiting.front()
    }

    pub(super) fn is_over(&self) -> bool {
        self.waiting.is_empty() && self.again.is_empty()
    }

    fn of(&self, channel: &ChannelRef) -> Option<&ResumePoint> {
        self.waiting.iter().find(|it| it.channel == *channel)
    }

    /// The point stays where it is until its channel was read to the end, for whoever reads may be sent away.
    pub(super) async fn read(&mut self, slack: &Slack, intake: &dyn Intake, point: ResumePoint) {
        let outcome = catch_up_with(slack, intake, &point).await;
        self.waiting.retain(|it| it.channel != point.channel);
        if outcome.is_err() {
            self.again.push(point);
        }
    }

    /// What was said in the event's channel before it.
    pub(crate) async fn read_before(&mut self, slack: &Slack, intake: &dyn Intake, event: &Value) {
        let channel = event["channel"].as_str();
        let channel = channel
            .or(event["item"]["channel"].as_str())
            .map(id::channel);
        if let Some(point) = channel.and_then(|it| self.of(&it).cloned()) {
            self.read(slack, intake, point).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use conversation::Timestamp;

    use super::*;

    fn point(channel: &str, since: i64) -> ResumePoint {
        let channel = id::channel(channel);
        let since = Timestamp(since);
        ResumePoint { channel, since }
    }

    #[test]
    fn what_could_not_be_read_keeps_its_moment() {
        let mut behind = Behind::default();
        behind.begin(vec![point("C1", 10), point("C2", 10)]);
        behind.again.push(point("C3", 5));
        behind.begin(vec![point("C1", 20), point("C3", 30), point("C4", 7)]);
        let since: Vec<i64> = behind.waiting.iter().map(|it| it.since.0).collect();
        assert_eq!(since, [10, 5, 7]);
        assert!(behind.again.is_empty());
    }
}
