//! Where a channel has no markup, the words say what the marks said.

use insta::assert_snapshot;

use super::*;

fn link(label: &str, url: &str) -> Node {
    Node::Link {
        url: url.to_owned(),
        children: vec![text(label)],
    }
}

#[test]
fn a_link_says_its_address_unless_its_label_does() {
    let content = marked(vec![
        link("the plan", "https://example.org/plan"),
        text(", "),
        link("example.org", "https://example.org/"),
        text(" and "),
        link("ana@example.org", "mailto:ana@example.org"),
    ]);
    assert_snapshot!(shown(&said(&content, &plain())), @"Ana (Talk): the plan (https://example.org/plan), example.org and ana@example.org");
}

#[test]
fn styles_and_code_become_plain_words() {
    let content = marked(vec![
        Node::Styled {
            style: Style::Bold,
            children: vec![text("Bold"), Node::Code("x".to_owned())],
        },
        Node::CodeBlock {
            language: Some("sh".to_owned()),
            code: "ls\n  -l".to_owned(),
        },
        text("done"),
    ]);
    assert_snapshot!(shown(&said(&content, &plain())), @"
    Ana (Talk): Boldx
    ls
      -l
    done
    ");
}

#[test]
fn each_line_of_a_quote_has_its_sign() {
    let inner = Node::Quote(vec![text("inner\nmore")]);
    let quote = Node::Quote(vec![text("outer\n\n"), inner, text("again")]);
    assert_snapshot!(shown(&said(&marked(vec![quote, text("mine")]), &plain())), @"
    Ana (Talk):
    > outer
    > 
    > > inner
    > > more
    > again
    mine
    ");
}

#[test]
fn a_very_deep_quote_has_eight_signs() {
    let mut nodes = vec![text("deep")];
    for _ in 0..100 {
        nodes = vec![Node::Quote(nodes)];
    }
    assert_snapshot!(shown(&said(&marked(nodes), &plain())), @"
    Ana (Talk):
    > > > > > > > > deep
    ");
}
