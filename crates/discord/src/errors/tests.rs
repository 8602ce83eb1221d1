use insta::assert_snapshot;

use super::*;

fn named(status: u16, code: u64) -> String {
    let refusal = Refusal {
        status,
        code,
        message: "its words".to_owned(),
    };
    let error = CallError::Answered(refusal).into_send_error(Repeated::Doubles);
    let shown = format!("{error:?}").replace('\\', "");
    shown.chars().take(96).collect()
}

#[test]
fn refusals_are_named_by_what_to_do_next() {
    let lines = [
        (401, 0),
        (401, 50014),
        (404, 10003),
        (403, 50001),
        (403, 50013),
        (403, 50007),
        (403, 50278),
        (400, 50008),
        (400, 30007),
        (400, 30058),
        (403, 40004),
        (403, 40333),
        (400, 160_002),
        (400, 160_005),
        (400, 50035),
        (413, 40005),
        (404, 10008),
        (500, 0),
        (502, 0),
        (503, 0),
        (504, 0),
    ]
    .map(|(status, code)| format!("{status} {code} {}", named(status, code)));
    assert_snapshot!(lines.join("\n"), @r#"
    401 0 Unauthorised("Discord does not take `discord.token`: copy it again from https://discord.com/deve
    401 50014 Unauthorised("Discord does not take `discord.token`: copy it again from https://discord.com/deve
    404 10003 ChannelGone("the channel is deleted, or hidden from Causeway")
    403 50001 ChannelGone("Causeway cannot see this channel: give its role View Channel and Read Message Histo
    403 50013 ChannelGone("Causeway lacks a permission in this channel (its words): give its role Manage Webho
    403 50007 Refused("this person takes no direct messages from Causeway: they can allow them in the privacy 
    403 50278 Refused("this person shares no server with Causeway any more")
    400 50008 ChannelGone("nobody can write there: take it out of its room with `causeway room unlink`, and li
    400 30007 ChannelGone("the channel has as many webhooks as Discord allows: delete one in its settings, und
    400 30058 ChannelGone("the server has as many webhooks as Discord allows: delete some in its settings, und
    403 40004 Unavailable("its words")
    403 40333 Unavailable("its words")
    400 160002 ChannelGone("Causeway lacks a permission in this channel (its words): give its role Manage Webho
    400 160005 Refused("the thread is locked: a moderator can unlock it")
    400 50035 Refused("its words")
    413 40005 Refused("the file is larger than Discord takes")
    404 10008 Refused("its words")
    500 0 Uncertain("its words")
    502 0 Uncertain("its words")
    503 0 Unavailable("its words")
    504 0 Uncertain("its words")
    "#);
}

#[test]
fn what_can_be_repeated_leaves_no_doubt() {
    let errors = [
        CallError::from(Transit::no_answer("cut")),
        CallError::Foreign { status: 502 },
    ];
    for error in errors {
        let posted = error.clone().into_send_error(Repeated::Doubles);
        assert!(posted.is_doubt());
        let edited = error.harmless();
        assert!(matches!(edited, SendError::Unavailable(_)), "{edited:?}");
    }
}
