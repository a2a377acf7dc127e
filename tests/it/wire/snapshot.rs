//! A readable account of everything that one file of wire copy gives, for review beside the file.

use std::fmt::Write;
use std::path::Path;

use dateline::formats::Options;
use dateline::ingest::{Bounds, Rejection, read_file};
use dateline::story::{Filing, Named, Ninjs, Target};
use jiff::Timestamp;

/// The account of a file: its items in their order, parted by an empty line.
pub(crate) fn of(path: &Path) -> String {
    let mut items = Vec::new();
    let folder = path
        .parent()
        .map_or_else(String::new, |folder| format!("{}/", folder.display()));
    let each = &mut |item: Result<Filing, Rejection>| {
        items.push(match item {
            Ok(filing) => of_filing(&filing, &folder),
            Err(rejection) => of_rejection(&rejection, &folder),
        });
        true
    };
    let ended = read_file(path, &Options::default(), &Bounds::default(), each);
    if let Err(error) = ended {
        items.push(format!("unreadable: {error}\n"));
    }
    items.join("\n")
}

fn of_rejection(rejection: &Rejection, folder: &str) -> String {
    let verdict = format!("{:?}", rejection.verdict).to_lowercase();
    let file = rejection.file.replace(folder, "");
    format!(
        "{verdict}: {file} at byte {}\n  {}\n",
        rejection.offset, rejection.reason
    )
}

fn of_filing(filing: &Filing, folder: &str) -> String {
    let mut told = Told::default();
    let origin = &filing.origin;
    let file = origin.file.replace(folder, "");
    told.line(
        "read",
        &format!("{file} at byte {} as {}", origin.offset, origin.format),
    );
    identity(&mut told, filing);
    let ninjs = &filing.ninjs;
    for headline in &ninjs.headlines {
        told.line(&format!("headline {}", headline.role), &headline.value);
    }
    told.some("by", ninjs.by.as_deref());
    told.some("dateline", filing.dateline.as_deref());
    told.some("located", ninjs.located.as_deref());
    told.some("credit", filing.credit_line.as_deref());
    told.some("note", ninjs.ed_note.as_deref());
    told.some("slug", ninjs.slugline.as_deref());
    told.some("keyword", filing.keyword.as_deref());
    take(&mut told, filing);
    tags(&mut told, ninjs);
    told.some("copyright holder", ninjs.copyright_holder.as_deref());
    told.some("copyright notice", ninjs.copyright_notice.as_deref());
    told.some("usage terms", ninjs.usage_terms.as_deref());
    for warning in &filing.warnings {
        told.line("warning", warning);
    }
    for body in &ninjs.bodies {
        told.line("body", &body.content_type);
        for paragraph in body.value.lines() {
            told.line("|", paragraph);
        }
    }
    told.0
}

fn identity(told: &mut Told, filing: &Filing) {
    let ninjs = &filing.ninjs;
    told.line("uri", &ninjs.uri);
    for id in &ninjs.alt_ids {
        told.line("alt id", &format!("{} {}", id.role, id.value));
    }
    told.some("type", Some(ninjs.kind.as_str()).filter(|kind| *kind != "text"));
    told.some("version", ninjs.version.as_deref());
    told.some("first created", ninjs.first_created.as_deref());
    told.some("version created", ninjs.version_created.as_deref());
    let published = filing
        .published
        .and_then(|seconds| Timestamp::from_second(seconds).ok());
    told.some("published", published.map(|time| time.to_string()).as_deref());
    told.some("embargoed until", ninjs.embargoed_until.as_deref());
    told.some("status", ninjs.pub_status.as_deref());
    told.some("urgency", ninjs.urgency.map(|urgency| urgency.to_string()).as_deref());
    told.some("language", ninjs.language.as_deref());
    let wire = filing.wire_number.as_ref();
    told.some(
        "wire number",
        wire.map(|wire| format!("{} {}", wire.service, wire.number)).as_deref(),
    );
}

fn take(told: &mut Told, filing: &Filing) {
    if let Some(take) = &filing.take {
        let number = take.number.map_or_else(String::new, |number| format!(" {number}"));
        let kind = format!("{:?}", take.kind).to_lowercase();
        told.line("take", &format!("{kind}{number}, written {:?}", take.label));
    }
    for target in &filing.targets {
        told.line(
            "target",
            &match target {
                Target::Uri(uri) => format!("uri {uri}"),
                Target::Slug(slug) => format!("slug {slug}"),
                Target::Number(number) => format!("number {number}"),
            },
        );
    }
}

fn tags(told: &mut Told, ninjs: &Ninjs) {
    for (what, named) in [
        ("person", &ninjs.people),
        ("organisation", &ninjs.organisations),
        ("place", &ninjs.places),
    ] {
        for one in named {
            told.line(what, &of_named(one));
        }
    }
    for subject in &ninjs.subjects {
        told.line(
            "subject",
            &parts(
                &subject.name,
                [None, subject.uri.as_deref(), subject.literal.as_deref()],
            ),
        );
    }
    for source in &ninjs.info_sources {
        told.line(
            "source",
            &parts(&source.name, [source.role.as_deref(), source.uri.as_deref(), None]),
        );
    }
}

fn of_named(named: &Named) -> String {
    parts(
        &named.name,
        [named.rel.as_deref(), named.uri.as_deref(), named.literal.as_deref()],
    )
}

/// A name, then what is known of its role, identifier and code.
fn parts(name: &str, known: [Option<&str>; 3]) -> String {
    let mut whole = name.to_owned();
    for (what, value) in ["role", "uri", "code"].into_iter().zip(known) {
        if let Some(value) = value {
            let _ = write!(whole, " ({what} {value})");
        }
    }
    whole
}

/// Lines of a name and a value.
#[derive(Default)]
struct Told(String);

impl Told {
    /// Control characters and white space at the ends are shown, not printed: a snapshot is to tell of them.
    fn line(&mut self, name: &str, value: &str) {
        let odd = value.trim() != value || value.chars().any(char::is_control);
        let _ = if odd {
            writeln!(self.0, "{name} {value:?}")
        } else {
            writeln!(self.0, "{name} {value}")
        };
    }

    fn some(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(name, value);
        }
    }
}
