//! Addresses within what a platform marks up.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// What would end the address there is written by its bytes.
pub fn percent_encoded(url: &str, ends: impl Fn(char) -> bool) -> String {
    let mut encoded = String::with_capacity(url.len());
    for c in url.chars() {
        match ends(c) {
            true => {
                let bytes = &mut [0; 4];
                encoded.extend(utf8_percent_encode(c.encode_utf8(bytes), NON_ALPHANUMERIC));
            }
            false => encoded.push(c),
        }
    }
    encoded
}
