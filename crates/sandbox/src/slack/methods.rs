//! The methods that apps params, by family: what each takes, how often it may be called, and what it does.

use super::answer::Answer;
use super::limits::Tier;
use super::params::Params;
use super::schema::{Body, Shape};
use super::world::World;

mod about;
mod change;
mod conversations;
mod files;
mod history;
mod pages;
mod places;
mod post;
mod reactions;
mod table;
mod users;
mod views;
mod voice;

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
    const fn reads(name: &'static str, tier: Tier, run: Run) -> Method {
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

    const fn does(name: &'static str, tier: Tier, run: Run) -> Method {
        Method {
            shape: Shape {
                body: Body::FormOrJson,
                arguments: "",
            },
            changes: true,
            ..Method::reads(name, tier, run)
        }
    }

    const fn takes(mut self, arguments: &'static str) -> Method {
        self.shape.arguments = arguments;
        self
    }

    const fn needs(mut self, scopes: &'static str) -> Method {
        self.scopes = scopes;
        self
    }

    /// JSON is taken although nothing changes.
    const fn json_too(mut self) -> Method {
        self.shape.body = Body::FormOrJson;
        self
    }

    const fn only_forms(mut self) -> Method {
        self.shape.body = Body::Form;
        self
    }

    const fn with_token(mut self, token: TokenKind) -> Method {
        self.token = token;
        self
    }
}

/// Method names are told apart by case.
pub(crate) fn find(name: &str) -> Option<&'static Method> {
    table::METHODS.iter().find(|it| it.name == name)
}
