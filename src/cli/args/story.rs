//! Arguments of the commands about one story.

use clap::Args as ClapArgs;

use crate::search::DiffRequest;

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
