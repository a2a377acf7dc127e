//! Arguments of the commands about one story.

use clap::Args as ClapArgs;

use super::{FilterArgs, OpeningArgs};
use crate::search::{DiffRequest, StoryRequest};

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct StoryArgs {
    /// The uri of the story.
    #[arg(value_name = "URI")]
    pub(in crate::cli) uri: String,
    /// The language of labels, BCP 47.
    #[arg(long, value_name = "LANGUAGE", default_value = "")]
    pub(in crate::cli) lang: String,
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct ShowArgs {
    #[command(flatten)]
    pub(in crate::cli) story: StoryArgs,
    /// Mark what this query matches in headline and text.
    #[arg(long, value_name = "QUERY", default_value = "")]
    q: String,
}

impl ShowArgs {
    /// What is to be shown.
    pub(in crate::cli) fn request(&self) -> StoryRequest {
        StoryRequest {
            q: self.q.clone(),
            lang: self.story.lang.clone(),
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct SimilarArgs {
    /// The uri of the story.
    #[arg(value_name = "URI")]
    pub(in crate::cli) uri: String,
    #[command(flatten)]
    pub(in crate::cli) filters: FilterArgs,
    #[command(flatten)]
    pub(in crate::cli) opening: OpeningArgs,
    /// How many.
    #[arg(long, value_name = "N", default_value = "10")]
    pub(in crate::cli) limit: String,
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct DiffArgs {
    #[command(flatten)]
    pub(in crate::cli) story: StoryArgs,
    /// The number of the one version; the one before the other where nothing is said.
    #[arg(long, value_name = "N")]
    from: Option<u32>,
    /// The number of the other; the last where nothing is said.
    #[arg(long, value_name = "N")]
    to: Option<u32>,
}

impl DiffArgs {
    /// What is to be compared.
    pub(in crate::cli) fn request(&self) -> DiffRequest {
        DiffRequest {
            from: self.from,
            to: self.to,
            lang: self.story.lang.clone(),
        }
    }
}
