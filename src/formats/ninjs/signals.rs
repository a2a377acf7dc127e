//! What an item says that it does to its story: signals, editorial types, sequences and states.

use serde_json::Value;

use super::Item;
use crate::formats::fields::text_of;
use crate::story::{Filing, Take, TakeKind};

/// The words of systems, folded to letters, and what they mean.
#[rustfmt::skip]
const WORDS: &[(&str, TakeKind)] = &[
    ("correction", TakeKind::Correction), ("corrected", TakeKind::Correction), ("corrective", TakeKind::Correction),
    ("correctivewritethru", TakeKind::Correction), ("update", TakeKind::Update), ("lead", TakeKind::Lead),
    ("writethru", TakeKind::Writethru), ("add", TakeKind::Add), ("repeat", TakeKind::Repeat),
    ("advisory", TakeKind::Advisory), ("withhold", TakeKind::Withhold), ("bulletinwithhold", TakeKind::Withhold),
    ("kill", TakeKind::Kill), ("bulletinkill", TakeKind::Kill), ("bulletineliminate", TakeKind::Kill),
    ("killed", TakeKind::Kill), ("eliminate", TakeKind::Kill), ("elimination", TakeKind::Kill),
    ("disregard", TakeKind::Kill), ("withdrawn", TakeKind::Kill), ("recalled", TakeKind::Kill),
];

impl Item<'_, '_> {
    /// Fills in the take where the item's own fields tell it: one that hides before others.
    pub(super) fn signals(&self, filing: &mut Filing) {
        let fields = ["signal", "signals", "editorialtypes", "editorialtype", "state"];
        let told = fields.iter().filter_map(|name| self.fields.get(name)).flat_map(texts);
        let mut takes: Vec<Take> = told.filter_map(|word| take(&word)).collect();
        if let Some(words) = self.text("anpatakekey") {
            takes.extend(take(&words));
        }
        let sequence = self.text("correctionsequence").and_then(|number| number.parse().ok());
        takes.extend(sequence.filter(|number| *number > 0).map(|number: u32| Take {
            kind: TakeKind::Correction,
            number: Some(number),
            label: format!("correction {number}"),
        }));
        let hiding = takes.iter().position(|take| take.kind.hides());
        filing.take = (!takes.is_empty()).then(|| takes.swap_remove(hiding.unwrap_or(0)));
        if filing.kind() == TakeKind::Kill && filing.ninjs.pub_status.as_deref() != Some("canceled") {
            filing.ninjs.pub_status = Some("canceled".into());
        }
    }

    fn text(&self, name: &str) -> Option<String> {
        self.fields.get(name).and_then(|value| text_of(value, " "))
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(|item| text_of(item, " ")).collect(),
        other => text_of(other, " ").into_iter().collect(),
    }
}

/// The take of a signal (`sig:correction`) or of take words (`2nd update`).
fn take(written: &str) -> Option<Take> {
    let label = written.rsplit(':').next().unwrap_or_default().trim();
    let (number, words) = match label.split_once(' ') {
        Some((first, rest)) => {
            let digits = first.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            (
                digits.parse().ok(),
                if digits.parse::<u32>().is_ok() { rest } else { label },
            )
        }
        None => (None, label),
    };
    let word: String = words
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let (_, kind) = WORDS.iter().find(|(name, _)| *name == word)?;
    Some(Take {
        kind: *kind,
        number,
        label: label.to_owned(),
    })
}
