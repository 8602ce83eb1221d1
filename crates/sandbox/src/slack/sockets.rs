//! What a test or a page does to deliveries and sockets.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use super::delivery::{Out, RequestUrls, UrlState, Waits};
use super::faults::{Disconnect, EventFaults, SocketFaults};
use super::world::Slack;

impl Slack {
    pub fn set_waits(&self, waits: Waits) {
        self.change(|world| world.delivery.waits = waits);
    }

    /// As saved on the app's page: the address of events is sent `url_verification` first.
    pub fn set_request_urls(&self, urls: RequestUrls) {
        self.change(|world| {
            let delivery = &mut world.delivery;
            if delivery.urls.events != urls.events {
                delivery.verify = urls.events.is_some();
                delivery.url_state = match urls.events {
                    Some(_) => UrlState::Verifying,
                    None => UrlState::Unset,
                };
            }
            delivery.urls = urls;
        });
    }

    pub fn url_state(&self) -> UrlState {
        self.look(|world| world.delivery.url_state.clone())
    }

    /// What is on its way is never told: for a town that is set up before the story begins.
    pub fn forget_undelivered(&self) {
        self.change(|world| {
            let delivery = &mut world.delivery;
            delivery.queue.clear();
            delivery.in_flight.clear();
            delivery.deadlines.clear();
            delivery.gathered.clear();
            delivery.waiting_for_url.clear();
            delivery.lanes.values_mut().for_each(VecDeque::clear);
        });
    }

    /// Events, presses and commands that are on their way or will come again, and a verification under way.
    pub fn undelivered(&self) -> usize {
        self.look(|world| {
            let delivery = &world.delivery;
            let in_lanes: usize = delivery.lanes.values().map(VecDeque::len).sum();
            let under_way = delivery.lanes.len();
            let verifying = usize::from(delivery.url_state == UrlState::Verifying);
            delivery.queue.len()
                + delivery.in_flight.len()
                + delivery.waiting_for_url.len()
                + delivery.gathered.len()
                + in_lanes
                + under_way
                + verifying
        })
    }

    pub fn set_event_faults(&self, faults: EventFaults) {
        self.change(|world| world.delivery.faults = faults);
    }

    pub fn event_faults(&self) -> EventFaults {
        self.look(|world| world.delivery.faults.clone())
    }

    pub fn set_socket_faults(&self, faults: SocketFaults) {
        self.change(|world| {
            world.delivery.socket_faults.send_replace(faults);
        });
    }

    pub fn socket_faults(&self) -> SocketFaults {
        self.look(|world| world.delivery.socket_faults.borrow().clone())
    }

    /// How many are open.
    pub fn sockets(&self) -> usize {
        self.look(|world| world.delivery.sockets.len())
    }

    /// Each connection breaks without a word.
    pub fn drop_sockets(&self) {
        self.change(|world| world.delivery.sockets.clear());
    }

    /// Each socket is told why, and ended.
    pub fn disconnect_sockets(&self, why: Disconnect) {
        let reason = match why {
            Disconnect::Warning => "warning",
            Disconnect::RefreshRequested => "refresh_requested",
            Disconnect::LinkDisabled => "link_disabled",
        };
        self.change(|world| {
            let delivery = &mut world.delivery;
            delivery.link_disabled |= why == Disconnect::LinkDisabled;
            let wait = match why {
                Disconnect::Warning => delivery.waits.warning,
                _ => Duration::ZERO,
            };
            let end = Instant::now() + wait;
            for (id, socket) in &delivery.sockets {
                let _ = socket.out.send(Out::Text(disconnect_text(reason)));
                delivery.closings.push((end, *id));
            }
        });
    }

    pub fn enable_socket_mode(&self) {
        self.change(|world| world.delivery.link_disabled = false);
    }
}

pub(super) fn disconnect_text(reason: &str) -> String {
    json!({ "type": "disconnect", "reason": reason, "debug_info": { "host": "applink-1" } })
        .to_string()
}
