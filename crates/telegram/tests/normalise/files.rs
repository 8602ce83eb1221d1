//! Files, and what is said in a line instead.

use insta::assert_snapshot;

use crate::shown;

#[test]
fn of_a_photo_the_largest_size_is_taken() {
    assert_snapshot!(shown("photo"), @r#"
    post:-1001234567890:20 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["20"],"content":{"text":[{"text":"The "},{"styled":{"style":"bold","children":[{"text":"bed"}]}}],"attachments":[{"kind":"photo","name":null,"mime":"image/jpeg","size":180000,"alt":null,"source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"LARGE"}}}]}}}
    "#);
    assert_snapshot!(shown("live_photo"), @r#"
    post:-1001234567890:21 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["21"],"content":{"text":[],"attachments":[{"kind":"photo","name":null,"mime":"image/jpeg","size":180000,"alt":null,"source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"LARGE"}}}]}}}
    "#);
}

#[test]
fn films_and_moving_pictures_keep_their_kind() {
    assert_snapshot!(shown("video"), @r#"
    post:-1001234567890:22 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["22"],"content":{"text":[{"text":"Look"}],"attachments":[{"kind":"video","name":"bed.mp4","mime":"video/mp4","size":900000,"alt":null,"source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"V"}}}]}}}
    "#);
    assert_snapshot!(shown("animation"), @r#"
    post:-1001234567890:23 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["23"],"content":{"text":[],"attachments":[{"kind":"animation","name":"wave.gif.mp4","mime":"video/mp4","size":50000,"alt":null,"source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"A"}}}]}}}
    "#);
    assert_snapshot!(shown("video_note"), @r#"
    post:-1001234567890:27 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["27"],"content":{"text":[],"attachments":[{"kind":"video","name":null,"mime":"video/mp4","size":300000,"alt":null,"source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"N"}}}]}}}
    "#);
}

#[test]
fn documents_and_sounds_keep_their_names() {
    assert_snapshot!(shown("document"), @r#"
    post:-1001234567890:24 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["24"],"content":{"text":[],"attachments":[{"kind":"document","name":"plan.pdf","mime":"application/pdf","size":12345,"alt":null,"source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"D"}}}]}}}
    "#);
    assert_snapshot!(shown("audio"), @r#"
    post:-1001234567890:25 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["25"],"content":{"text":[],"attachments":[{"kind":"audio","name":"rain.mp3","mime":"audio/mpeg","size":4000000,"alt":null,"source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"M"}}}]}}}
    "#);
    assert_snapshot!(shown("voice"), @r#"
    post:-1001234567890:26 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["26"],"content":{"text":[],"attachments":[{"kind":"voice","name":null,"mime":"audio/ogg","size":16000,"alt":null,"source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"O"}}}]}}}
    "#);
}

#[test]
fn a_sticker_says_its_emoji() {
    assert_snapshot!(shown("sticker"), @r#"
    post:-1001234567890:28 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["28"],"content":{"text":[],"attachments":[{"kind":"sticker","name":null,"mime":"image/webp","size":24000,"alt":"🌻","source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"S"}}}]}}}
    "#);
    assert_snapshot!(shown("sticker_animated"), @r#"
    post:-1001234567890:29 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["29"],"content":{"text":[],"attachments":[{"kind":"sticker","name":null,"mime":"application/x-tgsticker","size":24000,"alt":"🌻","source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"S"}}}]}}}
    "#);
}

#[test]
fn places_become_a_line_with_a_map() {
    assert_snapshot!(shown("location"), @r#"
    post:-1001234567890:30 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["30"],"content":{"text":[{"text":"📍 https://www.openstreetmap.org/?mlat=52.520008&mlon=13.404954#map=16/52.520008/13.404954"}]}}}
    "#);
    assert_snapshot!(shown("venue"), @r#"
    post:-1001234567890:31 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["31"],"content":{"text":[{"text":"📍 Common garden, Oak Street 5\nhttps://www.openstreetmap.org/?mlat=52.5&mlon=13.4#map=16/52.5/13.4"}]}}}
    "#);
}

#[test]
fn a_contact_is_a_name_and_never_a_number() {
    assert_snapshot!(shown("contact"), @r#"
    post:-1001234567890:32 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["32"],"content":{"text":[{"text":"👤 Contact: Carla Diaz"}]}}}
    "#);
    assert_snapshot!(shown("contact_named_by_its_number"), @r#"
    post:-1001234567890:32 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["32"],"content":{"text":[{"text":"👤 Contact: without a name"}]}}}
    "#);
}

#[test]
fn a_poll_is_its_question_and_options() {
    assert_snapshot!(shown("poll"), @r#"
    post:-1001234567890:34 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["34"],"content":{"text":[{"text":"📊 Which day?\nFor the harvest"},{"list":{"start":null,"items":[[{"text":"Friday"}],[{"text":"Saturday"}]]}}]}}}
    "#);
}

#[test]
fn a_checklist_shows_what_is_done() {
    assert_snapshot!(shown("checklist"), @r#"
    post:-1001234567890:35 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["35"],"content":{"text":[{"text":"Bring"},{"list":{"start":null,"items":[[{"text":"☑ Seeds"}],[{"text":"☐ Spades"}]]}}]}}}
    "#);
}

#[test]
fn games_dice_invoices_stories_and_paid_media_are_a_line() {
    assert_snapshot!(shown("dice"), @r#"
    post:-1001234567890:36 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["36"],"content":{"text":[{"text":"🎲 5"}]}}}
    "#);
    assert_snapshot!(shown("game"), @r#"
    post:-1001234567890:37 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["37"],"content":{"text":[{"text":"🎮 Game: Weeds"}]}}}
    "#);
    assert_snapshot!(shown("invoice"), @r#"
    post:-1001234567890:38 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["38"],"content":{"text":[{"text":"🧾 Invoice: Seeds"}]}}}
    "#);
    assert_snapshot!(shown("story"), @r#"
    post:-1001234567890:39 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["39"],"content":{"text":[{"text":"📖 Story of Garden news"}]}}}
    "#);
    assert_snapshot!(shown("paid_media"), @r#"
    post:-1001234567890:40 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["40"],"content":{"text":[{"text":"🔒 Paid media (5 ⭐)"},{"text":"\n"},{"text":"The recipe"}]}}}
    "#);
}
