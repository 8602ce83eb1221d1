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
}

sentences! {
    /// What stands within others, and around what people say.
    PARTS:
    STRANGER = "stranger";
    IN_NO_ROOM = "in-no-room";
    CHAT_NOT_KNOWN = "chat-not-known";
    DATE = "date" ["day", "month", "time"];
    CHOICES = "choices" ["choices"];
    CHOICE = "choice" ["number", "label"];
    LAST_HOUR = "last-hour";
    LAST_HOURS = "last-hours" ["hours"];
    SINCE_YESTERDAY = "since-yesterday";
    LAST_DAYS = "last-days" ["days"];
    DIGEST_LINE = "digest-line" ["counts", "what", "author"];
    DIGEST_MORE = "digest-more" ["count"];
    QUOTED = "quoted" ["words"];
    QUOTED_PHOTO = "quoted-photo";
    QUOTED_FILE = "quoted-file";
    QUOTED_GONE = "quoted-gone";
    SENT_AT = "sent-at" ["time"];
    SOMEONE = "someone";
    PHOTO = "photo";
    VIDEO = "video";
    ANIMATION = "animation";
    AUDIO = "audio";
    VOICE = "voice";
    STICKER = "sticker";
    FILE = "file";
    BYTES = "bytes" ["size"];
    KILOBYTES = "kilobytes" ["size"];
    MEGABYTES = "megabytes" ["size"];
    GIGABYTES = "gigabytes" ["size"];
    FILE_NOTE = "file-note" ["file", "why"];
    FILE_NOTE_LINK = "file-note-link" ["file", "why", "days", "link"];
    FILE_NOTE_ELSEWHERE = "file-note-elsewhere" ["file", "why", "platform"];
    NO_FILES_HERE = "no-files-here";
    FILE_EMPTY = "file-empty";
    FILE_TOO_LARGE = "file-too-large";
    FILE_SLOW = "file-slow";
    FILE_WITHHELD_NOW = "file-withheld-now";
    FILE_UNKEPT_NOW = "file-unkept-now";
    TEXT_TOO_LONG = "text-too-long";
    TEXT_UNKEPT = "text-unkept";
    WHOLE_TEXT = "whole-text";
    WHOLE_TEXT_LONG = "whole-text-long" ["length"];
    WHOLE_TEXT_BELOW = "whole-text-below" ["length", "files"];
    PAGES = "pages" ["pages"];
    TEXT_OF = "text-of" ["author"];
    TEXT_FILE = "text-file" ["about", "number", "of"];
    TEXT_UNNAMED = "text-unnamed";
}
