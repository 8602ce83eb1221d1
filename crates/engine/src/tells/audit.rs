//! What staff did, for every member.
//!
//! **Invariant:** of accounts nothing is told but what whoever ordered it is called now.

use conversation::Bearer;
use store::{AuditLine, DoneBy, Result};
use words::{AUDIT_LINE, AUDIT_TOLD, BY_THE_TERMINAL, SOMEBODY};

use super::{MOST_LINES, Teller};
use crate::{adapters::Adapters, wording::Wording};

impl Teller<'_> {
    pub(super) async fn audit(&self) -> Result<String> {
        let (lines, count) = self.store.audit(&self.community, MOST_LINES).await?;
        let lines = lines.iter().map(|it| self.done(it)).collect();
        Ok(self.list(AUDIT_TOLD, count, lines))
    }

    fn done(&self, line: &AuditLine) -> String {
        let wording = Wording {
            adapters: Adapters::default(),
            language: self.language,
        };
        let who = match &line.by {
            DoneBy::Terminal => self.fixed(BY_THE_TERMINAL).to_owned(),
            DoneBy::Forgotten => self.fixed(SOMEBODY).to_owned(),
            DoneBy::Called { name, namesake } => {
                let bearer = Bearer {
                    name,
                    namesake: *namesake,
                    tag: None,
                };
                bearer.called()
            }
        };
        let effect = wording.plain(&line.effect).unwrap_or_default();
        self.say(
            AUDIT_LINE,
            [
                ("when", wording.date(line.at).into()),
                ("who", who.into()),
                ("verb", line.verb.clone().into()),
                ("effect", effect.into()),
            ],
        )
    }
}
