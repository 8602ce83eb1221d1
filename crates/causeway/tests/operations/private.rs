//! What nobody linked, and what is said to the bot alone, leaves a count and no word: not in the database, not in its log of
//! writes, not in the folder of files, not in the log.

use std::fs;
use std::path::{Path, PathBuf};

use sandbox::mail::{AUTHSERV_ID, Draft};
use sandbox::rig::RigList;
use sandbox::telegram::{ChatId, FileKind, Said, SaidFile};
use sandbox::{discord, slack};
use serde_json::{Value, json};

use crate::support::{Corner, EVA, Square, Town};

/// In every word, file and name of a person; and whoever speaks to the bot alone.
const CANARY: &str = "canary-private";
const QUIET: &str = "quiet@lists.example";
const COMMANDS: &str = "spring-request@lists.example";

/// Everything under the folder of the bridge, but for its configuration.
fn everything(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let found = entries.flat_map(|it| match it.is_dir() {
        true => everything(&it),
        false => vec![it],
    });
    found
        .filter(|it| it.extension().is_none_or(|end| end != "toml"))
        .collect()
}

fn assert_nowhere(town: &Town, words: &[String]) {
    let files = everything(town.rig.dir());
    assert!(files.len() > 2, "{files:?}");
    for file in &files {
        // The program may have put it away meanwhile.
        let bytes = fs::read(file).unwrap_or_default();
        for word in words {
            let is_there = bytes.windows(word.len()).any(|it| it == word.as_bytes());
            assert!(!is_there, "{word} in {}", file.display());
        }
    }
}

fn heard(town: &Town) -> Vec<Value> {
    let answer = town.causeway(&["room", "heard", "--json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    serde_json::from_str(&answer.out).unwrap()
}

/// On all four platforms, with a file, and in a thread of few.
async fn people_talk_elsewhere(square: &Square) -> Vec<String> {
    let rig = &square.town.rig;
    let words = |at: &str| format!("{CANARY} {at}");
    let ana = square.town.ana;
    let file = || SaidFile::new(FileKind::Document, "canary-private.pdf", CANARY.as_bytes());
    let elsewhere = rig.telegram.add_supergroup("The garden");
    rig.telegram.join(elsewhere, ana).unwrap();
    for chat in [elsewhere, ChatId::from(ana)] {
        let said = Said::from(words("telegram").as_str()).with_file(file());
        rig.telegram.say(chat, None, ana, said).unwrap();
    }
    let odd = json!({ "message": { "chat": { "id": ana.0, "type": "private" }, "text": { "odd": CANARY } } });
    rig.telegram.raw_update(odd.as_object().unwrap());

    let attic = rig.discord.add_text_channel("attic");
    let file = || discord::SaidFile::new("canary-private.txt", CANARY.as_bytes().to_vec());
    let said = || discord::Said::from(words("discord").as_str()).with_file(file());
    let secret = rig
        .discord
        .start_private_thread(square.discord, square.dov, "Gifts");
    let secret = secret.unwrap();
    for channel in [attic, secret] {
        rig.discord.say(channel, square.dov, said()).unwrap();
    }
    rig.discord.dm(square.dov, said()).unwrap();

    let cellar = rig.slack.add_channel("cellar");
    rig.slack.join(&cellar, &square.sia).unwrap();
    rig.slack.invite_bot(&cellar).unwrap();
    let file = || slack::SaidFile::new("canary-private.txt", CANARY.as_bytes().to_vec());
    let said = || slack::Said::from(words("slack")).with_file(file());
    rig.slack.say(&cellar, &square.sia, said()).unwrap();
    rig.slack.say_to_bot(&square.sia, said()).unwrap();

    let draft = Draft::new("canary-private", &words("mail")).attach(
        "canary-private.pdf",
        "application/pdf",
        CANARY.as_bytes(),
    );
    rig.mail.write(EVA, QUIET, draft).unwrap();
    for address in [COMMANDS, "causeway@lists.example"] {
        let draft = Draft::new("canary-private", &words("help"));
        rig.mail.write(EVA, address, draft).unwrap();
    }
    let odd = format!("From: {EVA}\r\nAuto-Submitted: auto-replied\r\n\r\n{CANARY}\r\n");
    for address in [QUIET, "spring-bounces@lists.example", COMMANDS] {
        let answers = rig.mail.raw(EVA, &[address], odd.as_bytes()).await.unwrap();
        assert_eq!(answers[0].code, 250, "{address}: {:?}", answers[0]);
    }
    vec![
        format!("telegram:{elsewhere}"),
        format!("discord:{attic}"),
        format!("discord:{secret}"),
        format!("slack:{cellar}"),
        format!("email:{QUIET}"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_what_nobody_linked_and_of_private_words_nothing_is_kept() {
    let square = Square::open().await.with("CAUSEWAY__LOG__FILTER", "debug");
    let mut square = square.with("CAUSEWAY__EMAIL__LMTP__AUTHSERV_ID", AUTHSERV_ID);
    square.town.plan.lists.push(RigList {
        address: QUIET.to_owned(),
        members: vec![EVA.to_owned()],
    });
    square.town.begin().await;
    let rig = &square.town.rig;
    let listens = || rig.discord.gateway_sessions() > 0 && rig.slack.sockets() > 0;
    square.town.until("it listens everywhere", listens).await;
    let expected = people_talk_elsewhere(&square).await;
    let town = &square.town;
    town.until("all were heard", || {
        let heard = heard(town);
        expected
            .iter()
            .all(|it| heard.iter().any(|heard| heard["channel"] == **it))
    })
    .await;
    // Slack tells the name of a channel when it is asked, and it was asked when something was heard.
    let cellar = slack::ChannelId(expected[3].replace("slack:", ""));
    rig.slack.say(&cellar, &square.sia, CANARY).unwrap();
    let is_named = || heard(town).iter().any(|it| it["name"] == "cellar");
    town.until("the name is known", is_named).await;
    // Whatever was said before this was taken in before it.
    town.says(0, "for all");
    for corner in [Corner::Discord, Corner::Slack, Corner::Mail] {
        square.until_at(corner, "for all").await;
    }
    let ana = town.ana.to_string();
    let private = [CANARY.to_owned(), format!("telegram:{ana}")];
    assert_nowhere(town, &private);
    assert_eq!(town.set_aside().await, [""; 0]);

    let heard = heard(town);
    let names: Vec<_> = heard.iter().filter_map(|it| it["name"].as_str()).collect();
    for name in ["The garden", "attic", "Gifts", "cellar"] {
        assert!(names.contains(&name), "{name} of {names:?}");
    }
    assert_eq!(heard.len(), expected.len(), "{heard:?}");
    let shown = town.causeway(&["room", "heard"]);
    assert!(
        shown.out.contains(&expected[0]) && !shown.out.contains(&ana),
        "{}",
        shown.out
    );
    assert!(shown.err.contains("causeway room link"), "{}", shown.err);

    let link = town.causeway(&["room", "link", "spring", &expected[0]]);
    assert_eq!(link.code, 0, "{}", link.err);
    let left = self::heard(town);
    assert!(
        left.iter().all(|it| it["channel"] != expected[0]),
        "{left:?}"
    );
    square.town.end();
    assert_nowhere(&square.town, &private);
}
