//! The command `dateline`: parse, run, print the error chain, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::main()
}
