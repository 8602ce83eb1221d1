//! Signs by which a name could pass for more than a name: brackets that name a platform, a colon that ends it, a mark
//! of quotation before it.

use unicode_security::skeleton;

/// `Bo (Slack): hi` becomes `Bo [Slack]; hi`.
pub(super) fn undone(name: &str) -> String {
    let name = name.trim_start_matches(|it: char| it.is_whitespace() || sign_of(it) == '>');
    let mut undone = String::new();
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        undone.push(match sign_of(c) {
            '(' => '[',
            ')' => ']',
            ':' if chars.peek().is_none_or(|it| !it.is_alphanumeric()) => ';',
            // Between letters of a script without blanks it ends a name all the same.
            ':' if c != ':' => ';',
            _ => c,
        });
    }
    undone
}

/// The sign of ASCII that this one is taken for.
fn sign_of(c: char) -> char {
    if c.is_alphanumeric() {
        return c;
    }
    match c {
        '（' | '﹙' | '⁽' | '₍' | '❨' | '❪' | '⟮' | '⦅' | '｟' | '⸨' | '︵' => {
            '('
        }
        '）' | '﹚' | '⁾' | '₎' | '❩' | '❫' | '⟯' | '⦆' | '｠' | '⸩' | '︶' => {
            ')'
        }
        '：' | '﹕' | '︓' | '꞉' | '∶' | '⁚' | '᛬' => ':',
        '＞' | '﹥' | '›' | '❯' => '>',
        other => confusable(other),
    }
}

fn confusable(c: char) -> char {
    let mut buffer = [0; 4];
    let mut prototype = skeleton(c.encode_utf8(&mut buffer));
    match (prototype.next(), prototype.next()) {
        (Some(sign), None) => sign,
        _ => c,
    }
}
