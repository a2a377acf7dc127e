//! Real files, where they are at hand: every item of them is read, and none is lost in silence.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Detection, Format, Framing, Options, Parsed, detect};
use crate::story::Filing;

/// The shared corpora beside the crate, or `None` with a word on what is skipped.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(in crate::formats) fn corpora(part: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/corpora")
        .join(part);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// The files under a folder that end so, sorted.
pub(in crate::formats) fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            out.extend(files(&path, end));
        } else if path.to_string_lossy().ends_with(end) {
            out.push(path);
        }
    }
    out.sort();
    out
}

pub(in crate::formats) fn content(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).unwrap();
    if path.extension().is_some_and(|end| end == "zst") {
        let mut out = Vec::new();
        zstd::Decoder::new(&bytes[..]).unwrap().read_to_end(&mut out).unwrap();
        return out;
    }
    bytes
}

/// The format that a file is detected as.
fn format_of(bytes: &[u8]) -> Format {
    match detect(&bytes[..bytes.len().min(64 * 1024)]) {
        Detection::Format(format) => format,
        other => panic!("{other:?}"),
    }
}

/// Reads all items of a file, cut by the framing of its format.
pub(super) fn read_all(bytes: &[u8]) -> Vec<Parsed> {
    let format = format_of(bytes);
    let map = Options::default();
    match format.framing() {
        Framing::Lines => bytes
            .split(|byte| *byte == b'\n')
            .flat_map(|line| format.parse(line, &map))
            .collect(),
        // The readers of these take a whole file as well as one element of it.
        Framing::Whole | Framing::JsonArray | Framing::Records | Framing::Element(_) => format.parse(bytes, &map),
    }
}

fn filings(bytes: &[u8]) -> Vec<Filing> {
    read_all(bytes).into_iter().map(|parsed| parsed.unwrap()).collect()
}

/// Whether a text is clean: no control bytes, no empty paragraphs, no white space around one.
pub(in crate::formats) fn is_clean(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && c != '\n')
        && (text.is_empty() || text.split('\n').all(|line| !line.is_empty() && line.trim() == line))
}

#[test]
fn every_story_of_reuters_21578_is_read() {
    let Some(folder) = corpora("reuters21578") else { return };
    let (mut all, mut without_body, mut signed) = (0, 0, 0);
    for path in files(&folder, ".sgm") {
        for filing in filings(&content(&path)) {
            all += 1;
            let (headline, body) = (filing.ninjs.headline(), filing.ninjs.body());
            assert!(!headline.is_empty() || !body.is_empty(), "{}", filing.ninjs.uri);
            assert!(is_clean(body) && is_clean(headline), "{}: {body:?}", filing.ninjs.uri);
            assert!(!body.contains("&lt;") && !body.contains("&#"), "{}", filing.ninjs.uri);
            assert!(
                filing.published.is_some() && filing.warnings.is_empty(),
                "{}: {:?}",
                filing.ninjs.uri,
                filing.warnings
            );
            assert!(filing.ninjs.uri.starts_with("reuters21578:"));
            without_body += usize::from(body.is_empty());
            signed += usize::from(filing.credit_line.is_some());
        }
    }
    assert_eq!(all, 9_000);
    // The briefs, which are a title and nothing else, and a few empty ones.
    assert!(without_body < 760, "{without_body} without a body");
    assert!(signed > 8_100, "{signed} signed");
}

#[test]
fn every_line_of_the_news_sets_is_read() {
    let Some(folder) = corpora("news") else { return };
    let paths = files(&folder, ".jsonl").into_iter().chain(files(&folder, ".jsonl.zst"));
    let mut all = 0;
    for path in paths {
        let bytes = content(&path);
        let lines = bytes
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.trim_ascii().is_empty())
            .count();
        let parsed = read_all(&bytes);
        assert_eq!(parsed.len(), lines, "{}", path.display());
        let (read, refused): (Vec<_>, Vec<_>) = parsed.into_iter().partition(Result::is_ok);
        let read: Vec<Filing> = read.into_iter().flatten().collect();
        // A few lines have an empty title and an empty body.
        let reasons: Vec<String> = refused
            .into_iter()
            .filter_map(Result::err)
            .map(|refused| refused.reason)
            .collect();
        assert!(
            reasons.iter().all(|reason| reason.ends_with("empty")) && reasons.len() < 50,
            "{reasons:?}"
        );
        for filing in &read {
            let (uri, body) = (&filing.ninjs.uri, filing.ninjs.body());
            assert!(is_clean(body), "{uri}: {body:?}");
            assert!(!uri.is_empty() && uri.len() > 9, "{uri}");
        }
        let undated = read.iter().filter(|filing| filing.published.is_none()).count();
        assert!(
            undated * 100 <= read.len(),
            "{}: {undated} without a date",
            path.display()
        );
        all += read.len();
    }
    assert!(all > 45_000, "{all}");
}

#[test]
fn plain_stories_keep_their_first_paragraph() {
    let Some(folder) = corpora("../gold") else { return };
    for path in files(&folder, ".jsonl") {
        for line in content(&path)
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
        {
            let value: serde_json::Value = serde_json::from_slice(line).unwrap();
            let (id, text) = (value["id"].as_str().unwrap(), value["text"].as_str().unwrap());
            let filing = Format::Plain
                .parse(text.as_bytes(), &Options::default())
                .remove(0)
                .unwrap();
            if id == "000_e511b38a1d6b4694" {
                assert_eq!(filing.ninjs.headline(), "");
                assert_eq!(filing.ninjs.body(), text);
            }
            let whole = [
                filing.ninjs.headline(),
                filing.ninjs.by.as_deref().unwrap_or(""),
                filing.ninjs.body(),
            ]
            .concat();
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            assert_eq!(letters(&whole), letters(text), "{id}");
        }
    }
}
