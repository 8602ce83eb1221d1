//! By whichever way it comes: what people say is taken in as they said it, nothing is missing, and nothing comes twice.

use std::time::Duration;

use conversation::ChannelRef;
use sandbox::discord::{ChannelId, GatewayFaults, UserId};

use crate::bridge::{Bridge, now, reference};
use crate::intake::{Ears, until};

/// Around whatever anybody takes together, and beyond all that waits.
const SIZES: [usize; 7] = [1, 64, 65, 128, 129, 1_000, 10_000];
const EVERY: [usize; 2] = [1, 10];
const BURST: usize = 1_000;
/// What people say while something else is going on comes in so many pieces.
const PIECES: usize = 20;

/// Two channels, in which Ana counts; in the second one she says a few of the numbers only.
struct Counting {
    bridge: Bridge,
    ears: Ears,
    channels: [ChannelId; 2],
    ana: UserId,
    said: usize,
}

impl Counting {
    async fn begin() -> Counting {
        let bridge = Bridge::open().await;
        let it = &bridge.stand_in;
        let ana = it.add_member("Ana");
        let ears = Ears::new();
        let channels = ["spring", "summer"].map(|name| {
            let channel = it.add_text_channel(name);
            ears.memory.link(reference(channel), now());
            channel
        });
        Counting {
            bridge,
            ears,
            channels,
            ana,
            said: 0,
        }
    }

    fn say(&mut self, count: usize) {
        for number in self.said..self.said + count {
            for (channel, every) in self.channels.iter().zip(EVERY) {
                if number % every == 0 {
                    let it = &self.bridge.stand_in;
                    it.say(*channel, self.ana, number.to_string().as_str())
                        .unwrap();
                }
            }
        }
        self.said += count;
    }

    /// With something that happens between the pieces.
    async fn say_in_pieces(&mut self, count: usize, meanwhile: impl Fn(&Bridge, usize)) {
        for piece in 0..PIECES {
            self.say(count / PIECES);
            meanwhile(&self.bridge, piece);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn all_came_in_order(&self, what: &str) {
        for (channel, every) in self.channels.iter().zip(EVERY) {
            let channel = reference(*channel);
            let said: Vec<usize> = (0..self.said).step_by(every).collect();
            until(what, || self.heard(&channel).len() >= said.len()).await;
            let heard = self.heard(&channel);
            let swapped = heard.windows(2).filter(|it| it[0] > it[1]).count();
            assert!(heard == said, "{what}: {swapped} swapped of {}", self.said);
        }
    }

    fn heard(&self, channel: &ChannelRef) -> Vec<usize> {
        self.ears.memory.numbers(channel)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_on_a_live_session_comes_in_order() {
    for size in SIZES {
        let mut counting = Counting::begin().await;
        let _receiving = counting.ears.open(&counting.bridge).await;
        counting.say(size);
        counting.all_came_in_order("live").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_while_we_were_away_comes_in_order() {
    for size in SIZES {
        let mut counting = Counting::begin().await;
        counting.say(size);
        let _receiving = counting.ears.open(&counting.bridge).await;
        counting.all_came_in_order("from history").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_who_talk_on_do_not_overtake_what_stands_in_history() {
    for size in SIZES {
        let mut counting = Counting::begin().await;
        counting.say(size);
        let _receiving = counting.ears.open(&counting.bridge).await;
        counting.say_in_pieces(BURST, |_, _| {}).await;
        counting.all_came_in_order("history, then live").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_discord_brings_again_comes_in_order() {
    let mut counting = Counting::begin().await;
    let it = counting.bridge.stand_in.clone();
    let doubled = GatewayFaults {
        duplicate: true,
        ..GatewayFaults::default()
    };
    it.set_gateway_faults(doubled);
    let _receiving = counting.ears.open(&counting.bridge).await;
    for number in 0..4 {
        let cut = |it: &Bridge, piece| match (piece, number) {
            (5, 0) => it.stand_in.gateway_drop(),
            (5, 1) => it.stand_in.gateway_reconnect(),
            (5, 2) => it.stand_in.gateway_invalidate(true),
            // A new session: what came between the two stands in history alone.
            (5, _) => it.stand_in.gateway_invalidate(false),
            _ => {}
        };
        counting.say_in_pieces(BURST, cut).await;
        until("a connection", || it.gateway_connections() > 0).await;
    }
    counting.all_came_in_order("cut").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_store_refused_comes_in_order_before_what_followed() {
    let mut counting = Counting::begin().await;
    let memory = counting.ears.memory.clone();
    let _receiving = counting.ears.open(&counting.bridge).await;
    for _ in 0..3 {
        let refusing = |_: &Bridge, piece| memory.refuse(piece % 5 == 2);
        counting.say_in_pieces(BURST, refusing).await;
        memory.refuse(false);
    }
    counting.all_came_in_order("refused").await;
}
