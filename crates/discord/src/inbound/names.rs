//! Mentions as names. **Invariant:** no id of a person, channel or role is left in a text where its name is known.

use conversation::Node;

use super::author;
use crate::id::Snowflake;
use crate::known::Known;
use crate::markup::{Reference, parse_with};
use crate::wire::Mentioned;

#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) mentions: &'a [Mentioned],
    pub(super) known: &'a Known,
}

impl Names<'_> {
    pub(super) fn parse(&self, text: &str) -> Vec<Node> {
        parse_with(text, &|it| self.of(it)).0
    }

    fn of(&self, reference: Reference<'_>) -> Option<String> {
        match reference {
            Reference::User(id) => {
                let id = Snowflake::parse(id)?;
                let mentioned = self.mentions.iter().find(|it| it.user.id == id)?;
                Some(author::name(&mentioned.user, mentioned.member.as_ref()))
            }
            Reference::Role(id) => Some(self.known.role(Snowflake::parse(id)?)?.to_owned()),
            Reference::Channel(id) => {
                let place = self.known.place(Snowflake::parse(id)?)?;
                // What a private thread is called is for those who read it.
                let is_private = place.parent.is_some() && place.stands_for().is_none();
                Some(match is_private {
                    true => "private thread".to_owned(),
                    false => place.name.clone(),
                })
            }
        }
    }
}
