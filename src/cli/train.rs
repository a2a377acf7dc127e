//! `dateline train`: a model of the name tagger from labelled text, with its figures on text that it has not seen.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use serde_json::json;

use super::Found;
use super::args::TrainArgs;
use super::print;
use crate::extract::Extractor;
use crate::extract::evaluate::Tally;
use crate::extract::tagger::labelled::{self, Labelled};
use crate::extract::tagger::train::{Measured, Plan, agreed, measure, train};
use crate::extract::tagger::{Model, group};
use crate::formats::Options;
use crate::ingest::{Bounds, files_under, read_file};
use crate::vocabulary::Vocabulary;

pub(super) fn run(json: bool, args: &TrainArgs) -> anyhow::Result<Found> {
    let extractor = Extractor::new(Vocabulary::builtin());
    let languages = &Vocabulary::builtin().languages;
    let known = languages.of_tag(group(&args.language)).map(|language| language.id);
    let language = known.with_context(|| format!("--language {}: no language that dateline knows", args.language))?;
    let plan = Plan {
        rounds: args.rounds,
        ..Plan::default()
    };
    let documents = read(&args.labelled)?;
    let lesson = Lesson {
        extractor,
        language,
        plan,
        stories: unlabelled(args)?,
    };
    let mut report = Report::new(json);
    report.add(
        "cross-validation",
        lesson.cross_validated(&documents, args.cross_validate),
    )?;
    if args.out.is_none() && args.held_out.is_empty() {
        anyhow::ensure!(
            args.cross_validate > 1,
            "nothing to do: give --out, --held-out or --cross-validate"
        );
        return report.end();
    }
    let began = Instant::now();
    let model = lesson.taught(&documents);
    report.trained(documents.len(), lesson.stories.len(), began.elapsed().as_secs_f64());
    for path in &args.held_out {
        let measured = measure(&lesson.extractor, &model, language, &read(std::slice::from_ref(path))?);
        if args.misses {
            report.misses(&measured)?;
        }
        report.add(&path.display().to_string(), Some(measured))?;
    }
    if let Some(out) = &args.out {
        report.wrote(out, write(&model, out)?);
    }
    report.end()
}

fn read(paths: &[PathBuf]) -> anyhow::Result<Vec<Labelled>> {
    let mut documents = Vec::new();
    for path in paths {
        let text = std::fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
        let text = String::from_utf8(text).map_err(|error| {
            anyhow::anyhow!(
                "{}: not UTF-8 at byte {}",
                path.display(),
                error.utf8_error().valid_up_to()
            )
        })?;
        documents.extend(labelled::read(&text).with_context(|| path.display().to_string())?);
    }
    Ok(documents)
}

/// What a model is trained with beside labelled documents.
struct Lesson {
    extractor: Extractor,
    language: &'static str,
    plan: Plan,
    /// Stories that no one labelled.
    stories: Vec<String>,
}

impl Lesson {
    /// A model of labelled documents, and of what a first one and the rules agree on in the other stories.
    fn taught(&self, documents: &[Labelled]) -> Model {
        let first = train(&self.extractor, self.language, documents, self.plan);
        if self.stories.is_empty() {
            return first;
        }
        let more = self
            .stories
            .iter()
            .map(|text| agreed(&self.extractor, &first, self.language, text));
        let all: Vec<Labelled> = documents.iter().cloned().chain(more).collect();
        train(&self.extractor, self.language, &all, self.plan)
    }

    /// The figures over all parts, each measured with a model of the others.
    fn cross_validated(&self, documents: &[Labelled], parts: usize) -> Option<Measured> {
        let mut whole = (parts > 1).then(Measured::default)?;
        for part in 0..parts {
            let split = |inside: bool| {
                let chosen = documents.iter().enumerate();
                let chosen = chosen.filter(move |(at, _)| (at % parts == part) == inside);
                chosen.map(|(_, document)| document.clone()).collect::<Vec<_>>()
            };
            let model = self.taught(&split(false));
            let measured = measure(&self.extractor, &model, self.language, &split(true));
            whole.tagger.add(&measured.tagger);
            whole.people.add(&measured.people);
        }
        Some(whole)
    }
}

/// The bodies of the unlabelled stories.
fn unlabelled(args: &TrainArgs) -> anyhow::Result<Vec<String>> {
    let mut bodies = Vec::new();
    for file in files_under(&args.unlabelled, Path::new(""))? {
        let each = &mut |filing: Result<crate::story::Filing, _>| {
            bodies.extend(filing.map(|filing| filing.ninjs.body().to_owned()));
            true
        };
        read_file(&file, &Options::default(), &Bounds::default(), each)
            .with_context(|| format!("could not read {}", file.display()))?;
    }
    let step = bodies.len().div_ceil(args.stories.max(1)).max(1);
    Ok(bodies.into_iter().step_by(step).collect())
}

fn write(model: &Model, out: &Path) -> anyhow::Result<usize> {
    let bytes = model.to_bytes()?;
    std::fs::write(out, &bytes).with_context(|| format!("could not write {}", out.display()))?;
    Ok(bytes.len())
}

/// What is told of the training, as it goes on or as one JSON object at the end.
struct Report {
    json: bool,
    figures: serde_json::Map<String, serde_json::Value>,
}

impl Report {
    fn new(json: bool) -> Self {
        Self {
            json,
            figures: serde_json::Map::new(),
        }
    }

    fn trained(&mut self, documents: usize, stories: usize, seconds: f64) {
        eprintln!("trained on {documents} labelled documents and {stories} stories in {seconds:.1} s");
        self.figures.insert("documents".to_owned(), json!(documents));
        self.figures.insert("stories".to_owned(), json!(stories));
        self.figures.insert("seconds".to_owned(), json!(seconds));
    }

    fn misses(&self, measured: &Measured) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if !self.json {
            for line in &measured.misses {
                writeln!(out, "{}", print::printable(line))?;
            }
        }
        Ok(())
    }

    fn add(&mut self, name: &str, measured: Option<Measured>) -> io::Result<()> {
        let Some(measured) = measured else { return Ok(()) };
        if !self.json {
            let mut out = io::stdout().lock();
            writeln!(out, "{name}: people, exact spans")?;
            writeln!(out, "  tagger alone  {}", figures(&measured.tagger))?;
            writeln!(out, "  people step   {}", figures(&measured.people))?;
        }
        let told = |tally: &Tally| json!({"precision": tally.precision(), "recall": tally.recall(), "f1": tally.f1()});
        let both = json!({"tagger": told(&measured.tagger), "people": told(&measured.people)});
        self.figures.insert(name.to_owned(), both);
        Ok(())
    }

    fn wrote(&mut self, out: &Path, bytes: usize) {
        eprintln!("wrote {}, {} bytes", out.display(), print::number(bytes as u64));
        self.figures.insert("bytes".to_owned(), json!(bytes));
    }

    fn end(self) -> anyhow::Result<Found> {
        if self.json {
            print::json(&self.figures)?;
        }
        Ok(Found::Something)
    }
}

fn figures(tally: &Tally) -> String {
    let (p, r, f) = (tally.precision(), tally.recall(), tally.f1());
    format!(
        "P {p:.4}  R {r:.4}  F1 {f:.4}   {} right, {} made up, {} missed",
        tally.hits, tally.extra, tally.missed
    )
}
