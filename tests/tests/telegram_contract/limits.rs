//! Nothing longer than declared is sent, and nothing that Telegram does not take: whatever is said elsewhere,
//! rendered with the adapter's own capabilities, is taken whole.

use std::sync::OnceLock;

use conversation::arbitrary::a_post;
use conversation::{
    Adapter, Attachment, AttachmentKind, AttachmentSource, Author, AuthorKind, BlobRef,
    Capabilities, Content, Language, LocalFile, Markup, Node, Operation, Part, Platform, Post,
    Rendering, ReplyShown, Style, render,
};
use proptest::prelude::*;
use sandbox::telegram::ChatId;
use tempfile::TempDir;

use crate::bridge::{Bridge, channel, picture};

struct Stage {
    runtime: tokio::runtime::Runtime,
    bridge: Bridge,
    chat: ChatId,
    files: TempDir,
    capabilities: Capabilities,
}

fn stage() -> &'static Stage {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    STAGE.get_or_init(|| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let bridge = runtime.block_on(Bridge::open());
        let (chat, ana) = bridge.group_with("Ana");
        assert_eq!(ana.0.to_string(), ANA);
        bridge.stand_in.keep_last(50);
        let files = TempDir::new().unwrap();
        std::fs::write(files.path().join("file"), picture()).unwrap();
        let capabilities = bridge.adapter.capabilities(&channel(chat));
        Stage {
            runtime,
            bridge,
            chat,
            files,
            capabilities,
        }
    })
}

/// The stand-in's first person: Telegram takes mentions only of people whom it knows.
const ANA: &str = "700000001";

fn words() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        8 => "[a-z]{1,12}",
        6 => Just(" ".to_owned()),
        2 => Just("\n".to_owned()),
        1 => Just("\r\n\t".to_owned()),
        1 => prop::sample::select(HARD).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => (prop::sample::select(HARD), 100_usize..3000).prop_map(|(it, count)| it.repeat(count)),
        1 => ("[a-z]{3}", 500_usize..3000).prop_map(|(it, count)| it.repeat(count)),
    ];
    prop::collection::vec(atom, 0..12).prop_map(|atoms| atoms.concat())
}

/// Sequences that are one thing to people, invisible ones, and what Telegram finds by itself.
const HARD: &[&str] = &[
    "👩‍👩‍👧‍👦",
    "🇦🇷🇺🇦",
    "e\u{301}\u{323}",
    "\u{2067}مرحبا\u{2069}",
    "\u{202e}abc",
    "\u{200b}",
    "\u{feff}",
    "\u{3164}",
    "\u{0}",
    "@ana_ruiz #friday /help https://example.org ",
    "<b>&amp;*_`",
];

fn markup() -> impl Strategy<Value = Markup> {
    prop::collection::vec(node(), 0..5).prop_map(Markup)
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        4 => words().prop_map(Node::Text),
        1 => words().prop_map(Node::Code),
        1 => (prop::option::of("[a-z+ ]{0,12}"), words())
            .prop_map(|(language, code)| Node::CodeBlock { language, code }),
        1 => words().prop_map(|name| Node::Mention { account: Some(ANA.into()), name }),
        1 => "[0-9]{1,19}".prop_map(|id| Node::Emoji { id: id.into(), text: "🌻".to_owned() }),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        let children = prop::collection::vec(inner, 0..4);
        let address = prop::sample::select(vec![
            "https://example.org",
            "http://[::1]:80/ä?ö#ü",
            "https://exa mple",
            "mailto:bo@example.org",
            "tg://user?id=1",
            "",
        ]);
        prop_oneof![
            2 => (style(), children.clone())
                .prop_map(|(style, children)| Node::Styled { style, children }),
            1 => (address, children.clone())
                .prop_map(|(url, children)| Node::Link { url: url.to_owned(), children }),
            1 => children.clone().prop_map(Node::Quote),
            1 => (prop::option::of(0_u64..20), prop::collection::vec(children, 0..4))
                .prop_map(|(start, items)| Node::List { start, items }),
        ]
    })
}

fn style() -> impl Strategy<Value = Style> {
    use Style::{Bold, Italic, Spoiler, Strike, Underline};
    prop::sample::select(vec![Bold, Italic, Underline, Strike, Spoiler])
}

fn attachment() -> impl Strategy<Value = Attachment> {
    use AttachmentKind::{Animation, Audio, Document, Photo, Sticker, Video, Voice};
    let kinds = vec![Photo, Video, Animation, Audio, Voice, Sticker, Document];
    let types = vec![
        "image/png",
        "image/webp",
        "video/mp4",
        "audio/mpeg",
        "audio/ogg",
        "odd",
    ];
    let name = prop::option::of("[a-z./\\\\\"\u{e4}\n]{0,20}");
    (
        prop::sample::select(kinds),
        name,
        prop::option::of(prop::sample::select(types)),
    )
        .prop_map(|(kind, name, mime)| {
            let (sha256, size) = (String::new(), picture().len() as u64);
            Attachment {
                kind,
                name,
                mime: mime.map(str::to_owned),
                size: Some(size),
                alt: None,
                source: AttachmentSource::Blob(BlobRef { sha256, size }),
            }
        })
}

fn content() -> impl Strategy<Value = Content> {
    let attachments = prop_oneof![
        2 => Just(Vec::new()),
        1 => prop::collection::vec(attachment(), 1..24),
    ];
    (markup(), attachments).prop_map(|(text, attachments)| Content { text, attachments })
}

/// As the engine hands out what `render` made.
fn posts(stage: &Stage, content: &Content, author: &Author, from: &Platform) -> Vec<Post> {
    let rendering = Rendering {
        content,
        author,
        called: &author.display_name,
        from: "Email",
        labels: &[],
        reply: ReplyShown::InWords {
            author: "Ana (Email)",
            text: "Who comes?",
        },
        late: Some("sent 14:02"),
        mentions: &Default::default(),
        language: Language::ENGLISH,
    };
    let parts = render(&rendering, &stage.capabilities);
    let of = parts.len();
    let part = |(number, content): (usize, Content)| Part {
        buttons: Vec::new(),
        number,
        of,
        text: content.text,
        files: content
            .attachments
            .into_iter()
            .map(|it| local(stage, it))
            .collect(),
    };
    let post = |part| Post {
        shown_name: String::new(),
        author: author.clone(),
        from: from.clone(),
        part,
        ..a_post(Markup(Vec::new()))
    };
    parts.into_iter().enumerate().map(part).map(post).collect()
}

fn local(stage: &Stage, attachment: Attachment) -> LocalFile {
    LocalFile {
        attachment,
        path: stage.files.path().join("file"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_said_is_taken_whole(content in content(), name in "\\PC{0,80}", ours in any::<bool>()) {
        let stage = stage();
        let author = Author { picture: None,
            account: "bo@example.org".into(),
            display_name: name,
            kind: AuthorKind::Person,
        };
        let from = Platform::from(if ours { "telegram" } else { "email" });
        for post in posts(stage, &content, &author, &from) {
            let operation = Operation::Post(Box::new(post.clone()));
            let receipt = stage.runtime.block_on(stage.bridge.send(&channel(stage.chat), operation));
            match receipt {
                Ok(receipt) => prop_assert_eq!(receipt.remote_ids.len(), post.part.files.len().max(1)),
                Err(error) => prop_assert!(false, "{error}: {:?}", post.part),
            }
        }
        let violations = stage.bridge.stand_in.violations();
        prop_assert!(violations.is_empty(), "{}", violations.join("\n"));
    }
}
