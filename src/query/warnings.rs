//! The warnings of one query, as they gather.

use std::ops::Range;

use super::{MAX_WARNINGS, Warning};

/// Warnings so far, and which of them is the first problem (something was not understood) and not only a hint.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    found: Vec<Warning>,
    untold: usize,
    /// The first problem in the text, whether there was room to list it or not.
    first_problem: Option<Warning>,
}

impl Warnings {
    /// Something was not understood.
    pub(super) fn problem(&mut self, span: Range<usize>, message: impl Into<String>, suggestion: Option<String>) {
        let warning = Warning {
            message: message.into(),
            start: span.start,
            end: span.end,
            suggestion,
        };
        let place = |warning: &Warning| (warning.start, warning.end);
        if self
            .first_problem
            .as_ref()
            .is_none_or(|first| place(&warning) < place(first))
        {
            self.first_problem = Some(warning.clone());
        }
        self.push(warning);
    }

    /// Something was understood, perhaps not as meant.
    pub(super) fn hint(&mut self, span: Range<usize>, message: impl Into<String>, suggestion: Option<String>) {
        self.push(Warning {
            message: message.into(),
            start: span.start,
            end: span.end,
            suggestion,
        });
    }

    fn push(&mut self, warning: Warning) {
        // One place for the line that tells of those left out.
        if self.found.len() + 1 >= MAX_WARNINGS {
            self.untold += 1;
            return;
        }
        self.found.push(warning);
    }

    /// All of them in the order of the text; those left out are told in the last.
    pub(super) fn into_sorted(mut self) -> Vec<Warning> {
        self.found.sort_by_key(|warning| (warning.start, warning.end));
        let mut warnings = self.found;
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
    pub(super) const fn first_problem(&self) -> Option<&Warning> {
        self.first_problem.as_ref()
    }
}
