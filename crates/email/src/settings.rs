//! What the operator sets: where mail comes in, where it goes out, and the lists that we are.
//!
//! **Invariant:** no secret is ever shown: `Debug` hides the password.

use std::{collections::HashSet, fmt, net::SocketAddr, path::PathBuf};

use conversation::{AccountRef, Platform, RemoteId};
use serde::Deserialize;

use crate::{
    EmailError, PLATFORM,
    address::{Mailbox, display_name},
    fingerprint::Fingerprints,
    outbound,
};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The right side of the Message-IDs that we make, as in `causeway.example.org`. It must be ours alone: mail
    /// whose Message-ID ends in it is taken for our own, coming back.
    pub domain: String,
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
    /// What no server may make us repeat.
    pub fn secrets(&self) -> Vec<&str> {
        self.smtp.password.as_deref().into_iter().collect()
    }

    /// Says what is wrong, with the key and the cure.
    pub fn validate(&self) -> Result<(), EmailError> {
        check_domain(&self.domain)?;
        self.lmtp.validate()?;
        self.smtp.validate()?;
        let mut seen = HashSet::new();
        for (index, list) in self.lists.iter().enumerate() {
            list.validate(index)?;
            if !seen.insert(list.id()) {
                return wrong(&format!("lists[{index}].address"), "is given to two lists");
            }
            if list.proof == Some(ProofAsked::Required) && self.lmtp.authserv_id.is_none() {
                return wrong(
                    &format!("lists[{index}].proof"),
                    "is required, but nobody is believed: name the mail server that verifies in email.lmtp.authserv_id",
                );
            }
        }
        Ok(())
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
}

impl Settings {
    /// In the domain of one of them.
    pub(crate) fn is_beside_a_list(&self, address: &str) -> bool {
        let domain_of = |it: &str| it.rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
        let domain = domain_of(address);
        domain.is_some() && self.lists.iter().any(|it| domain_of(&it.id()) == domain)
    }
}

impl Lmtp {
    fn validate(&self) -> Result<(), EmailError> {
        let zeros = [
            ("lmtp.max_message_bytes", self.max_message_bytes),
            ("lmtp.max_recipients", self.max_recipients),
            ("lmtp.max_sessions", self.max_sessions),
        ];
        match zeros.iter().find(|(_, value)| *value == 0) {
            Some((key, _)) => wrong(key, "must be at least 1"),
            None if self.idle_timeout_s == 0 => wrong("lmtp.idle_timeout_s", "must be at least 1"),
            None if self.authserv_id.as_deref().is_some_and(|it| !is_name(it)) => wrong(
                "lmtp.authserv_id",
                "is no name: write it as it stands behind Authentication-Results, as in mx.example.org",
            ),
            None => Ok(()),
        }
    }
}

impl Smtp {
    fn validate(&self) -> Result<(), EmailError> {
        if self.host.trim().is_empty() {
            return wrong(
                "smtp.host",
                "is empty: name the mail server, as in localhost",
            );
        }
        if self.max_connections == 0 {
            return wrong("smtp.max_connections", "must be at least 1");
        }
        if self.timeout_s == 0 {
            return wrong("smtp.timeout_s", "must be at least 1");
        }
        self.validate_trust()?;
        match (&self.user, &self.password) {
            (Some(_), None) => wrong("smtp.password", "is missing: smtp.user is set"),
            (None, Some(_)) => wrong("smtp.user", "is missing: smtp.password is set"),
            (Some(_), Some(_)) if self.tls == Tls::None => wrong(
                "smtp.tls",
                "is none, so the password would go out in the clear: use starttls or implicit",
            ),
            _ => Ok(()),
        }
    }

    /// Whom the server's certificate is trusted by.
    fn validate_trust(&self) -> Result<(), EmailError> {
        let unused = "counts for nothing while smtp.tls is none: use starttls or implicit";
        if self.tls == Tls::None {
            return match (&self.ca_file, self.fingerprint.is_empty()) {
                (None, true) => Ok(()),
                (Some(_), _) => wrong("smtp.ca_file", unused),
                (None, false) => wrong("smtp.fingerprint", unused),
            };
        }
        if let Err(problem) = outbound::name_of(&self.host) {
            return wrong("smtp.host", &problem);
        }
        match self.ca_file.as_deref().map(outbound::authorities) {
            Some(Err(problem)) => wrong("smtp.ca_file", &problem),
            _ => Ok(()),
        }
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

    /// Where the mail servers of members send what they cannot deliver; with a token it says for whom.
    pub fn bounces_address(&self, token: &str) -> String {
        // RFC 5321, 4.5.3.1.1.
        const LONGEST_LOCAL_PART: usize = 64;
        let id = self.id();
        let Some((local, domain)) = id.rsplit_once('@') else {
            return id;
        };
        let bare = format!("{local}-bounces");
        let whose = format!("{bare}+{token}");
        match token.is_empty() || whose.len() > LONGEST_LOCAL_PART {
            true => format!("{bare}@{domain}"),
            false => format!("{whose}@{domain}"),
        }
    }

    /// RFC 2919: the address with a dot for the `@`.
    pub(crate) fn list_id(&self) -> String {
        self.id().replace('@', ".")
    }

    fn validate(&self, index: usize) -> Result<(), EmailError> {
        let key = |field: &str| format!("lists[{index}].{field}");
        if self.address.parse::<lettre::Address>().is_err() || !self.address.is_ascii() {
            return wrong(
                &key("address"),
                "is no address: write it as in spring@example.org",
            );
        }
        if self.name.trim().is_empty() || self.name.chars().any(char::is_control) {
            return wrong(&key("name"), "must be a line of text");
        }
        let mut seen = HashSet::new();
        match self.members.iter().find(|member| !seen.insert(member.id())) {
            Some(_) => wrong(&key("members"), "names one address twice"),
            None => Ok(()),
        }
    }
}

fn is_name(server: &str) -> bool {
    let fits = |c: char| c.is_ascii_graphic() && !"\"();,=\\".contains(c);
    !server.is_empty() && server.chars().all(fits)
}

fn check_domain(domain: &str) -> Result<(), EmailError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if domain.is_empty() || !domain.chars().all(fits) || domain.starts_with('.') {
        return wrong(
            "domain",
            "is no domain: write it as in causeway.example.org",
        );
    }
    Ok(())
}

fn wrong(key: &str, problem: &str) -> Result<(), EmailError> {
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
mod tests;
