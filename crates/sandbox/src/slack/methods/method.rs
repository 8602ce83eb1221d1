//! One method: what it takes, how often it may be called, and what it does.

use crate::slack::answer::Answer;
use crate::slack::limits::Tier;
use crate::slack::params::Params;
use crate::slack::schema::{Body, Shape};
use crate::slack::world::World;

type Run = fn(&mut World, &Params) -> Answer;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Bot,
    App,
    None,
}

pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) token: TokenKind,
    pub(crate) tier: Tier,
    /// As `X-Accepted-OAuth-Scopes` lists them; the method itself knows which of them it needs.
    pub(crate) scopes: &'static str,
    pub(crate) shape: Shape,
    /// Whether people may see something new afterwards.
    pub(crate) changes: bool,
    pub(crate) run: Run,
}

impl Method {
    pub(super) const fn reads(name: &'static str, tier: Tier, run: Run) -> Method {
        Method {
            name,
            token: TokenKind::Bot,
            tier,
            scopes: "",
            shape: Shape {
                body: Body::Form,
                arguments: "",
            },
            changes: false,
            run,
        }
    }

    pub(super) const fn does(name: &'static str, tier: Tier, run: Run) -> Method {
        Method {
            shape: Shape {
                body: Body::FormOrJson,
                arguments: "",
            },
            changes: true,
            ..Method::reads(name, tier, run)
        }
    }

    pub(super) const fn takes(mut self, arguments: &'static str) -> Method {
        self.shape.arguments = arguments;
        self
    }

    pub(super) const fn needs(mut self, scopes: &'static str) -> Method {
        self.scopes = scopes;
        self
    }

    /// JSON is taken although nothing changes.
    pub(super) const fn json_too(mut self) -> Method {
        self.shape.body = Body::FormOrJson;
        self
    }

    pub(super) const fn only_forms(mut self) -> Method {
        self.shape.body = Body::Form;
        self
    }

    pub(super) const fn with_token(mut self, token: TokenKind) -> Method {
        self.token = token;
        self
    }
}
