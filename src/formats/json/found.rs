//! What was found in the values of one item: where each object stands, and one reason where none is a story.

use std::collections::HashMap;

use serde_json::Value;

use crate::formats::json_text::object_offsets;
use crate::formats::{Parsed, Refused, Verdict};

/// More reasons than this are not told of an item without a story.
const MAX_REASONS: usize = 3;

/// The result of one object (or other value), and the value.
#[derive(Debug)]
pub(super) struct Found<'v> {
    pub(super) parsed: Parsed,
    pub(super) value: &'v Value,
}

/// The results with their bytes in `text`. Where no object is a story, they are one refusal: a file of five hundred user accounts
/// is one thing that is wrong, not five hundred.
pub(super) fn settled(mut found: Vec<Found<'_>>, roots: &[&Value], text: &str) -> Vec<Parsed> {
    if found.iter().any(|found| found.parsed.is_err()) {
        locate(&mut found, roots, text);
    }
    let refused: Vec<&Refused> = found.iter().filter_map(|found| found.parsed.as_ref().err()).collect();
    if refused.len() == found.len() && refused.len() > 1 {
        return vec![Err(together(&refused))];
    }
    found.into_iter().map(|found| found.parsed).collect()
}

fn together(refused: &[&Refused]) -> Refused {
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    let mut others = 0_usize;
    for one in refused {
        match reasons.iter().position(|(reason, _)| *reason == one.reason) {
            Some(at) => reasons[at].1 += 1,
            None if reasons.len() < MAX_REASONS => reasons.push((&one.reason, 1)),
            None => others += 1,
        }
    }
    let times = |count: &usize| {
        if *count == 1 {
            String::new()
        } else {
            format!(" ({count} of them)")
        }
    };
    let mut told: Vec<String> = reasons
        .iter()
        .map(|(reason, count)| [reason, times(count).as_str()].concat())
        .collect();
    told.extend((others > 0).then(|| format!("{others} more")));
    let told = match told.as_slice() {
        [one] => one.clone(),
        several => format!("{} objects and no story: {}", refused.len(), several.join("; ")),
    };
    let is_rejected = refused.iter().any(|one| one.verdict == Verdict::Rejected);
    let verdict = if is_rejected {
        Verdict::Rejected
    } else {
        Verdict::Skipped
    };
    let first = refused.iter().find(|one| one.verdict == verdict);
    Refused {
        reason: told,
        offset: first.map_or(0, |first| first.offset),
        verdict,
    }
}

/// Fills in the bytes of the refused: the objects of a value come in the order in which they stand in the text.
fn locate(found: &mut [Found<'_>], roots: &[&Value], text: &str) {
    let offsets = object_offsets(text);
    let mut wanted: HashMap<*const Value, usize> = HashMap::new();
    for (at, found) in found.iter().enumerate() {
        if found.parsed.is_err() && found.value.is_object() {
            wanted.insert(std::ptr::from_ref(found.value), at);
        }
    }
    let mut number = 0;
    let mut open: Vec<&Value> = roots.iter().rev().copied().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(object) => {
                let at = wanted.get(&std::ptr::from_ref(value));
                if let (Some(&at), Some(&offset)) = (at, offsets.get(number))
                    && let Some(Found {
                        parsed: Err(refused), ..
                    }) = found.get_mut(at)
                {
                    refused.offset = offset;
                }
                number += 1;
                open.extend(object.values().rev());
            }
            _ => {}
        }
    }
}
