//! Keys under which an event is accepted once and for ever. **Invariant:** made from what the event says and
//! nothing else, so that the socket, Slack's retries and history agree.

use conversation::EventKey;

pub(super) fn of(parts: &[&str]) -> EventKey {
    EventKey(parts.join("/"))
}
