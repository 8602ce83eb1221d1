//! What people ask of us, and the answer that they alone see.

use conversation::{
    Adapter, Button, Does, Event, Inbound, Operation, Outbound, Receipt, SendError, Standing,
    WayBack,
};
use sandbox::slack::ChannelId;

use crate::bridge::{Bridge, outbound, ts, words};
use crate::intake::Ears;

async fn answer(
    bridge: &Bridge,
    channel: &ChannelId,
    way_back: Option<WayBack>,
    text: &str,
) -> Result<Receipt, SendError> {
    let post = Operation::Post(Box::new(words(text)));
    let answer = Outbound {
        way_back,
        ..outbound(channel, post)
    };
    bridge.adapter.send(&answer).await
}

/// As `NAME: TEXT`, of what one person alone sees.
fn whispers(bridge: &Bridge, channel: &ChannelId) -> Vec<String> {
    let view = bridge.stand_in.view_channel(channel, usize::MAX).unwrap();
    let whispers = view.ephemeral.iter();
    whispers
        .map(|it| format!("{}: {}", it.to, it.text))
        .collect()
}

#[tokio::test]
async fn a_command_is_answered_to_its_giver_alone_five_times() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    bridge
        .stand_in
        .slash(&channel, &ana, "/causeway", "help")
        .unwrap();
    let command: Inbound = ears.event().await;
    assert!(command.way_back.is_some());
    for number in ["1", "2", "3", "4", "5"] {
        let receipt = answer(&bridge, &channel, command.way_back.clone(), number);
        assert_eq!(receipt.await.unwrap(), Receipt::default());
    }
    let error = answer(&bridge, &channel, command.way_back, "6").await;
    assert!(matches!(error, Err(SendError::Refused(_))), "{error:?}");
    let seen = whispers(&bridge, &channel);
    assert_eq!(seen.len(), 5);
    assert_eq!(seen[0], format!("{ana}: 1"));
    assert_eq!(bridge.seen(&channel), "");
}

/// A command from two people's own chat looks as one from ours: its channel is a `D…` named `directmessage`.
#[tokio::test]
async fn a_command_does_not_tell_whose_chat_it_is() {
    let bridge = Bridge::open().await;
    let (_, ana) = bridge.channel_with("Ana");
    let account = ana.to_string().as_str().into();
    let alone = bridge.adapter.open_direct_channel(&account).await.unwrap();
    let channel = ChannelId(alone.id.0);
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    bridge
        .stand_in
        .slash(&channel, &ana, "/causeway", "help")
        .unwrap();
    let command = ears.event().await;
    let at = bridge.adapter.describe(&command.channel);
    assert!(command.way_back.is_some() && at.is_direct && at.may_be_others);
    bridge
        .stand_in
        .say(&channel, &ana, "@Causeway help")
        .unwrap();
    let said = ears.event().await;
    assert!(said.way_back.is_none(), "{said:?}");
}

#[tokio::test]
async fn a_press_is_answered_beside_what_was_pressed() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let mut post = words("Do you come?");
    post.part.buttons = ["Yes", "Read"]
        .into_iter()
        .zip([
            Does::Press("yes".to_owned()),
            Does::Open("https://example.org/".to_owned()),
        ])
        .map(|(label, does)| Button {
            label: label.to_owned(),
            does,
        })
        .collect();
    let posted = bridge.post(&channel, post).await;
    ears.next().await;
    bridge
        .stand_in
        .press(&channel, ts(&posted), &ana, "causeway-0")
        .unwrap();
    let press = ears.event().await;
    answer(&bridge, &channel, press.way_back, "Too late")
        .await
        .unwrap();
    assert_eq!(whispers(&bridge, &channel), [format!("{ana}: Too late")]);
    assert!(bridge.seen(&channel).contains("Do you come?"));
}

/// Slack names no id of it: the address of the press leads there, that of the command does not.
#[tokio::test]
async fn what_one_person_sees_is_changed_where_they_pressed() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let it = &bridge.stand_in;
    it.slash(&channel, &ana, "/causeway", "help").unwrap();
    let asked = ears.event().await;
    let say = async |operation, way_back: &Option<WayBack>| {
        let way_back = way_back.clone();
        let outbound = Outbound {
            way_back,
            ..outbound(&channel, operation)
        };
        bridge.adapter.send(&outbound).await
    };
    let mut question = words("Shall I?");
    question.part.buttons = vec![Button {
        label: "Yes".to_owned(),
        does: Does::Press("yes".to_owned()),
    }];
    let said = say(Operation::Post(Box::new(question)), &asked.way_back);
    let targets = said.await.unwrap().remote_ids;
    let seen = || it.view_channel(&channel, usize::MAX).unwrap().ephemeral;
    it.press(&channel, seen()[0].ts, &ana, "causeway-0")
        .unwrap();
    let pressed = ears.event().await;
    let edit = || Operation::Edit {
        targets: targets.clone(),
        post: Box::new(words("It is done")),
    };
    let error = say(edit(), &asked.way_back).await;
    assert!(matches!(error, Err(SendError::Refused(_))), "{error:?}");
    say(edit(), &pressed.way_back).await.unwrap();
    assert_eq!(whispers(&bridge, &channel), [format!("{ana}: It is done")]);
    assert_eq!(seen()[0].buttons.len(), 0);
    let delete = || Operation::Delete {
        targets: targets.clone(),
    };
    assert!(say(delete(), &asked.way_back).await.is_err());
    say(delete(), &pressed.way_back).await.unwrap();
    assert!(seen().is_empty());
}

#[tokio::test]
async fn what_begins_with_our_name_is_ours() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    for (said, asked) in [
        ("@Causeway room list", Some("room list")),
        ("@Causeway: help", Some("help")),
        ("@Causeway", Some("help")),
        ("Ask @Causeway for help", None),
        ("/status of the bus?", None),
        ("/privat on", Some("privat on")),
    ] {
        bridge.stand_in.say(&channel, &ana, said).unwrap();
        let event = ears.event().await;
        match (&event.event, asked) {
            (Event::Commanded { text, .. }, Some(asked)) => assert_eq!(text, asked),
            (Event::Posted(_), None) => {}
            (other, _) => panic!("{said}: {other:?}"),
        }
        if asked.is_some() {
            answer(&bridge, &channel, event.way_back, "Here I am")
                .await
                .unwrap();
        }
    }
    assert_eq!(whispers(&bridge, &channel).len(), 4);
}

#[tokio::test]
async fn an_answer_goes_to_slacks_own_addresses_alone() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    for token in [
        r#"{"address":"http://127.0.0.1:1/response/R1"}"#,
        r#"{"address":"https://hooks.slack.com.evil.example/x"}"#,
        r#"{"address":"file:///etc/passwd"}"#,
        r#"{"address":""}"#,
        "no way back at all",
    ] {
        let way_back = Some(WayBack {
            token: token.to_owned(),
            until: conversation::Timestamp(i64::MAX),
        });
        let error = answer(&bridge, &channel, way_back, "Here").await;
        assert!(
            matches!(
                error,
                Err(SendError::Refused(_) | SendError::Unavailable(_))
            ),
            "{token}: {error:?}"
        );
    }
}

#[tokio::test]
async fn who_takes_part_in_a_channel_is_asked_of_slack() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let bo = bridge.stand_in.add_person("Bo");
    let reference = outbound(
        &channel,
        Operation::Delete {
            targets: Vec::new(),
        },
    )
    .channel;
    for (who, standing) in [
        (ana.to_string(), Standing::Member),
        (bo.to_string(), Standing::Stranger),
        ("nobody".to_owned(), Standing::Stranger),
    ] {
        let found = bridge
            .adapter
            .standing(&reference, &who.as_str().into())
            .await;
        assert_eq!(found.unwrap(), standing, "{who}");
    }
}
