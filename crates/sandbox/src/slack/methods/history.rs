//! What was said, page by page: the main column newest first, a thread oldest first.

use std::ops::Bound;

use serde_json::{Value, json};

use super::pages;
use crate::slack::answer::{Answer, Checked};
use crate::slack::channel::Kind;
use crate::slack::params::Params;
use crate::slack::wire::Metadata;
use crate::slack::world::World;

/// The times between which is looked.
struct Window {
    oldest: Bound<u64>,
    latest: Bound<u64>,
}

impl Window {
    /// `oldest=0` means from the beginning.
    fn of(params: &Params) -> Checked<Window> {
        let oldest = params.ts("oldest", "invalid_ts_oldest")?;
        let latest = params.ts("latest", "invalid_ts_latest")?;
        let bound = |it: u64| match params.flag("inclusive") {
            true => Bound::Included(it),
            false => Bound::Excluded(it),
        };
        Ok(Window {
            oldest: oldest.map_or(Bound::Unbounded, bound),
            latest: latest.map_or(Bound::Unbounded, bound),
        })
    }

    /// A range of a set must not begin behind its end.
    fn range(&self) -> Option<(Bound<u64>, Bound<u64>)> {
        let at = |it: &Bound<u64>| match it {
            Bound::Included(it) | Bound::Excluded(it) => Some(*it),
            Bound::Unbounded => None,
        };
        let is_empty = match (at(&self.oldest), at(&self.latest)) {
            (Some(oldest), Some(latest)) if oldest > latest => true,
            (Some(oldest), Some(latest)) => {
                oldest == latest && matches!(self.oldest, Bound::Excluded(_))
            }
            _ => false,
        };
        (!is_empty).then_some((self.oldest, self.latest))
    }
}

fn readable(world: &World, params: &Params) -> Checked<String> {
    let id = params.channel()?;
    let channel = world.channel(&id)?;
    world.need(&format!("{}:history", channel.kind.scope_family()))?;
    refuse!(channel.kind == Kind::Public && !channel.has(&world.app.bot_user_id) => "not_in_channel");
    Ok(id)
}

fn metadata(params: &Params) -> Metadata {
    match params.flag("include_all_metadata") {
        true => Metadata::Whole,
        false => Metadata::Left,
    }
}

pub(super) fn history(world: &mut World, params: &Params) -> Answer {
    let id = readable(world, params)?;
    let limit = pages::limit(params, 100, 999)?;
    let mut window = Window::of(params)?;
    if let Some(next) = pages::read_cursor(params, "next_ts")? {
        let next = next.parse().map_err(|_| "invalid_cursor")?;
        window.latest = Bound::Included(next);
    }
    let timeline = &world.channel(&id)?.timeline;
    let found = window.range().map(|it| timeline.range(it).rev());
    let mut found = found.into_iter().flatten().copied();
    let shown: Vec<u64> = found.by_ref().take(limit).collect();
    let next = found.next();
    let messages: Vec<Value> = shown
        .iter()
        .map(|it| world.message_value(&id, *it, metadata(params)))
        .collect();
    let next = next.map(|it| pages::cursor(&format!("next_ts:{it}")));
    let mut answer = json!({
        "messages": messages,
        "has_more": next.is_some(),
        "pin_count": 0,
        "channel_actions_ts": null,
        "channel_actions_count": 0,
    });
    if let Some(next) = next {
        answer["response_metadata"] = json!({ "next_cursor": next });
    }
    Ok(answer)
}

pub(super) fn replies(world: &mut World, params: &Params) -> Answer {
    let id = readable(world, params)?;
    let root = params.ts("ts", "thread_not_found")?;
    let root = root.filter(|it| world.message(&id, *it).is_some());
    let root = root.ok_or("thread_not_found")?;
    let limit = pages::limit(params, 1000, 1000)?;
    let mut window = Window::of(params)?;
    if let Some(next) = pages::read_cursor(params, "next_ts")? {
        let next = next.parse().map_err(|_| "invalid_cursor")?;
        window.oldest = Bound::Included(next);
    }
    let thread = world.channel(&id)?.threads.get(&root);
    let found = thread
        .zip(window.range())
        .map(|(thread, range)| thread.replies.range(range));
    let mut found = found.into_iter().flatten().copied();
    // The root stands at the head of each page, and counts.
    let shown: Vec<u64> = found
        .by_ref()
        .take(limit.saturating_sub(1).max(1))
        .collect();
    let next = found.next();
    let messages: Vec<Value> = std::iter::once(root)
        .chain(shown)
        .map(|it| world.message_value(&id, it, metadata(params)))
        .collect();
    let next = next.map(|it| pages::cursor(&format!("next_ts:{it}")));
    let mut answer = json!({ "messages": messages, "has_more": next.is_some() });
    if let Some(next) = next {
        answer["response_metadata"] = json!({ "next_cursor": next });
    }
    Ok(answer)
}
