//! What does not go together in a configuration, or should be known.

pub(crate) struct Finding {
    pub(crate) key: String,
    pub(crate) why: String,
    pub(crate) cure: String,
    /// It works, and somebody should know.
    pub(crate) is_warning: bool,
    /// The other key, where it takes two.
    pub(crate) beside: Option<String>,
}

pub(super) fn finding(key: &str, why: &str, cure: &str) -> Finding {
    Finding {
        key: key.to_owned(),
        why: why.to_owned(),
        cure: cure.to_owned(),
        is_warning: false,
        beside: None,
    }
}

pub(super) fn warning(key: &str, why: &str, cure: &str) -> Finding {
    Finding {
        is_warning: true,
        ..finding(key, why, cure)
    }
}

impl Finding {
    pub(super) fn beside(self, key: &str) -> Finding {
        Finding {
            beside: Some(key.to_owned()),
            ..self
        }
    }
}

/// Adapters say `is empty: name the mail server`, the cure after the colon.
pub(super) fn told(key: &str, problem: &str) -> Finding {
    const HOW: &str = "`causeway config defaults` says what it means";
    let (why, cure) = problem.split_once(": ").unwrap_or((problem, HOW));
    finding(key, &format!("it {why}"), cure)
}
