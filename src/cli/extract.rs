//! `dateline extract`: what is found in stories, without an index.

use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use super::Found;
use super::args::ExtractArgs;
use super::extracted::explain;
use super::extractor::extractor;
use super::print;
use crate::extract::Extractor;
use crate::ingest::{Rejection, files_under, read_file, read_stream};
use crate::story::{Country, Extraction, Filing, Person, Quote, Source};

/// One line of the output.
#[derive(Serialize)]
struct Line<'e> {
    uri: &'e str,
    language: &'e str,
    people: &'e [Person],
    speakers: Vec<Labelled<'e>>,
    countries: &'e [Country],
    sources: &'e [Source],
    quotes: &'e [Quote],
}

#[derive(Serialize)]
struct Labelled<'e> {
    value: &'e str,
    label: &'e str,
}

pub(super) fn run(args: &ExtractArgs) -> anyhow::Result<Found> {
    let extractor = extractor(&args.extraction)?;
    let (options, bounds) = (args.reading.options()?, args.reading.bounds());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut tally = Tally {
        explained: args.explain,
        ..Tally::default()
    };
    for path in &args.paths {
        let mut each = |result| tally.take(result, &extractor, &mut out);
        if path.as_os_str() == "-" {
            read_stream("-", Box::new(BufReader::new(io::stdin())), &options, &bounds, &mut each)?;
            continue;
        }
        for file in files_under(std::slice::from_ref(path), Path::new(""))? {
            if let Err(error) = read_file(&file, &options, &bounds, &mut each) {
                tally.reject(&format!("{}: {error}", file.display()));
                break;
            }
        }
    }
    if let Some(error) = tally.failed {
        return Err(error.into());
    }
    out.flush()?;
    anyhow::ensure!(
        tally.rejected == 0,
        "{} rejected, told above",
        print::counted(tally.rejected, "item was", "items were")
    );
    Ok(Found::from(tally.found > 0))
}

/// What came out so far.
#[derive(Default)]
struct Tally {
    explained: bool,
    found: u64,
    rejected: u64,
    failed: Option<io::Error>,
}

impl Tally {
    /// Prints one result; `false` when the output is gone.
    fn take(&mut self, result: Result<Filing, Rejection>, extractor: &Extractor, out: &mut impl Write) -> bool {
        match result {
            Ok(filing) => {
                let uri = match filing.ninjs.uri.as_str() {
                    "" => filing.content_uri(),
                    uri => uri.to_owned(),
                };
                self.found += 1;
                let found = extractor.extract(&filing);
                let written = if self.explained {
                    explain(&uri, &filing, &found, out)
                } else {
                    write_line(&uri, &found, out)
                };
                if let Err(error) = written {
                    self.failed = Some(error);
                }
            }
            Err(rejection) => self.reject(&rejection.to_string()),
        }
        self.failed.is_none()
    }

    fn reject(&mut self, why: &str) {
        self.rejected += 1;
        eprintln!("rejected: {}", print::printable(why));
    }
}

fn write_line(uri: &str, found: &Extraction, out: &mut impl Write) -> io::Result<()> {
    let label = |value: &'_ String| found.people.iter().find(|person| person.value == *value);
    let speakers = found.speakers.iter().map(|value| Labelled {
        value,
        label: label(value).map_or(value.as_str(), |person| person.label.as_str()),
    });
    let line = Line {
        uri,
        language: &found.language,
        people: &found.people,
        speakers: speakers.collect(),
        countries: &found.countries,
        sources: &found.sources,
        quotes: &found.quotes,
    };
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)
}
