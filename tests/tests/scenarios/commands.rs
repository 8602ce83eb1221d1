//! What the grammar reads, and what its reader is told.

use causeway_tests::town;
use insta::assert_snapshot;

/// And changes nothing.
#[tokio::test]
async fn what_is_no_command_gets_what_is_like_it_and_an_example() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Hello").await;
    town.settle().await;
    for said in ["Hlep!", "help the weather", "room add “spring", "help help"] {
        town.commands("telegram #general", "Ana", said).await;
        town.settle().await;
    }
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    · help [ABOUT]: what I can do, or all about one thing
    to Ana: Nothing happened: something in it is not of the kind that belongs there. Write it as help [ABOUT], for example: help room
    to Ana: I understand that, and cannot do it yet. Nothing happened. “help” says what I can do.
    to Ana: You can say:
    · help [ABOUT]: what I can do, or all about one thing
    For example: help room
    ");
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Hello");
}
