//! The page's frame. What fills it is fetched by the scripts; everything here is reachable by keyboard and labelled.

use axum::extract::State;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::STYLES;
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
                @for (path, _) in STYLES { link rel="stylesheet" href=(path); }
                script type="module" src="/assets/page.js" {}
            }
            body data-shown="open" {
                nav #skips aria-label="Ways by keyboard" {}
                (top(cast))
                ul #notices .notices aria-label="What staff must know" aria-live="polite" hidden {}
                main {
                    (shelf())
                    div #open .open {}
                    p #open-none .empty hidden { "Nothing is open. Choose a place on the shelf: up to four stand side by side." }
                    div #bridge .side { (deliveries()) (faults()) }
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
                "A Telegram group, a Discord channel, a Slack channel and an email list are " b { "one conversation" } ". "
                "Write anywhere, as anybody, and watch it arrive. " span.more { "Everything stays on this computer." }
            }
            span #live .live role="status" { "Connecting" }
            button #bridge-toggle type="button" aria-pressed="true" aria-controls="bridge" { "The bridge" }
            p #story hidden {
                label for="story-bar" { "The town tells its story" }
                progress #story-bar value="0" max="1" {}
            }
        }
        nav.tabs aria-label="What is shown" {
            button type="button" data-tab="shelf" aria-pressed="false" { "Places" }
            button #open-tab type="button" data-tab="open" aria-pressed="true" { "Open" }
            button type="button" data-tab="bridge" aria-pressed="false" { "The bridge" }
        }
    }
}

fn shelf() -> Markup {
    html! {
        nav #shelf .shelf aria-label="All places" {
            label.seen-by-readers for="shelf-search" { "Find a place" }
            input #shelf-search type="search" autocomplete="off" placeholder="Find a place" aria-keyshortcuts="Control+K";
            div #shelf-groups .scroll {}
            p #shelf-none .empty hidden { "No place is called like that." }
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
                    @for (name, title) in [("telegram", "Telegram"), ("discord", "Discord"), ("slack", "Slack")] {
                        fieldset { legend { (title) } div.set id={ (name) "-faults" } {} }
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

/// A path of stones over water.
pub(super) const MARK: &str = r#"<svg viewBox="0 0 34 34" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" aria-hidden="true"><path d="M3 15c5-8 23-8 28 0"/><path d="M9 14v6M17 11v9M25 14v6"/><path d="M3 25c3.5-2.6 7-2.6 10.5 0s7 2.6 10.5 0c2.3-1.7 4.7-2.3 7-1.7" opacity=".55"/></svg>"#;
