//! How a call can fail, and what to do next. **Invariant:** no error text holds a token, and each that staff can
//! do something about says what.

#[cfg(test)]
mod tests;

use std::time::Duration;

use calls::{Repeated, Transit};
use conversation::SendError;

/// For a `Retry-After` that is missing or makes no sense.
const USUAL_WAIT: Duration = Duration::from_secs(5);
/// A longer one is not believed: nobody would be heard for years.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallError {
    /// No answer of Slack's.
    #[error(transparent)]
    Transit(#[from] Transit),
    /// Slack said no.
    #[error("{0}")]
    Answered(Refusal),
    /// Slack, or our own count of its limits, says wait: nothing was done.
    #[error("wait {} s", .0.as_secs_f32())]
    Limited(Duration),
    /// Something before Slack answered: a proxy, a load balancer.
    #[error("HTTP status {0}")]
    Foreign(u16),
    /// We were sent to a host that is not the configured one; nothing went there.
    #[error("Slack sent us to another host than the one in `api_url`")]
    Elsewhere,
}

/// An answer with `"ok": false`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// Slack's own code, as in `channel_not_found`.
    pub(crate) error: String,
    /// The scope that is missing, and those that we have.
    pub(crate) needed: String,
    pub(crate) provided: String,
    /// Sentences that say more, as for blocks that it does not like.
    pub(crate) messages: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.error)?;
        match self.messages.is_empty() {
            true => Ok(()),
            false => write!(f, " ({})", self.messages),
        }
    }
}

impl calls::Trouble for CallError {
    fn is_final(&self) -> Option<SendError> {
        match self.clone().harmless() {
            end @ SendError::Unauthorised(_) => Some(end),
            _ => None,
        }
    }

    fn asked_to_wait(&self) -> Duration {
        match self {
            CallError::Limited(wait) => *wait,
            _ => Duration::ZERO,
        }
    }

    fn is_answer(&self) -> bool {
        matches!(self, CallError::Answered(_))
    }
}

impl CallError {
    pub(crate) fn is(&self, code: &str) -> bool {
        matches!(self, CallError::Answered(refusal) if refusal.error == code)
    }

    pub(crate) fn is_one_of(&self, codes: &[&str]) -> bool {
        codes.iter().any(|code| self.is(code))
    }

    /// As `is_final`, of the token that opens connections, without which nothing is heard at all.
    pub(crate) fn final_for_app_token(self) -> Option<SendError> {
        let code = match &self {
            CallError::Answered(refusal) => refusal.error.clone(),
            _ => String::new(),
        };
        match self.harmless() {
            SendError::Unauthorised(_) if is_one_of(&code, BAD_TOKEN) => {
                Some(SendError::Unauthorised(format!("{code}: {APP_TOKEN}")))
            }
            SendError::ChannelGone(_) if code == "missing_scope" => {
                Some(SendError::Unauthorised(format!("{code}: {APP_SCOPE}")))
            }
            SendError::Unauthorised(cure) | SendError::ChannelGone(cure) => {
                Some(SendError::Unauthorised(cure))
            }
            _ => None,
        }
    }

    /// Slack, or what stands before it, may answer otherwise later.
    pub(crate) fn is_for_a_while(&self) -> bool {
        let next = self.clone().harmless();
        !matches!(next, SendError::ChannelGone(_) | SendError::Refused(_))
    }

    /// Of a call that may be repeated.
    pub(crate) fn harmless(self) -> SendError {
        self.into_send_error(Repeated::IsHarmless)
    }

    pub(crate) fn into_send_error(self, repeated: Repeated) -> SendError {
        match self {
            CallError::Transit(transit) => transit.into_send_error(repeated),
            CallError::Limited(wait) => SendError::RateLimited { wait },
            // A server that is overloaded did not begin; one that broke off may have.
            CallError::Foreign(503) => SendError::Unavailable("HTTP status 503".to_owned()),
            CallError::Foreign(status @ 500..) => repeated.doubt(format!("HTTP status {status}")),
            CallError::Foreign(413) => {
                SendError::Refused("the file is larger than the server takes".to_owned())
            }
            CallError::Foreign(status) => SendError::Unavailable(format!("HTTP status {status}")),
            CallError::Elsewhere => SendError::Unavailable(CallError::Elsewhere.to_string()),
            CallError::Answered(refusal) if is_one_of(&refusal.error, BROKE_OFF) => {
                repeated.doubt(refusal.error)
            }
            CallError::Answered(refusal) => refusal.into_send_error(),
        }
    }
}

impl Refusal {
    fn into_send_error(self) -> SendError {
        let code = self.error.as_str();
        if let Some(cure) = cure(UNAUTHORISED, code) {
            return SendError::Unauthorised(format!("{code}: {cure}"));
        }
        if code == "missing_scope" {
            return SendError::ChannelGone(self.missing_scope());
        }
        if let Some(cure) = cure(CHANNEL_GONE, code) {
            return SendError::ChannelGone(format!("{code}: {cure}"));
        }
        match is_one_of(code, FOR_A_WHILE) {
            true => SendError::Unavailable(self.error),
            false => SendError::Refused(self.to_string()),
        }
    }

    fn missing_scope(&self) -> String {
        let Refusal {
            needed, provided, ..
        } = self;
        format!(
            "missing_scope: the app lacks the scope {needed} (it has {provided}): add it on the app's page \
             \"OAuth & Permissions\" and install the app again"
        )
    }
}

/// `Retry-After` is a number of seconds.
pub(crate) fn retry_after(header: Option<&str>) -> Duration {
    let wait = header
        .and_then(|it| it.trim().parse::<f64>().ok())
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .filter(|wait| !wait.is_zero());
    match wait {
        Some(wait) if wait <= LONGEST_WAIT => wait,
        Some(wait) => {
            tracing::warn!(
                wait_s = wait.as_secs(),
                believed_s = LONGEST_WAIT.as_secs(),
                "Slack asks for a wait that is not believed"
            );
            LONGEST_WAIT
        }
        None => {
            tracing::warn!(
                believed_s = USUAL_WAIT.as_secs(),
                "Slack asks to wait and does not say how long"
            );
            USUAL_WAIT
        }
    }
}

fn cure(table: &[(&str, &'static str)], code: &str) -> Option<&'static str> {
    let (_, cure) = table.iter().find(|(it, _)| *it == code)?;
    Some(cure)
}

fn is_one_of(code: &str, list: &[&str]) -> bool {
    list.contains(&code)
}

const NEW_TOKEN: &str = "copy `slack.bot_token` again from the app's page \"OAuth & Permissions\", or install the app again";
const BAD_TOKEN: &[&str] = &[
    "invalid_auth",
    "not_authed",
    "token_revoked",
    "token_expired",
];
const APP_TOKEN: &str = "copy `slack.app_token` again from the app's page \"Basic Information\", section \"App-Level Tokens\"";
/// Such a token cannot be given another scope.
const APP_SCOPE: &str = "make a new app-level token with the scope connections:write on the app's page \"Basic Information\", section \
                         \"App-Level Tokens\", and put it into `slack.app_token`";
const INSTALL: &str =
    "install the app again in this workspace, then copy its new `slack.bot_token`";
pub(crate) const INVITE: &str = "write /invite @Causeway in the channel";
const DISABLED: &str = "the workspace is closed, or may not do this: ask its administrators, or use an app of another workspace";
const ADMIN: &str =
    "the workspace's administrators limit who may write there: ask them to let the app write";

const UNAUTHORISED: &[(&str, &str)] = &[
    ("invalid_auth", NEW_TOKEN),
    ("not_authed", NEW_TOKEN),
    ("token_revoked", INSTALL),
    ("token_expired", INSTALL),
    ("account_inactive", INSTALL),
    ("app_uninstalled", INSTALL),
    ("user_removed_from_team", INSTALL),
    ("team_disabled", DISABLED),
    ("forbidden_team", DISABLED),
    (
        "not_allowed_token_type",
        "`slack.bot_token` must be the \"Bot User OAuth Token\" and `slack.app_token` the \"App-Level Token\"",
    ),
    ("no_permission", INSTALL),
    (
        "access_denied",
        "ask the workspace's administrators to let the app in again",
    ),
    (
        "team_access_not_granted",
        "ask the organisation's administrators to grant the app this workspace",
    ),
    (
        "ekm_access_denied",
        "ask the workspace's administrators, who have suspended it",
    ),
    (
        "link_disabled",
        "turn Socket Mode on in the app's settings, or set `slack.mode` to \"events\"",
    ),
];

const CHANNEL_GONE: &[(&str, &str)] = &[
    ("channel_not_found", INVITE),
    ("not_in_channel", INVITE),
    ("is_archived", "unarchive the channel"),
    (
        "is_inactive",
        "the channel is archived or frozen: unarchive it",
    ),
    ("restricted_action", ADMIN),
    ("restricted_action_read_only_channel", ADMIN),
    ("restricted_action_thread_only_channel", ADMIN),
    ("restricted_action_non_threadable_channel", ADMIN),
    (
        "messages_tab_disabled",
        "turn the Messages Tab on in the app's page \"App Home\"",
    ),
    ("method_not_supported_for_channel_type", INVITE),
    ("team_not_found", INSTALL),
];

/// "It's possible some aspect of the operation succeeded before the error was raised."
const BROKE_OFF: &[&str] = &["fatal_error", "internal_error"];

const FOR_A_WHILE: &[&str] = &[
    "service_unavailable",
    "request_timeout",
    "team_added_to_org",
    // A workspace or a channel moves into an organisation.
    "org_login_required",
    "external_channel_migrating",
    "accesslimited",
];
