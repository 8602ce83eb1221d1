//! The bridge speaks with each in their language, and with a room in its community's.

use causeway_tests::{Town, town};
use conversation::{Language, SendError};
use insta::assert_snapshot;

const GENERAL: &str = "telegram #general";

async fn where_both_are_known() -> Town {
    let mut town = town().await;
    town.says(GENERAL, "Ana", "Hola").await;
    town.says(GENERAL, "Bo", "Hello").await;
    town.settle().await;
    town
}

async fn asks(town: &mut Town, who: &str, said: &[&str]) {
    for said in said {
        town.seconds_pass(2);
        town.commands(GENERAL, who, said).await;
        town.settle().await;
    }
}

#[tokio::test]
async fn whoever_chooses_a_language_is_answered_in_it_and_nobody_else_is() {
    let mut town = where_both_are_known().await;
    asks(&mut town, "Ana", &["me language español"]).await;
    town.restarts().await;
    asks(
        &mut town,
        "Ana",
        &["who can see this", "help me", "rest of us"],
    )
    .await;
    asks(&mut town, "Bo", &["who can see this"]).await;
    assert_snapshot!(town.whispers_in_full(GENERAL), @r"
    to Ana: Hecho: me language español. De ahora en adelante, cuando te responda a solas te hablo en español. Durante los próximos 15 minutos lo puedes deshacer con “undo”. [Deshacer]
    to Ana: Lo que se dice en este canal llega a email, y lo puede leer quien lea ahí. Guardo las palabras 30 días, y el dato de que se dijo algo 13 meses. Aparte de ellos, solo quien tiene a su cargo la máquina donde estoy podría leer lo que se guarda. Con “mydata” te mando lo que guardo de ti.
    to Ana: Puedes escribir:
    · me language english|español|default: en qué idioma te hablo, o default para el de la comunidad
    Por ejemplo: me language español
    to Ana: No hice nada: algo de lo que escribiste no es de lo que va en ese lugar. Escríbelo como rest [HOW-LONG], por ejemplo: rest 2 weeks
    to Bo: What is said in this channel is carried to email, and whoever reads there reads it. I keep the words for 30 days, and that something was said for 13 months. Besides them, only whoever runs the machine that I am on could read what is kept. “mydata” sends you what I hold of you.
    ");
}

#[tokio::test]
async fn a_language_is_chosen_for_all_accounts_and_taken_back() {
    let mut town = where_both_are_known().await;
    town.says("telegram @Ana", "Ana", "start").await;
    town.settle().await;
    asks(&mut town, "Ana", &["me language es"]).await;
    town.seconds_pass(20);
    town.says("telegram @Ana", "Ana", "start").await;
    town.settle().await;
    town.seconds_pass(20);
    town.says("telegram @Ana", "Ana", "me language default")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: start
    [bot]: Hello. You take part in Spring Gathering, and I carry what is said there between its channels. What you write to me alone goes to nobody and is not kept. “help” says what I can do.
    Ana: start
    [bot]: Hola. Participas en Spring Gathering, y yo llevo de un canal a otro lo que ahí se dice. Lo que me escribes a solas no le llega a nadie ni se guarda. Escríbeme “help” y te digo qué puedo hacer.
    Ana: me language default
    [bot]: Done: me language default. From now on I speak with you as with the community. Within 15 minutes, “undo” takes it back. [Undo]
    ");
}

#[tokio::test]
async fn a_language_that_is_not_spoken_is_told_of() {
    let mut town = where_both_are_known().await;
    asks(&mut town, "Ana", &["me language klingon", "me language"]).await;
    assert_snapshot!(town.whispers_in_full(GENERAL), @r"
    to Ana: Nothing happened: something in it is not of the kind that belongs there. Write it as me language english|español|default, for example: me language español
    to Ana: Nothing happened: something is missing. Write it as me language english|español|default, for example: me language español [me language english] [me language español] [me language default]
    ");
}

#[tokio::test]
async fn a_room_hears_the_language_of_its_community_and_who_chose_another_that() {
    let mut town = where_both_are_known().await;
    asks(&mut town, "Bo", &["me language english"]).await;
    town.is_spoken_to_in(Language::SPANISH).await;
    asks(&mut town, "Ana", &["who can see this"]).await;
    asks(&mut town, "Bo", &["who can see this"]).await;
    town.next_send_fails("list", SendError::Refused("no".to_owned()));
    town.says(GENERAL, "Ana", "Pan").await;
    town.settle().await;
    town.minutes_pass(1);
    town.settle().await;
    assert_snapshot!(town.whispers_in_full(GENERAL), @r"
    to Bo: Done: me language english. From now on I speak English with you, wherever I answer you alone. Within 15 minutes, “undo” takes it back. [Undo]
    to Ana: Lo que se dice en este canal llega a email, y lo puede leer quien lea ahí. Guardo las palabras 30 días, y el dato de que se dijo algo 13 meses. Aparte de ellos, solo quien tiene a su cargo la máquina donde estoy podría leer lo que se guarda. Con “mydata” te mando lo que guardo de ti.
    to Bo: What is said in this channel is carried to email, and whoever reads there reads it. I keep the words for 30 days, and that something was said for 13 months. Besides them, only whoever runs the machine that I am on could read what is kept. “mydata” sends you what I hold of you.
    ");
    assert_snapshot!(town.notices().await, @r"
    dead-letter list:spring@: some messages could not be delivered: `causeway dead list` says which and why
    ");
    assert_snapshot!(town.transcript(GENERAL), @r"
    Ana: Hola
    Bo: Hello
    Ana: Pan
      > [bot]: No se entregó a email: la plataforma rechazó el mensaje.
    ");
}
