//! The community itself.

use conversation::{
    Phrase,
    command::{Command, Community},
};
use store::{Error, Result, Thing};
use words::EFFECT_COMMUNITY_RENAME;

use super::{Doer, Done};

impl Doer<'_> {
    /// Under its own name alone: staff of one community does nothing to another.
    pub(super) async fn community(&mut self, command: &Community) -> Result<Done> {
        let Community::Rename { name, to } = command;
        let mut communities = self.tx.communities();
        if communities.known(name.as_str()).await? != *self.community {
            return Err(Error::Unknown {
                what: Thing::Community,
                name: name.as_str().to_owned(),
            });
        }
        communities.rename(name.as_str(), to.as_str()).await?;
        let undo = Community::Rename {
            name: to.clone(),
            to: name.clone(),
        };
        let effect = Phrase::of(EFFECT_COMMUNITY_RENAME);
        Ok(Done::at_once(effect).undone_by(Command::Community(undo)))
    }
}
