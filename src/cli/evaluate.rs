//! `dateline evaluate`: extraction against stories that were read by hand.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};

use anyhow::Context;
use serde_json::json;

use super::Found;
use super::args::EvaluateArgs;
use super::extractor::extractor;
use super::print;
use crate::extract::evaluate::{Evaluation, GoldStory, SCORED, Score};

pub(super) fn run(json: bool, args: &EvaluateArgs) -> anyhow::Result<Found> {
    let path = args.gold.display();
    let file = File::open(&args.gold).with_context(|| format!("could not read {path}"))?;
    let extractor = extractor(&args.extraction)?;
    let mut evaluation = Evaluation::default();
    for (at, line) in BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("could not read {path}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let story: GoldStory = serde_json::from_str(&line)
            .with_context(|| format!("{path}, line {}: not a story with its gold", at + 1))?;
        evaluation.add(&story, &extractor.extract(&story.filing()));
    }
    if json {
        print_json(&evaluation, args.misses)?;
    } else {
        print_table(&evaluation, args.misses)?;
    }
    Ok(Found::from(!evaluation.languages.is_empty()))
}

fn figures(score: &Score) -> serde_json::Value {
    let facet = |(name, tally): (&&str, &crate::extract::evaluate::Tally)| {
        json!({
            "facet": name, "precision": tally.precision(), "recall": tally.recall(), "f1": tally.f1(),
            "hits": tally.hits, "extra": tally.extra, "missed": tally.missed,
        })
    };
    let facets: Vec<_> = SCORED.iter().zip(&score.facets).map(facet).collect();
    json!({ "stories": score.stories, "facets": facets, "quote_speaker": score.attribution() })
}

fn print_json(evaluation: &Evaluation, misses: bool) -> anyhow::Result<()> {
    let languages: serde_json::Map<_, _> = evaluation
        .languages
        .iter()
        .map(|(language, score)| (language.clone(), figures(score)))
        .collect();
    let mut whole = json!({ "all": figures(&evaluation.total()), "languages": languages });
    if misses {
        whole["misses"] = json!(evaluation.misses);
    }
    print::json(&whole)
}

fn print_table(evaluation: &Evaluation, misses: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if misses {
        for line in &evaluation.misses {
            writeln!(out, "{}", print::printable(line))?;
        }
        writeln!(out)?;
    }
    for (language, score) in &evaluation.languages {
        print_score(&mut out, language, score)?;
    }
    if evaluation.languages.len() > 1 {
        print_score(&mut out, "all", &evaluation.total())?;
    }
    Ok(())
}

fn print_score(out: &mut impl Write, name: &str, score: &Score) -> io::Result<()> {
    writeln!(out, "{name}, {}", print::counted(score.stories, "story", "stories"))?;
    for (facet, tally) in SCORED.iter().zip(&score.facets) {
        let (p, r, f) = (tally.precision(), tally.recall(), tally.f1());
        let counts = format!("{} right, {} made up, {} missed", tally.hits, tally.extra, tally.missed);
        writeln!(out, "  {facet:<16} P {p:.3}  R {r:.3}  F1 {f:.3}   {counts}")?;
    }
    let (right, of) = (score.attributed, score.named);
    writeln!(
        out,
        "  {:<16} {:.3} ({right} of {of} found quotes with a named speaker)",
        "quote → speaker",
        score.attribution()
    )
}
