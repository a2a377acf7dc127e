//! What the fuzz targets share: the readers, and what must hold of all that they give.
//!
//! The modules that read are taken from the crate's own sources, not through a dependency on it: neither the index nor the server
//! is built with them, so that a build takes a minute.

#![allow(
    missing_docs,
    dead_code,
    unused_imports,
    reason = "a part of the crate stands here for the whole"
)]

#[path = "../../src/formats/mod.rs"]
pub mod formats;
/// A file beside its folder: it finds the folder only from where both are.
#[path = "../../src"]
mod beside {
    pub mod story;
}
#[path = "../../src/query/mod.rs"]
pub mod query;
#[path = "../../src/text/mod.rs"]
pub mod text;
#[path = "../../src/vocabulary/mod.rs"]
pub mod vocabulary;

pub use beside::story;
pub use libfuzzer_sys::fuzz_target;

use formats::{Detection, Format, Framing, Options, detect};
use story::Filing;

/// `detect` sees this much of a file.
const HEAD_BYTES: usize = 64 * 1024;

/// The body of a target: `target!(Nitf)` reads every input as NITF, `target!()` as what it is detected as.
#[macro_export]
macro_rules! target {
    () => {
        $crate::fuzz_target!(|bytes: &[u8]| $crate::read_as_detected(bytes));
    };
    ($format:ident) => {
        $crate::fuzz_target!(|bytes: &[u8]| $crate::read($crate::formats::Format::$format, bytes));
    };
}

/// Detects the format of an input and reads its items as that.
pub fn read_as_detected(bytes: &[u8]) {
    let Detection::Format(format) = detect(&bytes[..bytes.len().min(HEAD_BYTES)]) else {
        return;
    };
    match format.framing() {
        Framing::Lines => bytes.split(|&byte| byte == b'\n').for_each(|line| read(format, line)),
        _ => read(format, bytes),
    }
}

/// Reads one item, with a mapped field as a user would have one, and checks each result.
///
/// # Panics
/// Where a reader does, or where a result is not as it must be.
pub fn read(format: Format, item: &[u8]) {
    let mut options = Options::default();
    options.map.add("title=kop.x").expect("`title` is a part of a story");
    for parsed in format.parse(item, &options) {
        match parsed {
            Ok(filing) => check(&filing),
            Err(refused) => {
                assert!(!refused.reason.is_empty(), "refused without a reason");
                assert!(
                    refused.offset <= item.len(),
                    "refused at byte {} of {}",
                    refused.offset,
                    item.len()
                );
            }
        }
    }
}

/// Reads a query, whatever the bytes are as text, and checks what is promised of it.
///
/// # Panics
/// Where the parser does, where its tree does not read back from its own text, where a warning or clause is not in the text,
/// and where the strict reading is another one.
pub fn read_query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let now = 1_694_001_600;
    let parsed = query::parse(&text, now);
    assert!(!parsed.query.read_as().is_empty(), "nothing said");
    let canonical = parsed.query.to_string();
    // A tree that its bound has cut may be longer in its own text than a query may be.
    if canonical.len() <= query::MAX_BYTES {
        let again = query::parse(&canonical, now).query;
        assert!(again == parsed.query, "{canonical:?} reads back as {again:?}, not {:?}", parsed.query);
    }
    for warning in &parsed.warnings {
        assert!(text.get(warning.start..warning.end).is_some(), "not in the text: {warning:?}");
    }
    let clauses = query::clauses(&text, now);
    assert!(clauses.iter().all(|clause| text.get(clause.start..clause.end).is_some()), "{clauses:?}");
    let together = query::Query::all_of(clauses.into_iter().map(|clause| clause.query).collect());
    assert!(together == parsed.query, "the clauses are {together:?}, the query is {:?}", parsed.query);
    match query::parse_strict(&text, now) {
        Ok(strict) => assert!(strict == parsed, "strict reading differs"),
        Err(problem) => assert!(text.get(problem.start..problem.end).is_some(), "not in the text: {problem:?}"),
    }
}

/// A body is clean and no filing is empty.
fn check(filing: &Filing) {
    let body = filing.ninjs.body();
    assert!(
        !filing.ninjs.headline().is_empty() || !body.is_empty() || filing.hides(),
        "an empty filing"
    );
    for line in body.split('\n').filter(|_| !body.is_empty()) {
        assert!(!line.is_empty(), "an empty line: {body:?}");
        assert!(line.trim() == line, "spaces around a line: {line:?}");
        assert!(!line.contains(char::is_control), "a control character: {line:?}");
    }
}
