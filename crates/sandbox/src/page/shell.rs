//! The page's frame. What fills it is fetched by the scripts; everything here is reachable by keyboard and labelled.

use axum::extract::State;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::shared::Shared;
use crate::town::Cast;

pub(super) async fn shell(State(shared): State<Shared>) -> Markup {
    page(&shared.town.cast)
}

fn page(cast: &Cast) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Causeway sandbox · " (cast.community) }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/page.css";
                script type="module" src="/assets/page.js" {}
            }
            body data-shown="telegram" {
                @for chat in &CHATS {
                    a.skip href={ "#" (chat.name) "-text" } { "Go to writing in " (chat.title) }
                }
                a.skip href="#mail-person" { "Go to the mailboxes" }
                (top(cast))
                ul #notices .notices aria-label="What staff must know" aria-live="polite" hidden {}
                main {
                    @for it in &CHATS { (chat(it)) }
                    (mail())
                    div.side { (deliveries()) (faults()) }
                }
                div #note .note role="status" aria-live="polite" {}
            }
        }
    }
}

fn top(cast: &Cast) -> Markup {
    html! {
        header.top {
            div.brand {
                (PreEscaped(MARK))
                h1 { "Causeway" br; small { "sandbox · " (cast.community) } }
            }
            p.lead {
                "A " b { "Telegram group" } ", a " b { "Discord channel" } ", a " b { "Slack channel" } " and an "
                b { "email list" } " are one conversation: write in any of them, as anybody, and watch it arrive in the others. "
                span.more {
                    "On the right: what became of each message, and switches for what can go wrong. "
                    "Everything stays on this computer."
                }
            }
            span #live .live role="status" { "Connecting" }
            p #story hidden {
                label for="story-bar" { "The town tells its story" }
                progress #story-bar value="0" max="1" {}
            }
        }
        nav.tabs aria-label="Places" {
            @for chat in &CHATS {
                button type="button" data-pane=(chat.name) aria-pressed=(chat.name == "telegram") { (chat.title) }
            }
            button type="button" data-pane="mail" aria-pressed="false" { "Mail" }
            button type="button" data-pane="bridge" aria-pressed="false" { "The bridge" }
        }
    }
}

/// A pane where people chat. Its name begins the ids of what is in it, and is that of its script.
struct Chat {
    name: &'static str,
    title: &'static str,
    place: &'static str,
}

impl Chat {
    const fn of(name: &'static str, title: &'static str, place: &'static str) -> Chat {
        Chat { name, title, place }
    }
}

const CHATS: [Chat; 3] = [
    Chat::of("telegram", "Telegram", "group"),
    Chat::of("discord", "Discord", "channel"),
    Chat::of("slack", "Slack", "channel"),
];

fn chat(it: &Chat) -> Markup {
    let id = |part: &str| format!("{}-{part}", it.name);
    html! {
        section.pane.chat id=(id("pane")) aria-labelledby=(id("title")) {
            div.pane-head {
                h2 id=(id("title")) { (it.title) }
                p.quiet.about id=(id("about")) {}
                label.seen-by-readers for=(id("chat")) { (it.title) " " (it.place) }
                select id=(id("chat")) {}
            }
            div.scroll.said id=(id("scroll")) tabindex="0" role="log" aria-label={ "Messages in the " (it.title) " " (it.place) } {
                ol id=(id("messages")) {}
                p.empty id=(id("none")) { "Nothing was said here yet." }
            }
            (composer(it, &id))
        }
    }
}

fn composer(it: &Chat, id: &dyn Fn(&str) -> String) -> Markup {
    html! {
        form.composer id=(id("form")) aria-label={ "Write in " (it.title) } {
            div.context id=(id("context")) hidden {
                span id=(id("context-words")) {}
                button id=(id("cancel")) type="button" aria-label="Do not answer or change" { "✕" }
            }
            ul.chosen id=(id("chosen")) aria-label="Chosen files" hidden {}
            div.row.bottom {
                label for=(id("person")) { span.seen-by-readers { "Write " } "as" }
                select id=(id("person")) {}
                label.button.attach title="Photo or file" {
                    (PreEscaped(CLIP))
                    span.seen-by-readers { "Photo or file for " (it.title) }
                    input id=(id("files")) type="file" multiple;
                }
                label.seen-by-readers for=(id("text")) { "Message in " (it.title) }
                textarea id=(id("text")) rows="1" dir="auto" placeholder="Message" {}
                button.main type="submit" { "Send" }
            }
        }
    }
}

fn mail() -> Markup {
    html! {
        section #mail-pane .pane aria-labelledby="mail-title" {
            div.pane-head {
                h2 #mail-title { "Mail of" }
                label.seen-by-readers for="mail-person" { "Whose mailbox" }
                select #mail-person .who {}
                button #mail-new type="button" { "New mail" }
            }
            p #no-mail .empty { "No mail yet." }
            div.mailbox {
                ol #threads .scroll aria-label="Threads" {}
                div.scroll.reading tabindex="0" role="region" aria-labelledby="mails-subject" {
                    h3 #mails-subject dir="auto" {}
                    ol #mails {}
                }
            }
            form #mail-form .composer hidden {
                div.context {
                    span #mail-answering dir="auto" { "New mail" }
                    button #mail-cancel type="button" aria-label="Close without sending" { "✕" }
                }
                div.row {
                    label for="mail-to" { "To" }
                    input #mail-to type="text" list="addresses" autocomplete="off" required;
                    datalist #addresses {}
                }
                div.row.subject {
                    label for="mail-subject" { "Subject" }
                    input #mail-subject type="text" dir="auto" autocomplete="off";
                }
                div.row.bottom {
                    label.seen-by-readers for="mail-text" { "Text of the mail" }
                    textarea #mail-text rows="3" dir="auto" placeholder="Write your mail" {}
                }
                div.row {
                    label.button { "Attach a file" input #mail-files type="file" multiple; }
                    span #mail-files-shown .quiet {}
                    button.main type="submit" { "Send" }
                }
            }
        }
    }
}

fn deliveries() -> Markup {
    html! {
        section #deliveries-pane .pane hidden aria-labelledby="deliveries-title" {
            div.pane-head {
                div.who {
                    h2 #deliveries-title { "What Causeway carries" }
                    p #flow .quiet {}
                }
            }
            div.scroll tabindex="0" role="region" aria-labelledby="deliveries-title" {
                ol #deliveries {}
                p #no-deliveries .empty { "Nothing to carry yet." }
            }
        }
    }
}

fn faults() -> Markup {
    html! {
        section.pane.faults aria-labelledby="faults-title" {
            details #faults {
                summary {
                    h2 #faults-title { "Make something go wrong " }
                    span #faults-count .count hidden {}
                }
                div.inner {
                    p.quiet { "Switch on a fault, write something, and watch what becomes of it." }
                    button #all-well type="button" { "All is well again" }
                    @for chat in &CHATS {
                        fieldset { legend { (chat.title) } div.set id={ (chat.name) "-faults" } {} }
                    }
                    fieldset {
                        legend { "Mail servers" }
                        div #mail-faults .set {}
                    }
                    fieldset {
                        legend { label for="refused" { "Whose mailbox refuses every mail" } }
                        select #refused {}
                    }
                }
            }
        }
    }
}

/// A paper clip.
const CLIP: &str = r#"<svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" aria-hidden="true"><path d="M13 7.5 8 12.6a3.2 3.2 0 0 1-4.6-4.5l5.2-5.3a2.1 2.1 0 0 1 3 3l-5 5a1 1 0 0 1-1.5-1.4L9.6 5"/></svg>"#;

/// A path of stones over water.
pub(super) const MARK: &str = r#"<svg viewBox="0 0 34 34" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" aria-hidden="true"><path d="M3 15c5-8 23-8 28 0"/><path d="M9 14v6M17 11v9M25 14v6"/><path d="M3 25c3.5-2.6 7-2.6 10.5 0s7 2.6 10.5 0c2.3-1.7 4.7-2.3 7-1.7" opacity=".55"/></svg>"#;
