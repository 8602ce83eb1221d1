//! `GET /privacy/{community}`: what a community keeps, and where what is said there goes.
//!
//! **Invariant:** nothing runs in a browser, and whatever people or the operator wrote is text.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use engine::{Engine, Line, PrivacyPage, Section};
use sha2::{Digest, Sha256};

use super::download;

const LOOK: &str = "body{font:1.1rem/1.6 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1.2rem;\
color:#1c1c1c;background:#fff}h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem}\
li{margin:.4rem 0}code{background:#eef0f2;padding:.1rem .35rem;border-radius:.25rem}blockquote{white-space:pre-wrap;\
border-left:.25rem solid #8a97a5;margin:1rem 0;padding:0 1rem;overflow-wrap:anywhere}\
@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#161a1e}code{background:#2a3138}a{color:#9ecbff}}";

#[derive(Clone)]
struct Shown {
    engine: Arc<Engine>,
    /// By which people reach whoever runs this, where the configuration says so.
    contact: Option<String>,
}

pub(crate) fn router(engine: Arc<Engine>, contact: Option<String>) -> Router {
    Router::new()
        .route("/privacy/{community}", get(page))
        .with_state(Shown { engine, contact })
}

async fn page(State(shown): State<Shown>, Path(community): Path<String>) -> Response {
    match shown.engine.privacy_page(&community).await {
        Ok(Some(it)) => guarded(Html(written(&it, shown.contact.as_deref())).into_response()),
        Ok(None) => guarded((StatusCode::NOT_FOUND, UNKNOWN).into_response()),
        Err(error) => {
            tracing::warn!(%error, "a page about privacy could not be made");
            guarded((StatusCode::SERVICE_UNAVAILABLE, LATER).into_response())
        }
    }
}

const UNKNOWN: &str = "There is no such page here. Ask in the conversation for its address.\n";
const LATER: &str = "This page cannot be made at the moment. Try again in a minute.\n";

fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    download::guard(headers);
    let look = STANDARD.encode(Sha256::digest(LOOK));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{look}'; frame-ancestors 'none'; sandbox");
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn written(page: &PrivacyPage, contact: Option<&str>) -> String {
    let heading = escaped(&page.heading);
    let sections: String = page.sections.iter().map(section).collect();
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{heading}</title>\n\
         <style>{LOOK}</style>\n</head>\n<body>\n<main>\n<h1>{heading}</h1>\n<p>{}</p>\n{sections}{}</main>\n</body>\n</html>\n",
        page.language,
        escaped(&page.begins),
        contact.map(reached).unwrap_or_default(),
    )
}

fn section(it: &Section) -> String {
    let lines: String = it.lines.iter().map(line).collect();
    let heading = escaped(&it.heading);
    format!("<section>\n<h2>{heading}</h2>\n<ul>\n{lines}</ul>\n</section>\n")
}

fn line(it: &Line) -> String {
    match it {
        Line::Words(words) => format!("<li>{}</li>\n", escaped(words)),
        Line::Command(words, about) => {
            format!(
                "<li><code>{}</code>: {}</li>\n",
                escaped(words),
                escaped(about)
            )
        }
        Line::Theirs(words) => format!("<li><blockquote>{}</blockquote></li>\n", escaped(words)),
    }
}

/// An address of the web or of a mailbox can be followed.
fn reached(contact: &str) -> String {
    let shown = escaped(contact);
    let is_plain = !contact.contains(|it: char| it.is_whitespace() || it.is_control());
    let leads = match contact {
        it if is_plain && it.starts_with("https://") => Some(shown.clone()),
        it if is_plain && it.contains('@') => Some(format!("mailto:{shown}")),
        _ => None,
    };
    match leads {
        Some(leads) => format!("<address><a href=\"{leads}\">{shown}</a></address>\n"),
        None => format!("<address>{shown}</address>\n"),
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            it => safe.push(it),
        }
    }
    safe
}

#[cfg(test)]
mod tests;
