//! What was said, word for word, in each revision that somebody still needs.
//!
//! **Invariant:** a person's words stand in `body` and `attachment`, by message and author, and in what waits to be taken in
//! (`early_change`, `held`, `set_aside`); nowhere else. Whoever erases a message erases these.

use conversation::{Attachment, Content, Timestamp};
use serde::de::DeserializeOwned;
use sqlx::{Row, any::AnyRow};

use crate::{
    Entry, Result, Tx,
    insert::{Rows, Value},
    parts::Words,
    text,
    together::{Kind, row},
};

/// One revision of one message.
pub(crate) struct Body<'a> {
    /// Where it was said.
    pub(crate) home: &'a Entry,
    pub(crate) message: (&'a str, &'a str),
    pub(crate) revision: i64,
    pub(crate) author: &'a str,
    /// Of the thread; with its root alone.
    pub(crate) subject: Option<&'a str>,
    pub(crate) content: &'a Content,
    pub(crate) at: Timestamp,
}

impl Body<'_> {
    /// Its files go by `Words::put_files`.
    pub(crate) async fn put(&self, tx: &mut Tx) -> Result<()> {
        let files = i64::try_from(self.content.attachments.len()).unwrap_or(i64::MAX);
        let (subject, content) = (
            self.subject.map(text::clean),
            self.home.stored(self.content)?,
        );
        let bytes = content.len() + subject.as_ref().map_or(0, String::len);
        if bytes > LONG {
            return self.insert(tx, (subject, content), files).await;
        }
        let row = row![
            self.message.0,
            self.message.1,
            self.revision,
            self.author,
            subject,
            content,
            files,
            self.at.0,
        ];
        tx.put(Kind::Body, row);
        tx.takes(bytes).await
    }

    async fn insert(
        &self,
        tx: &mut Tx,
        (subject, content): (Option<String>, String),
        files: i64,
    ) -> Result<()> {
        sqlx::query(
            "insert into body (community_id, message_id, revision, author_id, subject, content, files, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(self.message.0)
        .bind(self.message.1)
        .bind(self.revision)
        .bind(self.author)
        .bind(subject)
        .bind(content)
        .bind(files)
        .bind(self.at.0)
        .execute(tx.connection().await?)
        .await?;
        tx.goes_on = false;
        Ok(())
    }
}

/// In bytes. What is longer is bound by itself: in a list of rows it would lie in memory several times more.
pub(crate) const LONG: usize = 100_000;

/// Where the files of a revision go, in their order.
pub(crate) const FILES: &str =
    "attachment (community_id, message_id, revision, number, kind, name, mime, size, alt, source)";

/// Of one file, behind the key of its revision.
pub(crate) fn values(number: i64, file: &Attachment) -> Result<[Value; 7]> {
    let clean = |it: &Option<String>| Value::from(it.as_deref().map(text::clean));
    Ok([
        number.into(),
        serde_json::to_string(&file.kind)?.into(),
        clean(&file.name),
        clean(&file.mime),
        file.size.and_then(|it| i64::try_from(it).ok()).into(),
        clean(&file.alt),
        serde_json::to_string(&file.source)?.into(),
    ])
}

/// Without the files.
pub(crate) fn words(content: &Content) -> Result<String> {
    let words = Content {
        text: content.text.clone(),
        attachments: Vec::new(),
    };
    Ok(serde_json::to_string(&words)?)
}

impl Words<'_> {
    pub(crate) async fn put_files(
        &mut self,
        (message, revision): (&str, i64),
        files: &[Attachment],
    ) -> Result<()> {
        if files.is_empty() {
            return Ok(());
        }
        let key = [
            self.community.to_owned().into(),
            message.to_owned().into(),
            revision.into(),
        ];
        let mut rows = Rows::default();
        for (number, file) in (0_i64..).zip(files) {
            let values = key.iter().cloned().chain(values(number, file)?);
            rows.put(FILES, values.collect::<Vec<Value>>());
        }
        rows.insert(self.tx.connection().await?).await
    }

    /// None once it was erased, or is kept no longer.
    pub(crate) async fn said(&mut self, message: &str, revision: i64) -> Result<Option<Content>> {
        let found = sqlx::query(
            "select content, files as n_files from body where community_id = $1 and message_id = $2 and revision = $3",
        )
        .bind(self.community)
        .bind(message)
        .bind(revision)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        match found {
            Some(row) => self.content((message, revision), &row).await,
            None => Ok(None),
        }
    }

    /// Of a row with `content` and `n_files`, which are null where the words are not known.
    pub(crate) async fn content(
        &mut self,
        (message, revision): (&str, i64),
        row: &AnyRow,
    ) -> Result<Option<Content>> {
        let Some(words) = row.get::<Option<&str>, _>("content") else {
            return Ok(None);
        };
        let mut content: Content = serde_json::from_str(words)?;
        if row.get::<i64, _>("n_files") > 0 {
            let files = sqlx::query(
                "select kind, name, mime, size, alt, source from attachment
                 where community_id = $1 and message_id = $2 and revision = $3 order by number",
            )
            .bind(self.community)
            .bind(message)
            .bind(revision)
            .fetch_all(self.tx.reading().await?)
            .await?;
            content.attachments = files.iter().map(file).collect::<Result<_>>()?;
        }
        Ok(Some(content))
    }

    /// In all revisions, with its files.
    pub(crate) async fn delete(&mut self, message: &str) -> Result<()> {
        let all = [
            "delete from body where community_id = $1 and message_id = $2",
            "delete from attachment where community_id = $1 and message_id = $2",
            // Which names the files that came after the words.
            "update delivery set files = null where message_id = $2 and community_id = $1 and files is not null",
        ];
        self.for_message(message, &all).await
    }

    /// One after the other, each told the community and the message.
    pub(crate) async fn for_message(&mut self, message: &str, all: &[&'static str]) -> Result<()> {
        for &sql in all {
            sqlx::query(sql)
                .bind(self.community)
                .bind(message)
                .execute(self.tx.connection().await?)
                .await?;
        }
        Ok(())
    }

    /// The revisions that no copy shows any more, and none begins with, go: what its author took out must not stay.
    pub(crate) async fn forget_unseen(&mut self, message: &str) -> Result<()> {
        let all = [
            "delete from body where community_id = $1 and message_id = $2 and revision < coalesce(
               (select min(d.revision) from delivery d where d.community_id = $1 and d.message_id = $2
                  and (d.state in ('to_do', 'sending', 'uncertain')
                    or d.operation = 'post' and (d.remote_ids <> '[]' or d.handed_to > 0))),
               (select m.revision from message m where m.community_id = $1 and m.id = $2)
             )",
            "delete from attachment where community_id = $1 and message_id = $2 and revision < (
               select min(b.revision) from body b where b.community_id = $1 and b.message_id = $2
             )",
        ];
        self.for_message(message, &all).await
    }
}

fn file(row: &AnyRow) -> Result<Attachment> {
    Ok(Attachment {
        kind: of_json(row, "kind")?,
        name: row.get("name"),
        mime: row.get("mime"),
        size: row
            .get::<Option<i64>, _>("size")
            .and_then(|it| u64::try_from(it).ok()),
        alt: row.get("alt"),
        source: of_json(row, "source")?,
    })
}

fn of_json<T: DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T> {
    Ok(serde_json::from_str(row.get(column))?)
}
