//! Codes that are shown in one place and said in another: who owns the community, and which accounts are one person's.
//!
//! **Invariant:** two accounts become one person only once both said yes, each told who the other is; a code is good once, and after
//! too many wrong ones none is tried.

use std::time::Duration;

use conversation::{
    Arg, IdentityId, Phrase, Timestamp,
    command::{Code, Command},
};
use serde_json::json;
use store::{Button, Choice, CodeKind, Notice, NoticeKind, Result, Tx, fresh_code, fresh_key};
use words::{
    CODES_GUESSED, CONNECT_ASKED, CONNECT_ASKS, CONNECT_CODE, CONNECT_CONFIRM, CONNECT_DECLINED,
    CONNECT_NO_LABEL, CONNECT_YES_LABEL, CONNECTED, NO_CODE, NOT_REACHED, ONE_ALREADY, Sentence,
};

use super::{
    Act, Asker, Effect, Reply,
    change::{ASKED_FOR, refused},
    reach,
    reach::Reach,
};

const SHOWN_FOR: Duration = Duration::from_secs(900);

/// Another account, and how it is told.
struct Other<'a> {
    own: &'a IdentityId,
    with: &'a IdentityId,
    way: Reach,
}

impl Asker<'_> {
    /// To whoever asks, alone.
    pub(super) async fn show_code(&self, tx: &mut Tx, now: Timestamp) -> Result<Effect> {
        let identity = self.identity(tx, now).await?;
        let (of, until) = (fresh_key(), now.plus(SHOWN_FOR));
        let mut people = tx.people(&self.entry.community);
        people.show_code(&of, &identity, (until, now)).await?;
        let phrase = Phrase::of(CONNECT_CODE).with("code", Arg::Shown(of));
        Ok(Effect::says(phrase))
    }

    /// Who says it is told who it was shown to.
    pub(super) async fn say_code(
        &self,
        tx: &mut Tx,
        code: &Code,
        now: Timestamp,
    ) -> Result<Effect> {
        if !self.may_guess(CodeKind::Connect, now) {
            return Ok(Effect::says(Phrase::of(CODES_GUESSED)));
        }
        let own = self.identity(tx, now).await?;
        let mark = tx.mark().await?;
        match self.shown_to(tx, code, &own, now).await? {
            Ok(other) => {
                tx.go_on_from(mark).await?;
                self.ask_who_says_it(tx, (own, other), now).await
            }
            Err(why) => {
                tx.go_back_to(mark).await?;
                self.wrong(tx, (CodeKind::Connect, why), now).await
            }
        }
    }

    /// It is used up by that.
    async fn shown_to(
        &self,
        tx: &mut Tx,
        code: &Code,
        own: &IdentityId,
        now: Timestamp,
    ) -> Result<Result<IdentityId, Sentence>> {
        let mut people = tx.people(&self.entry.community);
        let code = (CodeKind::Connect, code.as_str());
        let Some(other) = people.use_code(code, now).await?.flatten() else {
            return Ok(Err(NO_CODE));
        };
        if people.are_one(own, &other).await? {
            return Ok(Err(ONE_ALREADY));
        }
        Ok(match self.reach(tx, &other, now).await? {
            Some(_) => Ok(other),
            None => Err(NOT_REACHED),
        })
    }

    async fn ask_who_says_it(
        &self,
        tx: &mut Tx,
        (own, other): (IdentityId, IdentityId),
        now: Timestamp,
    ) -> Result<Effect> {
        let code = fresh_code();
        let phrase = self.about(tx, CONNECT_ASKS, &other).await?;
        let join = Act::Join {
            with: other,
            code: code.clone(),
            is_last: false,
        };
        Ok(Effect {
            answer: Some(Reply {
                buttons: vec![choice(CONNECT_YES_LABEL, join, &own)],
                until: Some(now.plus(ASKED_FOR)),
                ..Reply::plain(phrase.with("code", Arg::Code(code)))
            }),
            ..Effect::default()
        })
    }

    /// After the first yes the other is asked; after the second they are joined.
    pub(super) async fn join(
        &self,
        tx: &mut Tx,
        (with, is_last): (&IdentityId, bool),
        button: &Button,
        now: Timestamp,
    ) -> Result<Effect> {
        let own = &self.identity(tx, now).await?;
        let mut people = tx.people(&self.entry.community);
        if people.are_one(own, with).await? {
            return Ok(refused(ONE_ALREADY));
        }
        let Some(way) = self.reach(tx, with, now).await? else {
            return Ok(refused(NOT_REACHED));
        };
        let other = Other { own, with, way };
        match is_last {
            true => self.join_for_good(tx, other, button, now).await,
            false => self.ask_the_other(tx, other, button, now).await,
        }
    }

    async fn ask_the_other(
        &self,
        tx: &mut Tx,
        other: Other<'_>,
        button: &Button,
        now: Timestamp,
    ) -> Result<Effect> {
        let Other { own, with, way } = other;
        let code = fresh_code();
        let phrase = self.about(tx, CONNECT_CONFIRM, own).await?;
        let phrase = phrase.with("code", Arg::Code(code.clone()));
        let join = Act::Join {
            with: own.clone(),
            code,
            is_last: true,
        };
        let apart = Act::Apart { with: own.clone() };
        let buttons = vec![
            choice(CONNECT_YES_LABEL, join, with),
            choice(CONNECT_NO_LABEL, apart, with),
        ];
        let until = Some(now.plus(ASKED_FOR));
        let key = format!("connect-{}", button.id);
        let woken = way.says(tx, (phrase, key), (buttons, until), now).await?;
        let told = self.about(tx, CONNECT_ASKED, with).await?;
        self.settled(tx, (button, woken), told, now).await
    }

    async fn join_for_good(
        &self,
        tx: &mut Tx,
        other: Other<'_>,
        button: &Button,
        now: Timestamp,
    ) -> Result<Effect> {
        let Other { own, with, way } = other;
        let mut people = tx.people(&self.entry.community);
        let first = people.account_of(own).await?;
        let second = people.account_of(with).await?;
        people.join(&first, &second, now).await?;
        let to_other = self.about(tx, CONNECTED, own).await?;
        let key = format!("connected-{}", button.id);
        let woken = way
            .says(tx, (to_other, key), (Vec::new(), None), now)
            .await?;
        let told = self.about(tx, CONNECTED, with).await?;
        self.settled(tx, (button, woken), told, now).await
    }

    pub(super) async fn decline(
        &self,
        tx: &mut Tx,
        with: &IdentityId,
        button: &Button,
        now: Timestamp,
    ) -> Result<Effect> {
        let own = self.identity(tx, now).await?;
        let mut woken = Vec::new();
        if let Some(way) = self.reach(tx, with, now).await? {
            let told = self.about(tx, CONNECT_DECLINED, &own).await?;
            let key = format!("declined-{}", button.id);
            woken = way.says(tx, (told, key), (Vec::new(), None), now).await?;
        }
        let told = self.about(tx, CONNECT_DECLINED, with).await?;
        self.settled(tx, (button, woken), told, now).await
    }

    /// Where it was asked stands what came of it.
    async fn settled(
        &self,
        tx: &mut Tx,
        (button, mut woken): (&Button, Vec<conversation::ChannelId>),
        told: Phrase,
        now: Timestamp,
    ) -> Result<Effect> {
        woken.extend(self.settle_with(tx, button, &told, now).await?);
        Ok(Effect {
            woken,
            ..Effect::default()
        })
    }

    /// The code of the terminal.
    pub(super) async fn own(
        &self,
        tx: &mut Tx,
        command: &Command,
        now: Timestamp,
    ) -> Result<Effect> {
        if !self.may_guess(CodeKind::Owner, now) {
            return Ok(Effect::says(Phrase::of(CODES_GUESSED)));
        }
        match self.does(tx, command, |_| true, now).await? {
            Ok(done) => Ok(Effect::says(done.effect)),
            Err(why) => self.wrong(tx, (CodeKind::Owner, why), now).await,
        }
    }

    /// Somebody else, by name and platform.
    async fn about(&self, tx: &mut Tx, sentence: Sentence, who: &IdentityId) -> Result<Phrase> {
        let mut people = tx.people(&self.entry.community);
        let platform = people.account_of(who).await?.platform;
        Ok(Phrase::of(sentence)
            .with("who", Arg::Person(who.clone()))
            .with("channel", Arg::Platform(platform)))
    }

    async fn reach(&self, tx: &mut Tx, who: &IdentityId, now: Timestamp) -> Result<Option<Reach>> {
        reach(tx, (&self.entry.community, who), Some(self.adapters), now).await
    }

    fn may_guess(&self, kind: CodeKind, now: Timestamp) -> bool {
        let of = (kind, &self.entry.community);
        (self.asked.guesses).may(of, &self.who(), (&self.event.key, now))
    }

    /// Who guesses is counted, and staff is told once that goes on.
    async fn wrong(
        &self,
        tx: &mut Tx,
        (kind, why): (CodeKind, Sentence),
        now: Timestamp,
    ) -> Result<Effect> {
        let of = (kind, &self.entry.community);
        let guesses = &self.asked.guesses;
        if why == NO_CODE && guesses.note_wrong(of, &self.who(), (&self.event.key, now)) {
            const TEXT: &str = "somebody guesses the codes by which accounts are joined or the community is owned: none is tried \
                                for an hour";
            let notice = Notice::new(NoticeKind::CodesGuessed, "codes", TEXT.to_owned(), now);
            let mut notices = tx.notices(&self.entry.community);
            notices.tell_once(&notice).await?;
        }
        Ok(refused(why))
    }
}

fn choice(label: Sentence, act: Act, whose: &IdentityId) -> Choice {
    Choice {
        label: Phrase::of(label),
        act: json!(act),
        for_identity: Some(whose.clone()),
    }
}
