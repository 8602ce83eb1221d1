//! What could not be delivered.

use super::value::Which;
use crate::ChannelRef;

noun! {
    Dead "dead": HELP_DEAD;
    List "dead list" { #[keyed] channel: Option<ChannelRef> }: Staff Reads HELP_DEAD_LIST;
    Retry "dead retry" { ids: Which }: Staff Changes HELP_DEAD_RETRY;
    Drop "dead drop" { ids: Which }: Staff Changes HELP_DEAD_DROP;
}
