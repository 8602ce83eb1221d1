//! What somebody who is to be forgotten said is taken back where it stands; then they are told, and then the last rows go.
//!
//! **Invariant:** each step is a transaction of its own and short, for everybody waits for the writer; what is left begins with the
//! next one, also in another process.

use std::time::Duration;

use conversation::{
    AccountRef, Arg, ChannelId, ChannelRef, Phrase, Platform, Support, Timestamp,
    command::{Command, Everyday},
};
use store::{Can, Due, Forgetting, Phase, Piece, Result, Say, Tx};
use words::TOLD;

use super::{Done, Scheduler};

/// Between two pieces.
const SOON: Duration = Duration::from_secs(1);
/// Nothing is left to do but to wait for platforms.
const LATER: Duration = Duration::from_secs(20);
/// They are told by then, whatever waits still.
const LONGEST: Duration = Duration::from_secs(48 * 3600);

impl Scheduler {
    pub(super) async fn take_back(&self, due: &Due, now: Timestamp) -> Result<()> {
        if let Some(account) = self.store.to_be_told(&due.community, &due.about).await? {
            return self.open_chat(due, &account, now).await;
        }
        let can = self.can();
        let work = self.in_one(due, move |tx, due| {
            let can = can.clone();
            Box::pin(async move {
                let mut forgettings = tx.forgettings(&due.community);
                let Some(it) = forgettings.one(&due.about).await? else {
                    return Ok(Done::until(None));
                };
                match it.phase {
                    Phase::TakingBack => step(tx, due, (&it, &can), now).await,
                    Phase::Telling => {
                        let is_late = now.since(it.asked_at) > LONGEST + LONGEST;
                        if !is_late && !forgettings.is_told(&it).await? {
                            return Ok(Done::until(Some(now.plus(LATER))));
                        }
                        forgettings.go_on(&it, Phase::Sweeping).await?;
                        Ok(Done::until(Some(now.plus(SOON))))
                    }
                    Phase::Sweeping => {
                        let is_more = forgettings.sweep(&it, now).await?;
                        Ok(Done::until(is_more.then(|| now.plus(SOON))))
                    }
                }
            })
        });
        work.await
    }

    /// Who only ever wrote where others read it has no chat with us yet.
    async fn open_chat(&self, due: &Due, account: &AccountRef, now: Timestamp) -> Result<()> {
        let opened = match self.outlook.adapters.get(&account.platform) {
            Some(adapter) => adapter.open_direct_channel(&account.account).await.ok(),
            None => None,
        };
        let work = self.in_one(due, move |tx, due| {
            let opened = opened.clone();
            Box::pin(async move {
                let mut forgettings = tx.forgettings(&due.community);
                let Some(it) = forgettings.one(&due.about).await? else {
                    return Ok(Done::until(None));
                };
                let it = forgettings.reached(&it, opened.as_ref(), now).await?;
                Ok(Done {
                    next: Some(now.plus(SOON)),
                    woken: say(tx, due, &it, now).await?,
                })
            })
        });
        work.await
    }

    fn can(&self) -> Can {
        let adapters = &self.outlook.adapters;
        let platforms = |is: fn(&conversation::Capabilities) -> bool| -> Vec<Platform> {
            let of = |it: &&Platform| {
                let any = ChannelRef::new(it.as_str(), "");
                adapters.capabilities(&any).is_some_and(|it| is(&it))
            };
            adapters.keys().filter(of).cloned().collect()
        };
        Can {
            delete: platforms(|it| it.deletes == Support::Native),
            react: platforms(|it| it.reactions == Support::Native),
        }
    }
}

async fn step(
    tx: &mut Tx,
    due: &Due,
    (it, can): (&Forgetting, &Can),
    now: Timestamp,
) -> Result<Done> {
    let is_first = it.through.is_empty();
    let mut forgettings = tx.forgettings(&due.community);
    let piece = forgettings.take_back(it, can, now).await?;
    let mut woken = match is_first {
        // What quoted them is said anew.
        true => forgettings.with_something_to_do().await?,
        false => Vec::new(),
    };
    let is_late = now.since(it.asked_at) > LONGEST;
    let next = match piece {
        Piece::Waits(0) => {
            woken.extend(tell(tx, due, it, now).await?);
            SOON
        }
        // Where a platform is away for so long, its person is told how far it came.
        _ if is_late => {
            woken.extend(tell(tx, due, it, now).await?);
            SOON
        }
        Piece::Waits(_) => LATER,
        Piece::More(planned) if planned.is_empty() => LATER,
        Piece::More(planned) => {
            woken.extend(planned);
            SOON
        }
    };
    Ok(Done {
        next: Some(now.plus(next)),
        woken,
    })
}

/// What is told is looked up where it goes.
async fn tell(tx: &mut Tx, due: &Due, it: &Forgetting, now: Timestamp) -> Result<Vec<ChannelId>> {
    let mut forgettings = tx.forgettings(&due.community);
    forgettings.go_on(it, Phase::Telling).await?;
    say(tx, due, it, now).await
}

async fn say(tx: &mut Tx, due: &Due, it: &Forgetting, now: Timestamp) -> Result<Vec<ChannelId>> {
    let mut forgettings = tx.forgettings(&due.community);
    let Some(chat) = forgettings.chat(it).await? else {
        return Ok(Vec::new());
    };
    let told = Arg::Told(Box::new(Command::Everyday(Everyday::ForgetMe)));
    let channel = chat.channel.id.clone();
    let phrase = Phrase::of(TOLD).with("told", told);
    let words = Say::to(
        chat,
        format!("forgotten-{}", it.id),
        phrase,
        vec![channel.clone()],
    );
    let said = tx.own_words().say(&words, now).await?;
    Ok(said.map(|_| channel).into_iter().collect())
}
