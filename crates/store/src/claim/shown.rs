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
    Attachment, AttachmentKind, Content, MessageId, PersonId, Platform, RemoteId, Stays, nobody,
    pseudonym,
};
use sqlx::{Row, any::AnyRow};

use super::Work;
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

    /// Of whoever goes without their name, and of others whom the words mention.
    pub(super) async fn without_names(
        &mut self,
        work: &mut Work,
        head: &AnyRow,
        goes_home: bool,
    ) -> Result<()> {
        let outdated = work.standing.outdated.as_mut().map(|it| &mut it.content);
        let said = std::iter::once(&mut work.said.content).chain(&mut work.said.earlier);
        let mut contents: Vec<_> = said.chain(outdated).collect();
        if is_nameless(head) {
            contents
                .iter_mut()
                .for_each(|it| without_file_names(&mut it.attachments));
            let left_out = work.brings.iter_mut().chain(&mut work.without.left_out);
            left_out.for_each(|it| without_file_names(std::slice::from_mut(&mut it.file)));
        }
        if goes_home || head.get::<i64, _>("are_named_otherwise") == 0 {
            return Ok(());
        }
        self.rename_mentioned(&work.said.home.platform, &mut contents)
            .await?;
        if let Some(subject) = self.subject_without_names(&work.root).await? {
            work.said.subject = subject;
        }
        Ok(())
    }

    /// Of a thread that is called by its first words, whose names may be among them. None where it is not, or is not told here.
    async fn subject_without_names(&mut self, root: &MessageId) -> Result<Option<String>> {
        let found = sqlx::query(
            "select m.revision, h.id as home_id, h.platform, m.stays, p.private_since, p.nameless_since, n.pseudonym from message m
             join name n on n.community_id = m.community_id and n.id = m.name_id
             join identity i on i.community_id = m.community_id and i.id = m.identity_id
             join person p on p.community_id = i.community_id and p.id = i.person_id
             join channel h on h.community_id = m.community_id and h.id = m.channel_id
             where m.id = $2 and m.community_id = $1 and m.own_subject = 0",
        )
        .bind(&self.entry.community.0)
        .bind(&root.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        let is_told = |it: &AnyRow| {
            let is_home = it.get::<&str, _>("home_id") == self.entry.channel.id.as_str();
            is_home || stays_away(it).is_none()
        };
        let Some(found) = found.filter(is_told) else {
            return Ok(None);
        };
        let mut words = self.tx.words(&self.entry.community.0);
        let said = words.said(&root.0, found.get("revision")).await?;
        let Some(mut content) = said else {
            return Ok(None);
        };
        let home = Platform(found.get("platform"));
        self.rename_mentioned(&home, &mut [&mut content]).await?;
        if is_nameless(&found) {
            without_file_names(&mut content.attachments);
        }
        Ok(Some(content.first_words()))
    }
}
