//! The note to editors, and what stands like one before a text: "(Corrects name in paragraph 3)".

use super::words::{Form, is_shouted, phrase_at, tokens};
use crate::story::{Take, TakeKind};

/// A note says what it does in its first sentences.
const MAX_SENTENCES: usize = 8;

/// The first words of a sentence are enough.
const MAX_TOKENS: usize = 6;

/// How notes open; none of it says what the note does.
const OPENERS: [&str; 16] = [
    "editor's note",
    "editors' note",
    "editors note",
    "note to editors",
    "notes to editors",
    "ed note",
    "ednote",
    "editors",
    "editor",
    "eds",
    "apnewsnow",
    "hinweis",
    "note",
    "catatan",
    "nota",
    "achtung",
];

/// The take that a note to editors tells.
pub(super) fn read_note(note: &str) -> Option<Take> {
    let mut told: Option<Take> = None;
    for sentence in sentences(note).take(MAX_SENTENCES) {
        told = super::stronger(told, read_sentence(sentence));
    }
    told
}

/// The take that the opening of a text tells: a note in brackets, a line that begins "Eds:", or take words alone on their line.
pub(super) fn read_opening(body: &str) -> Option<Take> {
    let first = body.lines().next()?.trim_start();
    if let Some(inner) = first.strip_prefix(['(', '[']) {
        let end = inner.find([')', ']'])?;
        return read_note(&inner[..end]).filter(|take| !take.kind.hides());
    }
    let opened = bare(first);
    if opened.len() < first.trim_start_matches(['*', ' ']).len() {
        return read_note(opened);
    }
    let short = first.chars().count() <= 40;
    super::words::read(first, super::words::Place::Line).filter(|_| short && body.lines().nth(1).is_some())
}

/// The sentences of a note: at full stops, line ends, semicolons and brackets.
fn sentences(note: &str) -> impl Iterator<Item = &str> {
    let lines = note.split(['\n', ';', '(', ')']);
    lines
        .flat_map(|line| line.split(". "))
        .map(bare)
        .filter(|sentence| !sentence.is_empty())
}

/// A sentence without what opens a note.
fn bare(sentence: &str) -> &str {
    let mut rest = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    loop {
        let opener = OPENERS.iter().find_map(|opener| {
            let head = rest
                .get(..opener.len())
                .filter(|head| head.eq_ignore_ascii_case(opener))?;
            let after = &rest[head.len()..];
            after
                .trim_start()
                .starts_with([':', '-', '–', ',', '.'])
                .then_some(after)
        });
        let Some(after) = opener else { return rest };
        rest = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
}

fn read_sentence(sentence: &str) -> Option<Take> {
    let tokens = tokens(sentence, MAX_TOKENS);
    let shouted_all = is_shouted(sentence);
    let wanted = |form| {
        matches!(
            form,
            Form::Trade | Form::Colon | Form::Capitals | Form::Note | Form::NoteCapitals
        )
    };
    let (len, phrase) = phrase_at(&tokens, 0, wanted)?;
    let label = sentence.get(..tokens.get(len - 1)?.span.end)?;
    let followed = sentence[label.len()..].trim_start().starts_with([':', '-', '–', '.'])
        || label.len() == sentence.trim_end().len();
    let counts = match phrase.form {
        Form::Note | Form::Trade => true,
        Form::Colon => followed || is_shouted(label) || matches!(phrase.kind, TakeKind::Correction | TakeKind::Update),
        Form::Capitals | Form::NoteCapitals => is_shouted(label) && (!shouted_all || followed),
        _ => false,
    };
    let says = matches!(
        phrase.kind,
        TakeKind::Correction
            | TakeKind::Refile
            | TakeKind::Repeat
            | TakeKind::Update
            | TakeKind::Writethru
            | TakeKind::Kill
            | TakeKind::Withhold
    );
    (counts && says).then(|| Take {
        kind: phrase.kind,
        number: None,
        label: label.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::TakeKind::*;

    #[test]
    fn a_note_tells_what_it_does() {
        let kind = |note: &str| read_note(note).map(|take| take.kind);
        for note in [
            "CORRECTS spelling of Lunde in paragraph 3",
            "Eds: Corrects name of mayor. With AP Photos.",
            "Eds: With AP Photos. CORRECTS day in lead.",
            "(Berichtigung: Im letzten Absatz ist die Zahl korrigiert.)",
            "Ralat: tuntutan yang benar tujuh tahun.",
            "Corrige le nom du maire",
            "Korrigiert wird der Name",
            "Editor's note: Correction to paragraph 2",
        ] {
            assert_eq!(kind(note), Some(Correction), "{note}");
        }
        assert_eq!(kind("Eds: Updates with quotes. Will be led."), Some(Update));
        assert_eq!(kind("Eds: MANDATORY KILL. The story is wrong."), Some(Kill));
        assert_eq!(kind("Eds: APNewsNow. Changes headline."), Some(Update));
        assert_eq!(kind("Repeats to more subscribers"), Some(Repeat));
    }

    #[test]
    fn other_notes_tell_nothing() {
        for note in [
            "Eds: With AP Photos.",
            "Story will be updated by 1800 GMT",
            "A killed man's name is withheld by request.",
            "Kill fees apply to late pictures",
            "Hold the picture large.",
            "Lead picture available.",
            "",
        ] {
            assert_eq!(read_note(note), None, "{note}");
        }
    }

    #[test]
    fn the_opening_of_a_text_is_a_note_at_times() {
        let kind = |body: &str| read_opening(body).map(|take| take.kind);
        assert_eq!(
            kind("(Corrects cost in paragraph 3) LUNDE (Kyst) - The port\nreopened"),
            Some(Correction)
        );
        assert_eq!(kind("(Repeats for wider readership)\nThe port"), Some(Repeat));
        assert_eq!(kind("Eds: CORRECTS the date.\nThe port"), Some(Correction));
        assert_eq!(kind("UPDATE 2\nThe port reopened."), Some(Update));
        assert_eq!(kind("(Kyst) - The port reopened"), None);
        assert_eq!(kind("Kill the lights, said the mayor.\nThe port"), None);
        assert_eq!(kind("Corrects itself, the market does.\nThe port"), None);
    }
}
