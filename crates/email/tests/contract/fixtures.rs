//! Reply extraction over the reply fixtures of two other projects, where that folder is at hand.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use email::{ReplyText, markup_to_plain, reply_text, reply_text_of_html, reply_text_of_plain};

fn folder() -> Option<PathBuf> {
    let shared = std::env::var_os("CAUSEWAY_SHARED_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let folder = shared.join("email-replies");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no folder of reply fixtures (../shared/data/email-replies)");
    None
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap()).replace("\r\n", "\n")
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What must come out of each, and whether it did.
#[derive(Default)]
struct Table {
    rows: Vec<(String, bool, String)>,
}

impl Table {
    fn check(&mut self, name: &str, reply: &ReplyText, expected: &str) {
        let found = words(&markup_to_plain(&reply.new));
        let is_right = found == words(expected);
        self.rows.push((name.to_owned(), is_right, found));
    }

    /// Prints the table and says how many came out right.
    fn finish(self, title: &str) -> (usize, usize) {
        println!("{title}");
        for (name, is_right, found) in &self.rows {
            let shown: String = found.chars().take(70).collect();
            println!(
                "  {} {name:<46} {shown}",
                if *is_right { "ok   " } else { "WRONG" }
            );
        }
        let right = self
            .rows
            .iter()
            .filter(|(_, is_right, _)| *is_right)
            .count();
        println!("  {right} of {}", self.rows.len());
        (right, self.rows.len())
    }
}

/// That project keeps signatures in its `_reply_text` files; ours come off.
#[test]
fn standard_replies_of_mail_programs_are_cut_to_the_new_words() {
    let Some(folder) = folder() else { return };
    let mut table = Table::default();
    let mut mails: Vec<PathBuf> = fs::read_dir(folder.join("talon/standard_replies"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    mails.sort();
    for path in mails
        .iter()
        .filter(|path| path.extension().is_some_and(|it| it == "eml"))
    {
        let name = path.file_name().unwrap().to_string_lossy();
        table.check(&name, &reply_text(&fs::read(path).unwrap()), "Hello");
    }
    let share = folder.join("talon/reply-quotations-share-block.eml");
    let reply = reply_text(&fs::read(share).unwrap());
    let whole = words(&markup_to_plain(&reply.new));
    let is_right = whole.starts_with("Hi Katharine.") && whole.ends_with("Joe XXX");
    table.rows.push((
        "reply-quotations-share-block.eml".to_owned(),
        is_right,
        whole,
    ));
    assert_eq!(table.finish("talon, standard replies"), (13, 13));
}

#[test]
fn html_replies_of_mail_programs_are_cut_to_the_new_words() {
    let Some(folder) = folder() else { return };
    let mut table = Table::default();
    let mut pages: Vec<PathBuf> = fs::read_dir(folder.join("talon/html_replies"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    pages.sort();
    for path in &pages {
        let name = path.file_name().unwrap().to_string_lossy();
        table.check(
            &name,
            &reply_text_of_html(&read(path), None),
            "Hi. I am fine. Thanks, Alex",
        );
    }
    for (name, expected) in [
        ("OLK_SRC_BODY_SECTION.html", "Reply"),
        ("reply-separated-by-hr.html", "Hi there Bob"),
    ] {
        let page = read(&folder.join("talon").join(name));
        table.check(name, &reply_text_of_html(&page, None), expected);
    }
    assert_eq!(table.finish("talon, HTML replies"), (11, 11));
}

/// What each of GitHub's fixtures must come to. Where that project shows an attribution between answers we take it
/// off: it holds an address.
const GITHUB: [(&str, &str); 19] = [
    (
        "correct_sig",
        "this is an email with a correct -- signature.",
    ),
    (
        "email_1_1",
        "Hi folks What is the best way to clear a Riak bucket of all key, values after running a test? I am currently using the Java HTTP API.",
    ),
    (
        "email_1_3",
        "Oh thanks. Having the function would be great.",
    ),
    (
        "email_1_4",
        "Awesome! I haven't had another problem with it.",
    ),
    (
        "email_1_5",
        "One: Here's what I've got. - This would be the first bullet point that wraps to the second line to the next - This is the second bullet point and it doesn't wrap - This is the third bullet point and I'm having trouble coming up with enough to say - This is the fourth bullet point Two: - Here is another bullet point - And another one This is a paragraph that talks about a bunch of stuff. It goes on and on for a while.",
    ),
    ("email_1_6", "I get proper rendering as well."),
    ("email_1_7", ":+1:"),
    (
        "email_1_8",
        "> okay. Well, here's some stuff I can write. > > And if I write a 2 second line you and maybe reply under this? > > Or if you didn't really feel like it, you could reply under this line.Or > if you didn't really feel like it, you could reply under this line. Or if > you didn't really feel like it, you could reply under this line. Or if you > didn't really feel like it, you could reply under this line. I will reply under this one > okay? and under this.",
    ),
    ("email_2_1", "Outlook with a reply"),
    ("email_2_2", "Outlook with a reply directly above line"),
    ("email_2_3", "Outlook with a reply directly above line"),
    ("email_BlackBerry", "Here is another email"),
    (
        "email_bullets",
        "test 2 this should list second and have spaces and retain this formatting - how about bullets - and another",
    ),
    ("email_iPhone", "Here is another email"),
    (
        "email_multi_word_sent_from_my_mobile_device",
        "Here is another email",
    ),
    (
        "email_one_is_not_on",
        "Thank, this is really helpful. One outstanding question I had: Locally (on development), when I run...",
    ),
    (
        "email_sent_from_my_not_signature",
        "Here is another email Sent from my desk, is much easier then my mobile phone.",
    ),
    (
        "email_sig_delimiter_in_middle_of_line",
        "Hi there! Stuff happened. And here is a fix -- this is not a signature. kthxbai",
    ),
    (
        "pathological",
        "I think you're onto something. I will try to fix the problem as soon as I get back to a computer.",
    ),
];

#[test]
fn replies_to_a_code_forge_are_cut_to_the_new_words() {
    let Some(folder) = folder() else { return };
    let mail = |name: &str| read(&folder.join(format!("github/emails/{name}.txt")));
    let mut table = Table::default();
    for (name, expected) in GITHUB {
        table.check(name, &reply_text_of_plain(&mail(name), None), expected);
    }
    let greedy = reply_text_of_plain(&mail("greedy_on"), None);
    let found = words(&markup_to_plain(&greedy.new));
    let is_right = found.starts_with("On your remote host you can run:")
        && found.ends_with("the tunnel is not working.");
    table.rows.push(("greedy_on".to_owned(), is_right, found));
    let answer = reply_text_of_plain(&mail("email_1_2"), None);
    let found = words(&markup_to_plain(&answer.new));
    let is_right = found.starts_with("Hi, > Hi folks")
        && found.contains("You can list the keys")
        && found.ends_with("delete them all individually.\"");
    table.rows.push(("email_1_2".to_owned(), is_right, found));
    let long = reply_text_of_plain(&mail("email_long_quote"), None);
    let found = words(&markup_to_plain(&long.new));
    let is_right = found.starts_with("Hi folks") && found.ends_with("the Java HTTP API.");
    table
        .rows
        .push(("email_long_quote".to_owned(), is_right, found));
    assert_eq!(table.finish("GitHub"), (22, 22));
}

#[test]
fn signatures_are_taken_off() {
    let Some(folder) = folder() else { return };
    let part = |name: &str, what: &str| {
        read(&folder.join(format!("talon/signature/emails/stripped/{name}_{what}")))
    };
    let mut table = Table::default();
    for name in ["camel_case", "jeff", "long", "short_url", "sparse"] {
        let (body, signature) = (part(name, "body"), part(name, "signature"));
        let expected = words(&body)
            .strip_suffix(&words(&signature))
            .unwrap()
            .to_owned();
        table.check(
            name,
            &reply_text_of_plain(&body, Some(&part(name, "sender"))),
            &expected,
        );
    }
    // Closings such as `Thank you, Noam` are what a person says, and stay.
    assert_eq!(table.finish("talon, signatures"), (3, 5));
}

#[test]
fn three_quarters_of_a_megabyte_of_nothing_takes_less_than_a_second() {
    let Some(folder) = folder() else { return };
    for name in ["email_long_quote", "pathological"] {
        let text = read(&folder.join(format!("github/emails/{name}.txt")));
        let began = Instant::now();
        let _ = reply_text_of_plain(&text, None);
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{name}: {:?}",
            began.elapsed()
        );
    }
}
