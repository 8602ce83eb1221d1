//! What everybody in a channel is told when it is joined with others.

use words::{JOINED, NO_PLACES_YET, Sentence, TO_BE_JOINED};

use crate::{
    Arg, CommunityId, Phrase,
    command::{Command, Everyday, Verb},
};

/// Of what each may say to the bridge about what they said. What is not built yet is not named.
const WAYS: [&str; 8] = [
    "who can see this",
    "agreement",
    "private",
    "name",
    "rest",
    "mydata",
    "forget me",
    "help",
];

impl Phrase {
    /// As the room stands when it goes, for its other channels may join it in the same moment. Words are kept for so many days, and
    /// that they were said for so many months.
    pub fn joined_with_all(community: &CommunityId, kept: (i64, i64)) -> Phrase {
        let places = Arg::Told(Box::new(Command::Everyday(Everyday::WhoCanSee)));
        told(JOINED, community, places, kept)
    }

    /// With so many channels on each platform; perhaps none yet.
    pub fn to_be_joined(community: &CommunityId, places: Arg, kept: (i64, i64)) -> Phrase {
        let places = match &places {
            Arg::Places(some) if some.is_empty() => Arg::sentence(NO_PLACES_YET),
            _ => places,
        };
        told(TO_BE_JOINED, community, places, kept)
    }
}

fn told(
    sentence: Sentence,
    community: &CommunityId,
    places: Arg,
    (days, months): (i64, i64),
) -> Phrase {
    let built = WAYS
        .iter()
        .filter(|it| Verb::named(it).is_some_and(Verb::is_told));
    let commands = built.map(|it| (*it).to_owned()).collect();
    Phrase::of(sentence)
        .with("community", Arg::Community(community.clone()))
        .with("places", places)
        .with("days", Arg::Number(days))
        .with("months", Arg::Number(months))
        .with("commands", Arg::Commands(commands))
}
