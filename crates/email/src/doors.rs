//! Our addresses: those of the lists, and those beside them at which the bridge itself is written to.
//!
//! **Invariant:** each address leads to one door, and no other place reads what stands behind a list's name.

use conversation::{ChannelRef, RemoteId};

use crate::{
    EmailError,
    id::PLATFORM,
    settings::{List, Settings, wrong},
};

/// As Mailman calls it, whose lists people know.
const COMMANDS: &str = "-request";
const BOUNCES: &str = "-bounces";

/// Where a mail came.
pub(crate) enum Door<'a> {
    List(&'a List),
    Commands(CommandAddress),
    /// With the token that says whose mail came back, or without.
    Bounces(&'a List, String),
}

/// Where the bridge is told something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommandAddress {
    pub(crate) address: String,
    /// Beside which it stands. Without one it is for all that somebody takes part in.
    list: Option<String>,
}

impl CommandAddress {
    /// Where it is said what is said there: on the list, or where its writer and the bridge are alone.
    pub(crate) fn channel(&self, writer: &RemoteId) -> ChannelRef {
        let id = self.list.as_deref().unwrap_or(writer.as_str());
        ChannelRef::new(PLATFORM, id)
    }

    /// None where that would be a person's.
    pub(crate) fn place(&self) -> Option<ChannelRef> {
        self.list
            .as_deref()
            .map(|list| ChannelRef::new(PLATFORM, list))
    }
}

impl From<&List> for CommandAddress {
    fn from(list: &List) -> CommandAddress {
        CommandAddress {
            address: list.command_address(),
            list: Some(list.id()),
        }
    }
}

impl Settings {
    /// None where it is not ours.
    pub(crate) fn door(&self, address: &str) -> Option<Door<'_>> {
        if let Some(list) = self.list(address) {
            return Some(Door::List(list));
        }
        let of_all = self.commands_of_all();
        if let Some(address) = of_all.filter(|it| *it == address.trim().to_lowercase()) {
            let list = None;
            return Some(Door::Commands(CommandAddress { address, list }));
        }
        let (local, domain) = address.rsplit_once('@')?;
        let (bare, token) = local.split_once('+').unwrap_or((local, ""));
        let (bare, token) = (bare.to_lowercase(), token.to_lowercase());
        let beside = |suffix| self.list(&format!("{}@{domain}", bare.strip_suffix(suffix)?));
        match (beside(COMMANDS), beside(BOUNCES)) {
            (Some(list), _) => Some(Door::Commands(list.into())),
            (None, Some(list)) => Some(Door::Bounces(list, token)),
            (None, None) => None,
        }
    }

    /// Where the bridge is written to about what was said in a channel, if anywhere.
    pub(crate) fn commands_about(&self, channel: &str) -> Option<String> {
        let list = self.list(channel);
        list.map(List::command_address)
            .or_else(|| self.commands_of_all())
    }

    /// No address is to lead two ways.
    pub(crate) fn faults_of_doors(&self) -> Vec<EmailError> {
        let fault = |key: &str, why: &str| wrong(key, why).err();
        let of_all = self.command_address.as_deref().and_then(|given| {
            let address = given.trim().to_lowercase();
            let is_address = address.parse::<lettre::Address>().is_ok() && address.is_ascii();
            let of = |it: &List| [it.id(), it.command_address(), it.bounces_address("")];
            let is_taken = self.lists.iter().any(|it| of(it).contains(&address));
            match (is_address, is_taken) {
                (true, false) => None,
                (true, true) => fault(
                    "command_address",
                    "is a list's, or stands beside one: give it an address of its own",
                ),
                (false, _) => fault(
                    "command_address",
                    "is no address: write it alone, as in causeway@lists.example.org",
                ),
            }
        });
        let of_lists = self.lists.iter().enumerate().filter_map(|(index, list)| {
            let mut lists = self.lists.iter();
            let beside = lists.position(|it| it.command_address() == list.id())?;
            let why = format!(
                "is where the bridge is told something about email.lists[{beside}]: take another"
            );
            fault(&format!("lists[{index}].address"), &why)
        });
        of_all.into_iter().chain(of_lists).collect()
    }

    fn commands_of_all(&self) -> Option<String> {
        let address = self.command_address.as_ref();
        address.map(|it| it.trim().to_lowercase())
    }
}

impl List {
    /// Where the bridge is told something about the list.
    pub fn command_address(&self) -> String {
        self.beside(COMMANDS)
    }

    /// Where the mail servers of members send what they cannot deliver; with a token it says for whom.
    pub fn bounces_address(&self, token: &str) -> String {
        // RFC 5321, 4.5.3.1.1.
        const LONGEST_LOCAL_PART: usize = 64;
        let bare = self.beside(BOUNCES);
        let Some((local, domain)) = bare.split_once('@') else {
            return bare;
        };
        match token.is_empty() || local.len() + 1 + token.len() > LONGEST_LOCAL_PART {
            true => bare,
            false => format!("{local}+{token}@{domain}"),
        }
    }

    fn beside(&self, suffix: &str) -> String {
        let id = self.id();
        match id.rsplit_once('@') {
            Some((local, domain)) => format!("{local}{suffix}@{domain}"),
            None => format!("{id}{suffix}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::read;

    fn led_to(address: &str) -> String {
        let settings = read(|it| it["command_address"] = "Causeway@lists.example".into()).unwrap();
        match settings.door(address) {
            None => "nobody".to_owned(),
            Some(Door::List(list)) => format!("list {}", list.id()),
            Some(Door::Bounces(list, token)) => format!("bounces {} {token}", list.id()),
            Some(Door::Commands(at)) => {
                format!(
                    "commands {} {}",
                    at.address,
                    at.channel(&"ana@x.org".into())
                )
            }
        }
    }

    #[test]
    fn no_address_leads_two_ways() {
        let refused = |address: &str| {
            let said = read(|it| it["command_address"] = address.into());
            said.err().unwrap_or_else(|| "taken".to_owned())
        };
        assert_eq!(refused("causeway@lists.example"), "taken");
        for address in [
            "spring@lists.example",
            "Spring-bounces@lists.example",
            "spring-request@lists.example",
        ] {
            assert!(refused(address).starts_with("`email.command_address` is a list's"));
        }
        for address in ["causeway", "Causeway <causeway@lists.example>", ""] {
            assert!(refused(address).starts_with("`email.command_address` is no address"));
        }
        let twice = read(|it| {
            let list =
                serde_json::json!({"address": "spring-request@lists.example", "name": "Two"});
            it["lists"].as_array_mut().unwrap().push(list);
        });
        let told = "`email.lists[1].address` is where the bridge is told something about email.lists[0]: take another";
        assert_eq!(twice.unwrap_err(), told);
    }

    #[test]
    fn each_address_leads_to_one_door() {
        for (address, door) in [
            ("SPRING@lists.example", "list spring@lists.example"),
            (
                "Spring-Request@Lists.example",
                "commands spring-request@lists.example email:spring@lists.example",
            ),
            (
                "spring-request+x@lists.example",
                "commands spring-request@lists.example email:spring@lists.example",
            ),
            (
                "causeway@LISTS.example",
                "commands causeway@lists.example email:ana@x.org",
            ),
            (
                "spring-bounces@lists.example",
                "bounces spring@lists.example ",
            ),
            (
                "spring-bounces+0A@lists.example",
                "bounces spring@lists.example 0a",
            ),
            ("spring-request@other.example", "nobody"),
            ("autumn-request@lists.example", "nobody"),
            ("-request@lists.example", "nobody"),
            ("spring-request", "nobody"),
            ("spring+x@lists.example", "nobody"),
        ] {
            assert_eq!(led_to(address), door, "{address}");
        }
    }
}
