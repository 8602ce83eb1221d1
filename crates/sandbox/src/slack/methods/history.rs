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

/// Where a page ended, and the next begins.
fn next(params: &Params) -> Checked<Option<Bound<u64>>> {
    let next = pages::read_cursor(params, "next_ts")?;
    let next = next.map(|it| it.parse().map_err(|_| "invalid_cursor"));
    Ok(next.transpose()?.map(Bound::Included))
}

/// A page of messages, with what leads on from it.
fn page(world: &World, params: &Params, id: &str, shown: &[u64], next: Option<u64>) -> Value {
    let message = |it: &u64| world.message_value(id, *it, metadata(params));
    let messages: Vec<Value> = shown.iter().map(message).collect();
    let mut answer = json!({ "messages": messages, "has_more": next.is_some() });
    if let Some(next) = next {
        let cursor = pages::cursor(&format!("next_ts:{next}"));
        answer["response_metadata"] = json!({ "next_cursor": cursor });
    }
    answer
}

pub(super) fn history(world: &mut World, params: &Params) -> Answer {
    let id = readable(world, params)?;
    let limit = pages::limit(params, 100, 999)?;
    let mut window = Window::of(params)?;
    window.latest = next(params)?.unwrap_or(window.latest);
    let timeline = &world.channel(&id)?.timeline;
    let found = window.range().map(|it| timeline.range(it).rev());
    let mut found = found.into_iter().flatten().copied();
    let shown: Vec<u64> = found.by_ref().take(limit).collect();
    let mut answer = page(world, params, &id, &shown, found.next());
    answer["pin_count"] = 0.into();
    answer["channel_actions_ts"] = Value::Null;
    answer["channel_actions_count"] = 0.into();
    Ok(answer)
}

pub(super) fn replies(world: &mut World, params: &Params) -> Answer {
    let id = readable(world, params)?;
    let root = params.ts("ts", "thread_not_found")?;
    let root = root.filter(|it| world.message(&id, *it).is_some());
    let root = root.ok_or("thread_not_found")?;
    let limit = pages::limit(params, 1000, 1000)?;
    let mut window = Window::of(params)?;
    window.oldest = next(params)?.unwrap_or(window.oldest);
    let thread = world.channel(&id)?.threads.get(&root).zip(window.range());
    let found = thread.map(|(thread, range)| thread.replies.range(range));
    let mut found = found.into_iter().flatten().copied();
    // The root stands at the head of each page, and counts.
    let below = found.by_ref().take(limit.saturating_sub(1).max(1));
    let shown: Vec<u64> = std::iter::once(root).chain(below).collect();
    Ok(page(world, params, &id, &shown, found.next()))
}
