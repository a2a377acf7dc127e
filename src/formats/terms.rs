//! Terms of the trade as systems write them → the words of ninjs.

use super::warnings::{Warnings, quoted};

/// A dateline without the dash that leads over to the text.
pub(super) fn place_and_day(dateline: &str) -> Option<String> {
    let bare = dateline.trim_end_matches([' ', '-', '–', '—', '_', ':']).trim_start();
    (!bare.is_empty()).then(|| bare.to_owned())
}

/// A language as BCP 47, from a tag (`id_ID` too) or a name in its own or the English language; `None` where it is neither.
pub(super) fn language_tag(text: &str) -> Option<String> {
    #[rustfmt::skip]
    const NAMES: [(&str, &str); 22] = [
        ("english", "en"), ("indonesian", "id"), ("bahasa indonesia", "id"), ("indonesia", "id"), ("malay", "ms"),
        ("bahasa melayu", "ms"), ("spanish", "es"), ("español", "es"), ("portuguese", "pt"), ("português", "pt"),
        ("french", "fr"), ("français", "fr"), ("german", "de"), ("deutsch", "de"), ("dutch", "nl"),
        ("nederlands", "nl"), ("italian", "it"), ("italiano", "it"), ("russian", "ru"), ("arabic", "ar"),
        ("chinese", "zh"), ("japanese", "ja"),
    ];
    let lower = text.trim().to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Some((*tag).to_owned());
    }
    let mut parts = text.trim().split(['-', '_']);
    let primary = parts.next().filter(|primary| matches!(primary.len(), 2 | 3))?;
    let is_word = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let rest: Vec<&str> = parts.collect();
    if !primary.bytes().all(|byte| byte.is_ascii_alphabetic()) || !rest.iter().all(|part| is_word(part)) {
        return None;
    }
    let mut tag = primary.to_ascii_lowercase();
    for part in rest {
        tag.push('-');
        tag.push_str(&if part.len() == 2 {
            part.to_ascii_uppercase()
        } else {
            part.to_owned()
        });
    }
    Some(tag)
}

/// A status in ninjs' three words, or `None` where it is a state of some system's own.
pub(super) fn status_word(text: &str) -> Option<String> {
    let word = match text
        .trim()
        .rsplit(':')
        .next()
        .unwrap_or_default()
        .to_lowercase()
        .as_str()
    {
        "usable" | "published" | "publish" | "live" | "corrected" => "usable",
        "withheld" | "hold" | "held" | "embargoed" => "withheld",
        "canceled" | "cancelled" | "killed" | "kill" | "withdrawn" | "recalled" | "retracted" => "canceled",
        _ => return None,
    };
    Some(word.to_owned())
}

/// An urgency from 1 to 9, or a warning.
pub(super) fn urgency_digit(text: &str, warnings: &mut Warnings) -> Option<u8> {
    let urgency = text.trim().parse().ok().filter(|urgency| (1..=9).contains(urgency));
    if urgency.is_none() {
        warnings.add(format!("urgency `{}` is not one of 1 to 9: left out", quoted(text)));
    }
    urgency
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_become_tags() {
        assert_eq!(language_tag("id_ID").as_deref(), Some("id-ID"));
        assert_eq!(language_tag("Bahasa Indonesia").as_deref(), Some("id"));
        assert_eq!(language_tag("EN").as_deref(), Some("en"));
        assert_eq!(language_tag("no idea"), None);
    }

    #[test]
    fn statuses_and_urgencies_are_ninjs_words() {
        assert_eq!(status_word("stat:canceled").as_deref(), Some("canceled"));
        assert_eq!(status_word("Killed").as_deref(), Some("canceled"));
        assert_eq!(status_word("draft"), None);
        let mut warnings = Warnings::default();
        assert_eq!(urgency_digit(" 4", &mut warnings), Some(4));
        assert_eq!(urgency_digit("0", &mut warnings), None);
        assert_eq!(warnings.finish().len(), 1);
    }

    #[test]
    fn the_dash_of_a_dateline_is_cut() {
        assert_eq!(
            place_and_day("LUNDE (Kystnytt) - ").as_deref(),
            Some("LUNDE (Kystnytt)")
        );
        assert_eq!(place_and_day(" - "), None);
    }
}
