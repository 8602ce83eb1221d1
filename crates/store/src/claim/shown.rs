//! Under which name something is told elsewhere, and whether it is told at all. Of rows with `display_name`, `pseudonym`,
//! `nameless_since`, `private_since` and `stays`.
//!
//! **Invariant:** what was said under a pseudonym keeps it. Whoever goes without their name from now on is not named for what they
//! said before either; nor by their pseudonym, which would tell whose it is.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use conversation::{
    Attachment, AttachmentKind, Content, PersonId, Platform, RemoteId, Stays, nobody, pseudonym,
};
use sqlx::{Row, any::AnyRow};

use crate::{Result, parts::Outbox, text};

pub(crate) fn is_nameless(row: &AnyRow) -> bool {
    row.get::<Option<i64>, _>("nameless_since").is_some() || has_pseudonym(row)
}

fn has_pseudonym(row: &AnyRow) -> bool {
    row.get::<Option<i64>, _>("pseudonym") == Some(1)
}

pub(crate) fn shown_name(row: &AnyRow) -> String {
    match is_nameless(row) && !has_pseudonym(row) {
        true => nobody().to_owned(),
        false => row.get("display_name"),
    }
}

/// Why it is told nowhere but where it was said.
pub(crate) fn stays_away(row: &AnyRow) -> Option<Stays> {
    let stays = row.get::<Option<&str>, _>("stays").and_then(Stays::parse);
    let private = row.get::<Option<i64>, _>("private_since");
    stays.or(private.map(|_| Stays::Private))
}

/// What somebody calls their files may tell who they are.
pub(crate) fn without_file_names(files: &mut [Attachment]) {
    for file in files {
        file.name = file.name.as_deref().map(|name| neutral(file.kind, name));
    }
}

fn neutral(kind: AttachmentKind, name: &str) -> String {
    let kind = match kind {
        AttachmentKind::Photo => "picture",
        AttachmentKind::Video => "video",
        AttachmentKind::Animation => "animation",
        AttachmentKind::Audio => "audio",
        AttachmentKind::Voice => "voice",
        AttachmentKind::Sticker => "sticker",
        AttachmentKind::Document => "file",
    };
    let is_plain = |it: &&str| it.len() <= 5 && it.chars().all(|c| c.is_ascii_alphanumeric());
    let ending = Path::new(name).extension().and_then(|it| it.to_str());
    match ending.filter(is_plain) {
        Some(ending) => format!("{kind}.{}", ending.to_lowercase()),
        None => kind.to_owned(),
    }
}

impl Outbox<'_> {
    /// Of the accounts of that platform, whoever goes without their name: what they are called in this room.
    async fn pseudonyms(
        &mut self,
        home: &Platform,
        mentioned: &BTreeSet<String>,
    ) -> Result<BTreeMap<RemoteId, String>> {
        let Some(room) = self.entry.channel.room.clone() else {
            return Ok(BTreeMap::new());
        };
        let rows = sqlx::query(
            "select i.account, i.person_id from person p
             cross join identity i
             where i.person_id = p.id and i.community_id = p.community_id and p.nameless_since is not null and p.community_id = $1 and i.platform = $2",
        )
        .bind(&self.entry.community.0)
        .bind(&home.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let mut names = BTreeMap::new();
        let is_mentioned = |it: &&AnyRow| mentioned.contains(it.get::<&str, _>("account"));
        for row in rows.iter().filter(is_mentioned) {
            let mut wishes = self.tx.wishes(&self.entry.community);
            let person = PersonId(row.get("person_id"));
            let number = wishes.number(&person, &room).await?;
            names.insert(RemoteId(row.get("account")), pseudonym(number));
        }
        Ok(names)
    }

    /// Whoever goes without their name is not named by others either.
    pub(crate) async fn rename_mentioned(
        &mut self,
        home: &Platform,
        contents: &mut [&mut Content],
    ) -> Result<()> {
        let mentioned: BTreeSet<_> = contents
            .iter()
            .flat_map(|it| it.text.mentioned())
            .map(|it| text::key(&it.0))
            .collect();
        if mentioned.is_empty() {
            return Ok(());
        }
        let names = self.pseudonyms(home, &mentioned).await?;
        for content in contents {
            content
                .text
                .rename(|account| names.get(&RemoteId(text::key(&account.0))));
        }
        Ok(())
    }
}
