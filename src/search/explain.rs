//! A search explained: how the query was read and what its words and names stand for, what was decided, how many each clause
//! finds, how long each stage took, and why a story ranks where it does. All of it is told by the search itself, run once more
//! with a recorder, or counted with the search's own parts.

mod clauses;
mod ranked;
mod score;
mod sought;
mod tree;

use std::time::Instant;

use serde::Serialize;

pub use self::clauses::{ClauseHits, KeptOut};
pub use self::ranked::{Closest, RankedStory, Recent};
pub use self::score::ScorePart;
pub use self::sought::{Meant, MeantValue, Sought};
pub use self::tree::{Need, Node, NodeKind};

use super::names::Names;
use super::quotes::{quotes_parsed, quotes_recorded};
use super::sets::Ground;
use super::stages::{Decisions, Stage, Stages};
use super::stories::{read, search_parsed, search_recorded};
use super::{SearchError, SearchRequest};
use crate::index::Snapshot;
use crate::query::{ParsedQuery, Warning};
use crate::story::Timestamp;
use crate::vocabulary::Vocabulary;

/// A search to explain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExplainRequest {
    /// The search.
    pub search: SearchRequest,
    /// Whether it is one for quotes.
    pub quotes: bool,
    /// The uri of a story whose place is to be explained.
    pub story: Option<String>,
}

/// The time of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StageTime {
    /// Which.
    pub stage: Stage,
    /// Microseconds, those of stages inside it taken off. Stages in two threads each count in full.
    pub micros: u64,
}

/// A search explained.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExplainAnswer {
    /// What is found: `stories` or `quotes`.
    pub of: &'static str,
    /// How many are.
    pub total: u64,
    /// The query in its canonical form.
    pub query: String,
    /// The same in plain words.
    pub read_as: String,
    /// What was not understood.
    pub warnings: Vec<Warning>,
    /// The query as a tree, with what its words and names stand for.
    pub tree: Node,
    /// What the search decided.
    pub plan: Decisions,
    /// The clauses of the query and the filters, with what each finds.
    pub clauses: Vec<ClauseHits>,
    /// Clauses that are not counted, since there are too many.
    pub clauses_left_out: usize,
    /// The stages that ran, in order.
    pub stages: Vec<StageTime>,
    /// Microseconds of the whole search, parsing counted, the explanation not.
    pub micros: u64,
    /// The story that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<RankedStory>,
}

/// What all parts of an explanation stand on.
#[derive(Clone, Copy)]
struct Setting<'a> {
    snapshot: &'a Snapshot,
    vocabulary: &'a Vocabulary,
    request: &'a SearchRequest,
    ground: Ground,
    now: Timestamp,
}

impl<'a> Setting<'a> {
    fn names(self) -> Names<'a> {
        Names {
            snapshot: self.snapshot,
            vocabulary: self.vocabulary,
        }
    }

    /// How many a request finds.
    fn total(self, request: &SearchRequest, parsed: &ParsedQuery) -> Result<u64, SearchError> {
        Ok(match self.ground {
            Ground::Quotes => quotes_parsed(self.snapshot, self.vocabulary, request, parsed)?.total,
            Ground::Stories | Ground::Filings => {
                search_parsed(self.snapshot, self.vocabulary, request, parsed)?
                    .total
                    .stories
            }
        })
    }
}

/// Runs a search and explains it.
///
/// # Errors
/// As [`super::search`]; [`SearchError::NoStory`] for a uri without a story that may be seen.
pub fn explain(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    request: &ExplainRequest,
    now: Timestamp,
) -> Result<ExplainAnswer, SearchError> {
    let setting = Setting {
        snapshot,
        vocabulary,
        request: &request.search,
        ground: if request.quotes {
            Ground::Quotes
        } else {
            Ground::Stories
        },
        now,
    };
    let story = request.story.as_deref();
    let place = story.map(|uri| ranked::place_of(setting, uri)).transpose()?;
    let stages = Stages::recording();
    let start = Instant::now();
    let parsed = stages.time(Stage::Parse, || read(&request.search, now))?;
    let (total, query) = match setting.ground {
        Ground::Quotes => {
            let answer = quotes_recorded(snapshot, vocabulary, &request.search, &parsed, &stages)?;
            (answer.total, answer.query)
        }
        Ground::Stories | Ground::Filings => {
            let answer = search_recorded(snapshot, vocabulary, &request.search, &parsed, &stages)?;
            (answer.total.stories, answer.query)
        }
    };
    let micros = start.elapsed().as_micros() as u64;
    let recorded = stages.recorded();
    let (clauses, clauses_left_out) = clauses::count(setting)?;
    let stages = recorded.times.iter().map(|(stage, time)| StageTime {
        stage: *stage,
        micros: time.as_micros() as u64,
    });
    Ok(ExplainAnswer {
        of: if request.quotes { "quotes" } else { "stories" },
        total,
        query: parsed.query.to_string(),
        read_as: query.read_as,
        warnings: query.warnings,
        tree: tree::tree(setting, &parsed.query)?,
        plan: recorded.decisions,
        clauses,
        clauses_left_out,
        stages: stages.collect(),
        micros,
        story: place
            .map(|place| ranked::ranked(setting, &parsed.query, total, &place))
            .transpose()?,
    })
}
