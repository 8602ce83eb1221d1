//! What the operator sets: where mail comes in, where it goes out, and the lists that we are.
//!
//! **Invariant:** no secret is ever shown: `Debug` hides the password.

use std::{fmt, net::SocketAddr, path::PathBuf};

use conversation::{AccountRef, Platform, RemoteId};
use serde::Deserialize;

use crate::{
    EmailError,
    address::{Mailbox, display_name},
    authorities::{authorities, name_of},
    fingerprint::Fingerprints,
    id::PLATFORM,
};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The right side of the Message-IDs that we make, as in `causeway.example.org`. It must be ours alone: mail
    /// whose Message-ID ends in it is taken for our own, coming back.
    pub domain: String,
    /// Where the bridge is told what is about no list alone, by whoever takes part in a community. Each list has an address
    /// for that besides (`List::command_address`).
    #[serde(default)]
    pub command_address: Option<String>,
    pub lmtp: Lmtp,
    pub smtp: Smtp,
    #[serde(default)]
    pub lists: Vec<List>,
}

/// Where the mail server hands mail in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lmtp {
    pub listen: SocketAddr,
    pub max_message_bytes: usize,
    pub max_recipients: usize,
    pub max_sessions: usize,
    pub idle_timeout_s: u64,
    /// The name under which the mail server says what it verified: the authserv-id of its `Authentication-Results`
    /// (RFC 8601). Without it nobody is believed.
    #[serde(default)]
    pub authserv_id: Option<String>,
    /// How many `Received` of our own servers stand above those results.
    pub own_hops: usize,
}

/// Where mail goes out.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    /// Whoever signed the server's certificate, as PEM, instead of the public authorities.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Certificates that are trusted whoever signed them.
    #[serde(default)]
    pub fingerprint: Fingerprints,
    #[serde(default)]
    pub user: Option<String>,
    #[serde(default)]
    pub password: Option<String>,
    pub max_connections: usize,
    /// For each step of the dialogue.
    pub timeout_s: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// For a server on the same machine.
    None,
    /// Begins in the clear, and goes no further if the server offers no TLS (port 587).
    Starttls,
    /// From the first byte on (port 465).
    Implicit,
}

/// One mailing list: a channel.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    pub address: String,
    /// As people see it, as in `Spring Gathering`.
    pub name: String,
    #[serde(default)]
    pub members: Vec<Mailbox>,
    #[serde(default)]
    pub posting: Posting,
    /// Whether mail that claims to be from a member must prove it. Without it, it must where `lmtp.authserv_id` is set.
    #[serde(default)]
    pub proof: Option<ProofAsked>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofAsked {
    Required,
    /// Only what proves to be false is held.
    Optional,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Posting {
    #[default]
    Members,
    Anyone,
}

impl Settings {
    /// The first fault, for whoever cannot go on with any.
    pub fn validate(&self) -> Result<(), EmailError> {
        self.faults().into_iter().next().map_or(Ok(()), Err)
    }

    /// All that makes no sense, each with its key and the cure.
    pub fn faults(&self) -> Vec<EmailError> {
        let mut faults = faults([check_domain(&self.domain)]);
        faults.extend(self.faults_of_doors());
        faults.extend(self.lmtp.faults());
        faults.extend(self.smtp.faults());
        let ids: Vec<String> = self.lists.iter().map(List::id).collect();
        for (index, list) in self.lists.iter().enumerate() {
            faults.extend(list.faults(index));
            if let Some(first) = ids[..index].iter().position(|it| *it == ids[index]) {
                let why = format!("is that of email.lists[{first}] too: give each list its own");
                faults.extend(wrong(&format!("lists[{index}].address"), &why).err());
            }
            if list.proof == Some(ProofAsked::Required) && self.lmtp.authserv_id.is_none() {
                let why = "is required, but nobody is believed: name the mail server that verifies in \
                           email.lmtp.authserv_id";
                faults.extend(wrong(&format!("lists[{index}].proof"), why).err());
            }
        }
        faults
    }

    /// Must a mail of this author to the list prove that it is theirs? Members of any list have a name to lose.
    pub(crate) fn asks_for_proof(&self, list: &List, author: &str) -> bool {
        self.lmtp.authserv_id.is_some()
            && list.proof != Some(ProofAsked::Optional)
            && self.lists.iter().any(|it| it.is_member(author))
    }

    /// Everybody whom the lists name, as the others see them: they have their names before whoever writes first.
    pub fn members(&self) -> Vec<(AccountRef, String)> {
        let all = self.lists.iter().flat_map(|list| &list.members);
        let called = |it: &Mailbox| display_name(it.name.as_deref(), &it.id());
        let account = |it: &Mailbox| AccountRef {
            platform: Platform::from(PLATFORM),
            account: RemoteId(it.id()),
        };
        all.map(|it| (account(it), called(it))).collect()
    }

    /// The list with this address, in whatever case.
    pub fn list(&self, address: &str) -> Option<&List> {
        let wanted = address.trim().to_lowercase();
        self.lists.iter().find(|list| list.id() == wanted)
    }

    /// In the domain of one of them.
    pub(crate) fn is_beside_a_list(&self, address: &str) -> bool {
        let domain_of = |it: &str| it.rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
        let domain = domain_of(address);
        domain.is_some() && self.lists.iter().any(|it| domain_of(&it.id()) == domain)
    }
}

impl Lmtp {
    fn faults(&self) -> Vec<EmailError> {
        let is_name = self.authserv_id.as_deref().is_none_or(is_name);
        let no_name =
            "is no name: write it as it stands behind Authentication-Results, as in mx.example.org";
        faults([
            at_least_1("lmtp.max_message_bytes", self.max_message_bytes as u64),
            at_least_1("lmtp.max_recipients", self.max_recipients as u64),
            at_least_1("lmtp.max_sessions", self.max_sessions as u64),
            at_least_1("lmtp.idle_timeout_s", self.idle_timeout_s),
            check(is_name, "lmtp.authserv_id", no_name),
        ])
    }
}

impl Smtp {
    fn faults(&self) -> Vec<EmailError> {
        let is_named = !self.host.trim().is_empty();
        let no_name = "is empty: name the mail server, as in localhost";
        let mut faults = faults([
            check(is_named, "smtp.host", no_name),
            at_least_1("smtp.max_connections", self.max_connections as u64),
            at_least_1("smtp.timeout_s", self.timeout_s),
            match (&self.user, &self.password) {
                (Some(_), None) => wrong(
                    "smtp.password",
                    "is missing, while smtp.user is set: write it, or take smtp.user out",
                ),
                (None, Some(_)) => wrong(
                    "smtp.user",
                    "is missing, while smtp.password is set: write it, or take smtp.password out",
                ),
                (Some(_), Some(_)) if self.tls == Tls::None => wrong(
                    "smtp.tls",
                    "is none, so the password would go out in the clear: use starttls or implicit",
                ),
                _ => Ok(()),
            },
        ]);
        faults.extend(self.faults_of_trust());
        faults
    }

    /// Whom the server's certificate is trusted by.
    fn faults_of_trust(&self) -> Vec<EmailError> {
        let unused = "counts for nothing while smtp.tls is none: use starttls or implicit";
        if self.tls == Tls::None {
            return faults([
                check(self.ca_file.is_none(), "smtp.ca_file", unused),
                check(self.fingerprint.is_empty(), "smtp.fingerprint", unused),
            ]);
        }
        let refused = |key: &str, problem: String| wrong(key, &problem);
        let host = match self.host.trim().is_empty() {
            true => Ok(()),
            false => name_of(&self.host).map(drop),
        };
        let authorities = self.ca_file.as_deref().map(authorities);
        let authorities = authorities.map_or(Ok(()), |it| it.map(drop));
        faults([
            host.or_else(|problem| refused("smtp.host", problem)),
            authorities.or_else(|problem| refused("smtp.ca_file", problem)),
        ])
    }
}

impl List {
    /// The channel's id: the address in lower case.
    pub fn id(&self) -> String {
        self.address.trim().to_lowercase()
    }

    pub fn is_member(&self, address: &str) -> bool {
        let wanted = address.to_lowercase();
        self.members.iter().any(|member| member.id() == wanted)
    }

    /// RFC 2919: the address with a dot for the `@`.
    pub(crate) fn list_id(&self) -> String {
        self.id().replace('@', ".")
    }

    fn faults(&self, index: usize) -> Vec<EmailError> {
        let key = |field: &str| format!("lists[{index}].{field}");
        let ids: Vec<String> = self.members.iter().map(Mailbox::id).collect();
        let is_address = self.address.parse::<lettre::Address>().is_ok() && self.address.is_ascii();
        let is_line = !self.name.trim().is_empty() && !self.name.chars().any(char::is_control);
        let no_address = "is no address: write it alone, as in spring@example.org; the list's name has a key of its own";
        let no_line = "is empty, or has several lines: write one line of text";
        let mut faults = faults([
            check(is_address, &key("address"), no_address),
            check(is_line, &key("name"), no_line),
        ]);
        for (number, id) in ids.iter().enumerate() {
            if let Some(first) = ids[..number].iter().position(|it| it == id) {
                let why =
                    format!("is the address of members[{first}] too: take one of the two out");
                faults.extend(wrong(&key(&format!("members[{number}]")), &why).err());
            }
        }
        faults
    }
}

fn is_name(server: &str) -> bool {
    let fits = |c: char| c.is_ascii_graphic() && !"\"();,=\\".contains(c);
    !server.is_empty() && server.chars().all(fits)
}

fn check_domain(domain: &str) -> Result<(), EmailError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let is_domain = !domain.is_empty() && domain.chars().all(fits) && !domain.starts_with('.');
    let why = "is no domain: write it as in causeway.example.org";
    check(is_domain, "domain", why)
}

fn faults<const N: usize>(checks: [Result<(), EmailError>; N]) -> Vec<EmailError> {
    checks.into_iter().filter_map(Result::err).collect()
}

fn check(holds: bool, key: &str, problem: &str) -> Result<(), EmailError> {
    if holds { Ok(()) } else { wrong(key, problem) }
}

fn at_least_1(key: &str, value: u64) -> Result<(), EmailError> {
    let why = "is 0, with which nothing works: write 1 or more";
    check(value > 0, key, why)
}

pub(crate) fn wrong(key: &str, problem: &str) -> Result<(), EmailError> {
    Err(EmailError::Settings {
        key: format!("email.{key}"),
        problem: problem.to_owned(),
    })
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("ca_file", &self.ca_file)
            .field("fingerprint", &self.fingerprint)
            .field("user", &self.user.as_ref().map(|_| "set"))
            .field("password", &self.password.as_ref().map(|_| "hidden"))
            .field("max_connections", &self.max_connections)
            .field("timeout_s", &self.timeout_s)
            .finish()
    }
}

#[cfg(test)]
pub(crate) mod tests;
