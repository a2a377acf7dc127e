//! The warnings of one filing, bounded.

/// An item that is wrong in every field tells its first faults; the rest is a number.
const MAX_WARNINGS: usize = 20;

/// Text quoted in a warning is cut to this many characters, so that a body in the wrong place does not flood a report.
const MAX_QUOTED_CHARS: usize = 60;

/// What was odd in an item.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    told: Vec<String>,
    untold: usize,
}

impl Warnings {
    /// Adds one.
    pub(super) fn add(&mut self, warning: impl Into<String>) {
        if self.told.len() < MAX_WARNINGS {
            self.told.push(warning.into());
        } else {
            self.untold += 1;
        }
    }

    /// All of them, and how many more there were.
    pub(super) fn finish(mut self) -> Vec<String> {
        if self.untold > 0 {
            self.told.push(format!("and {} warnings more", self.untold));
        }
        self.told
    }
}

/// The beginning of `text` on one line, for a message.
pub(super) fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(MAX_QUOTED_CHARS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_warnings_end_in_a_number() {
        let mut warnings = Warnings::default();
        (0..25).for_each(|n| warnings.add(format!("fault {n}")));
        let told = warnings.finish();
        assert_eq!(told.len(), MAX_WARNINGS + 1);
        assert_eq!(told.last().map(String::as_str), Some("and 5 warnings more"));
    }

    #[test]
    fn a_long_text_is_cut_on_a_letter() {
        assert_eq!(quoted(&"é".repeat(80)), format!("{}…", "é".repeat(60)));
        assert_eq!(quoted("a\nb"), "a b");
    }
}
