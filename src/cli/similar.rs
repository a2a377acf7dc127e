//! `dateline similar`: stories like one, and why.

use std::io::{self, Write};
use std::path::Path;

use super::Found;
use super::args::{SimilarArgs, StoryArgs};
use super::print::Style;
use super::search::{filter_pairs, from_pairs, now, print_hit};
use super::story::told;
use crate::search::{self, SimilarAnswer, SimilarHit};
use crate::vocabulary::Vocabulary;

pub(super) fn run(index: &Path, json: bool, args: &SimilarArgs) -> anyhow::Result<Found> {
    let mut pairs = filter_pairs(&args.filters);
    pairs.push(("limit", args.limit.clone()));
    let request = from_pairs(&pairs, &args.filters)?;
    let snapshot = args.opening.open(index)?.snapshot();
    let answer = search::similar(&snapshot, &Vocabulary::builtin(), &args.uri, &request, now())?;
    let is_empty = answer.as_ref().is_some_and(|answer| answer.hits.is_empty());
    let story = StoryArgs {
        uri: args.uri.clone(),
        lang: request.lang.clone(),
    };
    let found = told(answer, &snapshot, json, &story, print_similar)?;
    Ok(if is_empty { Found::Nothing } else { found })
}

fn print_similar(out: &mut dyn Write, style: Style, answer: &SimilarAnswer) -> io::Result<()> {
    for copy in &answer.copies {
        writeln!(
            out,
            "{}",
            style.faint(&format!("nearly the same: {}  {}", copy.headline, copy.id))
        )?;
    }
    for SimilarHit { hit, shared, copies } in &answer.hits {
        print_hit(out, style, hit)?;
        let values = shared.values.iter().map(|(_, value)| value.label.as_str());
        let both: Vec<&str> = values.chain(shared.words.iter().map(String::as_str)).collect();
        writeln!(out, "  {}", style.faint(&format!("in both: {}", both.join(", "))))?;
        for copy in copies {
            writeln!(out, "  {}", style.faint(&format!("nearly the same: {}", copy.id)))?;
        }
    }
    Ok(())
}
