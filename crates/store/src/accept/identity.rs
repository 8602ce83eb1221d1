//! Who did it: one identity for each account, by the platform's immutable id.
//!
//! **Invariant:** an identity keeps its number among those who are called alike for as long as its name looks the same, and
//! nobody comes who has that name first.

use conversation::{Author, Event, IdentityId, Inbound, Timestamp, look};
use sqlx::{Row, any::AnyRow};

use super::namesakes::{Among, Called, look_with_number};
use crate::{Entry, Result, Tx, id::new_id, text};

/// Who acts, as records name them.
pub(super) struct Actor {
    pub(super) id: IdentityId,
    /// The account, or another of its person's.
    pub(super) is_staff: bool,
    namesake: u32,
}

/// Somebody of whom something was heard.
struct Met<'a> {
    platform: &'a str,
    author: &'a Author,
    /// All that is known of them came along.
    is_whole: bool,
}

/// What people see of an account.
#[derive(PartialEq, Eq)]
struct Shown {
    name: String,
    picture: Option<String>,
    /// How the name looks, alone and with its number.
    skeleton: String,
    look: String,
    namesake: u32,
}

impl Tx {
    /// The actor's identity, made at first sight together with a person of its own.
    pub(super) async fn identity(
        &mut self,
        entry: &Entry,
        event: &Inbound,
        now: Timestamp,
    ) -> Result<Actor> {
        let met = Met {
            platform: &event.channel.platform.0,
            author: &event.actor,
            is_whole: matches!(event.event, Event::Posted(_))
                && !event.actor.display_name.is_empty(),
        };
        self.meet(entry, &met, now).await
    }

    /// Says a name that was not known when its bearer was heard. What number it has among those who are called alike.
    pub async fn introduce(
        &mut self,
        entry: &Entry,
        author: &Author,
        now: Timestamp,
    ) -> Result<u32> {
        let met = Met {
            platform: &entry.channel.at.platform.0,
            author,
            is_whole: true,
        };
        Ok(self.meet(entry, &met, now).await?.namesake)
    }

    async fn meet(&mut self, entry: &Entry, met: &Met<'_>, now: Timestamp) -> Result<Actor> {
        let known = sqlx::query(
            "select i.id, i.display_name, i.picture, i.skeleton, i.look, i.namesake,
               (select count(*) from identity a
                join staff s on s.community_id = a.community_id and s.platform = a.platform and s.account = a.account
                where a.person_id = i.person_id and a.community_id = i.community_id) as staff
             from identity i where i.community_id = $1 and i.platform = $2 and i.account = $3",
        )
        .bind(&entry.community.0)
        .bind(met.platform)
        .bind(text::key(&met.author.account.0))
        .fetch_optional(self.connection())
        .await?;
        let Some(known) = known else {
            return self.new_identity(entry, met, now).await;
        };
        let before = Shown::of(&known);
        let mut actor = Actor {
            id: IdentityId(known.get("id")),
            is_staff: known.get::<i64, _>("staff") > 0,
            namesake: before.namesake,
        };
        let name = new_name(met.author).unwrap_or_else(|| before.name.clone());
        if name != before.name || before.skeleton.is_empty() || changes_picture(&before, met) {
            let mut shown = self.shown(entry, met, name, Some(&before)).await?;
            if !changes_picture(&before, met) {
                shown.picture.clone_from(&before.picture);
            }
            self.show(entry, &actor.id, &shown).await?;
            actor.namesake = shown.namesake;
        }
        Ok(actor)
    }

    async fn new_identity(
        &mut self,
        entry: &Entry,
        met: &Met<'_>,
        now: Timestamp,
    ) -> Result<Actor> {
        let person = new_id(now);
        sqlx::query("insert into person (community_id, id, created_at) values ($1, $2, $3)")
            .bind(&entry.community.0)
            .bind(&person)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        let name = new_name(met.author).unwrap_or_default();
        let shown = self.shown(entry, met, name, None).await?;
        let namesake = shown.namesake;
        let id = IdentityId(new_id(now));
        let account = text::key(&met.author.account.0);
        sqlx::query(
            "insert into identity (community_id, id, person_id, own_person_id, platform, account, display_name, created_at,
               picture, skeleton, look, namesake, account_hash, account_cipher)
             values ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(&entry.community.0)
        .bind(&id.0)
        .bind(&person)
        .bind(met.platform)
        .bind(&account)
        .bind(shown.name)
        .bind(now.0)
        .bind(shown.picture)
        .bind(shown.skeleton)
        .bind(shown.look)
        .bind(i64::from(shown.namesake))
        .bind(entry.keys.account_hash(met.platform, &account))
        .bind(entry.keys.account_cipher(met.platform, &account))
        .execute(self.connection())
        .await?;
        let names = self.names_of_staff_may_have_changed(&entry.community, &id);
        Ok(Actor {
            is_staff: names.await?,
            id,
            namesake,
        })
    }

    async fn show(&mut self, entry: &Entry, id: &IdentityId, shown: &Shown) -> Result<()> {
        sqlx::query(
            "update identity set display_name = $1, picture = $2, skeleton = $3, look = $4, namesake = $5
             where community_id = $6 and id = $7",
        )
        .bind(&shown.name)
        .bind(&shown.picture)
        .bind(&shown.skeleton)
        .bind(&shown.look)
        .bind(i64::from(shown.namesake))
        .bind(&entry.community.0)
        .bind(&id.0)
        .execute(self.connection())
        .await?;
        self.names_of_staff_may_have_changed(&entry.community, id)
            .await
            .map(|_| ())
    }

    async fn shown(
        &mut self,
        entry: &Entry,
        met: &Met<'_>,
        name: String,
        before: Option<&Shown>,
    ) -> Result<Shown> {
        let skeleton = text::key(&look(&name));
        let among = Among {
            community: &entry.community,
            platform: met.platform,
        };
        let account = text::key(&met.author.account.0);
        let called = Called {
            account: &account,
            name: &name,
            skeleton: &skeleton,
            number: before
                .filter(|it| it.skeleton == skeleton)
                .map(|it| it.namesake),
        };
        // Whose name is not known is somebody, as others are; a number would stay in what was shown.
        let namesake = match name.is_empty() {
            true => 1,
            false => self.number(among, called).await?,
        };
        Ok(Shown {
            look: look_with_number(&name, namesake),
            picture: met.author.picture.clone().filter(|it| is_usable(it)),
            name,
            skeleton,
            namesake,
        })
    }
}

impl Shown {
    fn of(row: &AnyRow) -> Shown {
        Shown {
            name: row.get("display_name"),
            picture: row.get("picture"),
            skeleton: row.get("skeleton"),
            look: row.get("look"),
            namesake: crate::row::number(row, "namesake"),
        }
    }
}

/// Of some events a platform tells the account alone. Of a name without end nobody sees more than its beginning.
fn new_name(actor: &Author) -> Option<String> {
    const LONGEST: usize = 1000;
    let begins: String = actor.display_name.chars().take(LONGEST).collect();
    let name = text::clean(&begins);
    (!name.is_empty()).then_some(name)
}

/// Who posts comes with all that is known of them, and so without a picture if there is none any more.
fn changes_picture(before: &Shown, met: &Met<'_>) -> bool {
    let picture = met.author.picture.as_ref().filter(|it| is_usable(it));
    let is_told = picture.is_some() || met.is_whole;
    is_told && picture != before.picture.as_ref()
}

/// Adapters choose what is public; what is no address of a picture would only be refused elsewhere.
fn is_usable(picture: &str) -> bool {
    const LONGEST: usize = 2000;
    let is_web = ["https://", "http://"]
        .iter()
        .any(|it| picture.len() > it.len() && picture.starts_with(it));
    is_web
        && picture.len() <= LONGEST
        && !picture.contains(|it: char| it.is_whitespace() || it.is_control())
}
