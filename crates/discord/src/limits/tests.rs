use super::*;

const A: RouteKey = RouteKey {
    route: "POST /channels/{}/messages",
    major: 1,
};
const B: RouteKey = RouteKey {
    route: "POST /channels/{}/messages",
    major: 2,
};
const EDIT: RouteKey = RouteKey {
    route: "PATCH /channels/{}/messages/{}",
    major: 1,
};

fn said(bucket: &str, remaining: u32, reset_after: f64) -> Said {
    Said {
        bucket: Some(bucket.to_owned()),
        remaining: Some(remaining),
        reset_after: Some(reset_after),
        ..Said::default()
    }
}

fn secs(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

#[test]
fn an_empty_bucket_opens_at_its_time_and_closes_nobody_elses() {
    let (limiter, start) = (Limiter::default(), Instant::now());
    assert_eq!(limiter.take(&A, start), Ok(()));
    limiter.learn(&A, 200, &said("x", 0, 2.5), start);
    assert_eq!(limiter.take(&A, start + secs(1.0)), Err(secs(1.5)));
    assert_eq!(limiter.take(&B, start), Ok(()), "another channel");
    assert_eq!(limiter.take(&EDIT, start), Ok(()), "another route");
    assert_eq!(limiter.take(&A, start + secs(2.5)), Ok(()));
}

#[test]
fn two_routes_of_one_bucket_share_it() {
    let (limiter, start) = (Limiter::default(), Instant::now());
    limiter.learn(&EDIT, 200, &said("x", 5, 10.0), start);
    limiter.learn(&A, 200, &said("x", 0, 10.0), start);
    assert_eq!(limiter.take(&EDIT, start), Err(secs(10.0)));
}

#[test]
fn what_went_out_counts_before_its_answer_is_there() {
    let (limiter, start) = (Limiter::default(), Instant::now());
    limiter.learn(&A, 200, &said("x", 2, 1.0), start);
    assert_eq!(limiter.take(&A, start), Ok(()));
    assert_eq!(limiter.take(&A, start), Ok(()));
    assert_eq!(limiter.take(&A, start), Err(secs(1.0)));
    // The answer to the first comes last, and says that one is left.
    limiter.learn(&A, 200, &said("x", 0, 1.0), start);
    limiter.learn(&A, 200, &said("x", 1, 1.0), start);
    assert_eq!(limiter.take(&A, start), Err(secs(1.0)));
}

#[test]
fn a_429_is_kept_for_its_bucket_or_for_all() {
    let (limiter, start) = (Limiter::default(), Instant::now());
    let wait = |seconds, is_global| Said {
        retry_after: Some(seconds),
        is_global,
        ..Said::default()
    };
    assert_eq!(
        limiter.learn(&A, 429, &wait(600.0, false), start),
        Some(secs(600.0))
    );
    assert_eq!(limiter.take(&A, start + secs(599.0)), Err(secs(1.0)));
    assert_eq!(limiter.take(&B, start), Ok(()));
    limiter.learn(&B, 429, &wait(3.0, true), start);
    for route in [&B, &EDIT] {
        assert_eq!(limiter.take(route, start), Err(secs(3.0)));
    }
    assert_eq!(limiter.take(&B, start + secs(3.0)), Ok(()));
}

#[test]
fn a_wait_without_sense_is_five_seconds_and_a_huge_one_an_hour() {
    let start = Instant::now();
    for (seconds, expected) in [
        (None, 5.0),
        (Some(-1.0), 5.0),
        (Some(f64::NAN), 5.0),
        (Some(1e300), 5.0),
        (Some(1e9), 3600.0),
        (Some(0.25), 0.25),
    ] {
        let limiter = Limiter::default();
        let said = Said {
            retry_after: seconds,
            ..Said::default()
        };
        let wait = limiter.learn(&A, 429, &said, start);
        assert_eq!(wait, Some(secs(expected)), "{seconds:?}");
        assert_eq!(limiter.take(&A, start), Err(secs(expected)), "{seconds:?}");
    }
}

#[test]
fn no_more_than_fifty_a_second_go_out() {
    let (limiter, start) = (Limiter::default(), Instant::now());
    for number in 0..50 {
        let at = start + Duration::from_millis(number * 10);
        assert_eq!(limiter.take(&A, at), Ok(()));
    }
    let now = start + Duration::from_millis(600);
    assert_eq!(limiter.take(&B, now), Err(Duration::from_millis(400)));
    assert_eq!(limiter.take(&B, start + secs(1.0)), Ok(()));
}

#[test]
fn we_are_silent_long_before_discord_bars_our_address() {
    let (limiter, start) = (Limiter::default(), Instant::now());
    for _ in 0..MOST_INVALID {
        limiter.learn(&A, 403, &Said::default(), start);
    }
    assert_eq!(limiter.take(&B, start), Err(INVALID_WINDOW));
    assert_eq!(limiter.take(&B, start + INVALID_WINDOW), Ok(()));
}

#[test]
fn shared_limits_are_not_our_fault() {
    let (limiter, start) = (Limiter::default(), Instant::now());
    let shared = Said {
        retry_after: Some(0.0),
        is_shared: true,
        ..Said::default()
    };
    for _ in 0..MOST_INVALID {
        limiter.learn(&A, 429, &shared, start);
    }
    assert_eq!(limiter.take(&B, start), Ok(()));
}
