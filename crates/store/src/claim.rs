//! The next thing to send to a channel, with all that is needed to send it.

use std::sync::Arc;

use conversation::{DeliveryId, Timestamp};
use sqlx::{Row, any::AnyRow};

use crate::{Error, Result, parts::Outbox, text, together::row};

mod context;
mod look;
mod next;
mod parts;
mod shown;
mod work;

pub use look::{Known, Look, Suspect};
use look::{PassedBy, passed_by};
use next::said;
pub(crate) use next::{Queue, next};

pub use parts::PartFiles;
use parts::part_files;
pub(crate) use shown::{is_nameless, shown_name, stays_away, without_file_names};
pub use work::{
    Attempt, Context, Destination, Outdated, OwnSide, ParentQuote, Said, Sent, Standing, Work,
};
use work::{speaker, work_of};

/// What a look at a channel's outbox says.
#[derive(Debug)]
pub enum Claim {
    Work(Box<Work>),
    /// The head of the queue waits for its time.
    NotBefore(Timestamp),
    Idle,
}

/// Why a delivery is in doubt that a dead process left behind.
pub(crate) const CUT_OFF: &str = "the bridge stopped while it was sent";

impl Outbox<'_> {
    /// Takes the oldest open delivery of the channel, if its time has come.
    pub async fn claim(&mut self, epoch: i64, now: Timestamp) -> Result<Claim> {
        let look = Look {
            now,
            ..Look::default()
        };
        self.claim_by(&look, epoch).await
    }

    pub async fn claim_by(&mut self, look: &Look, epoch: i64) -> Result<Claim> {
        let Some(head) = self.head(look, 0).await? else {
            return Ok(Claim::Idle);
        };
        let due = Timestamp(head.get("next_attempt_at"));
        if due <= look.now || look.at_once.contains(&DeliveryId(head.get("id"))) {
            return self.take(&head, None, look, epoch).await;
        }
        let Some(suspect) = look
            .suspect
            .as_ref()
            .filter(|it| it.may_be_passed(&head, look))
        else {
            return Ok(Claim::NotBefore(due));
        };
        let mut passed = vec![head];
        while let Some(next) = self.head(look, seq_of_last(&passed)).await? {
            if suspect.is_passed_with(&next, &passed) {
                passed.push(next);
                continue;
            }
            return match Timestamp(next.get("next_attempt_at")) {
                later if later > look.now => Ok(Claim::NotBefore(later.min(due))),
                _ if suspect.has_just_failed => {
                    let passed = passed_by(&passed);
                    self.take(&next, Some(passed), look, epoch).await
                }
                _ => self.take(&passed[0], None, look, epoch).await,
            };
        }
        Ok(Claim::NotBefore(due))
    }

    /// Of what is open, the oldest: when it was to be sent.
    pub async fn oldest_open(&mut self) -> Result<Option<Timestamp>> {
        let head = self.head(&Look::default(), 0).await?;
        Ok(head.map(|it| Timestamp(it.get("created_at"))))
    }

    async fn take(
        &mut self,
        head: &AnyRow,
        passes_by: Option<PassedBy>,
        look: &Look,
        epoch: i64,
    ) -> Result<Claim> {
        let mut work = work_of(look, self.entry, head)?;
        let begun = row![
            &self.entry.community.0,
            &work.delivery.0,
            epoch,
            i64::from(work.to.most_parts),
        ];
        self.tx.put_begun(&self.entry.channel.id, begun);
        work.attempt.passes_by = passes_by;
        self.add_context(&mut work, head, look.now).await?;
        Ok(Claim::Work(Box::new(work)))
    }

    /// Gives up what stands first in the queue, for it cannot be read and the others must not wait for ever.
    pub async fn give_up_head(&mut self, look: &Look, reason: &str) -> Result<()> {
        let (which, id) = look.queue(&self.entry.channel.id);
        let sql = format!(
            "update delivery set state = 'dead', waits_for = null, reason = $3 where community_id = $1 and id = (
               select id from delivery where community_id = $1 and {which} order by seq limit 1
             )"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(&self.entry.community.0)
            .bind(id)
            .bind(text::clean(reason))
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }

    /// The oldest open delivery behind that one.
    async fn head(&mut self, look: &Look, behind: i64) -> Result<Option<Arc<AnyRow>>> {
        let foreseen = match look.answer {
            None => self.tx.next_of(&self.entry.channel.id, behind),
            Some(_) => None,
        };
        let head = match foreseen {
            Some(head) => head,
            None => self.ask_for_head(look, behind).await?.map(Arc::new),
        };
        head.map(whole).transpose()
    }

    async fn ask_for_head(&mut self, look: &Look, behind: i64) -> Result<Option<AnyRow>> {
        let known = look.known.as_ref();
        let (delivery, revision) = known.map_or(("", 0), |it| (it.delivery.as_str(), it.revision));
        let (which, id) = look.queue(&self.entry.channel.id);
        Ok(
            sqlx::query(sqlx::AssertSqlSafe(said(&format!("{which} and seq > $5"))))
                .bind(&self.entry.community.0)
                .bind(id)
                .bind(delivery)
                .bind(i64::from(revision))
                .bind(behind)
                .fetch_optional(self.tx.reading().await?)
                .await?,
        )
    }

    /// A delivery that was handed out, whatever became of it, as it would be made now.
    pub(crate) async fn work_of(&mut self, delivery: &DeliveryId, now: Timestamp) -> Result<Work> {
        let row = sqlx::query(sqlx::AssertSqlSafe(said("id = $2")))
            .bind(&self.entry.community.0)
            .bind(&delivery.0)
            .bind("")
            .bind(0_i64)
            .fetch_one(self.tx.reading().await?)
            .await?;
        let row = whole(Arc::new(row))?;
        let mut work = work_of(&Look::default(), self.entry, &row)?;
        work.attempt.in_doubt = false;
        self.add_context(&mut work, &row, now).await?;
        Ok(work)
    }
}

/// What belongs to a delivery is never gone before it. Where it is, the lane must not take the channel for idle.
fn whole(head: Arc<AnyRow>) -> Result<Arc<AnyRow>> {
    match head.get::<Option<&str>, _>("home_id") {
        Some(_) => Ok(head),
        None => Err(Error::Unreadable(
            "its message, its author or their name is not in the store any more".to_owned(),
        )),
    }
}

fn seq_of_last(passed: &[Arc<AnyRow>]) -> i64 {
    passed.last().map_or(0, |it| it.get("seq"))
}
