//! The lines before a text: "eca062 4 i 211 ccccb   dpa 061", then the keyword line.

use crate::formats::paragraphs::one_line;
use crate::formats::warnings::{Warnings, quoted};

/// What the head of a transmission says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// The letters of the service.
    pub(super) service: String,
    /// Its number, without leading zeros; empty where it is all zeros.
    pub(super) number: String,
    /// 1 to 9.
    pub(super) urgency: Option<u8>,
    /// The letters of the category.
    pub(super) category: String,
    /// The agency at the end of the line, and its own number.
    pub(super) agency: String,
    pub(super) agency_number: String,
    /// The keyword line as written.
    pub(super) slug: String,
}

/// Reads the lines between SOH and STX.
pub(super) fn read_header(text: &str, warnings: &mut Warnings) -> Header {
    let mut lines = text.lines().map(one_line).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let mut header = first_line(&first).unwrap_or_else(|| {
        warnings.add(format!(
            "the head `{}` is none of IPTC 7901: its number, urgency and category are left out",
            quoted(&first)
        ));
        Header::default()
    });
    header.slug = lines.collect::<Vec<_>>().join(" ");
    header
}

fn first_line(line: &str) -> Option<Header> {
    let mut words = line.split_whitespace().peekable();
    let first = words.next()?;
    let at = first.find(|c: char| c.is_ascii_digit()).unwrap_or(first.len());
    let (service, mut number) = first.split_at(at);
    if number.is_empty() {
        number = words.next()?;
    }
    let is_service = (1..=8).contains(&service.len()) && service.chars().all(|c| c.is_alphabetic() || c == '-');
    if !is_service || !is_number(number) {
        return None;
    }
    let mut header = Header {
        service: service.to_owned(),
        number: number.trim_start_matches('0').to_owned(),
        ..Header::default()
    };
    let digit = words.next_if(|word| word.len() == 1 && word.as_bytes()[0].is_ascii_digit());
    header.urgency = digit
        .and_then(|digit| digit.parse().ok())
        .filter(|urgency| *urgency > 0);
    let letters = |word: &&str| word.len() <= 4 && word.chars().all(|c| c.is_ascii_alphabetic());
    words
        .next_if(letters)
        .unwrap_or_default()
        .clone_into(&mut header.category);
    words.next_if(|word| is_number(word));
    let rest: Vec<&str> = words.collect();
    if let [.., agency, number] = rest[..]
        && is_number(number)
        && agency.starts_with(|c: char| c.is_alphabetic())
    {
        agency.clone_into(&mut header.agency);
        number.trim_start_matches('0').clone_into(&mut header.agency_number);
    }
    Some(header)
}

fn is_number(word: &str) -> bool {
    (1..=7).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A category by its letters: those of the American wires, which others took over, and those of dpa.
pub(in crate::formats) fn category_name(code: &str) -> Option<&'static str> {
    Some(match code.to_ascii_lowercase().as_str() {
        "a" => "domestic",
        "d" => "food",
        "e" => "entertainment",
        "f" => "financial",
        "i" => "international",
        "l" => "lifestyle",
        "n" => "state and regional",
        "o" => "weather",
        "p" => "national politics",
        "s" | "sp" => "sports",
        "q" => "sports results",
        "t" => "travel",
        "v" => "advisories",
        "w" => "Washington",
        "pl" => "Politik",
        "wi" => "Wirtschaft",
        "ku" => "Kultur",
        "vm" => "Vermischtes",
        "rs" => "Redaktioneller Service",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Header, usize) {
        let mut warnings = Warnings::default();
        let header = read_header(text, &mut warnings);
        (header, warnings.finish().len())
    }

    #[test]
    fn the_fields_are_read() {
        let (header, warned) = read("kny0157 4 i 211 ccccb   kyst 0061\r\n\r\nLunde-harbour/Strike/\r\n");
        let expected = Header {
            service: "kny".into(),
            number: "157".into(),
            urgency: Some(4),
            category: "i".into(),
            agency: "kyst".into(),
            agency_number: "61".into(),
            slug: "Lunde-harbour/Strike/".into(),
        };
        assert_eq!((header, warned), (expected, 0));
        let (header, _) = read("abc123 3 pl 55\r\nharbour\r\n");
        assert_eq!((header.number.as_str(), header.agency.as_str()), ("123", ""));
        assert_eq!(read("KNY 0042 2 s\nx").0.number, "42");
        assert_eq!(read("bdt0000 3 vm 831  dpa 0000").0.number, "");
    }

    #[test]
    fn another_line_is_told() {
        let (header, warned) = read("no head at all\r\nharbour");
        assert_eq!(
            (header.service.as_str(), header.slug.as_str(), warned),
            ("", "harbour", 1)
        );
    }
}
