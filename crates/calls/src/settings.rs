//! What makes no sense in a platform's section of the configuration, told with its cure.

/// A setting that cannot work, by its key within the platform's section, with the cure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{key}` {problem}")]
pub struct SettingsError {
    pub key: &'static str,
    pub problem: String,
}

pub fn check(holds: bool, key: &'static str, problem: &str) -> Result<(), SettingsError> {
    if holds {
        return Ok(());
    }
    Err(SettingsError {
        key,
        problem: problem.to_owned(),
    })
}

/// All that does not hold, in the order of the checks.
pub fn faults<const N: usize>(checks: [Result<(), SettingsError>; N]) -> Vec<SettingsError> {
    checks.into_iter().filter_map(Result::err).collect()
}

/// The first fault, for whoever cannot go on with any.
pub fn first(faults: Vec<SettingsError>) -> Result<(), SettingsError> {
    faults.into_iter().next().map_or(Ok(()), Err)
}

pub fn is_http(url: &str) -> bool {
    reqwest::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme_and_a_host() {
        for (url, expected) in [
            ("https://example.org/api", true),
            ("http://127.0.0.1:1", true),
            ("http://[::1]:8081", true),
            ("example.org", false),
            ("https://", false),
            ("file:///x", false),
            ("", false),
        ] {
            assert_eq!(is_http(url), expected, "{url}");
        }
    }

    #[test]
    fn what_cannot_work_is_named_by_its_key() {
        assert_eq!(check(true, "token", "is empty"), Ok(()));
        let error = check(false, "token", "is empty").map_err(|it| it.to_string());
        assert_eq!(error, Err("`token` is empty".to_owned()));
        let both = || faults([check(false, "a", "is"), Ok(()), check(false, "b", "is")]);
        assert_eq!(both().len(), 2);
        assert_eq!(first(both()), check(false, "a", "is"));
    }
}
