//! Words.

use insta::assert_snapshot;

use crate::shown;

#[test]
fn plain_words_arrive_as_they_were_typed() {
    assert_snapshot!(shown("text"), @r#"
    post:-1001234567890:11 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["11"],"content":{"text":[{"text":"Who is coming on Friday?"}]}}}
    "#);
}

#[test]
fn every_entity_keeps_its_meaning_or_at_least_its_words() {
    assert_snapshot!(shown("entities"), @r#"
    post:-1001234567890:11 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["11"],"content":{"text":[{"text":"👩‍🌾 "},{"styled":{"style":"italic","children":[{"styled":{"style":"bold","children":[{"text":"bold"}]}},{"text":" italic"}]}},{"text":" "},{"styled":{"style":"underline","children":[{"text":"under"}]}},{"text":" "},{"styled":{"style":"strike","children":[{"text":"strike"}]}},{"text":" "},{"styled":{"style":"spoiler","children":[{"text":"hidden"}]}},{"text":" "},{"code":"code"},{"text":" words "},{"code_block":{"language":"rust","code":"fn main() {}"}},{"text":" "},{"link":{"url":"https://example.org/a","children":[{"text":"here"}]}},{"text":" "},{"mention":{"account":null,"name":"@bo"}},{"text":" "},{"mention":{"account":"7002","name":"Bo"}},{"text":" #garden $USD https://example.org me@example.org +49 30 1234 /help "},{"emoji":{"id":"5368324170671202286","text":"🌱"}},{"text":" soon"}]}}}
    "#);
}

#[test]
fn quotes_stand_on_lines_of_their_own() {
    assert_snapshot!(shown("blockquotes"), @r#"
    post:-1001234567890:11 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["11"],"content":{"text":[{"text":"As Bo said:\n"},{"quote":[{"text":"bring "},{"styled":{"style":"bold","children":[{"text":"seeds"}]}}]},{"text":"\n"},{"quote":[{"text":"and spades"}]},{"text":"\nfine"}]}}}
    "#);
}

#[test]
fn rich_messages_keep_their_words_and_most_of_their_form() {
    assert_snapshot!(shown("rich_message"), @r#"
    post:-1001234567890:41 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["41"],"content":{"text":[{"styled":{"style":"bold","children":[{"text":"Harvest"}]}},{"text":"\n"},{"text":"Bring "},{"styled":{"style":"bold","children":[{"text":"seeds"}]}},{"text":" to "},{"link":{"url":"https://example.org/map","children":[{"text":"the map"}]}},{"emoji":{"id":"536","text":"🌱"}},{"list":{"start":1,"items":[[{"text":"dig"}],[{"text":"sow"}]]}},{"code_block":{"language":"python","code":"x = 1"}},{"quote":[{"text":"Rain is coming"},{"text":"\n"},{"text":"Bo"}]},{"text":"———"},{"text":"\n"},{"text":"Mon | Tue\nsun | rain"},{"text":"\n"},{"text":"unknown words stay"}]}}}
    "#);
}

#[test]
fn an_unstorable_character_is_replaced() {
    assert_snapshot!(shown("nul_in_text"), @r#"
    post:-1001234567890:70 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["70"],"content":{"text":[{"text":"a�b"}]}}}
    "#);
}

#[test]
fn fields_that_telegram_adds_tomorrow_do_no_harm() {
    assert_snapshot!(shown("unknown_fields"), @r#"
    post:-1001234567890:69 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["69"],"content":{"text":[{"text":"still here"}]}}}
    "#);
}
