//! Channels, platforms and accounts that are in trouble, and what `causeway status` says of them.

use sandbox::mail::MailFaults;
use sandbox::slack::{self, SocketFaults};
use sandbox::{discord, telegram};

use super::status::{AFTER_ITS_NEXT_TRY, AT_ONCE, begun, is_over, is_told, status};
use crate::support::{Corner, ROOM};

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
