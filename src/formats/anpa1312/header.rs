//! The head of an ANPA transmission: "W2870" US selector, then priority, category, keyword, day and words:
//! "r i BC-Harbour 1stLd   11-13 1049".

use crate::formats::paragraphs::one_line;

/// What the head says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// The letters of the wire.
    pub(super) service: String,
    /// The number on it, without leading zeros.
    pub(super) number: String,
    /// f flash, b bulletin, u urgent, r regular, d deferred, a and s advance, z weekend.
    pub(super) priority: Option<char>,
    /// One letter.
    pub(super) category: String,
    /// The keyword, cut to some 25 letters and without spaces.
    pub(super) slug: String,
    /// Month and day as the head tells them.
    pub(super) day: String,
}

impl Header {
    /// The priority as an urgency of ninjs.
    pub(super) fn urgency(&self) -> Option<u8> {
        Some(match self.priority? {
            'f' => 1,
            'b' => 2,
            'u' => 3,
            'r' => 4,
            'd' => 5,
            'a' | 's' => 6,
            'z' => 7,
            _ => return None,
        })
    }
}

/// Reads the text between SOH and STX; `None` where it is none of these.
pub(super) fn read_header(text: &str) -> Option<Header> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next()?;
    let id: String = first
        .split(['\u{1F}', ' '])
        .next()?
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    let id = id.trim();
    let at = id.find(|c: char| c.is_ascii_digit())?;
    let (service, number) = id.split_at(at);
    let number: String = number.chars().take_while(char::is_ascii_digit).collect();
    if service.len() > 4 || number.len() > 5 || !service.chars().all(char::is_alphabetic) {
        return None;
    }
    let mut header = Header {
        service: service.to_owned(),
        number: number.trim_start_matches('0').to_owned(),
        ..Header::default()
    };
    let second: String = lines
        .next()
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let mut words: Vec<&str> = second.split_whitespace().collect();
    let letter = |word: Option<&&str>| {
        word.and_then(|word| {
            word.chars()
                .next()
                .filter(|c| word.len() == 1 && c.is_ascii_alphabetic())
        })
    };
    if let Some(priority) = letter(words.first()) {
        header.priority = Some(priority.to_ascii_lowercase());
        words.remove(0);
    }
    if let Some(category) = letter(words.first()) {
        header.category = category.to_string();
        words.remove(0);
    }
    let is_day = |word: &&str| {
        word.len() == 5 && word.as_bytes()[2] == b'-' && word.bytes().filter(u8::is_ascii_digit).count() == 4
    };
    if let Some(at) = words.iter().rposition(is_day) {
        words[at].clone_into(&mut header.day);
        words.truncate(at);
    }
    header.slug = one_line(&words.join(" "));
    Some(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_read() {
        let read =
            read_header("V0042\u{1F}asian\r\nr i\u{13}\u{11} BC-Harbour 1stLd-Writethru   11-13 0127\r\n").unwrap();
        assert_eq!(
            (read.service.as_str(), read.number.as_str(), read.urgency()),
            ("V", "42", Some(4))
        );
        assert_eq!(
            (read.category.as_str(), read.slug.as_str()),
            ("i", "BC-Harbour 1stLd-Writethru")
        );
        assert_eq!(read.day, "11-13");
        let bare = read_header("v0042\u{1F}\r\nr i bc-port\r\n").unwrap();
        assert_eq!((bare.slug.as_str(), bare.day.as_str()), ("bc-port", ""));
        assert_eq!(read_header("no head"), None);
    }
}
