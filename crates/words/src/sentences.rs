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
    HELP_SCREEN = "help-screen" ["commands"];
    HELP_ABOUT = "help-about" ["commands", "example"];
    NOT_UNDERSTOOD_NEAR = "not-understood-near" ["commands"];
    MISTAKEN = "mistaken" ["why", "usage", "example"];
    CANNOT_YET = "cannot-yet";
    AT_THE_TERMINAL = "at-the-terminal";
    FOR_STAFF = "for-staff";
    WHY_MISSING = "why-missing";
    WHY_TOO_MUCH = "why-too-much";
    WHY_NO_OPTION = "why-no-option";
    WHY_NOT_SO = "why-not-so";
    WHY_UNCLOSED = "why-unclosed";
    WHO_CAN_SEE = "who-can-see" ["places"];
    WHO_CAN_SEE_HERE = "who-can-see-here";
    WHO_CAN_SEE_ALONE = "who-can-see-alone";
}

sentences! {
    /// What stands within others, and around what people say.
    PARTS:
    STRANGER = "stranger";
    IN_NO_ROOM = "in-no-room";
    CHAT_NOT_KNOWN = "chat-not-known";
    DATE = "date" ["day", "month", "time"];
    CHOICES = "choices" ["choices"];
    PLACE = "place" ["channel", "number"];
    COMMAND_LINE = "command-line" ["usage", "about"];
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
    HELP_EVERYDAY = "help-on-everyday";
    HELP_HELP = "help-on-help";
    HELP_START = "help-on-start";
    HELP_REST = "help-on-rest";
    HELP_PRIVATE = "help-on-private";
    HELP_MYDATA = "help-on-mydata";
    HELP_FORGET_ME = "help-on-forget-me";
    HELP_WHO_CAN_SEE = "help-on-who-can-see";
    HELP_CONFIRM = "help-on-confirm";
    HELP_UNDO = "help-on-undo";
    HELP_STATUS = "help-on-status";
    HELP_STATUS_SHOW = "help-on-status-show";
    HELP_ROOM = "help-on-room";
    HELP_ROOM_LIST = "help-on-room-list";
    HELP_ROOM_HEARD = "help-on-room-heard";
    HELP_ROOM_ADD = "help-on-room-add";
    HELP_ROOM_LINK = "help-on-room-link";
    HELP_ROOM_UNLINK = "help-on-room-unlink";
    HELP_ROOM_SET = "help-on-room-set";
    HELP_ROOM_RENAME = "help-on-room-rename";
    HELP_ROOM_REMOVE = "help-on-room-remove";
    HELP_LINK = "help-on-link";
    HELP_LINK_LIST = "help-on-link-list";
    HELP_LINK_OPEN = "help-on-link-open";
    HELP_LINK_SUSPEND = "help-on-link-suspend";
    HELP_MEMBER = "help-on-member";
    HELP_MEMBER_LIST = "help-on-member-list";
    HELP_MEMBER_JOIN = "help-on-member-join";
    HELP_MEMBER_MENTIONS = "help-on-member-mentions";
    HELP_HELD = "help-on-held";
    HELP_HELD_LIST = "help-on-held-list";
    HELP_HELD_RELEASE = "help-on-held-release";
    HELP_HELD_DROP = "help-on-held-drop";
    HELP_DEAD = "help-on-dead";
    HELP_DEAD_LIST = "help-on-dead-list";
    HELP_DEAD_RETRY = "help-on-dead-retry";
    HELP_DEAD_DROP = "help-on-dead-drop";
    HELP_THREAD = "help-on-thread";
    HELP_THREAD_SHOW = "help-on-thread-show";
    HELP_ROLE = "help-on-role";
    HELP_ROLE_LIST = "help-on-role-list";
    HELP_COMMUNITY = "help-on-community";
    HELP_COMMUNITY_RENAME = "help-on-community-rename";
    HELP_CONFIG = "help-on-config";
    HELP_CONFIG_CHECK = "help-on-config-check";
    HELP_CONFIG_DEFAULTS = "help-on-config-defaults";
    PARAM_NAME = "param-name";
    PARAM_CHANNEL = "param-channel";
    PARAM_ACCOUNT = "param-account";
    PARAM_ID = "param-id";
    PARAM_WHICH = "param-which";
    PARAM_CODE = "param-code";
    PARAM_DOOR = "param-door";
    PARAM_SWITCH = "param-switch";
    PARAM_MENTIONED_BY = "param-mentioned-by";
    PARAM_MOST_PARTS = "param-most-parts";
    PARAM_TOPIC = "param-topic";
    PARAM_HOW_LONG = "param-how-long";
    PARAM_FLAG = "param-flag";
}
