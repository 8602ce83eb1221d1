//! What a transaction can do, in parts: each is about one thing, and borrows the transaction for as long as it works.
//!
//! **Invariant:** whatever reads or writes rows within a transaction belongs to one of these. The methods of a part stand where its
//! thing is described; here one sees which there are.

use conversation::{ChannelId, CommunityId};

use super::Tx;
use crate::{Entry, Finish, HandOut};

macro_rules! parts {
    ($($(#[$about:meta])* $vis:vis $part:ident = $name:ident($($what:ident: $of:ty),*);)*) => {
        $($(#[$about])*
        $vis struct $part<'t> {
            pub(crate) tx: &'t mut Tx,
            $(pub(crate) $what: &'t $of,)*
        })*

        impl Tx {
            $($(#[$about])*
            $vis fn $name<'t>(&'t mut self $(, $what: &'t $of)*) -> $part<'t> {
                $part { tx: self, $($what,)* }
            })*
        }
    };
}

parts! {
    /// What reached the bridge: each event counts once, and leaves what became of it.
    pub Events = events();
    /// What is said in a channel, and how it changes; also what came before the message that it changes.
    pub Messages = messages(entry: Entry);
    /// What was said, word for word, and how it ends: erased, or kept no longer.
    pub Words = words(community: str);
    /// The accounts that speak in a channel.
    pub Speakers = speakers(entry: Entry);
    /// The names of a platform's accounts, and their numbers.
    pub(crate) Names = names(community: CommunityId, platform: str);
    /// Persons and their accounts, and who is staff.
    pub People = people(community: CommunityId);
    /// How somebody wants to be left alone.
    pub Wishes = wishes(community: CommunityId);
    /// Whoever is to be forgotten, and what of them stands elsewhere.
    pub Forgettings = forgettings(community: CommunityId);
    /// What goes to a channel next, with all that is needed to send it, and what its platform says of it later.
    pub Outbox = outbox(entry: Entry);
    /// What became of an attempt.
    pub Outcome = outcome(finish: Finish);
    /// What waits for a channel: for its time, for others of its kind, or in vain.
    pub Backlog = backlog(community: CommunityId, channel: ChannelId);
    /// One post on its way to the readers of a channel.
    pub HandingOut = hand_out(it: HandOut);
    /// The readers of a channel, and what waits for single ones.
    pub Readers = readers(entry: Entry);
    /// What the bridge itself says.
    pub OwnWords = own_words();
    /// What somebody asks, and the buttons that they press.
    pub Requests = requests();
    /// Where one person and the bridge are alone.
    pub PrivateChats = private_chats();
    /// The communities, and what they are called.
    pub Communities = communities();
    /// Rooms, and the channels that stand in them.
    pub Rooms = rooms(community: CommunityId);
    /// A channel as it stands in its room, or by itself.
    pub Channel = channel(entry: Entry);
    /// The rooms as they stand within this transaction.
    pub CurrentDirectory = directory();
    /// What stopped until staff decides: events held before anybody hears of them, and deliveries held or given up.
    pub Held = held(community: CommunityId);
    /// What staff is told.
    pub Notices = notices(community: CommunityId);
    /// What a community asks everybody to agree to, and what they said.
    pub Agreements = agreements(community: CommunityId);
    /// What waits until its author agreed that it goes on.
    pub Unagreed = unagreed(community: CommunityId);
    /// What is done later.
    pub Clock = clock();
    /// Whatever is no community's: the start of a bridge, its pauses, what is forgotten by age.
    pub Installation = installation();
}
