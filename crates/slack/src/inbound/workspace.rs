//! Whose an event is. **Invariant:** judged by where Slack says that it happened and which installation of the app sees it,
//! never by who wrote: whoever comes from another workspace to a shared channel is a guest there, and a person.

use serde_json::Value;

use super::meaning::{App, items, text};

/// One app may be installed in many workspaces, and hears of all of them at one address, rightly signed. What says
/// nothing of any is no stranger's.
pub(super) fn is_elsewhere(payload: &Value, app: &App) -> bool {
    if app.team_id.is_empty() {
        return false;
    }
    let told = [
        // Slack names one installation that sees the event, and it need not be ours.
        items(payload, "authorizations").map(Whose::of).collect(),
        vec![
            Whose::of(payload),
            Whose {
                team: text(payload, "context_team_id"),
                enterprise: text(payload, "context_enterprise_id"),
            },
        ],
        // Of interactions; a form names the workspace whose app opened it.
        vec![
            Whose {
                team: text(&payload["team"], "id"),
                enterprise: text(&payload["enterprise"], "id"),
            },
            Whose {
                team: text(&payload["view"], "app_installed_team_id"),
                enterprise: None,
            },
        ],
    ]
    .concat();
    let mut told = told.iter().filter(|it| it.says_anything()).peekable();
    told.peek().is_some() && !told.any(|it| it.is_ours(app)) && !is_on_our_message(payload, app)
}

/// The end of an installation is told of the workspace that ended it, whoever else sees it.
pub(super) fn happened_elsewhere(payload: &Value, app: &App) -> bool {
    let whose = Whose::of(payload);
    !app.team_id.is_empty() && whose.says_anything() && !whose.is_ours(app)
}

#[derive(Clone)]
struct Whose<'a> {
    team: Option<&'a str>,
    enterprise: Option<&'a str>,
}

impl<'a> Whose<'a> {
    fn of(value: &'a Value) -> Whose<'a> {
        Whose {
            team: text(value, "team_id"),
            enterprise: text(value, "enterprise_id"),
        }
    }

    fn says_anything(&self) -> bool {
        self.team.is_some() || self.enterprise.is_some()
    }

    /// An app that an organisation installed for all its workspaces is at home in each of them.
    fn is_ours(&self, app: &App) -> bool {
        let organisation = app
            .enterprise_id
            .as_deref()
            .filter(|_| app.is_enterprise_install);
        self.team == Some(app.team_id.as_str())
            || organisation.is_some_and(|it| self.enterprise == Some(it) || self.team == Some(it))
    }
}

/// A guest presses a button of ours in a shared channel, and Slack names the guest's workspace.
fn is_on_our_message(payload: &Value, app: &App) -> bool {
    !app.bot_id.is_empty() && payload["message"]["bot_id"] == app.bot_id.as_str()
}
