//! Who somebody is to a community, and what they wish.

use conversation::{
    CommunityId, Event, IdentityId, Inbound, PersonId, Platform, RemoteId, Timestamp,
};
use serde::Serialize;
use serde_json::Value;
use sqlx::{Row, any::AnyRow};

use crate::{Result, Store};

#[derive(Debug, Clone, Serialize)]
pub struct AccountHeld {
    #[serde(skip)]
    pub identity: IdentityId,
    pub platform: Platform,
    pub account: RemoteId,
    pub picture: Option<String>,
    pub known_since: Timestamp,
    pub names: Vec<NameHeld>,
    /// Rows of the engagement log.
    pub counted: i64,
}

#[derive(Debug, Clone, Serialize)]
pub struct NameHeld {
    pub name: String,
    /// Of namesakes.
    pub number: u32,
    pub since: Timestamp,
    pub until: Option<Timestamp>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PersonHeld {
    pub mentioned_by: String,
    pub language: Option<String>,
    pub zone: Option<String>,
    pub private_since: Option<Timestamp>,
    pub nameless_since: Option<Timestamp>,
    pub rests_until: Option<Timestamp>,
    pub roles: Vec<RoleHeld>,
    pub consents: Vec<ConsentHeld>,
    pub pseudonyms: Vec<PseudonymHeld>,
    pub pressed: Vec<PressHeld>,
}

#[derive(Debug, Clone, Serialize)]
pub struct RoleHeld {
    pub role: String,
    pub since: Timestamp,
}

#[derive(Debug, Clone, Serialize)]
pub struct ConsentHeld {
    pub purpose: String,
    pub is_given: bool,
    /// Of the agreement.
    pub version: i64,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Serialize)]
pub struct PseudonymHeld {
    pub room: String,
    pub number: i64,
}

/// A button below something that the bridge said.
#[derive(Debug, Clone, Serialize)]
pub struct PressHeld {
    pub at: Timestamp,
    /// What that asked for.
    pub act: Value,
}

/// What nobody heard yet.
#[derive(Debug, Clone, Serialize)]
pub struct HeldBack {
    pub platform: Platform,
    /// A rule's name.
    pub waits_for: String,
    pub since: Timestamp,
    pub said_at: Timestamp,
    pub subject: Option<String>,
    pub words: Option<String>,
}

impl HeldBack {
    pub(super) fn of(event: &Inbound, reason: &str, since: Timestamp) -> HeldBack {
        let (subject, content) = match &event.event {
            Event::Posted(it) => (it.subject.clone(), Some(&it.content)),
            Event::Edited { content, .. } => (None, Some(content)),
            _ => (None, None),
        };
        HeldBack {
            platform: event.channel.platform.clone(),
            waits_for: reason.to_owned(),
            since,
            said_at: event.at,
            subject,
            words: content.map(|it| it.text.plain_text()),
        }
    }
}

impl Store {
    /// None of who was forgotten meanwhile.
    pub async fn person_held(
        &self,
        community: &CommunityId,
        person: &PersonId,
    ) -> Result<Option<PersonHeld>> {
        let found = sqlx::query(
            "select mentions, language, zone, private_since, nameless_since, rests_until from person
             where community_id = $1 and id = $2",
        );
        let found = found.bind(&community.0).bind(&person.0);
        let Some(found) = found.fetch_optional(&self.pool).await? else {
            return Ok(None);
        };
        let time = |column: &str| found.get::<Option<i64>, _>(column).map(Timestamp);
        let whose = (community, person);
        Ok(Some(PersonHeld {
            mentioned_by: found.get("mentions"),
            language: found.get("language"),
            zone: found.get("zone"),
            private_since: time("private_since"),
            nameless_since: time("nameless_since"),
            rests_until: time("rests_until"),
            roles: self.roles_held(whose).await?,
            consents: self.consents_held(whose).await?,
            pseudonyms: self.pseudonyms_held(whose).await?,
            pressed: self.pressed(whose).await?,
        }))
    }

    async fn roles_held(&self, whose: (&CommunityId, &PersonId)) -> Result<Vec<RoleHeld>> {
        let sql = "select role, granted_at from role where person_id = $2 and community_id = $1 order by granted_at, role";
        let role = |it: &AnyRow| RoleHeld {
            role: it.get("role"),
            since: Timestamp(it.get("granted_at")),
        };
        Ok(self.of_person(sql, whose).await?.iter().map(role).collect())
    }

    async fn consents_held(&self, whose: (&CommunityId, &PersonId)) -> Result<Vec<ConsentHeld>> {
        let sql = "select purpose, is_given, version, at from consent where person_id = $2 and community_id = $1 order by at, purpose";
        let consent = |it: &AnyRow| ConsentHeld {
            purpose: it.get("purpose"),
            is_given: it.get::<i64, _>("is_given") == 1,
            version: it.get("version"),
            at: Timestamp(it.get("at")),
        };
        Ok(self
            .of_person(sql, whose)
            .await?
            .iter()
            .map(consent)
            .collect())
    }

    async fn pseudonyms_held(
        &self,
        whose: (&CommunityId, &PersonId),
    ) -> Result<Vec<PseudonymHeld>> {
        let sql = "select r.name, p.number from pseudonym p
             join room r on r.community_id = p.community_id and r.id = p.room_id
             where p.person_id = $2 and p.community_id = $1 order by r.name";
        let pseudonym = |it: &AnyRow| PseudonymHeld {
            room: it.get("name"),
            number: it.get("number"),
        };
        Ok(self
            .of_person(sql, whose)
            .await?
            .iter()
            .map(pseudonym)
            .collect())
    }

    async fn pressed(&self, whose: (&CommunityId, &PersonId)) -> Result<Vec<PressHeld>> {
        let sql = "select b.pressed_at, b.act from identity i
             join button b on b.pressed_by = i.id and b.community_id = i.community_id
             where i.person_id = $2 and i.community_id = $1 and b.pressed_at is not null order by b.pressed_at, b.id";
        let press = |it: &AnyRow| {
            Ok(PressHeld {
                at: Timestamp(it.get("pressed_at")),
                act: serde_json::from_str(it.get("act"))?,
            })
        };
        self.of_person(sql, whose)
            .await?
            .iter()
            .map(press)
            .collect()
    }

    async fn of_person(
        &self,
        sql: &'static str,
        (community, person): (&CommunityId, &PersonId),
    ) -> Result<Vec<AnyRow>> {
        let rows = sqlx::query(sql).bind(&community.0).bind(&person.0);
        Ok(rows.fetch_all(&self.pool).await?)
    }
}
