//! By whichever way it comes: what people say is taken in as they said it, nothing is missing, and nothing comes twice.

use std::time::Duration;

use conversation::{ChannelRef, Timestamp};
use sandbox::slack::{ChannelId, Disconnect, EventFaults, UserId, Waits};

use crate::bridge::{Bridge, channel_ref, now};
use crate::intake::{Ears, sockets, until};

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
        let ana = it.add_person("Ana");
        let ears = Ears::new();
        let channels = ["spring", "summer"].map(|name| {
            let channel = it.add_channel(name);
            it.join(&channel, &ana).unwrap();
            it.invite_bot(&channel).unwrap();
            ears.memory.link(channel_ref(&channel), now());
            channel
        });
        it.forget_undelivered();
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
                    it.say(channel, &self.ana, number.to_string()).unwrap();
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
            let channel = channel_ref(channel);
            let said: Vec<usize> = (0..self.said).step_by(every).collect();
            until(|| self.heard(&channel).len() >= said.len()).await;
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
async fn a_burst_on_a_live_socket_comes_in_order() {
    for size in SIZES {
        let mut counting = Counting::begin().await;
        let _receiving = counting.ears.start(&counting.bridge);
        sockets(&counting.bridge, 1).await;
        counting.say(size);
        counting.all_came_in_order("live").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_while_we_were_away_comes_in_order() {
    for size in SIZES {
        let mut counting = Counting::begin().await;
        counting.say(size);
        counting.bridge.stand_in.forget_undelivered();
        let _receiving = counting.ears.start(&counting.bridge);
        counting.all_came_in_order("from history").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_who_talk_on_do_not_overtake_what_stands_in_history() {
    for size in SIZES {
        let mut counting = Counting::begin().await;
        counting.say(size);
        let _receiving = counting.ears.start(&counting.bridge);
        sockets(&counting.bridge, 1).await;
        counting.say_in_pieces(BURST, |_, _| {}).await;
        counting.all_came_in_order("history, then live").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_slack_brings_again_over_another_socket_comes_in_order() {
    let mut counting = Counting::begin().await;
    let it = counting.bridge.stand_in.clone();
    it.set_waits(Waits {
        ping: Waits::default().ping,
        ..Waits::scaled(0.02)
    });
    it.set_event_faults(EventFaults {
        duplicates: 1,
        ..EventFaults::default()
    });
    let _receiving = counting.ears.start(&counting.bridge);
    sockets(&counting.bridge, 1).await;
    let cut = |it: &Bridge, piece| {
        if piece == PIECES / 2 {
            it.stand_in.drop_sockets();
        }
    };
    for _ in 0..3 {
        counting.say_in_pieces(BURST, cut).await;
        sockets(&counting.bridge, 1).await;
    }
    counting.all_came_in_order("cut").await;
    assert!(it.counters().redeliveries > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_sockets_that_take_turns_bring_it_in_order() {
    let mut counting = Counting::begin().await;
    let it = counting.bridge.stand_in.clone();
    it.set_waits(Waits {
        warning: Duration::from_secs(1),
        ..Waits::default()
    });
    let _receiving = counting.ears.start(&counting.bridge);
    sockets(&counting.bridge, 1).await;
    for why in [
        Disconnect::Warning,
        Disconnect::Warning,
        Disconnect::RefreshRequested,
    ] {
        it.disconnect_sockets(why);
        counting.say_in_pieces(BURST, |_, _| {}).await;
        until(|| it.sockets() == 1).await;
    }
    counting.all_came_in_order("two sockets").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_store_refused_comes_in_order_before_what_followed() {
    let mut counting = Counting::begin().await;
    let it = counting.bridge.stand_in.clone();
    // What it brings again comes too late to help.
    it.set_waits(Waits {
        retries: [Duration::from_secs(3600); 3],
        ..Waits::default()
    });
    let memory = counting.ears.memory.clone();
    let _receiving = counting.ears.start(&counting.bridge);
    sockets(&counting.bridge, 1).await;
    for _ in 0..3 {
        counting
            .say_in_pieces(BURST, |_, piece| memory.refuse(piece % 5 == 2))
            .await;
        memory.refuse(false);
        // As the store says it, after what it took.
        for channel in &counting.channels {
            memory.link(channel_ref(channel), Timestamp(now().0));
        }
    }
    counting.all_came_in_order("refused").await;
}
