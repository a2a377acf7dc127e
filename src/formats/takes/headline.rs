//! Take words before and behind a headline.

use super::words::{Place, is_shouted, read};
use crate::story::Take;

/// Take words before a headline end within so many characters.
const MAX_PREFIX_CHARS: usize = 60;

/// The take that a headline tells.
pub(super) fn read_headline(headline: &str) -> Option<Take> {
    let headline = headline.trim();
    let before = prefix(headline).map(|(take, _)| take);
    let alone = || read(headline, Place::Line);
    let take = before.or_else(|| suffix(headline)).or_else(alone)?;
    Some(take)
}

/// The take words before a headline, and the byte at which the headline goes on.
pub(super) fn prefix(headline: &str) -> Option<(Take, usize)> {
    let bare = headline.trim_start_matches([' ', '*', '+', '=']);
    let skipped = headline.len() - bare.len();
    if bare.starts_with(['(', '[']) {
        let end = bare
            .char_indices()
            .take(MAX_PREFIX_CHARS)
            .find(|(_, c)| matches!(c, ')' | ']'))?
            .0;
        let take = read(&bare[1..end], Place::Brackets)?;
        return (end + 1 < bare.len()).then_some((take, skipped + end + 1));
    }
    let mut longest = None;
    let mut before = ' ';
    for (at, c) in bare.char_indices().take(MAX_PREFIX_CHARS) {
        if matches!(c, ':' | '-' | '–' | '—' | '|') && at > 0 {
            let rest = &bare[at + c.len_utf8()..];
            let shouted = is_shouted(rest);
            let tight = matches!(c, '-' | '–') && before != ' ' && !rest.starts_with([' ', '-']);
            let place = if tight {
                Place::Tight { shouted }
            } else {
                Place::Colon { shouted }
            };
            let piece = &bare[..at];
            if rest.chars().any(char::is_alphanumeric)
                && let Some(take) = read(piece, place)
            {
                longest = Some((take, skipped + at + c.len_utf8()));
            }
        }
        before = c;
    }
    longest
}

/// The take words in brackets, or after a dash, at the end of a headline. None of them takes a story away: "Rabbit (Kill)" may be
/// a film.
fn suffix(headline: &str) -> Option<Take> {
    let take = if headline.ends_with([')', ']']) {
        let inner = &headline[..headline.len() - 1];
        let start = inner.rfind(['(', '['])?;
        read(&inner[start + 1..], Place::Brackets)
    } else {
        let start = [" - ", " – ", " — "]
            .iter()
            .filter_map(|dash| headline.rfind(dash).map(|at| at + dash.len()))
            .max()?;
        read(&headline[start..], Place::Trailing)
    };
    take.filter(|take| !take.kind.hides())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::TakeKind::{self, *};

    fn told(headline: &str) -> Option<(TakeKind, Option<u32>, String)> {
        read_headline(headline).map(|take| (take.kind, take.number, take.label))
    }

    #[test]
    fn words_before_a_headline_are_told() {
        let cases: &[(&str, TakeKind, Option<u32>, &str)] = &[
            ("UPDATE 2-Port reopens after storm", Update, Some(2), "UPDATE 2"),
            (
                "CORRECTED-UPDATE 1-Port reopens",
                Correction,
                Some(1),
                "CORRECTED-UPDATE 1",
            ),
            ("CORRECTED: Port reopens", Correction, None, "CORRECTED"),
            ("CORRECTED - Port reopens", Correction, None, "CORRECTED"),
            ("Corrected: Port reopens", Correction, None, "Corrected"),
            ("REFILE-UPDATE 1-Port reopens", Refile, Some(1), "REFILE-UPDATE 1"),
            ("RPT-Port reopens", Repeat, None, "RPT"),
            ("RPT-UPDATE 3-Port reopens", Repeat, Some(3), "RPT-UPDATE 3"),
            ("WRAPUP 4-Storm hits ports", Wrapup, Some(4), "WRAPUP 4"),
            ("KILL: Harbour", Kill, None, "KILL"),
            ("BULLETIN KILL-Harbour", Kill, None, "BULLETIN KILL"),
            ("WITHDRAWN: Port reopens", Kill, None, "WITHDRAWN"),
            ("HOLD - Port reopens", Withhold, None, "HOLD"),
            ("MANDATORY KILL", Kill, None, "MANDATORY KILL"),
            ("ADVISORY-Port story", Advisory, None, "ADVISORY"),
            ("Ralat: Pelabuhan dibuka", Correction, None, "Ralat"),
            ("RALAT - Pelabuhan dibuka", Correction, None, "RALAT"),
            ("DIBATALKAN: Pelabuhan dibuka", Kill, None, "DIBATALKAN"),
            ("PERBARUI: Pelabuhan dibuka", Update, None, "PERBARUI"),
            ("(Berichtigung) Hafen öffnet", Correction, None, "Berichtigung"),
            ("Korrektur: Hafen öffnet", Correction, None, "Korrektur"),
            (
                "2. Zusammenfassung: Hafen öffnet",
                Wrapup,
                Some(2),
                "2. Zusammenfassung",
            ),
            ("1. Lead: Hafen öffnet", Lead, Some(1), "1. Lead"),
            ("EIL: Hafen öffnet", First, None, "EIL"),
            ("CORRECTIF: Le port rouvre", Correction, None, "CORRECTIF"),
            ("ANNULATION: Le port rouvre", Kill, None, "ANNULATION"),
            ("Lead général - Le port rouvre", Writethru, None, "Lead général"),
            ("CORRECCIÓN: El puerto reabre", Correction, None, "CORRECCIÓN"),
            ("ANULA: El puerto reabre", Kill, None, "ANULA"),
            ("Amplía: El puerto reabre", Update, None, "Amplía"),
            ("Port reopens (UPDATE 2)", Update, Some(2), "UPDATE 2"),
            ("Hafen öffnet (Update)", Update, None, "Update"),
            ("Port reopens - 1st Ld", Lead, Some(1), "1st Ld"),
        ];
        for (headline, kind, number, label) in cases {
            assert_eq!(
                told(headline),
                Some((*kind, *number, (*label).to_owned())),
                "{headline}"
            );
        }
    }

    #[test]
    fn ordinary_headlines_are_none() {
        for headline in [
            "Kill Bill returns",
            "Kill-switch law passes",
            "Kill: a film about revenge",
            "Update on the harbour",
            "Update-weary users complain",
            "Lead poisoning: what to know",
            "Lead-free petrol rises",
            "Lead: the silent poison",
            "Hold the line, says minister",
            "Hold: a word with two meanings",
            "HOLD-UP AT BANK",
            "LEAD-FREE PETROL SALES RISE",
            "Withdrawn: the troops go home",
            "Police kill two - witness",
            "KILL SWITCH ADDED TO PHONES",
            "Adds up: the budget",
            "Correction-hit stocks fall",
            "Repeat: champions again",
            "Advisory council: no change",
            "Peru central bank holds rate",
            "Rabbit (Kill)",
            "Dibatalkan: konser di Lunde",
            "Bulletin: what we know",
            "Flash-flood kills two",
            "Add-on sales rise",
            "Urgent: talks resume",
            "Achtung: Glätte im Norden",
            "Vorschau: Das bringt die Woche",
            "Top 10: the best ports",
        ] {
            assert_eq!(told(headline), None, "{headline}");
        }
    }
}
