//! Who did it: one identity for each account, by the platform's immutable id.
//!
//! **Invariant:** what somebody does is done under the name that came with it, which stays beside it. An account has a row of
//! `name` for each, and one of its own id from the beginning: empty until a name is known, so that what was said before is
//! said under the first.

use conversation::{Author, Event, IdentityId, Inbound, Timestamp};

use super::name::Name;
use crate::{Result, foreseen::Account, id::new_id, parts::Speakers, text};

/// Who acts, as records name them.
pub(super) struct Actor {
    pub(super) id: IdentityId,
    /// The row of the name under which they do.
    pub(super) name: String,
    namesake: u32,
    /// The account, or another of its person's.
    pub(super) is_staff: bool,
    pub(super) is_nameless: bool,
    pub(super) is_uncounted: bool,
}

/// Somebody of whom something was heard.
struct Met<'a> {
    platform: &'a str,
    author: &'a Author,
    /// All that is known of them came along.
    is_whole: bool,
}

impl Speakers<'_> {
    /// The actor's identity, made at first sight together with a person of its own.
    pub(super) async fn identity(&mut self, event: &Inbound, now: Timestamp) -> Result<Actor> {
        let met = Met {
            platform: &event.channel.platform.0,
            author: &event.actor,
            is_whole: matches!(event.event, Event::Posted(_))
                && !event.actor.display_name.is_empty(),
        };
        let mut actor = self.meet(&met, now).await?;
        if let (Some(room), Event::Posted(_)) = (&self.entry.channel.room, &event.event)
            && actor.is_nameless
        {
            let mut wishes = self.tx.wishes(&self.entry.community);
            let person = wishes.of(&actor.id).await?.person;
            let by = (&actor.id, &event.channel.platform);
            actor.name = wishes.name_in((&person, room), by, now).await?;
        }
        Ok(actor)
    }

    /// Nothing that they say is to leave its platform.
    pub async fn is_private(&mut self, event: &Inbound) -> Result<bool> {
        let platform = event.channel.platform.0.clone();
        let account = text::key(&event.actor.account.0);
        let at = (
            self.entry.community.0.clone(),
            platform,
            account,
            name_of(&event.actor),
        );
        let known = self.tx.known_account(at).await?;
        Ok(known.is_some_and(|it| it.is_private))
    }

    /// Says a name that was not known when its bearer was heard. What number it has among those who are called alike.
    pub async fn introduce(&mut self, author: &Author, now: Timestamp) -> Result<u32> {
        let met = Met {
            platform: &self.entry.channel.at.platform.0,
            author,
            is_whole: true,
        };
        Ok(self.meet(&met, now).await?.namesake)
    }

    async fn meet(&mut self, met: &Met<'_>, now: Timestamp) -> Result<Actor> {
        let name = name_of(met.author);
        let account = text::key(&met.author.account.0);
        let at = (self.entry.community.0.clone(), met.platform.to_owned());
        let at = (at.0, at.1, account.clone(), name.clone());
        let known = match self.tx.known_account(at).await? {
            Some(known) => known,
            None => {
                let at = (met.platform, account.as_str());
                let id = self.new_account(at, "", now).await?;
                Account {
                    name_id: id.0.clone(),
                    id,
                    picture: None,
                    is_staff: false,
                    is_private: false,
                    is_nameless: false,
                    is_uncounted: false,
                    called: None,
                }
            }
        };
        let is_new = known.called.is_none() && !name.is_empty();
        let called = match known.called.clone() {
            Some((id, namesake)) => Name { id, namesake },
            None if is_new => {
                let mut names = self.tx.names(&self.entry.community, met.platform);
                names.new_name((&known.id, &account), &name, now).await?
            }
            None => Name::of_nobody(known.name_id.clone()),
        };
        let picture = changed_picture(known.picture.as_ref(), met);
        let mut is_staff = known.is_staff;
        if is_new || called.id != known.name_id || picture.is_some() {
            let picture = picture.unwrap_or(known.picture.as_ref());
            is_staff |= self.show(&known, (&called, picture), now).await?;
        }
        Ok(Actor {
            id: known.id,
            name: called.id,
            namesake: called.namesake,
            is_staff,
            is_nameless: known.is_nameless,
            is_uncounted: known.is_uncounted,
        })
    }

    /// With a person of its own, and the row of its first name, which may not be known yet.
    pub(crate) async fn new_account(
        &mut self,
        (platform, account): (&str, &str),
        called: &str,
        now: Timestamp,
    ) -> Result<IdentityId> {
        let (person, id) = (new_id(now), new_id(now));
        sqlx::query("insert into person (community_id, id, created_at) values ($1, $2, $3)")
            .bind(&self.entry.community.0)
            .bind(&person)
            .bind(now.0)
            .execute(self.tx.connection().await?)
            .await?;
        sqlx::query(
            "insert into identity (community_id, id, person_id, own_person_id, platform, account, name_id, created_at,
               account_hash, account_cipher)
             values ($1, $2, $3, $3, $4, $5, $2, $6, $7, $8)",
        )
        .bind(&self.entry.community.0)
        .bind(&id)
        .bind(&person)
        .bind(platform)
        .bind(account)
        .bind(now.0)
        .bind(self.entry.keys.account_hash(platform, account))
        .bind(self.entry.keys.account_cipher(platform, account))
        .execute(self.tx.connection().await?)
        .await?;
        sqlx::query(
            "insert into name (community_id, id, identity_id, platform, display_name, skeleton, look, namesake, since)
             values ($1, $2, $2, $3, $4, '', '', 1, $5)",
        )
        .bind(&self.entry.community.0)
        .bind(&id)
        .bind(platform)
        .bind(called)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(IdentityId(id))
    }

    /// From now on this is their newest name, and their picture. Whether they are of staff.
    async fn show(
        &mut self,
        known: &Account,
        (name, picture): (&Name, Option<&String>),
        now: Timestamp,
    ) -> Result<bool> {
        sqlx::query(
            "update identity set name_id = $1, picture = $2 where community_id = $3 and id = $4",
        )
        .bind(&name.id)
        .bind(picture)
        .bind(&self.entry.community.0)
        .bind(&known.id.0)
        .execute(self.tx.connection().await?)
        .await?;
        if name.id != known.name_id {
            sqlx::query(
                "update name set until = case id when $1 then null else $2 end
                 where community_id = $3 and id in ($1, $4)",
            )
            .bind(&name.id)
            .bind(now.0)
            .bind(&self.entry.community.0)
            .bind(&known.name_id)
            .execute(self.tx.connection().await?)
            .await?;
        }
        self.tx
            .people(&self.entry.community)
            .names_of_staff_may_have_changed(&known.id)
            .await
    }

    /// The account, where the community knows it.
    pub async fn identity_of(&mut self, account: &str) -> Result<Option<IdentityId>> {
        let found: Option<String> = sqlx::query_scalar(
            "select id from identity where community_id = $1 and platform = $2 and account = $3",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.at.platform.0)
        .bind(text::key(account))
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(found.map(IdentityId))
    }
}

/// Empty where a platform tells the account alone. Of a name without end nobody sees more than its beginning.
pub(crate) fn name_of(actor: &Author) -> String {
    const LONGEST: usize = 200;
    let begins: String = actor.display_name.chars().take(LONGEST).collect();
    text::clean(&begins)
}

/// Who posts comes with all that is known of them, and so without a picture if there is none any more.
fn changed_picture<'a>(before: Option<&String>, met: &Met<'a>) -> Option<Option<&'a String>> {
    let picture = met.author.picture.as_ref().filter(|it| is_usable(it));
    let is_told = picture.is_some() || met.is_whole;
    (is_told && picture != before).then_some(picture)
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
