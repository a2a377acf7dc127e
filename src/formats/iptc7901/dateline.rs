//! The dateline of a text: "Lunde (kyst) - ", "LUNDE, Norway (KN) _ ". It stays in the text; what it says is told.

/// A dateline is shorter.
const MAX_CHARS: usize = 90;

/// A place and a credit.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::formats) struct Dateline {
    /// The place, without the day.
    pub(in crate::formats) place: String,
    /// What stands in the brackets.
    pub(in crate::formats) credit: String,
}

/// Reads the dateline that a paragraph begins with.
pub(in crate::formats) fn read(paragraph: &str) -> Option<Dateline> {
    let open = paragraph.char_indices().take(MAX_CHARS).find(|(_, c)| *c == '(')?.0;
    let (before, rest) = (&paragraph[..open], &paragraph[open + 1..]);
    let (credit, after) = rest.split_once(')')?;
    let dashed = after.trim_start().starts_with(['-', '–', '—', '_']);
    let is_credit = (2..=30).contains(&credit.chars().count())
        && credit
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | ' ' | '.' | '&'));
    let is_place = before.starts_with(|c: char| c.is_uppercase())
        && !before.trim_end().contains(". ")
        && !before.contains(['"', '“', '»', '«']);
    if !dashed || !is_credit || !is_place {
        return None;
    }
    let parts: Vec<&str> = before.split(',').map(str::trim).collect();
    let is_day = |part: &&&str| !part.chars().any(|c| c.is_ascii_digit());
    let place: Vec<&str> = parts
        .iter()
        .filter(is_day)
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    Some(Dateline {
        place: place.join(", "),
        credit: credit.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_and_credit_are_read() {
        let one = |text: &str| read(text).map(|read| (read.place, read.credit));
        let is = |place: &str, credit: &str| Some((place.to_owned(), credit.to_owned()));
        assert_eq!(one("Lunde (kyst) - The port"), is("Lunde", "kyst"));
        assert_eq!(
            one("PORT OF LUNDE, Norway (KN) _ The port"),
            is("PORT OF LUNDE, Norway", "KN")
        );
        assert_eq!(one("LUNDE, March 5 (Kyst/Nytt) — The port"), is("LUNDE", "Kyst/Nytt"));
        assert_eq!(one("LUNDE, Mass. (KN) — The port"), is("LUNDE, Mass.", "KN"));
        assert_eq!(one("The port (in Lunde) reopened"), None);
        assert_eq!(one("The port reopened. Ann Moe (mayor) - who"), None);
        assert_eq!(one("no place (kyst) - x"), None);
    }
}
