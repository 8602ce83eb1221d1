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
mod refusal;
mod requests;
mod shared;
mod shell;
mod state;
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
        .route("/api/state", get(state::state))
        .route("/api/events", get(events::events))
        .route("/api/act", post(act::act))
        .route("/api/faults", post(faults::switch))
        .route("/api/upload", uploads)
        .route("/files/mail/{mail}/source", get(files::source))
        .route("/files/mail/{mail}/{index}", get(files::of_mail))
        .route("/files/{platform}/{*path}", get(files::of_chat))
        .route("/assets/page.css", asset("text/css", CSS))
        .route("/assets/icon.svg", asset("image/svg+xml", ICON));
    let scripts = SCRIPTS.into_iter().fold(router, |router, (name, script)| {
        router.route(name, asset("text/javascript", script))
    });
    guard(scripts.with_state(shared))
}

const CSS: &str = include_str!("page/assets/page.css");
const ICON: &str = include_str!("page/assets/icon.svg");

macro_rules! scripts {
    ($($name:literal)*) => {
        [$((concat!("/assets/", $name, ".js"), include_str!(concat!("page/assets/", $name, ".js")))),*]
    };
}

/// Path and text.
const SCRIPTS: [(&str, &str); 13] = scripts!(
    "page" "dom" "chat" "message" "telegram" "discord" "markdown" "slack" "markup" "mail" "deliveries" "notices" "faults"
);

fn asset(mime: &'static str, text: &'static str) -> MethodRouter<Shared> {
    get(move || async move { ([(CONTENT_TYPE, format!("{mime}; charset=utf-8"))], text) })
}
