//! Tables with a head of column names (CSV, TSV, semicolons, pipes) → filings, one a row.
//!
//! A row is read as the JSON object of its cells would be: columns go by the same usual names, and by the user's map. A quoted cell may
//! hold line ends. The bytes of a row are those of the table itself; in UTF-16 they are those of the text in UTF-8.

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

mod head;
mod records;

use serde_json::{Map, Value};

use self::head::Head;
pub(super) use self::head::is_table;
pub(crate) use self::records::records_below;
use super::encoding::decode;
use super::json::read_row;
use super::warnings::quoted;
use super::{Format, Options, Parsed, Refused};

/// More columns than this are not named in a refusal.
const MAX_COLUMNS_TOLD: usize = 12;

/// Reads a table.
pub(super) fn parse(item: &[u8], options: &Options) -> Vec<Parsed> {
    let decoded = match decode(item) {
        Ok(decoded) => decoded,
        Err(malformed) => return vec![Err(malformed)],
    };
    if decoded.text.trim().is_empty() {
        return Vec::new();
    }
    let Some(head) = Head::of(&decoded.text) else {
        return vec![Err(Refused::rejected("no head of column names in its first line", 0))];
    };
    if !head.leads_to_stories(&options.map) {
        return vec![Err(no_stories(&head))];
    }
    let mut out = rows(&decoded.text, &head, options);
    let mut places = decoded.places(item);
    for parsed in &mut out {
        match parsed {
            Ok(filing) => {
                filing.warnings.extend(decoded.warning.iter().cloned());
                filing.origin.offset = places.at(filing.origin.offset as usize) as u64;
            }
            Err(refused) => refused.offset = places.at(refused.offset),
        }
    }
    out
}

/// The refusal of a table of other things, with its columns.
fn no_stories(head: &Head) -> Refused {
    let mut names: Vec<String> = head
        .names
        .iter()
        .take(MAX_COLUMNS_TOLD)
        .map(|name| format!("`{}`", quoted(name)))
        .collect();
    names.extend((head.names.len() > MAX_COLUMNS_TOLD).then(|| "…".to_owned()));
    let names = names.join(", ");
    if head.is_calendar() {
        return Refused::skipped(format!("a calendar, not stories: its columns are {names}"), 0);
    }
    let reason = format!(
        "a table without a column for headline or body: it has {names}; name them with `--map headline=COLUMN --map body=COLUMN`"
    );
    Refused::rejected(reason, 0)
}

/// Reads the rows below the head. Blank ones are none.
fn rows(text: &str, head: &Head, options: &Options) -> Vec<Parsed> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(head.mark)
        .quoting(head.quotes)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let (mut out, mut record, mut is_head) = (Vec::new(), csv::ByteRecord::new(), true);
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        // The text is in memory: only its end ends it.
        if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
            return out;
        }
        let cells: Vec<&str> = record
            .iter()
            .map(|cell| std::str::from_utf8(cell).unwrap_or_default())
            .collect();
        if std::mem::take(&mut is_head) || cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        // The reader stands before the line end of the row above, and blank lines.
        let rest = text.get(start..).unwrap_or_default();
        let offset = text.len() - rest.trim_start_matches(['\r', '\n']).len();
        out.push(row(&cells, head, offset, options));
    }
}

/// Reads one row. Blank cells over the head's are what spreadsheets leave; any other count of cells is a broken row.
fn row(cells: &[&str], head: &Head, offset: usize, options: &Options) -> Parsed {
    let told = |reason: &str| {
        format!(
            "the row that begins `{}`: {reason}",
            quoted(cells.first().unwrap_or(&"").trim())
        )
    };
    let (have, columns) = (cells.len(), head.names.len());
    if have < columns || cells.iter().skip(columns).any(|cell| !cell.trim().is_empty()) {
        let reason = format!(
            "it has {have} cells where the head has {columns}: a quote or a separator is missing, or one too many"
        );
        return Err(Refused::rejected(told(&reason), offset));
    }
    let mut object = Map::new();
    let mut odd = Vec::new();
    let filled = head.names.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty());
    for (name, cell) in filled {
        match object.get(name) {
            Some(before) if before.as_str() != Some(*cell) => {
                odd.push(format!(
                    "two columns are named `{}`: the first one is read",
                    quoted(name)
                ));
            }
            Some(_) => {}
            None => {
                object.insert(name.clone(), Value::String((*cell).to_owned()));
            }
        }
    }
    match read_row(&object, Format::Table, &options.map) {
        Ok(mut filing) => {
            filing.origin.offset = offset as u64;
            filing.warnings.extend(odd);
            Ok(filing)
        }
        Err(refused) => Err(Refused {
            offset,
            reason: told(&refused.reason),
            ..refused
        }),
    }
}
