//! Arguments that several commands share: how copy is read, extracted and written, how names are joined.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::{Args as ClapArgs, ValueEnum};

use crate::cli::bounds::BoundsArgs;
use crate::formats::{Bounds, FieldMap, Options, UnknownPart};
use crate::index::Reader;
use crate::ingest::{self, COMMIT_EVERY, OnDone, size_of};
use crate::vocabulary::Vocabulary;

/// What becomes of a file that is in.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum AfterReading {
    /// It stays.
    Keep,
    /// It goes to the folder .done in the watched one.
    Move,
    /// It is deleted.
    Delete,
}

impl From<AfterReading> for OnDone {
    fn from(after: AfterReading) -> Self {
        match after {
            AfterReading::Keep => Self::Keep,
            AfterReading::Move => Self::Move,
            AfterReading::Delete => Self::Delete,
        }
    }
}

/// How copy is read.
#[derive(Debug, Clone, ClapArgs)]
pub(in crate::cli) struct ReadingArgs {
    /// Where a JSON field is that has an unusual name, as PART=NAME: title=kop, body=tekst, date=geplaatst.
    #[arg(long = "map", value_name = "PART=NAME", value_parser = mapped)]
    map: Vec<String>,
    /// Elements inside one another, at most; over this or the next three an item is rejected.
    #[arg(long, value_name = "N", default_value_t = Bounds::default().depth)]
    max_depth: usize,
    /// Attributes of one element, at most.
    #[arg(long, value_name = "N", default_value_t = Bounds::default().attributes)]
    max_attributes: usize,
    /// Bytes that the entities of a document type may expand to.
    #[arg(long, value_name = "BYTES", default_value_t = Bounds::default().entities)]
    max_entities: usize,
    /// Paragraphs of a story, at most.
    #[arg(long, value_name = "N", default_value_t = Bounds::default().paragraphs)]
    max_paragraphs: usize,
    /// Parts of a mail message, at most.
    #[arg(long, value_name = "N", default_value_t = Bounds::default().parts)]
    max_parts: usize,
    #[command(flatten)]
    file_bounds: BoundsArgs,
}

impl ReadingArgs {
    /// How items are read.
    pub(in crate::cli) fn options(&self) -> Result<Options, UnknownPart> {
        let mut map = FieldMap::default();
        self.map.iter().try_for_each(|mapping| map.add(mapping))?;
        let bounds = Bounds {
            depth: self.max_depth,
            attributes: self.max_attributes,
            entities: self.max_entities,
            paragraphs: self.max_paragraphs,
            parts: self.max_parts,
        };
        Ok(Options { map, bounds })
    }

    /// How much of a file is taken.
    pub(in crate::cli) fn bounds(&self) -> ingest::Bounds {
        self.file_bounds.bounds()
    }
}

fn mapped(text: &str) -> Result<String, UnknownPart> {
    FieldMap::default().add(text).map(|()| text.to_owned())
}

/// What extraction works with.
#[derive(Debug, Clone, Default, ClapArgs)]
pub(in crate::cli) struct ExtractionArgs {
    /// A model of the name tagger to use instead of the built-in one for its language, made by `dateline train`; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) model: Vec<PathBuf>,
}

/// How much of the machine writing takes.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub(in crate::cli) struct WritingArgs {
    /// Threads that read and extract; 0 for one a core.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) threads: usize,
    /// Memory for the index writer, in MB.
    #[arg(long, value_name = "MB", default_value_t = 150)]
    pub(in crate::cli) memory: usize,
    /// Filings put between two commits: a crash costs the work on at most as many.
    #[arg(long, value_name = "N", default_value_t = COMMIT_EVERY)]
    pub(in crate::cli) commit_every: u64,
}

/// How an index is opened: which names of people are joined, and how much is held in memory.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct OpeningArgs {
    /// A list of people with their spellings, added to the built-in one: columns as in vocabulary/people.tsv. May be repeated.
    #[arg(long, value_name = "FILE")]
    people: Vec<PathBuf>,
    /// Count each name for itself.
    #[arg(long, conflicts_with = "people")]
    no_joining: bool,
    /// Bytes of memory for the facet values of all stories, with K, M or G: some fifty a story. Those over it are read from disk: as
    /// exact, some ten times slower to count.
    #[arg(long, value_name = "SIZE", default_value = "2G", value_parser = size_of)]
    facet_memory: u64,
}

impl OpeningArgs {
    /// Opens an index so.
    pub(in crate::cli) fn open(&self, index: &Path) -> anyhow::Result<Reader> {
        let facet_memory = usize::try_from(self.facet_memory).unwrap_or(usize::MAX);
        if self.no_joining {
            return Ok(Reader::open_within(index, None, facet_memory)?);
        }
        let mut people = Arc::clone(&Vocabulary::builtin().people);
        for file in &self.people {
            let text = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
            Arc::make_mut(&mut people).add(&file.display().to_string(), text.trim_start_matches('\u{feff}'))?;
        }
        Ok(Reader::open_within(index, Some(&people), facet_memory)?)
    }
}
