//! Every kind of mark that people set crosses, and what is no mark crosses letter by letter.

use insta::assert_snapshot;
use sandbox::mail::Draft;
use sandbox::telegram::{MessageView, Said};
use serde_json::{Value, json};

use crate::support::{BO, EVA, LIST, Town};

/// Text with entities, whose offsets are counted in UTF-16 units.
#[derive(Default)]
struct Marked {
    text: String,
    entities: Vec<Value>,
}

impl Marked {
    fn plain(mut self, words: &str) -> Marked {
        self.text += words;
        self
    }

    fn marked(mut self, words: &str, kind: &str, more: Value) -> Marked {
        let mut entity = json!({
            "type": kind,
            "offset": self.text.encode_utf16().count(),
            "length": words.encode_utf16().count(),
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            entity[name] = value.clone();
        }
        self.text += words;
        self.entities.push(entity);
        self
    }

    fn said(self) -> Said {
        Said {
            entities: self.entities,
            ..Said::from(self.text.as_str())
        }
    }
}

fn of_all_kinds() -> Said {
    let none = || json!({});
    let text = Marked::default()
        .marked("bold", "bold", none())
        .plain(" ")
        .marked("italic", "italic", none())
        .plain(" ")
        .marked("underlined", "underline", none())
        .plain(" ")
        .marked("struck", "strikethrough", none())
        .plain(" ")
        .marked("veiled", "spoiler", none())
        .plain(" ")
        .marked("code <b>", "code", none())
        .plain(" ")
        .marked(
            "a page",
            "text_link",
            json!({ "url": "https://example.org/?a=1&b=2" }),
        )
        .plain(" ")
        .marked(
            "👍",
            "custom_emoji",
            json!({ "custom_emoji_id": "5368324170671202286" }),
        )
        .plain(" @someone\n")
        .marked(
            "fn main() {\n    a < b\n}",
            "pre",
            json!({ "language": "rust" }),
        )
        .plain("\n")
        .marked("said before", "blockquote", none())
        .plain("\nand the end");
    text.said()
}

/// Each mark with the words that it covers.
fn marks(message: &MessageView) -> Vec<String> {
    let units: Vec<u16> = message.text.encode_utf16().collect();
    let number =
        |entity: &Value, name: &str| usize::try_from(entity[name].as_u64().unwrap()).unwrap();
    let shown = |entity: &Value| {
        let start = number(entity, "offset");
        let covered = String::from_utf16(&units[start..start + number(entity, "length")]).unwrap();
        let more = ["url", "language", "custom_emoji_id"]
            .map(|it| entity[it].as_str().unwrap_or_default());
        format!(
            "{} {covered:?} {}",
            entity["type"].as_str().unwrap(),
            more.concat()
        )
    };
    message
        .entities
        .iter()
        .map(|it| shown(it).trim_end().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mark_of_telegram_crosses_to_mail_and_to_another_group() {
    let town = Town::open(2, &[BO]).await;
    town.start();
    let id = town.says(0, of_all_kinds());
    let mail = town.gets(BO, "and the end").await;
    assert_snapshot!(mail.text, @r"
    *bold* _italic_ _underlined_ struck veiled `code <b>` a page (https://example.org/?a=1&b=2) 👍 @someone
        fn main() {
            a < b
        }

    > said before

    and the end
    ");
    let html = town.rig.mail.html(mail.id).unwrap().replace("\r\n", "\n");
    assert_snapshot!(html, @r#"
    <!DOCTYPE html>
    <html><head><meta charset="utf-8"></head><body>
    <b>bold</b> <i>italic</i> <u>underlined</u> <s>struck</s> <span>veiled</span> <code>code &lt;b&gt;</code> <a href="https://example.org/?a=1&amp;b=2">a page</a> (<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>) 👍 @someone<br>
    <pre>fn main() {
        a &lt; b
    }</pre><br>
    <blockquote style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">said before</blockquote><br>
    and the end
    </body></html>
    "#);
    let copy = town.sees_copy(1, "and the end").await;
    let said = town
        .messages(town.groups[0])
        .into_iter()
        .find(|it| it.id == id)
        .unwrap();
    let expected = [vec!["bold \"Ana\"".to_owned()], marks(&said)].concat();
    // Telegram finds the address behind the words of the link by itself.
    let mut seen = marks(&copy);
    seen.retain(|it| it != "url \"https://example.org/?a=1&b=2\"");
    assert_eq!(seen, expected);
    let told = said
        .text
        .replace("a page", "a page (https://example.org/?a=1&b=2)");
    assert_eq!(copy.text, format!("Ana (Telegram): {told}"));
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mark_of_an_html_mail_crosses_to_telegram() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.begin().await;
    let html = "<p><b>bold</b> <em>italic</em> <u>underlined</u> <s>struck</s> <code>code &lt;b&gt;</code> \
        <a href=\"https://example.org/?a=1&amp;b=2\">a page</a> <a href=\"javascript:alert(1)\">no page</a></p>\
        <pre>fn main() {\n    a &lt; b\n}</pre><ul><li>bread</li><li>soup</li></ul><ol><li>one</li><li>two</li></ol>\
        <p>and the end</p><script>alert(1)</script>";
    let mail = format!(
        "From: Eva <{EVA}>\r\nTo: {LIST}\r\nMessage-ID: <marks@people.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n"
    );
    let answers = town.rig.mail.raw(EVA, &[LIST], mail.as_bytes()).await;
    assert_eq!(answers.unwrap()[0].code, 250);
    let copy = town.sees_copy(0, "and the end").await;
    assert_snapshot!(copy.text, @r"
    Eva (email): bold italic underlined struck code <b> a page (https://example.org/?a=1&b=2) no page
    fn main() {
        a < b
    }
    • bread
    • soup
    1. one
    2. two
    and the end
    ");
    assert_snapshot!(marks(&copy).join("\n"), @r#"
    bold "Eva"
    bold "bold"
    italic "italic"
    underline "underlined"
    strikethrough "struck"
    code "code <b>"
    text_link "a page" https://example.org/?a=1&b=2
    url "https://example.org/?a=1&b=2"
    pre "fn main() {\n    a < b\n}"
    "#);
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_of_all_the_world_cross_as_they_are() {
    let town = Town::open(2, &[BO, EVA]).await;
    town.start();
    let tower = format!("a{}", "\u{301}".repeat(500));
    for words in [
        "السلام عليكم — hello",
        "👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇦 👍🏽",
        "नमस्ते ภาษาไทย 漢字 Ωμέγα",
        &tower,
    ] {
        town.says(0, words);
        assert_eq!(town.gets(BO, words).await.text, words);
        let copy = town.sees_copy(1, words).await;
        assert!(copy.text.starts_with("Ana (Telegram): "), "{}", copy.text);
        let back = format!("{words} again");
        town.writes(BO, Draft::new("Letters", &back)).await;
        town.sees_copy(0, &back).await;
        town.gets(EVA, &back).await;
    }
    town.end();
}
