//! Persons and their accounts: who is whose other account, how they want to be mentioned, and who is staff.

use std::collections::{BTreeSet, HashMap};

use conversation::{AccountRef, ChannelRef, IdentityId, PersonId, Platform, RemoteId, Timestamp};
use serde::Serialize;

use crate::{
    Result,
    parts::{Outbox, People},
    text,
};

mod audit;
mod codes;
mod joined;
mod language;
mod offices;
mod seen;

pub use audit::{AuditLine, DoneBy};
pub use codes::CodeKind;
pub use offices::Granted;
use seen::account_ref;
pub use seen::{AccountView, PersonView};

/// How a person is mentioned on their other platforms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mentions {
    /// By name, in words.
    Name,
    /// By their account, which rings there.
    Account,
}

/// Somebody whose name is shown.
#[derive(Debug, Clone)]
pub struct Speaker {
    pub person: PersonId,
    /// As their platform gave it: never shown as it is.
    pub name: String,
    pub namesake: u32,
    /// Where they spoke; nowhere, if it is the bridge.
    pub home: Option<ChannelRef>,
}

impl Mentions {
    pub fn as_str(self) -> &'static str {
        match self {
            Mentions::Name => "name",
            Mentions::Account => "account",
        }
    }

    fn parse(text: &str) -> Mentions {
        match text {
            "account" => Mentions::Account,
            // Nobody is rung by mistake.
            _ => Mentions::Name,
        }
    }
}

impl People<'_> {
    pub async fn set_mentions(&mut self, account: &AccountRef, mentions: Mentions) -> Result<()> {
        let known = self.known_account(account).await?;
        sqlx::query("update person set mentions = $1 where community_id = $2 and id = $3")
            .bind(mentions.as_str())
            .bind(&self.community.0)
            .bind(&known.person.0)
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }

    /// How the person of that account is mentioned.
    pub async fn mentions(&mut self, account: &AccountRef) -> Result<Mentions> {
        let known = self.known_account(account).await?;
        let mentions: String =
            sqlx::query_scalar("select mentions from person where community_id = $1 and id = $2")
                .bind(&self.community.0)
                .bind(&known.person.0)
                .fetch_one(self.tx.reading().await?)
                .await?;
        Ok(Mentions::parse(&mentions))
    }

    /// Makes these the accounts of staff, and no others.
    pub async fn set_staff(&mut self, accounts: &[AccountRef]) -> Result<()> {
        let rows = sqlx::query("select platform, account from staff where community_id = $1")
            .bind(&self.community.0)
            .fetch_all(self.tx.reading().await?)
            .await?;
        let before: BTreeSet<AccountRef> = rows.iter().map(account_ref).collect();
        let after: BTreeSet<AccountRef> = accounts.iter().map(storable).collect();
        if before == after {
            return Ok(());
        }
        sqlx::query("delete from staff where community_id = $1")
            .bind(&self.community.0)
            .execute(self.tx.connection().await?)
            .await?;
        let key = self.tx.community_key(self.community).await?;
        for it in &after {
            let (platform, account) = (&it.platform.0, &it.account.0);
            sqlx::query(
                "insert into staff (community_id, platform, account, account_hash, account_cipher)
                 values ($1, $2, $3, $4, $5)",
            )
            .bind(&self.community.0)
            .bind(platform)
            .bind(account)
            .bind(key.account_hash(platform, account))
            .bind(key.account_cipher(platform, account))
            .execute(self.tx.connection().await?)
            .await?;
        }
        self.tx
            .directory()
            .next_revision(self.community)
            .await
            .map(drop)
    }

    /// A name that nobody else may go by stands in the directory: it is read again where such a name is new. Says whether
    /// it is a name of staff.
    pub(crate) async fn names_of_staff_may_have_changed(
        &mut self,
        identity: &IdentityId,
    ) -> Result<bool> {
        let staff: Option<String> = sqlx::query_scalar(
            "select s.account from identity i
             join identity a on a.community_id = i.community_id and a.person_id = i.person_id
             join staff s on s.community_id = a.community_id and s.platform = a.platform and s.account = a.account
             where i.community_id = $1 and i.id = $2 limit 1",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        if staff.is_some() {
            self.tx.directory().next_revision(self.community).await?;
        }
        Ok(staff.is_some())
    }
}

impl Outbox<'_> {
    /// By what the destination calls them, those of the accounts who want to be rung there.
    pub(crate) async fn who_may_be_rung(
        &mut self,
        home: &Platform,
        accounts: &BTreeSet<RemoteId>,
        now: Timestamp,
    ) -> Result<HashMap<RemoteId, RemoteId>> {
        let mut rung = HashMap::new();
        for account in accounts.iter().take(MOST_RUNG) {
            // Of several accounts there, the mentioned one comes first, then the oldest.
            let here: Option<String> = sqlx::query_scalar(
                "select t.account from identity f
                 join person p on p.community_id = f.community_id and p.id = f.person_id
                 join identity t on t.community_id = f.community_id and t.person_id = f.person_id
                 where f.community_id = $1 and f.platform = $2 and f.account = $3
                   and p.mentions = 'account' and p.nameless_since is null and (p.rests_until is null or p.rests_until <= $5)
                   and t.platform = $4
                 order by case when t.account = f.account then 0 else 1 end, t.created_at, t.id limit 1",
            )
            .bind(&self.entry.community.0)
            .bind(&home.0)
            .bind(text::key(&account.0))
            .bind(&self.entry.channel.at.platform.0)
            .bind(now.0)
            .fetch_optional(self.tx.reading().await?)
            .await?;
            if let Some(here) = here {
                rung.insert(account.clone(), RemoteId(here));
            }
        }
        Ok(rung)
    }
}

/// Whoever mentions more people in one message means a crowd, and crowds are not rung.
const MOST_RUNG: usize = 50;

fn storable(account: &AccountRef) -> AccountRef {
    AccountRef {
        platform: account.platform.clone(),
        account: RemoteId(text::key(&account.account.0)),
    }
}
