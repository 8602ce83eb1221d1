//! The parameters of one request, and how they are read out of it.

use axum::extract::Request;
use serde_json::Value;

use super::answer::{ApiError, Checked};
use super::given::Given;
use crate::kit::forms::{self, Body, Unreadable};
pub(crate) use crate::kit::params::Upload;
use crate::kit::params::{self, Param};

/// Bots upload at most 50 MB; some room is for the other fields.
const LARGEST_BODY: usize = 50 * 1024 * 1024 + 64 * 1024;

/// A file as a method names it.
#[derive(Debug, Clone)]
pub(crate) enum FileArg {
    Upload(Upload),
    /// A file id or an address.
    Named(String),
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Params(pub(crate) params::Params);

pub(super) async fn read(request: Request) -> Checked<Params> {
    let read = forms::read(request, LARGEST_BODY, LARGEST_BODY).await;
    let read = read.map_err(|it| match it {
        Unreadable::NoBoundary => ApiError::bad("can't find the boundary of multipart form data"),
        Unreadable::Broken => ApiError::bad("can't parse multipart form data"),
        Unreadable::TooLarge => ApiError::too_large(),
    })?;
    let mut params = params::Params::default();
    params.push_form(read.query.as_bytes());
    match read.body {
        Body::Parts(parts) => parts.into_iter().for_each(|it| params.push_part(it)),
        Body::Whole(body) if read.kind.starts_with("application/json") && !body.is_empty() => {
            let read = params.push_json(&body).ok().flatten();
            read.ok_or("can't parse JSON object")?;
        }
        Body::Whole(body) => params.push_form(&body),
    }
    Ok(Params(params))
}

impl Params {
    pub(crate) fn given(&self) -> Given {
        let mut given = Given::default();
        for (name, param) in self.0.iter() {
            let name = name.to_owned();
            match param {
                Param::Text(text) => given.texts.push((name, text.clone())),
                Param::Json(value) => drop(given.json.insert(name, value.clone())),
                Param::File(_) => given.files.push(name),
            }
        }
        given
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.0.text(name)
    }

    /// None too where the text is empty or no number: the real server does not complain either.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.0.integer(name)
    }

    pub(crate) fn float(&self, name: &str) -> Option<f64> {
        self.text(name)?.trim().parse().ok()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        let text = self.text(name).map(|it| it.to_lowercase());
        matches!(text.as_deref(), Some("true" | "yes" | "1"))
    }

    pub(crate) fn json(&self, name: &str) -> Checked<Option<Value>> {
        let what = || name.replace('_', " ");
        let wrong = |_| ApiError::bad(format!("can't parse {} JSON object", what()));
        self.0.json(name).map_err(wrong)
    }

    /// The file of a field: uploaded in it, named by `attach://`, or by its id.
    pub(crate) fn file(&self, name: &str) -> Option<FileArg> {
        match self.0.get(name)? {
            Param::File(upload) => Some(FileArg::Upload(upload.clone())),
            _ => self.file_named(&self.text(name)?),
        }
    }

    pub(crate) fn file_named(&self, reference: &str) -> Option<FileArg> {
        let Some(part) = reference.strip_prefix("attach://") else {
            return (!reference.is_empty()).then(|| FileArg::Named(reference.to_owned()));
        };
        match self.0.get(part)? {
            Param::File(upload) => Some(FileArg::Upload(upload.clone())),
            _ => None,
        }
    }
}
