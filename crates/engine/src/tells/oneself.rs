//! What the community holds of whoever asks, as files: made when the answer goes, and gone once that attempt is over.
//!
//! **Invariant:** it goes to its person alone, by a way or a chat that nobody else reads; no more of it than one file is in memory,
//! and nothing of it stands in a row.

use conversation::{
    AccountRef, Attachment, CommunityId, IdentityId, MessageId, PersonId, SendError, Support,
    Timestamp,
    command::{Command, Everyday},
};
use serde_json::{Value, json};
use store::{AccountHeld, Result, SaidHeld, SeenBy, Store, Work};
use words::{MYDATA_HERE, MYDATA_NOTHING, MYDATA_NOWHERE};

use crate::{
    outcome::Outcome,
    perform::{Dispatcher, unavailable},
};

mod mbox;
mod pieces;
mod record;

use mbox::Writer;
use pieces::Pieces;

/// No more than this is in memory.
const LARGEST_PIECE: u64 = 8 << 20;

/// Whose it is, and up to when it is told, so that each attempt comes to the same.
struct Whose {
    community: CommunityId,
    person: PersonId,
    until: Timestamp,
}

/// How many messages are known, and of how many the words are gone.
#[derive(Default)]
struct Count {
    messages: i64,
    wordless: i64,
}

pub(super) fn is_handed_over(work: &Work) -> bool {
    let own = work.own.word.as_ref();
    let told = own.and_then(|it| it.phrase.told());
    matches!(told, Some(Command::Everyday(Everyday::Mydata)))
}

impl Dispatcher {
    pub(super) async fn hand_over(&self, work: &mut Work, now: Timestamp) -> Result<(), Outcome> {
        let language = work.to.language;
        let failed = |error| Outcome::Failed(unavailable(error));
        let whose = self.whose(work, now).await.map_err(failed)?;
        let can = self.adapters.capabilities(&work.to.channel);
        let Some(can) = can.filter(|it| it.attachments.support == Support::Native) else {
            tell(work, MYDATA_NOWHERE.fixed(language).to_owned());
            return Ok(());
        };
        let Some(whose) = whose else {
            tell(work, MYDATA_NOTHING.fixed(language).to_owned());
            return Ok(());
        };
        let largest = can.attachments.max_upload.min(LARGEST_PIECE);
        let mut pieces = Pieces::new(&self.files, largest);
        let written = self.write(&whose, &mut pieces).await;
        let (name, count) = match written {
            Ok(written) => written,
            Err(error) => {
                self.files.take_away(&pieces.done).await;
                return Err(Outcome::Failed(error));
            }
        };
        let files = i64::try_from(pieces.done.len()).unwrap_or(i64::MAX);
        let told = [
            ("community", name.into()),
            ("messages", count.messages.into()),
            ("wordless", count.wordless.into()),
            ("files", files.into()),
        ];
        tell(work, MYDATA_HERE.say(language, &told));
        if let Some(own) = &mut work.own.word {
            own.files = pieces.done;
        }
        Ok(())
    }

    /// None where somebody else may read it by now, or nobody is known any more.
    async fn whose(&self, work: &Work, now: Timestamp) -> Result<Option<Whose>> {
        let community = CommunityId(work.community.clone());
        let to = self.store.channel(&work.to.id).await?;
        let is_alone =
            work.own.seen_by != SeenBy::All || to.is_some_and(|it| it.channel.is_direct());
        let said_to = self.store.said_to(&community, &work.message).await?;
        let Some(identity) = said_to.identity.filter(|_| is_alone) else {
            return Ok(None);
        };
        let person = self.store.person_of(&community, &identity).await?;
        let own = work.own.word.as_ref();
        Ok(person.map(|person| Whose {
            until: own.map_or(now, |it| it.said_at),
            community,
            person,
        }))
    }

    async fn write(
        &self,
        whose: &Whose,
        pieces: &mut Pieces<'_>,
    ) -> Result<(String, Count), SendError> {
        let Whose {
            community, person, ..
        } = whose;
        let name = self.store.name_of(community).await.map_err(unavailable)?;
        pieces.begin_json(&name, whose.until);
        let accounts = self.store.accounts_of(community, person).await;
        let accounts = accounts.map_err(unavailable)?;
        for it in about(&self.store, whose, &accounts)
            .await
            .map_err(unavailable)?
        {
            pieces.put_json(&it).await?;
        }
        let mut count = Count::default();
        for account in &accounts {
            let mut pages = Pages::of(whose, &account.identity);
            while let Some(page) = pages.next(&self.store).await.map_err(unavailable)? {
                for it in &page {
                    count.messages += 1;
                    count.wordless += i64::from(it.words.is_empty() && it.deleted_at.is_none());
                    pieces
                        .put_json(&record::message(&account_ref(account), it))
                        .await?;
                }
            }
        }
        pieces.end_json().await?;
        for account in &accounts {
            let writer = Writer::of(community, account);
            let mut pages = Pages::of(whose, &account.identity);
            while let Some(page) = pages.next(&self.store).await.map_err(unavailable)? {
                for it in &page {
                    pieces.put_mail(&writer.mail(it)).await?;
                }
            }
        }
        pieces.end_mbox().await?;
        Ok((name, count))
    }
}

/// For this attempt alone.
pub(crate) fn made_for(work: &Work) -> Vec<Attachment> {
    let own = work.own.word.as_ref();
    own.map_or_else(Vec::new, |it| it.files.clone())
}

fn tell(work: &mut Work, text: String) {
    if let Some(own) = &mut work.own.word {
        own.told = Some(text);
    }
}

fn account_ref(account: &AccountHeld) -> AccountRef {
    AccountRef {
        platform: account.platform.clone(),
        account: account.account.clone(),
    }
}

/// All but messages.
async fn about(store: &Store, whose: &Whose, accounts: &[AccountHeld]) -> Result<Vec<Value>> {
    let Whose {
        community,
        person,
        until,
    } = whose;
    let mut records: Vec<_> = accounts
        .iter()
        .map(|it| record::of("account", it))
        .collect();
    if let Some(it) = store.person_held(community, person).await? {
        records.push(record::of("person", &it));
    }
    let waits = store.held_of(community, accounts).await?;
    records.extend(waits.iter().map(|it| record::of("waits", it)));
    for account in accounts {
        let reactions = store
            .reactions_by(community, &account.identity, *until)
            .await?;
        let by = account_ref(account).to_string();
        records.extend(reactions.iter().map(|it| {
            let mut record = record::of("reaction", it);
            record["by"] = json!(by);
            record
        }));
    }
    Ok(records)
}

/// What one account said, page by page.
struct Pages<'a> {
    whose: &'a Whose,
    identity: &'a IdentityId,
    behind: MessageId,
}

impl Pages<'_> {
    fn of<'a>(whose: &'a Whose, identity: &'a IdentityId) -> Pages<'a> {
        Pages {
            whose,
            identity,
            behind: MessageId(String::new()),
        }
    }

    async fn next(&mut self, store: &Store) -> Result<Option<Vec<SaidHeld>>> {
        let whose = (&self.whose.community, self.identity);
        let page = store.said_by(whose, &self.behind, self.whose.until).await?;
        let Some(last) = page.last() else {
            return Ok(None);
        };
        self.behind = last.id.clone();
        Ok(Some(page))
    }
}
