//! People and their accounts.

use conversation::Bearer;
use store::{Mentions, PersonView, Result};
use words::{MEMBERS_TOLD, OF_STAFF, RINGS};

use super::{MOST_LINES, Teller};

impl Teller<'_> {
    pub(super) async fn members(&self) -> Result<String> {
        let name = self.community_name().await?;
        let people = self.store.people(&name, MOST_LINES).await?;
        let count = self.store.count_people(&self.community).await?;
        let lines = people.iter().map(|it| self.person(it)).collect();
        Ok(self.list(MEMBERS_TOLD, count, lines))
    }

    fn person(&self, person: &PersonView) -> String {
        let accounts: Vec<_> = person.accounts.iter().collect();
        let called = accounts.first().map(|it| {
            let bearer = Bearer {
                name: &it.name,
                namesake: it.namesake,
                tag: None,
            };
            bearer.called()
        });
        let places: Vec<_> = accounts.iter().map(|it| it.account.to_string()).collect();
        let mut marks = Vec::new();
        if accounts.iter().any(|it| it.is_staff) {
            marks.push(self.fixed(OF_STAFF));
        }
        if person.mentions == Mentions::Account {
            marks.push(self.fixed(RINGS));
        }
        let marks: String = marks.iter().map(|it| format!(", {it}")).collect();
        format!(
            "{}: {}{marks}",
            called.unwrap_or_default(),
            places.join(", ")
        )
    }
}
