//! Arguments as typed.

mod shared;
mod story;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

pub(super) use shared::{AfterReading, ExtractionArgs, OpeningArgs, ReadingArgs, WritingArgs};
pub(super) use story::{DiffArgs, ShowArgs, SimilarArgs, StoryArgs};

/// A wire archive that answers who said it, which country it is about, and which agency carried it.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, propagate_version = true, max_term_width = 110)]
pub(super) struct Args {
    /// The folder of the index.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "dateline-index",
        env = "DATELINE_INDEX"
    )]
    pub(super) index: PathBuf,
    /// Print JSON instead of a table.
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read wire copy into the index: files, folders, or - for standard input.
    Index(IndexArgs),
    /// Serve the page and the HTTP API.
    Serve(ServeArgs),
    /// Find stories.
    Search(SearchArgs),
    /// Find what was said, and who said it.
    Quotes(SearchArgs),
    /// Tell how a search was read, what it decided, what each clause finds, how long it took, and why a story ranks where it does.
    Explain(ExplainArgs),
    /// Count the values of a facet.
    Facet(FacetArgs),
    /// Show one story with its facets and quotes.
    Show(ShowArgs),
    /// Find stories like one.
    Similar(SimilarArgs),
    /// List the versions of a story: every filing of it, the oldest first.
    Versions(StoryArgs),
    /// Show what changed between two versions of a story.
    Diff(DiffArgs),
    /// Print what is extracted from stories, one JSON object each, without an index.
    Extract(ExtractArgs),
    /// Score extraction against hand-annotated stories.
    Evaluate(EvaluateArgs),
    /// Train the name tagger on labelled text.
    Train(TrainArgs),
    /// Tell how much the index holds.
    Stats,
    /// Tell what became of all that was read, and what is open: rejections, kills without a story, embargoes.
    Report,
    /// Prove that index and ledger are sound and agree.
    Check(CheckArgs),
    /// Copy the index as of its last commit to another folder, while it is written to.
    Snapshot(SnapshotArgs),
    /// Print the definition of the index.
    Schema(SchemaArgs),
}

#[derive(Debug, ClapArgs)]
pub(super) struct IndexArgs {
    /// Files and folders; - for standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) extraction: ExtractionArgs,
    /// Write what did not get in to this file, one JSON object a line.
    #[arg(long, value_name = "FILE")]
    pub(super) rejects: Option<PathBuf>,
    /// Read files again that have not changed since they were read.
    #[arg(long)]
    pub(super) reread: bool,
    /// Read files again in which an item was rejected, changed or not.
    #[arg(long)]
    pub(super) retry_rejected: bool,
    /// Go on with what is dropped into the folders, until Ctrl-C.
    #[arg(long)]
    pub(super) follow: bool,
    /// What becomes of a file when all of it is in, with --follow.
    #[arg(long, value_enum, default_value_t = AfterReading::Keep, requires = "follow")]
    pub(super) on_done: AfterReading,
    #[command(flatten)]
    pub(super) writing: WritingArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ServeArgs {
    /// The address to listen on. Loopback by default: dateline has no users and passwords of its own.
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:7117",
        env = "DATELINE_LISTEN"
    )]
    pub(super) listen: SocketAddr,
    /// Index what is at and under this path, then whatever is dropped there. May be given more than once.
    #[arg(long, value_name = "PATH")]
    pub(super) watch: Vec<PathBuf>,
    /// What becomes of a watched file when all of it is in.
    #[arg(long, value_enum, default_value_t = AfterReading::Keep, requires = "watch")]
    pub(super) on_done: AfterReading,
    #[command(flatten)]
    pub(super) opening: OpeningArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) extraction: ExtractionArgs,
    #[command(flatten)]
    pub(super) writing: WritingArgs,
}

/// What is searched for. Each flag has the name of its query field and API parameter.
#[derive(Debug, ClapArgs)]
pub(super) struct SearchArgs {
    /// The query: words, "phrases", speaker:"Name", said:word, AND OR NOT. Words are AND.
    #[arg(value_name = "QUERY")]
    pub(super) query: Vec<String>,
    #[command(flatten)]
    pub(super) filters: FilterArgs,
    #[command(flatten)]
    pub(super) opening: OpeningArgs,
    /// relevance, newest or oldest.
    #[arg(long, value_name = "ORDER")]
    pub(super) sort: Option<String>,
    /// How many hits.
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<String>,
    /// Where the page before ended: its `next`.
    #[arg(long, value_name = "CURSOR")]
    pub(super) cursor: Option<String>,
    /// Facets to count, with commas between.
    #[arg(long, value_name = "FACETS")]
    pub(super) facet: Option<String>,
    /// How many values of each facet.
    #[arg(long, value_name = "N")]
    pub(super) facet_limit: Option<String>,
    /// A histogram of the dates: day, month or year.
    #[arg(long, value_name = "INTERVAL")]
    pub(super) histogram: Option<String>,
}

/// Filters; the values of one are OR, filters are AND.
#[derive(Debug, ClapArgs)]
pub(super) struct FilterArgs {
    /// A person named, by the name as the facet has it.
    #[arg(long, value_name = "NAME")]
    pub(super) person: Vec<String>,
    /// A person quoted.
    #[arg(long, value_name = "NAME")]
    pub(super) speaker: Vec<String>,
    /// A country mentioned: code or name in any language.
    #[arg(long, value_name = "COUNTRY")]
    pub(super) country: Vec<String>,
    /// A country the story is about.
    #[arg(long, value_name = "COUNTRY")]
    pub(super) about: Vec<String>,
    /// A region of the world: UN M49 code or name.
    #[arg(long, value_name = "REGION")]
    pub(super) region: Vec<String>,
    /// A source, credited or cited.
    #[arg(long, value_name = "SOURCE")]
    pub(super) source: Vec<String>,
    /// A source that made the copy or contributed to it.
    #[arg(long, value_name = "SOURCE")]
    pub(super) credit: Vec<String>,
    /// The language of the text, BCP 47.
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) language: Vec<String>,
    /// A subject tagged by the agency.
    #[arg(long, value_name = "SUBJECT")]
    pub(super) subject: Vec<String>,
    /// usable, withheld or canceled.
    #[arg(long, value_name = "STATUS")]
    pub(super) status: Vec<String>,
    /// The agency's keyword line.
    #[arg(long, value_name = "SLUG")]
    pub(super) slug: Vec<String>,
    /// A value that must not be there, as FIELD=VALUE: country=US.
    #[arg(long, value_name = "FIELD=VALUE", value_parser = excluded)]
    pub(super) exclude: Vec<(String, String)>,
    /// Facets that must have no value, with commas between.
    #[arg(long, value_name = "FACETS")]
    pub(super) missing: Option<String>,
    /// Published at or after: 2023, 2023-09, 2023-09-01, yesterday, now-7d.
    #[arg(long, value_name = "DATE")]
    pub(super) from: Option<String>,
    /// Published until the end of it.
    #[arg(long, value_name = "DATE")]
    pub(super) to: Option<String>,
    /// The language of labels, BCP 47.
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) lang: Option<String>,
    /// Also find stories by filings that are not current any more.
    #[arg(long)]
    pub(super) all_versions: bool,
    /// End with an error at the first part of the query that is not understood.
    #[arg(long)]
    pub(super) strict: bool,
    /// Whether newer stories rank a little higher in an order by relevance: true or false.
    #[arg(long, value_name = "BOOL")]
    pub(super) recency: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    pub(super) search: SearchArgs,
    /// Explain the search for quotes, not for stories.
    #[arg(long)]
    pub(super) quotes: bool,
    /// The uri of a story: why it ranks where it does, or what keeps it out.
    #[arg(long, value_name = "URI")]
    pub(super) story: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct FacetArgs {
    /// person, speaker, country, about, region, source, credit, language, subject, status or slug.
    #[arg(value_name = "FACET")]
    pub(super) field: String,
    /// Count only in the stories that this query finds.
    #[arg(value_name = "QUERY")]
    pub(super) query: Vec<String>,
    #[command(flatten)]
    pub(super) filters: FilterArgs,
    #[command(flatten)]
    pub(super) opening: OpeningArgs,
    /// Only values that start so, or have a word that does.
    #[arg(long, value_name = "TEXT")]
    pub(super) prefix: Option<String>,
    /// How many values.
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExtractArgs {
    /// Files and folders; - for standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) extraction: ExtractionArgs,
    /// Print each story with what was found where, and by which rule, instead of JSON.
    #[arg(long)]
    pub(super) explain: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct TrainArgs {
    /// Labelled text: columns of token and tag as in `CoNLL`, or names between PERSON tags in the text.
    #[arg(required = true, value_name = "LABELLED")]
    pub(super) labelled: Vec<PathBuf>,
    /// The language of the text, BCP 47.
    #[arg(long, value_name = "LANG")]
    pub(super) language: String,
    /// Where to write the model. Without it the figures alone are printed.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Labelled text that is not trained on, to measure the model with; may be repeated.
    #[arg(long, value_name = "LABELLED")]
    pub(super) held_out: Vec<PathBuf>,
    /// Stories in any format that no one labelled, to train on as well: names that the rules and a first model agree on. May be repeated.
    #[arg(long, value_name = "PATH")]
    pub(super) unlabelled: Vec<PathBuf>,
    /// How many of the unlabelled stories to take, evenly spread.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(super) stories: usize,
    /// Also measure on the labelled text itself: train on all parts of it but one, in turn, and measure on that one.
    #[arg(long, value_name = "PARTS", default_value_t = 0)]
    pub(super) cross_validate: usize,
    /// Rounds over the training text.
    #[arg(long, value_name = "N", default_value_t = crate::extract::tagger::train::Plan::default().rounds)]
    pub(super) rounds: usize,
    /// Print the names that the tagger missed (-) and made up (+) in the held-out text.
    #[arg(long)]
    pub(super) misses: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct EvaluateArgs {
    /// Stories with their facets as read by hand, one JSON object a line.
    #[arg(value_name = "GOLD")]
    pub(super) gold: PathBuf,
    /// Also print what was missed (-) and made up (+), story by story.
    #[arg(long)]
    pub(super) misses: bool,
    #[command(flatten)]
    pub(super) extraction: ExtractionArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckArgs {
    /// Mend what can be mended: damaged segments are taken out, and what was in them is read again by the next run.
    #[arg(long)]
    pub(super) repair: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SnapshotArgs {
    /// The new folder; it must not exist, or be empty.
    #[arg(value_name = "DIR")]
    pub(super) to: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SchemaArgs {
    /// How to print it.
    #[arg(long = "as", value_enum, default_value_t = SchemaForm::Markdown)]
    pub(super) form: SchemaForm,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemaForm {
    /// A table of the fields.
    Markdown,
    /// The JSON of tantivy's schema.
    Tantivy,
}

fn excluded(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.is_empty() && !value.is_empty() => Ok((field.to_owned(), value.to_owned())),
        _ => Err("write it as FIELD=VALUE, for instance country=US".to_owned()),
    }
}
