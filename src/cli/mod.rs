//! The command line: the only reader of arguments and environment. Each command fills in what the library takes, and prints
//! what it gives; JSON with `--json`, a table otherwise.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod args;
mod bounds;
mod evaluate;
mod explain;
mod extract;
mod extracted;
mod extractor;
mod index;
mod inspect;
mod print;
mod report;
mod search;
mod serve;
mod similar;
mod story;
mod train;
mod zero;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// What a command found, as its exit code tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// 0
    Something,
    /// 1
    Nothing,
}

impl From<bool> for Found {
    fn from(any: bool) -> Self {
        if any { Self::Something } else { Self::Nothing }
    }
}

/// Runs the command line of this process. Exit code 0: found or done; 1: nothing found; 2: an error, told on standard error.
#[must_use]
pub fn main() -> ExitCode {
    let args = Args::parse();
    match run(args) {
        Ok(Found::Something) => ExitCode::SUCCESS,
        Ok(Found::Nothing) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            print::error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(args: Args) -> anyhow::Result<Found> {
    let Args { index, json, command } = args;
    match command {
        Command::Index(options) => index::run(&index, json, &options),
        Command::Serve(options) => serve::run(&index, &options),
        Command::Search(options) => search::stories(&index, json, &options),
        Command::Quotes(options) => search::quotes(&index, json, &options),
        Command::Explain(options) => explain::run(&index, json, &options),
        Command::Facet(options) => search::facet(&index, json, &options),
        Command::Show(options) => story::show(&index, json, &options),
        Command::Similar(options) => similar::run(&index, json, &options),
        Command::Versions(options) => story::versions(&index, json, &options),
        Command::Diff(options) => story::diff(&index, json, &options),
        Command::Extract(options) => extract::run(&options),
        Command::Evaluate(options) => evaluate::run(json, &options),
        Command::Train(options) => train::run(json, &options),
        Command::Stats => inspect::stats(&index, json),
        Command::Report => report::report(&index, json),
        Command::Check(options) => report::check(&index, json, &options),
        Command::Snapshot(options) => report::snapshot(&index, json, &options),
        Command::Schema(options) => inspect::schema(&options),
    }
}

/// Whether the reader of our output went away (`dateline search … | head`), which is no error of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Args::command().debug_assert();
    }
}
