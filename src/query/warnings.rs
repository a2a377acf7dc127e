//! The warnings of one query, as they gather.

use std::ops::Range;

use super::{MAX_WARNINGS, Warning};

/// Warnings so far, each with whether it is a problem (something was not understood) or only a hint.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    found: Vec<(bool, Warning)>,
    untold: usize,
}

impl Warnings {
    /// Something was not understood.
    pub(super) fn problem(&mut self, span: Range<usize>, message: impl Into<String>, suggestion: Option<String>) {
        self.push(true, span, message.into(), suggestion);
    }

    /// Something was understood, perhaps not as meant.
    pub(super) fn hint(&mut self, span: Range<usize>, message: impl Into<String>, suggestion: Option<String>) {
        self.push(false, span, message.into(), suggestion);
    }

    fn push(&mut self, is_problem: bool, span: Range<usize>, message: String, suggestion: Option<String>) {
        // One place for the line that tells of those left out.
        if self.found.len() + 1 >= MAX_WARNINGS {
            self.untold += 1;
            return;
        }
        let warning = Warning {
            message,
            start: span.start,
            end: span.end,
            suggestion,
        };
        self.found.push((is_problem, warning));
    }

    /// All of them in the order of the text; those left out are told in the last.
    pub(super) fn into_sorted(mut self) -> Vec<Warning> {
        self.found.sort_by_key(|(_, warning)| (warning.start, warning.end));
        let mut warnings: Vec<Warning> = self.found.into_iter().map(|(_, warning)| warning).collect();
        if let (1.., Some(last)) = (self.untold, warnings.last()) {
            warnings.push(Warning {
                message: format!("{} more warnings are not listed.", self.untold),
                start: last.start,
                end: last.end,
                suggestion: None,
            });
        }
        warnings
    }

    /// The first problem in the text.
    pub(super) fn into_first_problem(self) -> Option<Warning> {
        let problems = self.found.into_iter().filter(|(is_problem, _)| *is_problem);
        problems
            .map(|(_, warning)| warning)
            .min_by_key(|warning| (warning.start, warning.end))
    }
}
