//! One line's pieces with their marks. Slack has no escapes: a sign that is a word gets a character of no width
//! beside it, and so does a mark amid a word.

use conversation::{Run, Style};

use super::emoji;
use super::segment::{Kind, Segment, escaped, is_sign, segments};
use super::space::{NO_WIDTH, is_space};

pub(super) fn written(runs: &[Run]) -> String {
    let segments = segments(runs);
    let mut writer = Writer::default();
    for (nth, segment) in segments.iter().enumerate() {
        let shared = writer
            .open
            .iter()
            .zip(&segment.styles)
            .take_while(|(a, b)| a == b);
        let shared = shared.count();
        writer.close_down_to(shared);
        for style in &segment.styles[shared..] {
            writer.open(*style);
        }
        writer.content(segment, segments.get(nth + 1));
    }
    writer.close_down_to(0);
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    open: Vec<Style>,
    /// A mark was closed last.
    has_closed: bool,
}

impl Writer {
    fn open(&mut self, style: Style) {
        let word_before = self
            .out
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        if word_before || self.has_closed {
            self.out.push(NO_WIDTH);
            self.has_closed = false;
        }
        self.out.push(sign(style));
        self.open.push(style);
    }

    fn close_down_to(&mut self, left: usize) {
        while self.open.len() > left
            && let Some(style) = self.open.pop()
        {
            self.out.push(sign(style));
            self.has_closed = true;
        }
    }

    fn content(&mut self, segment: &Segment, next: Option<&Segment>) {
        let word_after = segment.text.starts_with(char::is_alphanumeric);
        let ends_code = self.out.ends_with('`');
        let begins_code = segment.kind == Kind::Written && segment.text.starts_with('`');
        let word_before = self
            .out
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        if ((self.has_closed || ends_code) && word_after)
            || (begins_code && (word_before || ends_code))
        {
            self.out.push(NO_WIDTH);
        }
        self.has_closed = false;
        match segment.kind {
            Kind::Space | Kind::Written => self.out.push_str(&segment.text),
            Kind::Words => self.words(segment, next),
        }
    }

    fn words(&mut self, segment: &Segment, next: Option<&Segment>) {
        let goes_on = next.is_some_and(|it| it.styles.starts_with(&segment.styles));
        let after_all = next
            .filter(|_| goes_on)
            .and_then(|it| it.text.chars().next());
        for (at, c) in segment.text.char_indices() {
            let rest = &segment.text[at + c.len_utf8()..];
            let after = rest.chars().next().or(after_all);
            let before = self.out.chars().next_back();
            let opens = could_open(c, before, after);
            if self.could_close(c, before, after.filter(|_| !opens)) {
                self.out.push(NO_WIDTH);
            }
            self.out.push_str(&escaped(c.encode_utf8(&mut [0; 4])));
            let is_name = emoji::name(rest).is_some()
                || (after_all.is_some_and(|it| !is_space(it)) && emoji::goes_on(rest));
            if opens || (c == ':' && is_name) {
                self.out.push(NO_WIDTH);
            }
        }
    }

    fn could_close(&self, c: char, before: Option<char>, after: Option<char>) -> bool {
        let is_open = self.open.iter().any(|style| sign(*style) == c);
        let ends_word = before.is_some_and(|it| !is_space(it));
        is_open && ends_word && !after.is_some_and(char::is_alphanumeric)
    }
}

/// Where nothing follows, a mark of ours closes, or the line ends.
fn could_open(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_mark = is_sign(c);
    let inside_word = before.is_some_and(char::is_alphanumeric);
    let before_word = after.is_some_and(|it| !is_space(it));
    is_mark && before_word && (!inside_word || (c == '`' && after == Some('`')))
}

fn sign(style: Style) -> char {
    match style {
        Style::Bold => '*',
        Style::Italic => '_',
        // The others never come here: Slack does not show them.
        Style::Strike | Style::Underline | Style::Spoiler => '~',
    }
}
