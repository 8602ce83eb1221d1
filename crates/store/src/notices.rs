//! What staff must know, said once for each cause, until it is over.

use std::fmt;

use conversation::{ChannelRef, CommunityId, Timestamp};
use serde::Serialize;
use sqlx::{Row, any::AnyRow};

use crate::{Result, Store, parts::Notices, text};

/// Stands for all communities: what is about the installation as a whole.
pub const INSTALLATION: CommunityId = CommunityId(String::new());

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub kind: NoticeKind,
    /// What has the trouble: tells it apart from others of its kind.
    pub about: String,
    /// What happened, and what to do about it.
    pub text: String,
    pub at: Timestamp,
}

/// In the order in which staff should look at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// A platform does not let our account in.
    AccountRefused,
    /// Nothing of what is said on a platform reaches us now.
    AccountUnheard,
    /// A platform closed a channel to us.
    ChannelClosed,
    /// A channel takes nothing now.
    ChannelFails,
    /// A reader does not get what is handed out.
    ReaderTrouble,
    /// What a reader's server took came back.
    ReaderReturned,
    /// Staff lets a channel rest: neither its platform nor a start opens it.
    ChannelRests,
    /// Something waits for staff before anybody hears of it.
    Held,
    /// A room took in more than it may, and what came after is held.
    StormBrake,
    /// A message was given up.
    DeadLetter,
    /// Something was said in a channel that the bridge cannot have any more.
    WordsMissed,
    /// A community has another name than it had, for an older one has that name.
    CommunityRenamed,
    /// Somebody was forgotten whom the configuration still names.
    ForgottenIsNamed,
    /// Something could not be delivered for as long as its words are kept.
    WordsExpired,
    /// Somebody guesses codes.
    CodesGuessed,
}

impl NoticeKind {
    pub const ALL: [NoticeKind; 15] = [
        NoticeKind::AccountRefused,
        NoticeKind::AccountUnheard,
        NoticeKind::ChannelClosed,
        NoticeKind::ChannelFails,
        NoticeKind::ReaderTrouble,
        NoticeKind::ReaderReturned,
        NoticeKind::ChannelRests,
        NoticeKind::Held,
        NoticeKind::StormBrake,
        NoticeKind::DeadLetter,
        NoticeKind::WordsMissed,
        NoticeKind::CommunityRenamed,
        NoticeKind::ForgottenIsNamed,
        NoticeKind::WordsExpired,
        NoticeKind::CodesGuessed,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            NoticeKind::AccountRefused => "account-refused",
            NoticeKind::AccountUnheard => "account-unheard",
            NoticeKind::ChannelClosed => "channel-closed",
            NoticeKind::ChannelFails => "channel-fails",
            NoticeKind::ReaderTrouble => "reader-trouble",
            NoticeKind::ReaderReturned => "reader-returned",
            NoticeKind::ChannelRests => "channel-rests",
            NoticeKind::Held => "held",
            NoticeKind::StormBrake => "storm-brake",
            NoticeKind::DeadLetter => "dead-letter",
            NoticeKind::WordsMissed => "words-missed",
            NoticeKind::CommunityRenamed => "community-renamed",
            NoticeKind::ForgottenIsNamed => "forgotten-is-named",
            NoticeKind::WordsExpired => "words-expired",
            NoticeKind::CodesGuessed => "codes-guessed",
        }
    }

    fn parse(text: &str) -> Option<NoticeKind> {
        NoticeKind::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// Nothing at all gets through there until somebody acts or it passes.
    pub fn is_broken(self) -> bool {
        self <= NoticeKind::ChannelFails
    }
}

impl fmt::Display for NoticeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Notice {
    pub fn new(kind: NoticeKind, about: impl Into<String>, text: String, at: Timestamp) -> Notice {
        Notice {
            kind,
            about: about.into(),
            text,
            at,
        }
    }

    /// Where it is, if it is in one channel.
    pub fn channel(&self) -> Option<ChannelRef> {
        let about = match self.kind {
            NoticeKind::ReaderTrouble | NoticeKind::ReaderReturned => self.of_reader()?.0,
            // One person in it, and not itself.
            NoticeKind::StormBrake => self.about.rsplit(' ').next()?,
            _ => &self.about,
        };
        about.parse().ok()
    }

    /// By number, if it is about one.
    pub fn reader(&self) -> Option<i64> {
        self.of_reader()?.1.parse().ok()
    }

    fn of_reader(&self) -> Option<(&str, &str)> {
        match self.kind {
            NoticeKind::ReaderTrouble | NoticeKind::ReaderReturned => self.about.rsplit_once('#'),
            _ => None,
        }
    }
}

impl Store {
    /// What the staff of one community is to know, with what concerns the whole installation, or all that is open; the newest
    /// first: none may be missing from it while it lasts, however many others there are.
    pub async fn open_notices(&self, of: Option<&CommunityId>) -> Result<Vec<Notice>> {
        let rows = sqlx::query(
            "select kind, about, text, at from notice where $1 is null or community_id in ($1, '')
             order by at desc, kind, about",
        )
        .bind(of.map(|it| &it.0))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.iter().filter_map(notice).collect())
    }

    /// The newest first. Those of a kind that a newer program made are left out.
    pub async fn notices(&self, limit: u32) -> Result<Vec<Notice>> {
        let rows = sqlx::query(
            "select kind, about, text, at from notice order by at desc, kind, about limit $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.iter().filter_map(notice).collect())
    }
}

fn notice(row: &AnyRow) -> Option<Notice> {
    Some(Notice {
        kind: NoticeKind::parse(row.get("kind"))?,
        about: row.get("about"),
        text: row.get("text"),
        at: Timestamp(row.get("at")),
    })
}

impl Notices<'_> {
    /// Unless staff was told before and nothing cleared it since.
    pub async fn tell_once(&mut self, notice: &Notice) -> Result<()> {
        let done = sqlx::query(
            "insert into notice (community_id, kind, about, text, at) values ($1, $2, $3, $4, $5)
             on conflict (community_id, kind, about) do nothing",
        )
        .bind(&self.community.0)
        .bind(notice.kind.as_str())
        .bind(text::key(&notice.about))
        .bind(text::clean(&notice.text))
        .bind(notice.at.0)
        .execute(self.tx.connection().await?)
        .await?;
        self.tx.told(done.rows_affected());
        Ok(())
    }

    /// What it says now, instead of what it said.
    pub async fn tell_anew(&mut self, notice: &Notice) -> Result<()> {
        self.clear(notice.kind, &notice.about).await?;
        self.tell_once(notice).await
    }

    /// The cause is gone: the next time is news again.
    pub async fn clear(&mut self, kind: NoticeKind, about: &str) -> Result<()> {
        let done =
            sqlx::query("delete from notice where community_id = $1 and kind = $2 and about = $3")
                .bind(&self.community.0)
                .bind(kind.as_str())
                .bind(text::key(about))
                .execute(self.tx.connection().await?)
                .await?;
        self.tx.told(done.rows_affected());
        Ok(())
    }

    pub async fn is_told(&mut self, kind: NoticeKind, about: &str) -> Result<bool> {
        let found = sqlx::query(
            "select 1 from notice where community_id = $1 and kind = $2 and about = $3",
        )
        .bind(&self.community.0)
        .bind(kind.as_str())
        .bind(text::key(about))
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(found.is_some())
    }

    /// Staff of the community has looked at what they are about.
    pub(crate) async fn clear_all(&mut self, kind: NoticeKind) -> Result<()> {
        let done = sqlx::query("delete from notice where community_id = $1 and kind = $2")
            .bind(&self.community.0)
            .bind(kind.as_str())
            .execute(self.tx.connection().await?)
            .await?;
        self.tx.told(done.rows_affected());
        Ok(())
    }

    /// It stands in no room any more: what is the matter with it is nobody's trouble.
    pub(crate) async fn clear_of(&mut self, channel: &ChannelRef) -> Result<()> {
        for kind in [
            NoticeKind::ChannelClosed,
            NoticeKind::ChannelRests,
            NoticeKind::ChannelFails,
            NoticeKind::WordsMissed,
            NoticeKind::WordsExpired,
        ] {
            self.clear(kind, &channel.to_string()).await?;
        }
        Ok(())
    }
}
