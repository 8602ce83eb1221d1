//! What a test or a page does to the gateway.

use super::super::world::Discord;
use super::{GatewayFaults, Order};

impl Discord {
    pub fn set_gateway_faults(&self, faults: GatewayFaults) {
        self.change(|world| {
            let gateway = &mut world.gateway;
            if faults.silent {
                gateway.lines.values_mut().for_each(|it| it.silent = true);
            }
            gateway.faults = faults;
        });
    }

    pub fn gateway_faults(&self) -> GatewayFaults {
        self.look(|world| world.gateway.faults.clone())
    }

    /// All sockets break, without a closing frame.
    pub fn gateway_drop(&self) {
        self.change(|world| world.gateway.order(&Order::Drop));
    }

    /// Op 7: all clients are to connect anew and resume.
    pub fn gateway_reconnect(&self) {
        let say = Order::Say(r#"{"op":7,"d":null,"s":null,"t":null}"#.into());
        self.change(|world| world.gateway.order(&say));
    }

    /// Op 9. Sessions that cannot be resumed are forgotten.
    pub fn gateway_invalidate(&self, resumable: bool) {
        let say = format!(r#"{{"op":9,"d":{resumable},"s":null,"t":null}}"#);
        self.change(|world| {
            if !resumable {
                world.gateway.sessions.clear();
            }
            world.gateway.order(&Order::Say(say.into()));
        });
    }

    /// Closes all sockets with a code: 4004 and 4014 are for ever, 4000 and 4009 may be resumed.
    pub fn gateway_close(&self, code: u16) {
        self.change(|world| {
            if matches!(code, 4004 | 4007 | 4009..=4014) {
                world.gateway.sessions.clear();
            }
            world.gateway.order(&Order::Close(code));
        });
    }

    /// How many sockets are open.
    pub fn gateway_connections(&self) -> usize {
        self.look(|world| world.gateway.lines.len())
    }

    /// How many sessions hear events now: identified, and with a socket.
    pub fn gateway_sessions(&self) -> usize {
        self.look(|world| {
            let sessions = world.gateway.sessions.values();
            sessions.filter(|it| it.line.is_some()).count()
        })
    }

    /// For sockets that are opened from now on; 41,250 at first.
    pub fn set_heartbeat_ms(&self, interval: u64) {
        self.look(|world| world.gateway.heartbeat_ms = interval);
    }

    /// How many events a session keeps for a RESUME; whoever missed more is told op 9.
    pub fn keep_for_resume(&self, events: usize) {
        self.look(|world| world.gateway.kept = events);
    }
}
