//! Who has which role.

use conversation::AccountRef;
use store::{Granted, Result};
use words::{OF_STAFF, ROLE_LINE, ROLES_TOLD};

use super::Teller;

impl Teller<'_> {
    /// Whom the configuration names, behind those to whom a role was granted here.
    pub(super) async fn roles(&self) -> Result<String> {
        let granted = self.store.granted(&self.community).await?;
        let named = self.store.staff(&self.community).await?;
        let granted = granted.iter().map(|it| self.role(it));
        let named = named.iter().map(|it| self.configured(it));
        let lines: Vec<_> = granted.chain(named).collect();
        Ok(self.list(ROLES_TOLD, lines.len(), lines))
    }

    fn role(&self, granted: &Granted) -> String {
        self.say(
            ROLE_LINE,
            [
                ("account", granted.account.to_string().into()),
                ("role", granted.office.word().into()),
            ],
        )
    }

    fn configured(&self, account: &AccountRef) -> String {
        self.say(
            ROLE_LINE,
            [
                ("account", account.to_string().into()),
                ("role", self.fixed(OF_STAFF).into()),
            ],
        )
    }
}
