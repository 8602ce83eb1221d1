//! Each sentence by name, with what it is told.

/// Its name, and the names of its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    pub name: &'static str,
    pub(crate) args: &'static [&'static str],
}

macro_rules! sentences {
    ($(#[$doc:meta])* $all:ident: $($id:ident = $name:literal $([$($arg:literal),+])?;)*) => {
        $(pub const $id: Sentence = Sentence { name: $name, args: &[$($($arg),+)?] };)*
        $(#[$doc])*
        pub const $all: &[Sentence] = &[$($id),*];
    };
}

pub(crate) use sentences;

sentences! {
    /// What may stand in a row, by name: none is ever taken from here, for an old row must still be put into words.
    SENTENCES:
    NOT_YET = "not-yet" ["channel"];
    NOT_YET_FOR = "not-yet-for" ["channel", "why"];
    NOT_DELIVERED = "not-delivered" ["channel", "why"];
    PERHAPS_NOT_DELIVERED = "perhaps-not-delivered" ["channel", "why"];
    BEGINNING_DELIVERED = "beginning-delivered" ["channel", "why"];
    WROTE_TOO_MUCH = "wrote-too-much" ["limit"];
    WORDS_MISSED = "words-missed" ["channel", "from", "to"];
    WHICH_COMMUNITY = "which-community" ["number"];
    COMMUNITY_MEANT = "community-meant" ["community"];
    COMMUNITY_NAME = "community-name" ["community"];
    WHICH_COMMUNITY_ANSWERED = "which-community-answered";
    WELCOME = "welcome" ["community"];
    HELP = "help";
    ASKED_TOO_OFTEN = "asked-too-often" ["again"];
    NOT_UNDERSTOOD = "not-understood";
    TALK_ALONE = "talk-alone";
    TALK_ALONE_LABEL = "talk-alone-label";
    SEE_ANSWER_LABEL = "see-answer-label";
    BUTTON_GONE = "button-gone";
    BUTTON_PRESSED = "button-pressed";
    BUTTON_OF_ANOTHER = "button-of-another";
    BUTTON_EXPIRED = "button-expired";
    DIGEST = "digest" ["since", "lines"];
    WHY_ASKED_TO_WAIT = "why-asked-to-wait";
    WHY_UNREACHABLE = "why-unreachable";
    WHY_PUT_OFF = "why-put-off";
    WHY_NOT_TAKEN = "why-not-taken";
    WHY_TOO_LARGE = "why-too-large";
    WHY_NO_ANSWER = "why-no-answer";
    WHY_REFUSED = "why-refused";
    WHY_CLOSED = "why-closed";
    WHY_STAYED_CLOSED = "why-stayed-closed";
    WHY_ACCOUNT = "why-account";
    WHY_HALF_WAY = "why-half-way";
    WHY_UNEXPECTED = "why-unexpected";
    WHY_STOPPED = "why-stopped";
    WHY_ON_ITS_WAY = "why-on-its-way";
    WHY_FILE_FOLLOWS = "why-file-follows";
    WHY_UNKNOWN = "why-unknown";
    HELP_SCREEN = "help-screen" ["commands"];
    HELP_ABOUT = "help-about" ["commands", "example"];
    NOT_UNDERSTOOD_NEAR = "not-understood-near" ["commands"];
    MISTAKEN = "mistaken" ["why", "usage", "example"];
    CANNOT_YET = "cannot-yet";
    AT_THE_TERMINAL = "at-the-terminal";
    FOR_STAFF = "for-staff";
    FOR_MEMBERS = "for-members";
    FOR_ADMINS = "for-admins";
    CODES_GUESSED = "codes-guessed";
    WHY_MISSING = "why-missing";
    WHY_TOO_MUCH = "why-too-much";
    WHY_NO_OPTION = "why-no-option";
    WHY_NOT_SO = "why-not-so";
    WHY_UNCLOSED = "why-unclosed";
    WHO_CAN_SEE = "who-can-see" ["places"];
    WHO_CAN_SEE_HERE = "who-can-see-here";
    WHO_CAN_SEE_ALONE = "who-can-see-alone";
    ASKS_FIRST = "asks-first" ["command", "effect", "code"];
    COMMAND_LABEL = "command-label" ["command"];
    YES_LABEL = "yes-label";
    CONNECT_CODE = "connect-code" ["code"];
    CONNECT_ASKS = "connect-asks" ["who", "channel", "code"];
    CONNECT_ASKED = "connect-asked" ["who", "channel"];
    CONNECT_CONFIRM = "connect-confirm" ["who", "channel", "code"];
    CONNECT_YES_LABEL = "connect-yes-label";
    CONNECT_NO_LABEL = "connect-no-label";
    CONNECTED = "connected" ["who", "channel"];
    CONNECT_DECLINED = "connect-declined" ["who", "channel"];
    DISCONNECTED = "disconnected" ["who", "channel"];
    YES_SAID = "yes-said" ["command"];
    TAKEN_BACK = "taken-back" ["command"];
    DONE = "done" ["command", "effect"];
    DONE_UNDO = "done-undo" ["command", "effect"];
    UNDO_LABEL = "undo-label";
    UNDONE = "undone" ["command", "effect"];
    NO_SUCH_CODE = "no-such-code";
    NOTHING_TO_UNDO = "nothing-to-undo";
    REFUSED = "refused" ["why"];
    NO_ROOM = "no-room";
    NO_CHANNEL = "no-channel";
    NO_ACCOUNT = "no-account";
    NO_COMMUNITY = "no-community";
    NOTHING_HELD = "nothing-held";
    NOTHING_DEAD = "nothing-dead";
    ROOM_EXISTS = "room-exists";
    COMMUNITY_EXISTS = "community-exists";
    STILL_LINKED = "still-linked";
    IN_ANOTHER_ROOM = "in-another-room";
    OF_ANOTHER_COMMUNITY = "of-another-community";
    ONE_ALREADY = "one-already";
    ABOVE_THEM = "above-them";
    GRANTED_ALREADY = "granted-already";
    NOT_GRANTED = "not-granted";
    LAST_OWNER = "last-owner";
    OWNED_ALREADY = "owned-already";
    NO_CODE = "no-code";
    NOT_REACHED = "not-reached";
    ALONE_ALREADY = "alone-already";
    NOT_SERVED = "not-served";
    PRIVATE_CHAT = "private-chat";
    PERHAPS_ANOTHERS = "perhaps-anothers";
    OPEN_ALREADY = "open-already";
    CLOSED_ALREADY = "closed-already";
    EFFECT_ROOM_ADD = "effect-room-add" ["channels"];
    EFFECT_ROOM_LINK = "effect-room-link" ["others"];
    EFFECT_ROOM_UNLINK = "effect-room-unlink" ["waiting"];
    EFFECT_MOST_PARTS = "effect-most-parts" ["most"];
    EFFECT_NO_LIMIT = "effect-no-limit";
    EFFECT_DEFAULT_LIMIT = "effect-default-limit";
    EFFECT_ROOM_RENAME = "effect-room-rename";
    EFFECT_ROOM_REMOVE = "effect-room-remove" ["channels", "waiting"];
    EFFECT_LINK_OPEN = "effect-link-open" ["waiting"];
    EFFECT_LINK_SUSPEND = "effect-link-suspend" ["readers"];
    EFFECT_MEMBER_JOIN = "effect-member-join";
    EFFECT_ROLE_GRANT = "effect-role-grant";
    EFFECT_ROLE_GRANT_STAFF = "effect-role-grant-staff";
    EFFECT_ROLE_GRANT_OWNER = "effect-role-grant-owner";
    EFFECT_ROLE_REVOKE = "effect-role-revoke";
    EFFECT_OWNER = "effect-owner";
    EFFECT_DISCONNECT = "effect-disconnect";
    EFFECT_MENTIONS_ACCOUNT = "effect-mentions-account";
    EFFECT_MENTIONS_NAME = "effect-mentions-name";
    EFFECT_HELD_RELEASE = "effect-held-release" ["count"];
    EFFECT_HELD_DROP = "effect-held-drop" ["count"];
    EFFECT_DEAD_RETRY = "effect-dead-retry" ["count"];
    EFFECT_DEAD_DROP = "effect-dead-drop" ["count"];
    EFFECT_COMMUNITY_RENAME = "effect-community-rename";
    TOLD = "told" ["told"];
    EFFECT_IN_ENGLISH = "effect-in-english";
    EFFECT_IN_SPANISH = "effect-in-spanish";
    EFFECT_IN_COMMUNITYS = "effect-in-communitys";
    EFFECT_PRIVATE_ON = "effect-private-on";
    EFFECT_PRIVATE_OFF = "effect-private-off";
    EFFECT_NAME_OFF = "effect-name-off";
    EFFECT_NAME_ON = "effect-name-on";
    EFFECT_METRICS_OFF = "effect-metrics-off" ["rows"];
    EFFECT_METRICS_ON = "effect-metrics-on";
    EFFECT_REST_UNTIL = "effect-rest-until" ["until", "year"];
    EFFECT_REST = "effect-rest";
    EFFECT_REST_OFF = "effect-rest-off";
    DAY_OVER = "day-over";
    TALK_ALONE_DONE = "talk-alone-done";
    SEEN_TOLD = "seen-told" ["where", "kept", "wish", "staff", "page"];
    SEEN_ALONE = "seen-alone" ["wish", "page"];
    SEEN_HERE = "seen-here";
    SEEN_BY = "seen-by" ["places"];
    SEEN_BY_READERS = "seen-by-readers" ["places", "readers"];
    SEEN_KEPT = "seen-kept" ["days", "months"];
    SEEN_WISH = "seen-wish" ["private", "nameless", "uncounted", "rests"];
    SEEN_STAFF = "seen-staff" ["count"];
    SEEN_PAGE = "seen-page" ["address"];
    WITHOUT_PAGE = "without-page";
    HELP_AND_PAGE = "help-and-page" ["help", "address"];
    EFFECT_FORGET_ME = "effect-forget-me" ["copies", "mails", "messages"];
    MYDATA_OFTEN = "mydata-often";
    MYDATA_ALONE = "mydata-alone";
    JOINED = "joined" ["community", "places", "days", "months", "commands"];
    TO_BE_JOINED = "to-be-joined" ["community", "places", "days", "months", "commands"];
    MAY_IT_GO = "may-it-go" ["places"];
    MAY_GO_LABEL = "may-go-label";
    MAY_NOT_GO_LABEL = "may-not-go-label";
    MAY_GO_SAID = "may-go-said";
    MAY_NOT_GO_SAID = "may-not-go-said";
    NEVER_WENT = "never-went";
    EFFECT_AGREE_RELAY = "effect-agree-relay" ["waiting"];
    EFFECT_DISAGREE_RELAY = "effect-disagree-relay" ["waiting"];
    EFFECT_AGREE_PULSE = "effect-agree-pulse";
    EFFECT_DISAGREE_PULSE = "effect-disagree-pulse";
    EFFECT_AGREE_STORIES = "effect-agree-stories";
    EFFECT_DISAGREE_STORIES = "effect-disagree-stories";
    NOTHING_TO_SET = "nothing-to-set";
    NOT_ANNOUNCED = "not-announced";
    EFFECT_ROOM_LINK_HISTORY = "effect-room-link-history" ["others"];
    EFFECT_ROOM_ANNOUNCE = "effect-room-announce";
    EFFECT_FIRST_WAIT = "effect-first-wait";
    EFFECT_FIRST_GO = "effect-first-go";
    EFFECT_ROOM_SET_BOTH = "effect-room-set-both" ["parts", "first"];
    NO_PLACES_YET = "no-places-yet";
}
