//! The page's frame. What fills it is fetched by the scripts; everything here is reachable by keyboard and labelled.

use axum::extract::State;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Shared;
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
                a.skip href="#say-text" { "Go to writing in Telegram" }
                a.skip href="#mail-person" { "Go to the mailboxes" }
                (top(cast))
                ul #notices .notices aria-label="What staff must know" aria-live="polite" hidden {}
                main {
                    (telegram())
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
                "A " b { "Telegram group" } " and an " b { "email list" }
                " are one conversation: write in either, as anybody, and watch it arrive in the other. "
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
            button type="button" data-pane="telegram" aria-pressed="true" { "Telegram" }
            button type="button" data-pane="mail" aria-pressed="false" { "Mail" }
            button type="button" data-pane="bridge" aria-pressed="false" { "The bridge" }
        }
    }
}

fn telegram() -> Markup {
    html! {
        section #telegram-pane .pane aria-labelledby="chat-title" {
            div.pane-head {
                div.who {
                    h2 #chat-title { "Telegram" }
                    p #chat-about .quiet {}
                }
                label.seen-by-readers for="chat" { "Telegram chat" }
                select #chat {}
            }
            div #chat-scroll .scroll.chat tabindex="0" role="log" aria-label="Messages in the Telegram group" {
                ol #messages {}
                p #no-messages .empty { "Nothing was said here yet." }
            }
            form #say-form .composer {
                div #say-context .context hidden {
                    span #say-context-words {}
                    button #say-cancel type="button" aria-label="Do not answer or change" { "✕" }
                }
                div.row {
                    label for="telegram-person" { "Write as" }
                    select #telegram-person {}
                    label.button { "Photo or file" input #say-files type="file" multiple; }
                    span #say-files-shown .quiet {}
                }
                div.row.bottom {
                    label.seen-by-readers for="say-text" { "Message" }
                    textarea #say-text rows="1" dir="auto" placeholder="Write in the group" {}
                    button.main type="submit" { "Send" }
                }
            }
        }
    }
}

fn mail() -> Markup {
    html! {
        section #mail-pane .pane aria-labelledby="mail-title" {
            div.pane-head {
                h2 #mail-title { "Mailbox of" }
                label.seen-by-readers for="mail-person" { "Whose mailbox" }
                select #mail-person .who {}
                button #mail-new type="button" { "New mail" }
            }
            ol #threads .scroll aria-label="Threads" {}
            p #no-mail .empty { "No mail yet." }
            div.scroll.reading tabindex="0" role="region" aria-labelledby="mails-subject" {
                h3 #mails-subject dir="auto" {}
                ol #mails {}
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
                    fieldset { legend { "Telegram" } div #telegram-faults .set {} }
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

/// A path of stones over water.
pub(super) const MARK: &str = r#"<svg viewBox="0 0 34 34" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" aria-hidden="true"><path d="M3 15c5-8 23-8 28 0"/><path d="M9 14v6M17 11v9M25 14v6"/><path d="M3 25c3.5-2.6 7-2.6 10.5 0s7 2.6 10.5 0c2.3-1.7 4.7-2.3 7-1.7" opacity=".55"/></svg>"#;
