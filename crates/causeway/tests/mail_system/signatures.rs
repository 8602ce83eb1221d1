//! What the list sends is signed by its own server, and is found unbroken where it arrives.

use super::circle::Circle;
use super::letter::Letter;
use super::sheet::Sheet;

/// What the receiving server found, as in `dkim=pass`: of each signature its verdict and its domain.
fn verdicts(mail: &Letter) -> Vec<String> {
    let results = mail.headers("Authentication-Results");
    let own = results.iter().filter(|it| it.starts_with("mx.test;"));
    let words = own.flat_map(|it| it.split_whitespace().map(|it| it.trim_matches(';')));
    let meant = words.filter(|it| it.starts_with("dkim=") || it.starts_with("header.d="));
    meant.map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_from_the_list_bears_the_lists_own_signature_alone() {
    let Some(circle) = Circle::open(&["ana", "bo"], "OUT").await else {
        return;
    };
    circle.town.begin().await;
    let words = "Grüße 🌷, and a line of words that is long enough to be folded by whoever folds lines on its way to others.\n.\n\n-- \n";
    let cases = [
        Sheet::new("Grün und blühend", &format!("one {words}")),
        Sheet::new("With a file", &format!("two {words}")).attach("a.pdf", vec![0x5a; 300_000]),
    ];
    for sheet in cases {
        circle.writes(&sheet);
    }
    circle.town.says(0, "three: aus dem Chat – mit Grüßen 👋");
    for words in ["one Grüße", "two Grüße", "three: aus"] {
        let mail = circle.gets("bo", words).await;
        assert_eq!(verdicts(&mail), ["dkim=pass", "header.d=lists.test"]);
        assert_eq!(mail.headers("DKIM-Signature").len(), 1);
        // Of the domain that signed, or below it: what DMARC calls aligned.
        assert!(mail.from.ends_with(".lists.test>"), "{}", mail.from);
    }
    circle.end();
}
