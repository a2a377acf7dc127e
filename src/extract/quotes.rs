//! Finds the stretches between quotation marks, of every style, also those whose marks are mixed or left open.

use std::ops::Range;

use super::document::{Marks, Text};
use crate::text::{Kind, Token};

/// A stretch between quotation marks in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QuoteSpan {
    /// All its tokens with the marks.
    pub tokens: Range<usize>,
    /// The bytes between the marks, without white space at the ends.
    pub bytes: Range<usize>,
    /// The paragraph it is in.
    pub paragraph: usize,
    /// How many words, parted by white space, it has.
    pub words: usize,
    /// Whether the paragraph before left its last quote open, and this one goes on with it.
    pub continues: bool,
}

impl QuoteSpan {
    /// Whether it is written as titles of works are, every longer word with a capital, and stands behind a word as they do:
    /// 'on "The Morning Hour"', 'die Zeitung „Der Bote“'.
    pub(super) fn is_title(&self, body: &Text) -> bool {
        let before = self
            .tokens
            .start
            .checked_sub(1)
            .and_then(|before| body.tokens.get(before));
        if self.words > TITLE_WORDS || !before.is_some_and(|before| before.kind == Kind::Word) {
            return false;
        }
        let words = || {
            let inside = body.tokens.get(self.tokens.clone()).unwrap_or_default();
            inside.iter().filter(|token| token.kind == Kind::Word)
        };
        let capital = |token: &Token| token.is_capital(body.text);
        words().next().is_some_and(capital)
            && words().filter(|token| capital(token)).count() > 1
            && words().all(|token| capital(token) || token.end - token.start < 4)
    }
}

/// The most words of a title.
const TITLE_WORDS: usize = 12;

/// What a mark can do where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Opens(Style),
    Closes,
    /// Opens or closes, by what is open.
    Either(Style),
    Nothing,
}

/// The family of a mark: what closes what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Double,
    Low,
    Guillemet,
    Single,
    /// „‚…‘“
    LowSingle,
    /// A straight single mark at each end.
    Plain,
    /// Two single marks at each end: ''…'', ‘’…’’.
    Twin,
    Corner,
}

/// The quotes of the body in order; their tokens are marked as quoted.
pub(super) fn find(body: &mut Text) -> Vec<QuoteSpan> {
    let mut found = Vec::new();
    let mut left_open = false;
    for paragraph in 0..body.paragraphs.len() {
        left_open = in_paragraph(body, paragraph, left_open, &mut found);
    }
    for quote in &found {
        body.mark(quote.tokens.clone(), Marks::QUOTED);
    }
    found
}

/// Finds the quotes of a paragraph. Tells whether its last one is left open.
fn in_paragraph(body: &Text, paragraph: usize, left_open: bool, found: &mut Vec<QuoteSpan>) -> bool {
    let range = body.paragraphs[paragraph].clone();
    let first = found.len();
    let goes_on = pair(body, paragraph, left_open, found);
    if let Some(quote) = found.get_mut(first) {
        quote.continues = left_open && quote.tokens.start == range.start;
    }
    goes_on
}

/// Pairs the marks of a paragraph. Tells whether its last quote is left open.
fn pair(body: &Text, paragraph: usize, left_open: bool, found: &mut Vec<QuoteSpan>) -> bool {
    let range = body.paragraphs[paragraph].clone();
    let mut open: Option<(usize, Style)> = None;
    // A quote that the paragraph before left open, and that this one does not open again, may end in this one.
    let mut inherited = left_open;
    for at in range.clone() {
        let role = if body.tokens[at].kind == Kind::Mark {
            role(body, at, &range)
        } else {
            Role::Nothing
        };
        match (role, open) {
            (Role::Nothing, _) => {}
            (Role::Opens(style) | Role::Either(style), None) => {
                let closes_inherited = inherited && matches!(role, Role::Either(_));
                if closes_inherited {
                    push(body, paragraph, range.start..at + 1, false, found);
                } else {
                    open = Some((at, style));
                }
                inherited = false;
            }
            (Role::Closes, None) => {
                if inherited {
                    push(body, paragraph, range.start..at + 1, false, found);
                }
                inherited = false;
            }
            (Role::Closes | Role::Either(_), Some((start, style))) => {
                if style == Style::Twin && twin(body, at) {
                    push(body, paragraph, start..at + 2, true, found);
                    open = None;
                } else if style != Style::Twin && closes(body.word(at), style) {
                    push(body, paragraph, start..at + 1, true, found);
                    open = None;
                }
            }
            (Role::Opens(inner), Some((_, style))) => {
                // The mark that should have closed the first one is lost; a nested one of another style is inside it.
                if inner == style && body.word(at) != "„" {
                    open = Some((at, inner));
                }
            }
        }
    }
    let single = |style| matches!(style, Style::Single | Style::LowSingle | Style::Plain);
    let Some((start, _)) = open.filter(|(_, style)| !single(*style)) else {
        return false;
    };
    push(body, paragraph, start..range.end, true, found);
    true
}

/// What the mark at `at` does, told by what touches it.
fn role(body: &Text, at: usize, paragraph: &Range<usize>) -> Role {
    let mark = body.word(at);
    let space_before = at == paragraph.start || !touches(body, at - 1);
    let space_after = at + 1 >= paragraph.end || !touches(body, at);
    if is_single(mark) && (twin(body, at) || at > paragraph.start && twin(body, at - 1)) {
        // The second of the two is what the first one is.
        let glued = touches(body, at + 1) && body.word(at + 2).starts_with(char::is_alphanumeric);
        return match (twin(body, at), space_before) {
            (false, _) => Role::Nothing,
            (true, true) => Role::Opens(Style::Twin),
            (true, false) if glued => Role::Either(Style::Twin),
            (true, false) => Role::Closes,
        };
    }
    match mark {
        "\"" | "＂" => straight(body, at, space_before, space_after),
        "“" => match (space_before || after_bracket(body, at), space_after) {
            (true, false) => Role::Opens(Style::Double),
            (false, false) if body.word(at + 1).starts_with(char::is_alphanumeric) => Role::Either(Style::Double),
            _ => Role::Closes,
        },
        "”" => {
            if space_before && !space_after {
                Role::Opens(Style::Double)
            } else {
                Role::Closes
            }
        }
        "„" => Role::Opens(Style::Low),
        "«" | "»" if matches!(body.word(at + 1), "," | "." | ";" | ":" | "!" | "?" | ")") && !space_after => {
            Role::Closes
        }
        "«" | "»" => match (space_before, space_after) {
            (false, true) => Role::Closes,
            (true, false) => Role::Opens(Style::Guillemet),
            _ => Role::Either(Style::Guillemet),
        },
        "'" if space_before && !space_after && closes_later(body, at, paragraph) => Role::Opens(Style::Plain),
        "'" if ends_words(body, at) && !space_before => Role::Closes,
        "‚" if space_before && !space_after => Role::Opens(Style::LowSingle),
        "‘" if space_before && !space_after => Role::Opens(Style::Single),
        "‘" if !space_before => Role::Closes,
        "’" if !space_before || space_after => Role::Closes,
        "『" | "「" => Role::Opens(Style::Corner),
        "』" | "」" => Role::Closes,
        _ => Role::Nothing,
    }
}

fn is_single(mark: &str) -> bool {
    matches!(mark, "'" | "’" | "‘" | "`" | "´")
}

/// Whether the mark at `at` and the next are two single marks in a row, and the first two of such a row.
fn twin(body: &Text, at: usize) -> bool {
    let single = |at: usize| is_single(body.word(at));
    let alone = at == 0 || !single(at - 1) || !touches(body, at - 1);
    alone && single(at) && single(at + 1) && touches(body, at)
}

/// How far ahead the end of words in straight single marks is looked for, in tokens.
const REACH_PLAIN: usize = 160;

/// Whether words between straight single marks end before any double mark: an apostrophe opens none.
fn closes_later(body: &Text, at: usize, paragraph: &Range<usize>) -> bool {
    let ahead = at + 1..paragraph.end.min(at + REACH_PLAIN);
    for at in ahead {
        match body.word(at) {
            "\"" | "“" | "”" | "„" | "«" | "»" => return false,
            "'" if ends_words(body, at) => return true,
            _ => {}
        }
    }
    false
}

/// Whether a straight single mark stands behind a mark that ends or parts speech, as no apostrophe does.
fn ends_words(body: &Text, at: usize) -> bool {
    let stop = at
        .checked_sub(1)
        .is_some_and(|before| matches!(body.word(before), "," | "." | "!" | "?" | "…"));
    stop && touches(body, at - 1)
}

/// A straight mark opens after a space or an opening bracket and before a letter; else it closes.
fn straight(body: &Text, at: usize, space_before: bool, space_after: bool) -> Role {
    if space_after {
        return if space_before {
            Role::Either(Style::Double)
        } else {
            Role::Closes
        };
    }
    if space_before {
        return Role::Opens(Style::Double);
    }
    let after = body.word(at + 1);
    if after_bracket(body, at) {
        return Role::Opens(Style::Double);
    }
    if after.starts_with(char::is_alphanumeric) {
        Role::Either(Style::Double)
    } else {
        Role::Closes
    }
}

/// Whether what stands before a mark lets it open: a bracket, a dash, a colon, another mark.
fn after_bracket(body: &Text, at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| matches!(body.word(before), "(" | "[" | "-" | "–" | "—" | ":" | "/" | "'" | "‘"))
}

/// Whether nothing stands between token `at` and the next.
fn touches(body: &Text, at: usize) -> bool {
    match (body.tokens.get(at), body.tokens.get(at + 1)) {
        (Some(this), Some(next)) => this.end == next.start,
        _ => false,
    }
}

/// Whether a mark closes a quote of that style; double marks are often mixed.
fn closes(mark: &str, style: Style) -> bool {
    match style {
        Style::Double => matches!(mark, "\"" | "”" | "“" | "＂"),
        Style::Low => matches!(mark, "“" | "”" | "\""),
        Style::Guillemet => matches!(mark, "«" | "»"),
        Style::Single | Style::LowSingle => matches!(mark, "’" | "‘"),
        Style::Plain => mark == "'",
        Style::Twin => false,
        Style::Corner => matches!(mark, "』" | "」"),
    }
}

/// Keeps a quote that has two words or more. `opened`: its first token is its mark.
fn push(body: &Text, paragraph: usize, tokens: Range<usize>, opened: bool, found: &mut Vec<QuoteSpan>) {
    let (Some(first), Some(last)) = (body.tokens.get(tokens.start), body.tokens.get(tokens.end - 1)) else {
        return;
    };
    let start = if opened { first.end } else { first.start } as usize;
    let is_mark = matches!(
        body.word(tokens.end - 1),
        "\"" | "”" | "“" | "＂" | "«" | "»" | "’" | "‘" | "'" | "`" | "´" | "』" | "」"
    );
    let closed = is_mark && tokens.len() > 1;
    let end = if closed { last.start } else { last.end } as usize;
    let Some(inside) = body.text.get(start..end.max(start)) else {
        return;
    };
    let words = inside.split_whitespace().count();
    // The second of two single marks.
    let twin = opened && twin(body, tokens.start);
    let inside = if twin {
        inside.trim_end_matches(['\'', '’', '‘', '`', '´'])
    } else {
        inside
    };
    let shift = if twin { body.word(tokens.start + 1).len() } else { 0 };
    let (start, inside) = (start + shift, inside.get(shift..).unwrap_or_default());
    let trimmed = inside.trim_start();
    let start = start + (inside.len() - trimmed.len());
    let end = start + trimmed.trim_end().len();
    if start < end {
        found.push(QuoteSpan {
            tokens,
            bytes: start..end,
            paragraph,
            words,
            continues: false,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotes(text: &str) -> Vec<&str> {
        let mut body = Text::new(text);
        find(&mut body).into_iter().map(|quote| &text[quote.bytes]).collect()
    }

    #[test]
    fn every_style_of_marks_is_read() {
        assert_eq!(quotes("She said: \"We go on.\" He left."), ["We go on."]);
        assert_eq!(quotes("“Kami lanjut,” kata Rina."), ["Kami lanjut,"]);
        assert_eq!(quotes("„Wir gehen weiter“, sagte sie."), ["Wir gehen weiter"]);
        assert_eq!(quotes("« Nous continuons », dit-elle."), ["Nous continuons"]);
        assert_eq!(quotes("»Wir bleiben hier«, sagte er."), ["Wir bleiben hier"]);
        assert_eq!(quotes("‘We won’t stay here,’ she said."), ["We won’t stay here,"]);
        assert_eq!(
            quotes("“Mixed marks are common,\" he said."),
            ["Mixed marks are common,"]
        );
    }

    #[test]
    fn single_marks_hold_speech_where_they_cannot_be_apostrophes() {
        assert_eq!(
            quotes("'We go on, the workers' way,' she said."),
            ["We go on, the workers' way,"]
        );
        assert_eq!(quotes("In the '90s it was the workers' own."), [""; 0]);
        assert_eq!(quotes("''Kami lanjut terus,'' ujar Rina."), ["Kami lanjut terus,"]);
        assert_eq!(quotes("‘’Kami lanjut terus,’’ ujar Rina."), ["Kami lanjut terus,"]);
        assert_eq!(
            quotes("Er sagte: ‚Wir gehen weiter.‘ Dann ging er."),
            ["Wir gehen weiter."]
        );
    }

    #[test]
    fn an_open_mark_ends_with_its_paragraph_and_goes_on_in_the_next() {
        assert_eq!(
            quotes("\"One part of it.\n\"The other part,\" she said."),
            ["One part of it.", "The other part,"]
        );
        assert_eq!(
            quotes("\"One part of it.\nThe other part,\" she said."),
            ["One part of it.", "The other part,"]
        );
    }

    #[test]
    fn a_stray_closing_mark_does_not_turn_the_rest_inside_out() {
        assert_eq!(
            quotes("It was 19\" wide. \"We measured it,\" she said, \"more than once.\""),
            ["We measured it,", "more than once."]
        );
    }

    #[test]
    fn nested_marks_stay_inside() {
        assert_eq!(
            quotes("“He told me ‘go away now’ and I went,” she said."),
            ["He told me ‘go away now’ and I went,"]
        );
    }
}
