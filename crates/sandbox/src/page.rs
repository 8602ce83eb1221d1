//! One local web page that shows each channel as people see it there, and lets anybody in the town act. It changes the
//! stand-ins only: whatever crosses from one to the other was carried by the bridge.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CONTENT_TYPE;
use axum::routing::{MethodRouter, get, post};

mod act;
mod events;
mod faults;
mod files;
mod guard;
mod place;
mod refusal;
mod requests;
mod shared;
mod shell;
mod uploads;

use crate::town::Town;

use shared::Shared;

pub use guard::guard;

/// The page and its API, guarded. The program adds `GET /api/deliveries` and `GET /api/notices`, behind [`guard`] as
/// well; where they are missing the page leaves those parts out.
pub fn router(town: &Town) -> Router {
    let shared = Shared::of(town);
    let uploads = post(files::upload)
        // The form around a file needs some room of its own.
        .layer(DefaultBodyLimit::max(uploads::LARGEST + 64 * 1024));
    let router = Router::new()
        .route("/", get(shell::shell))
        .route("/api/places/{at}", get(place::place))
        .route("/api/events", get(events::events))
        .route("/api/act", post(act::act))
        .route("/api/faults", post(faults::switch))
        .route("/api/upload", uploads)
        .route("/files/mail/{mail}/source", get(files::source))
        .route("/files/mail/{mail}/{index}", get(files::of_mail))
        .route("/files/{platform}/{*path}", get(files::of_chat))
        .route("/assets/icon.svg", asset("image/svg+xml", ICON));
    let scripts = SCRIPTS.map(|it| ("text/javascript", it));
    let assets = STYLES.map(|it| ("text/css", it)).into_iter().chain(scripts);
    let router = assets.fold(router, |router, (mime, (path, text))| {
        router.route(path, asset(mime, text))
    });
    guard(router.with_state(shared))
}

const ICON: &str = include_str!("page/assets/icon.svg");

/// Path and text.
macro_rules! assets {
    ($end:literal: $($name:literal)*) => {
        [$((concat!("/assets/", $name, $end), include_str!(concat!("page/assets/", $name, $end)))),*]
    };
}

const STYLES: [(&str, &str); 4] = assets!(".css": "page" "shelf" "chat" "mail");

const SCRIPTS: [(&str, &str); 21] = assets!(
    ".js": "page" "dom" "shelf" "open" "tabs" "pane" "chat" "composer" "offers" "message" "telegram" "discord" "markdown" "slack"
    "modal" "markup" "mail" "letter" "deliveries" "notices" "faults"
);

fn asset(mime: &'static str, text: &'static str) -> MethodRouter<Shared> {
    get(move || async move { ([(CONTENT_TYPE, format!("{mime}; charset=utf-8"))], text) })
}
