//! What waits for staff before anybody hears of it.

use super::value::Which;
use crate::ChannelRef;

noun! {
    Held "held": HELP_HELD;
    List "held list" { #[keyed] channel: Option<ChannelRef> }: Staff Reads HELP_HELD_LIST;
    Release "held release" { ids: Which }: Staff Changes HELP_HELD_RELEASE;
    Drop "held drop" { ids: Which }: Staff Changes HELP_HELD_DROP;
}
