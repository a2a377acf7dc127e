//! Why nothing was found, a line each clause.

use std::io::{self, Write};

use super::print::{Style, counted, number, printable};
use crate::search::{Clause, ZeroClause};

/// Prints what each clause finds alone, and what the others find without it. `unit`: what is counted, one and many.
pub(super) fn print(out: &mut impl Write, style: Style, clauses: &[ZeroClause], unit: (&str, &str)) -> io::Result<()> {
    if clauses.is_empty() {
        return Ok(());
    }
    let is_one = clauses.iter().any(|clause| clause.without > 0);
    writeln!(out, "each clause alone finds")?;
    for clause in clauses {
        let told = typed(&clause.clause);
        let advice = match clause.leave_out {
            true if is_one => format!("  without it: {}", counted(clause.without, unit.0, unit.1)),
            true if clauses.len() > 1 => "  leave it out".to_owned(),
            _ => String::new(),
        };
        writeln!(
            out,
            " {:>9}  {}{}",
            number(clause.hits),
            printable(&told),
            style.faint(&advice)
        )?;
    }
    Ok(())
}

/// A clause as it is typed on the command line: a part of the query, or a flag.
pub(super) fn typed(clause: &Clause) -> String {
    let Clause { parameter, text, .. } = clause;
    match parameter.as_str() {
        "q" => text.clone(),
        parameter => match parameter.strip_prefix("exclude.") {
            Some(facet) => format!("--exclude {facet}={text}"),
            None => format!("--{parameter} {text}"),
        },
    }
}
