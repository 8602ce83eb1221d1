//! A place where people talk, in words that fit all four: what they do there and what they see. Nothing here knows the
//! bridge: every answer comes from a stand-in's own view.

/// A message as people see it now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) id: String,
    /// As the place itself shows it, beside or above the words.
    pub(crate) author: String,
    pub(crate) picture: Option<String>,
    /// Of its own or of its thread, where the place has such a thing.
    pub(crate) subject: Option<String>,
    /// What people read, without the signs of marks.
    pub(crate) text: String,
    /// The name of each mark and the words under it.
    pub(crate) marks: Vec<(&'static str, String)>,
    /// What it points at.
    pub(crate) parent: Option<String>,
    /// What its conversation began with; itself, where it answers nothing.
    pub(crate) root: String,
    /// The place of its own in which the conversation stands, where there is one.
    pub(crate) thread: Option<String>,
    pub(crate) files: Vec<SeenFile>,
    /// As emoji.
    pub(crate) reactions: Vec<String>,
    pub(crate) edited: bool,
    /// Names of those whom it rang.
    pub(crate) pings: Vec<String>,
    /// As the place counts it.
    pub(crate) length: usize,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SeenFile {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) alt: Option<String>,
}

/// Bytes say nothing to whoever looks into a failure.
impl std::fmt::Debug for SeenFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} of {} bytes, {:?}",
            self.name,
            self.bytes.len(),
            self.alt
        )
    }
}

/// A file as somebody sends it.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) name: &'static str,
    pub(crate) mime: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Taken along where the place has such a thing.
    pub(crate) alt: &'static str,
}

/// People cannot do that there, or nobody hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cannot(pub(crate) &'static str);

/// Messages are named by words that they hold; the first that holds them is meant.
pub(crate) trait Place {
    /// As in the capability table.
    fn label(&self) -> &'static str;

    /// The name of the account that speaks.
    fn speaker(&self) -> &'static str;

    /// Oldest first.
    fn seen(&self) -> Vec<Seen>;

    /// Under a new subject, where the place has such a thing.
    fn says(&self, words: &str, files: &[Sent]);

    /// Says `begin` and after it all marks that can be said there, and `ODD` words.
    fn says_with_marks(&self, begin: &str);

    /// The marks that a message can bear there.
    fn marks(&self) -> &'static [&'static str];

    fn answers(&self, to: &str, words: &str);

    /// The same where threads are something else than answers.
    fn answers_in_thread(&self, to: &str, words: &str) {
        self.answers(to, words);
    }

    fn edits(&self, what: &str, now: &str) -> Result<(), Cannot>;

    fn deletes(&self, what: &str) -> Result<(), Cannot>;

    /// Somebody else, who may, takes it away.
    fn moderates(&self, what: &str) -> Result<(), Cannot>;

    /// A thumb up.
    fn reacts(&self, what: &str) -> Result<(), Cannot>;

    fn takes_reaction_back(&self, what: &str) -> Result<(), Cannot>;

    /// Says `begin` and calls Cem by the account there.
    fn calls_cem(&self, begin: &str) -> Result<(), Cannot>;

    /// Whether an answer in a thread points at one message of it, and not at the thread alone.
    fn points(&self) -> bool;

    /// How much one message of a person holds.
    fn longest(&self) -> usize;

    fn find(&self, words: &str) -> Option<Seen> {
        self.seen().into_iter().find(|it| it.text.contains(words))
    }

    /// What must be there, for the stand-ins and the story agreed on it.
    fn get(&self, words: &str) -> Seen {
        let found = self.find(words);
        found.unwrap_or_else(|| panic!("nobody said {words} on {}", self.label()))
    }
}

pub(crate) const LINK: &str = "https://example.org/a_b?c=d&e=f";

/// What is marked, by which mark; a link says where it leads.
pub(crate) const MARKED: [(&str, &str); 11] = [
    ("bold", "bold words"),
    ("italic", "slanted words"),
    ("underline", "lined words"),
    ("strike", "struck words"),
    ("spoiler", "hidden words"),
    ("code", "code_words*"),
    ("link", "linked words"),
    ("quote", "quoted words"),
    ("block", "let x = a[1] < 2;"),
    ("list", "first item"),
    ("list", "second item"),
];

/// Signs that some markup takes for its own, what looks like a mention and is none, words from right to left, and signs that are one
/// to people and many to a program.
pub(crate) const ODD: [&str; 4] = [
    r"*a_b*c~d|e<f>g&amp;&h[i](j)k`l \m \\n #o",
    "@everyone <@123> <!here> @here",
    "שלום עולם، مرحبا",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🌻",
];
