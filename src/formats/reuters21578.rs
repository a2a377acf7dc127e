//! Reuters-21578 SGML, the newswire of 1987: Latin-1, control bytes as references, text wrapped with an indent for each paragraph.
//!
//! Dates carry no zone and are taken as UTC. The sign-off "Reuter" is the credit line, not text. Tags such as `el-salvador` are kept
//! as the item writes them.

use super::dates::{self, Order};
use super::encoding::decode_latin1;
use super::entities::reference;
use super::paragraphs::{one_line, wrapped_paragraphs};
use super::terms::place_and_day;
use super::warnings::Warnings;
use super::{Format, Parsed, Refused};
use crate::story::{Filing, InfoSource, Named, Subject};

/// The stars before the title of a brief.
const FLASH_STARS: char = '*';

/// Reads the stories of an item, each in its `REUTERS` element.
pub(super) fn parse(item: &[u8]) -> Vec<Parsed> {
    let decoded = decode_latin1(item);
    let mut places = decoded.places(item);
    let text: &str = &decoded.text;
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("<REUTERS") {
        let offset = text.len() - rest.len() + at;
        let story = &rest[at..];
        let Some(end) = story.find("</REUTERS>") else {
            let reason =
                "the item ends inside <REUTERS>: the file may still be being written, or was cut off".to_owned();
            out.push(Err(Refused::rejected(reason, item.len())));
            return out;
        };
        out.push(read(&story[..end]).map_err(|reason| Refused::rejected(reason, places.at(offset))));
        rest = &story[end..];
    }
    if out.is_empty() && !text.trim().is_empty() && !text.trim_start().starts_with("<!DOCTYPE") {
        let reason = "no <REUTERS> element in the item".to_owned();
        out.push(Err(Refused::rejected(reason, 0)));
    }
    out
}

/// Reads one story; the error is its reason.
fn read(story: &str) -> Result<Filing, String> {
    let mut warnings = Warnings::default();
    let mut filing = Filing::default();
    let (tag, inner) = story.split_once('>').unwrap_or((story, ""));
    let text = element(inner, "TEXT").unwrap_or(inner);
    let (headline, body, credit) = texts(text);
    filing.credit_line = credit;
    if headline.is_empty() && body.is_empty() {
        return Err("a <REUTERS> element without title and text: leave it out".into());
    }
    if !headline.is_empty() {
        filing.ninjs.set_headline(headline);
    }
    if !body.is_empty() {
        filing.ninjs.set_body(body.join("\n"));
    }
    match attribute(tag, "NEWID") {
        Some(id) => filing.ninjs.uri = format!("reuters21578:{id}"),
        None => warnings.add("no NEWID: the story is known by its text"),
    }
    filing.dateline = element(text, "DATELINE").and_then(|dateline| place_and_day(&line(dateline)));
    describe(inner, text, &mut filing);
    if let Some(date) = element(inner, "DATE").map(line).filter(|date| !date.is_empty()) {
        let read = dates::read_or_warn(&date, Order::DayFirst, "", &mut warnings);
        filing.published = read.map(|read| read.time);
        filing.ninjs.version_created = filing.published.and_then(dates::rfc3339);
        filing.ninjs.first_created.clone_from(&filing.ninjs.version_created);
    }
    filing.origin.format = Format::Reuters21578.name().into();
    filing.warnings = warnings.finish();
    Ok(filing)
}

/// The headline, the paragraphs and the sign-off of a TEXT element. An unprocessed one has no tags inside: its first line is the
/// headline.
fn texts(text: &str) -> (String, Vec<String>, Option<String>) {
    let title = element(text, "TITLE").map(line);
    let title = title.map(|title| title.trim_start_matches(FLASH_STARS).trim().to_owned());
    if title.is_some() || text.contains("<BODY>") {
        let body = decode(element(text, "BODY").unwrap_or_default());
        let (body, credit) = cut_sign_off(&body);
        return (title.unwrap_or_default(), wrapped_paragraphs(body), credit);
    }
    let text = decode(text);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == FLASH_STARS);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (rest, credit) = cut_sign_off(rest);
    (one_line(first), wrapped_paragraphs(rest), credit)
}

/// Cuts the sign-off: "Reuter", "REUTER...", on the last line alone or, after a sentence, at its end.
fn cut_sign_off(body: &str) -> (&str, Option<String>) {
    let bare = body.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '>'));
    for sign in ["Reuters", "REUTERS", "Reuter", "REUTER", "reuter"] {
        let Some(before) = bare.strip_suffix(sign) else {
            continue;
        };
        let line = before.rsplit('\n').next().unwrap_or(before).trim_end();
        if line.trim_start().is_empty() || line.ends_with(['.', '"']) {
            return (before, Some(sign.to_owned()));
        }
    }
    (body, None)
}

fn describe(inner: &str, text: &str, filing: &mut Filing) {
    let ninjs = &mut filing.ninjs;
    ninjs.kind = "text".into();
    ninjs.language = Some("en".into());
    ninjs.pub_status = Some("usable".into());
    ninjs.by = element(text, "AUTHOR").map(line).filter(|by| !by.is_empty());
    ninjs.slugline = element(inner, "UNKNOWN").and_then(slug);
    ninjs.info_sources = vec![InfoSource {
        name: "Reuters".into(),
        ..InfoSource::default()
    }];
    let named = |tag: &str| {
        tags(inner, tag)
            .map(|literal| Named {
                name: literal.replace('-', " "),
                literal: Some(literal),
                ..Named::default()
            })
            .collect::<Vec<_>>()
    };
    ninjs.places = named("PLACES");
    ninjs.people = named("PEOPLE");
    ninjs.organisations = ["ORGS", "EXCHANGES", "COMPANIES"].into_iter().flat_map(named).collect();
    let topics = tags(inner, "TOPICS");
    ninjs.subjects = topics
        .map(|topic| Subject {
            name: topic.clone(),
            literal: Some(topic),
            ..Subject::default()
        })
        .collect();
}

/// The keyword of the transmission's head: in "u f BC-HARBOUR-REVIEW   02-26 0105" the word after the letters of priority and category.
fn slug(unknown: &str) -> Option<String> {
    let text = decode(unknown);
    let last = text.lines().rfind(|line| !line.trim().is_empty())?;
    let word = last
        .split_whitespace()
        .find(|word| word.len() > 3 && word.contains('-') && word.starts_with(|c: char| c.is_ascii_alphabetic()));
    let word = word.map(|word| one_line(word).replace(FLASH_STARS, ""));
    word.filter(|word| !word.is_empty())
}

/// What stands between `<NAME…>` and `</NAME>`; to the end where the end tag is missing.
fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text;
    loop {
        let at = rest.find('<')?;
        rest = &rest[at + 1..];
        let Some(after) = rest.strip_prefix(name) else { continue };
        if !after.starts_with(['>', ' ']) {
            continue;
        }
        let inner = &after[after.find('>')? + 1..];
        let end = inner
            .match_indices("</")
            .find(|(at, _)| inner[at + 2..].starts_with(name));
        return Some(end.map_or(inner, |(at, _)| &inner[..at]));
    }
}

/// The `D` elements inside an element.
fn tags<'t>(text: &'t str, name: &str) -> impl Iterator<Item = String> + use<'t> {
    let inner = element(text, name).unwrap_or_default();
    inner
        .split("<D>")
        .skip(1)
        .filter_map(|tag| Some(line(tag.split_once("</D>")?.0)))
        .filter(|tag| !tag.is_empty())
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let value = tag.split_once(name)?.1.strip_prefix("=\"")?;
    value.split_once('"').map(|(value, _)| value)
}

fn line(text: &str) -> String {
    one_line(&decode(text))
}

/// The text with its references read and control bytes dropped.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (c, length) = reference(&rest[at..]).unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out.retain(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\" OLDID=\"1\" NEWID=\"7\">\n\
        <DATE> 9-MAR-1987 15:01:01.79</DATE>\n<TOPICS><D>ship</D></TOPICS>\n<PLACES><D>el-salvador</D><D>usa</D></PLACES>\n<PEOPLE></PEOPLE>\n\
        <UNKNOWN> \n&#5;&#5;&#5;C T\n&#22;&#22;&#1;f0704&#31;reute\nu f BC-PORT-&lt;LND>   03-09 0105</UNKNOWN>\n<TEXT>&#2;\n\
        <TITLE>PORT &lt;LND> REOPENS</TITLE>\n<AUTHOR>    By Ann Moe, Reuters</AUTHOR>\n<DATELINE>    LUNDE, March 9 - </DATELINE><BODY>The port \
        reopened after a long\nweek of storms.\n    Ships left, Moe &amp; Co &lt;MOE> said, in the\nmorning.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n";

    fn one(story: &str) -> Filing {
        parse(story.as_bytes()).remove(0).unwrap()
    }

    #[test]
    fn a_story_is_read_in_all_its_parts() {
        let read = one(STORY);
        assert_eq!(read.ninjs.uri, "reuters21578:7");
        assert_eq!(read.ninjs.headline(), "PORT <LND> REOPENS");
        assert_eq!(
            read.ninjs.body(),
            "The port reopened after a long week of storms.\nShips left, Moe & Co <MOE> said, in the morning."
        );
        assert_eq!(read.credit_line.as_deref(), Some("Reuter"));
        assert_eq!(read.dateline.as_deref(), Some("LUNDE, March 9"));
        assert_eq!(read.ninjs.by.as_deref(), Some("By Ann Moe, Reuters"));
        assert_eq!(read.ninjs.version_created.as_deref(), Some("1987-03-09T15:01:01Z"));
        assert_eq!(read.ninjs.slugline.as_deref(), Some("BC-PORT-<LND>"));
        assert_eq!(read.ninjs.places[0].literal.as_deref(), Some("el-salvador"));
        assert_eq!(read.ninjs.subjects[0].name, "ship");
    }

    #[test]
    fn briefs_and_unprocessed_texts_have_a_headline() {
        let brief = one(
            "<REUTERS NEWID=\"8\"><TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>PORT REOPENS\n</TITLE>Blah.\n&#3;\n</TEXT></REUTERS>",
        );
        assert_eq!((brief.ninjs.headline(), brief.ninjs.body()), ("PORT REOPENS", ""));
        let raw = one(
            "<REUTERS NEWID=\"9\"><TEXT TYPE=\"UNPROC\">&#2;\n***PORT TABLE\n Ships........3 vs.....4\n Crews......9 vs......8\n\n Reuter\n&#3;</TEXT></REUTERS>",
        );
        assert_eq!(raw.ninjs.headline(), "PORT TABLE");
        assert_eq!(raw.ninjs.body(), "Ships........3 vs.....4\nCrews......9 vs......8");
        assert_eq!(raw.credit_line.as_deref(), Some("Reuter"));
    }

    #[test]
    fn a_cut_item_says_so() {
        let cut = parse(&STORY.as_bytes()[..300]).remove(0).unwrap_err();
        assert!(cut.reason.contains("being written"), "{}", cut.reason);
        assert_eq!(parse(b"other text").len(), 1);
    }

    #[test]
    fn a_place_is_the_items_in_latin1_too() {
        let item = b"<REUTERS><TITLE>caf\xE9</TITLE></REUTERS><REUTERS></REUTERS><REUTERS>";
        let last = parse(item).pop().unwrap();
        assert_eq!(last.unwrap_err().offset, item.len());
    }
}
