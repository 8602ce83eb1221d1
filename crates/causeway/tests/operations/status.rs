//! What goes wrong while the bridge runs: within a minute it stands in the log and in `status`, with what mends it, and it
//! is gone from there once it is mended.

use std::time::{Duration, Instant};

use sandbox::mail::MailFaults;
use sandbox::slack::SocketFaults;
use sandbox::{discord, slack, telegram};
use serde_json::Value;

use crate::support::{Answer, BO, Corner, EVA, KIM, PROGRAM, ROOM, Square, Town, answer_of};

const AT_ONCE: Duration = Duration::from_secs(60);
/// The next attempt after a minute's failures comes two minutes later.
const AFTER_ITS_NEXT_TRY: Duration = Duration::from_secs(240);

fn status(town: &Town) -> (Answer, Value) {
    let answer = town.causeway(&["status", "--json"]);
    let status = serde_json::from_str(&answer.out).unwrap();
    (answer, status)
}

fn troubles(town: &Town) -> Vec<Value> {
    let (_, status) = status(town);
    status["troubles"].as_array().unwrap().clone()
}

fn is_about(trouble: &Value, about: &str, cure: &str) -> bool {
    trouble["about"] == about && trouble["text"].as_str().unwrap().contains(cure)
}

/// In `status` and in the log, with these words.
async fn is_told(town: &Town, about: &str, cure: &str) {
    let start = Instant::now();
    loop {
        let logged = town
            .log()
            .lines()
            .any(|line| (line.contains("ERROR") || line.contains("WARN")) && line.contains(cure));
        let is_there = troubles(town).iter().any(|it| is_about(it, about, cure));
        if logged && is_there {
            return;
        }
        assert!(
            start.elapsed() < AT_ONCE,
            "{about}: {cure}: logged {logged}, {:#?}\n{}",
            troubles(town),
            town.picture()
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn is_over(town: &Town, about: &str, within: Duration) {
    let start = Instant::now();
    while troubles(town).iter().any(|it| it["about"] == about) {
        let troubles = troubles(town);
        assert!(start.elapsed() < within, "{about}: {troubles:#?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn begun() -> Square {
    let square = Square::open().await;
    square.town.begin().await;
    square.town.says(0, "before");
    for corner in [Corner::Discord, Corner::Slack, Corner::Mail] {
        square.until_at(corner, "before").await;
    }
    square
}

/// As long as a bridge may be.
async fn silent_for_a_minute(town: &Town) {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&town.store_url()).await.unwrap();
    let earlier = "update setting set value = cast(cast(value as bigint) - 61000 as text) where name = 'alive_at'";
    sqlx::query(earlier).execute(&pool).await.unwrap();
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bridge_that_is_well_says_so_and_one_that_was_stopped_does_not() {
    let square = begun().await;
    let town = &square.town;
    let (answer, status) = status(town);
    assert_eq!(
        (answer.code, &status["health"]),
        (0, &"well".into()),
        "{status:#}"
    );
    let heard = status["last_heard"].as_array().unwrap();
    assert_eq!(heard.len(), 4, "{status:#}");
    let text = town.causeway(&["status"]).out;
    assert!(text.contains("all is well"), "{text}");
    assert!(text.contains("causeway.db"), "{text}");
    town.end();
    silent_for_a_minute(town).await;
    let answer = town.causeway(&["status"]);
    assert_eq!(answer.code, 2, "{}", answer.out);
    assert!(
        answer.out.contains("`causeway run` starts it again"),
        "{}",
        answer.out
    );
}

/// A service manager tries again and again, and monitoring must not take that for a bridge.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_that_finds_its_port_taken_is_no_bridge_at_work() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let town = Town::open(2, &[]).await;
    town.begin().await;
    town.end();
    silent_for_a_minute(&town).await;
    for key in ["CAUSEWAY__HTTP__LISTEN", "CAUSEWAY__EMAIL__LMTP__LISTEN"] {
        let mut run = std::process::Command::new(PROGRAM);
        run.args(["run", "--config"]);
        run.arg(town.rig.dir().join("causeway.toml"));
        run.env("CAUSEWAY__EMAIL__DOMAIN", "causeway.example.org");
        let answer = answer_of(run.env(key, &address));
        assert_eq!(answer.code, 1, "{}", answer.err);
        let cure = "cure: another program listens there: stop it, or write another port";
        assert!(answer.err.contains(cure), "{}", answer.err);
        let status = town.causeway(&["status"]);
        assert_eq!(status.code, 2, "{}", status.out);
        assert!(status.out.contains("not at work"), "{}", status.out);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_that_the_bot_does_not_see_is_named_as_it_was_linked() {
    let square = begun().await;
    let town = &square.town;
    let linked = town.causeway(&["room", "link", ROOM, "discord:12345"]);
    assert_eq!(linked.code, 0, "{}", linked.err);
    town.says(0, "into the void");
    is_told(
        town,
        "discord:12345",
        "discord:12345 is closed to the bridge",
    )
    .await;
    assert!(!town.log().contains("direct:"), "{}", town.log());
    let shown = town.causeway(&["status"]).out;
    assert!(shown.contains("see above"), "{shown}");
    let config = town.rig.dir().join("causeway.toml");
    let how = format!("Give each of these commands --config {}", config.display());
    assert!(shown.contains(&how), "{shown}");
    assert_eq!(town.causeway(&["room", "unlink", "discord:12345"]).code, 0);
    is_over(town, "discord:12345", AT_ONCE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platform_that_takes_nothing_is_named_with_its_own_words() {
    let square = begun().await;
    let (town, rig) = (&square.town, &square.town.rig);
    let faults = telegram::Faults {
        methods: vec!["sendMessage".to_owned()],
        server_error: Some(telegram::ServerError {
            status: 502,
            ..telegram::ServerError::default()
        }),
        ..telegram::Faults::default()
    };
    rig.telegram.set_faults(Some(square.telegram), faults);
    let faults = discord::Faults {
        never_answer: Some(telegram::Broken::default()),
        ..discord::Faults::default()
    };
    rig.discord.set_faults(Some(square.discord), faults);
    let faults = slack::Faults {
        malformed: Some(telegram::Broken::default()),
        ..slack::Faults::default()
    };
    rig.slack.set_faults(Some(&square.slack), faults);
    rig.mail.set_faults(MailFaults {
        closed_until_ms: i64::MAX,
        ..MailFaults::default()
    });
    square.sia_says("from Slack");
    town.says(0, "from Telegram");
    for corner in Corner::ALL {
        is_told(town, &square.channel(corner), "tried again by itself").await;
    }
    let (answer, status) = status(town);
    assert_eq!(answer.code, 2);
    assert_eq!(status["waiting"].as_array().unwrap().len(), 4, "{status:#}");
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_that_is_closed_says_what_opens_it() {
    let square = begun().await;
    let (town, rig) = (&square.town, &square.town.rig);
    let place = |corner| square.channel(corner);
    let (telegram, discord, slack) = (
        place(Corner::Telegram),
        place(Corner::Discord),
        place(Corner::Slack),
    );
    rig.slack.archive(&square.slack, &square.sia).unwrap();
    rig.telegram.kick_bot(square.telegram, town.ana).unwrap();
    rig.discord.kick_bot();
    is_told(town, &slack, "unarchive the channel").await;
    is_told(town, &telegram, "put out of the chat: add it again").await;
    is_told(town, &discord, "put out of the server: invite it again").await;
    let rooms = town.causeway(&["room", "list"]).out;
    assert!(rooms.contains("unarchive the channel"), "{rooms}");
    rig.slack.unarchive(&square.slack, &square.sia).unwrap();
    rig.telegram
        .add_bot_back(square.telegram, town.ana)
        .unwrap();
    rig.discord.add_bot_back();
    for channel in [&slack, &telegram, &discord] {
        is_over(town, channel, AT_ONCE).await;
    }
    rig.slack.take_scope("chat:write");
    town.says(0, "without a scope");
    is_told(town, &slack, "the app lacks the scope chat:write").await;
    rig.slack.grant_scope("chat:write");
    assert_eq!(town.causeway(&["room", "link", ROOM, &slack]).code, 0);
    is_over(town, &slack, AT_ONCE).await;
    assert!(town.log().contains("over: "), "{}", town.picture());
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_is_refused_names_its_key_until_it_is_mended() {
    let square = begun().await;
    let (town, rig) = (&square.town, &square.town.rig);
    let faults = telegram::Faults {
        unauthorised: true,
        ..telegram::Faults::default()
    };
    rig.telegram.set_faults(None, faults);
    rig.discord.revoke_token();
    rig.slack.revoke_tokens();
    is_told(town, "telegram", "`telegram.token`").await;
    is_told(town, "discord", "`discord.token`").await;
    is_told(town, "slack", "`slack.bot_token`").await;
    rig.telegram.set_faults(None, telegram::Faults::default());
    rig.discord.restore_token();
    rig.discord.set_may_read_content(false);
    rig.slack.reinstall();
    assert!(town.stop().success());
    town.begin().await;
    is_over(town, "telegram", AT_ONCE).await;
    is_over(town, "slack", AT_ONCE).await;
    is_told(town, "discord", "switch on \"Message Content Intent\"").await;
    assert!(!town.log().contains("credentials"), "{}", town.picture());
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platform_that_is_not_heard_is_told_and_taken_off_once_it_is() {
    let square = begun().await;
    let (town, rig) = (&square.town, &square.town.rig);
    let faults = telegram::Faults {
        methods: vec!["getUpdates".to_owned()],
        conflict: true,
        ..telegram::Faults::default()
    };
    rig.telegram.set_faults(None, faults);
    rig.discord.set_gateway_faults(discord::GatewayFaults {
        refuse_connections: true,
        ..discord::GatewayFaults::default()
    });
    rig.discord.gateway_drop();
    rig.slack.set_socket_faults(SocketFaults {
        refuse: true,
        ..SocketFaults::default()
    });
    rig.slack.drop_sockets();
    is_told(
        town,
        "telegram",
        "Stop the other program that uses this token",
    )
    .await;
    is_told(town, "discord", "nothing is heard from discord").await;
    is_told(town, "slack", "nothing is heard from slack").await;
    rig.telegram.set_faults(None, telegram::Faults::default());
    rig.discord
        .set_gateway_faults(discord::GatewayFaults::default());
    rig.slack.set_socket_faults(SocketFaults::default());
    for platform in ["telegram", "discord", "slack"] {
        is_over(town, platform, AFTER_ITS_NEXT_TRY).await;
    }
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_who_is_refused_stands_in_status_and_not_in_the_log() {
    let town = Town::open(1, &[BO, EVA, KIM]).await;
    town.begin().await;
    town.rig.mail.set_faults(MailFaults {
        refused: vec![BO.to_owned()],
        ..MailFaults::default()
    });
    town.says(0, "to all but Bo");
    town.gets(EVA, "to all but Bo").await;
    let start = Instant::now();
    while !troubles(&town)
        .iter()
        .any(|it| it["kind"] == "reader-trouble")
    {
        assert!(start.elapsed() < AT_ONCE, "{}", town.picture());
    }
    let (answer, _) = status(&town);
    assert_eq!(answer.code, 1, "{}", answer.out);
    town.until("it is logged", || town.log().contains("reader.number="))
        .await;
    assert!(!town.log().contains(BO), "{}", town.log());
    town.rig.mail.set_faults(MailFaults::default());
    town.says(0, "to all");
    town.gets(BO, "to all").await;
    let start = Instant::now();
    while troubles(&town)
        .iter()
        .any(|it| it["kind"] == "reader-trouble")
    {
        assert!(start.elapsed() < AT_ONCE, "{}", town.picture());
    }
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_for_staff_is_counted_with_the_command_that_ends_it() {
    let town = Town::open(1, &[BO])
        .await
        .with("CAUSEWAY__ENGINE__STORM_PER_MINUTE", "4");
    town.begin().await;
    for number in 0..8 {
        town.says(0, format!("number {number}").as_str());
    }
    is_told_of(&town, "storm-brake", "causeway dead retry").await;
    let (answer, _) = status(&town);
    assert_eq!(answer.code, 1, "{}", answer.out);
    assert_eq!(town.causeway(&["dead", "drop", "--all"]).code, 0);
    assert_eq!(status(&town).0.code, 0, "{:#?}", troubles(&town));
    town.end();
}

async fn is_told_of(town: &Town, kind: &str, cure: &str) {
    let start = Instant::now();
    let is_there = || {
        let told = |it: &Value| it["kind"] == kind && it["text"].as_str().unwrap().contains(cure);
        troubles(town).iter().any(told) && town.log().contains(cure)
    };
    while !is_there() {
        assert!(
            start.elapsed() < AT_ONCE,
            "{:#?}\n{}",
            troubles(town),
            town.picture()
        );
    }
}
