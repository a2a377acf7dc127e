//! Who said it, over real stories that were read by hand: `speaker:NAME` finds exactly the stories to which extraction gave that
//! speaker, by the full name, by the surname, and by every other spelling that is known.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use dateline::extract::Extractor;
use dateline::extract::evaluate::GoldStory;
use dateline::index::{Prepared, Reader, Writer, WriterOptions};
use dateline::query::Query;
use dateline::search::{self, SearchRequest};
use dateline::story::Facet;
use dateline::text::{fold, words_of};
use dateline::vocabulary::Vocabulary;
use dateline::vocabulary::people::People;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{NOW, root, shared};

/// The stories of a gold file, indexed, and who speaks in them.
struct Stories {
    _dir: TempDir,
    reader: Reader,
    /// By the id of the story: the speakers that extraction found.
    speakers: BTreeMap<String, Vec<String>>,
    /// The speakers that a reader found in any of them.
    named: BTreeSet<String>,
    forms: Forms,
}

/// What the list of people says, read by itself.
#[derive(Default)]
struct Forms(BTreeMap<String, Vec<String>>);

impl Forms {
    fn read() -> Self {
        let mut forms = Self::default();
        let list = fs::read_to_string(root().join("index_schema/vocabulary/people.tsv")).unwrap();
        for row in list.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut cells = row.split('\t');
            let name = cells.next().unwrap();
            let spellings = cells.next().unwrap_or_default().split('|').map(str::trim);
            let full = spellings.filter(|form| !form.is_empty() && !form.starts_with('~'));
            let all = forms.0.entry(name.to_owned()).or_insert_with(|| vec![name.to_owned()]);
            all.extend(full.map(str::to_owned));
        }
        forms
    }

    /// Every form of the person whom the list knows by this name, where it is one; else the name alone.
    fn of(&self, name: &str, people: &People) -> Vec<String> {
        let person = people.of_name(name).map(|person| people.name(person).to_string());
        let listed = person.and_then(|person| self.0.get(&person).cloned());
        // A form that two people bear is nobody's.
        let own = |form: &String| people.of_name(form).is_some();
        let forms = listed.unwrap_or_default().into_iter().filter(own);
        std::iter::once(name.to_owned()).chain(forms).collect()
    }
}

fn words(name: &str) -> BTreeSet<String> {
    let plain = fold(name).replace(['\'', '’'], "");
    words_of(&plain).map(str::to_owned).collect()
}

impl Stories {
    fn of(path: &str) -> Option<Self> {
        let gold = fs::read_to_string(shared(path)?).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(dir.path(), WriterOptions::default()).unwrap();
        let extractor = Extractor::new(Vocabulary::builtin());
        let (mut speakers, mut named) = (BTreeMap::new(), BTreeSet::new());
        for line in gold.lines() {
            let story: GoldStory = serde_json::from_str(line).unwrap();
            let read: Value = serde_json::from_str(line).unwrap();
            let entries = read["gold"]["speakers"].as_array().unwrap().iter();
            named.extend(entries.map(|entry| entry.as_str().or(entry["name"].as_str()).unwrap().to_owned()));
            let filing = story.filing();
            let found = extractor.extract(&filing);
            speakers.insert(story.id, found.speakers.clone());
            writer.put_prepared(Prepared::new(filing, found)).unwrap();
        }
        writer.finish().unwrap();
        Some(Self {
            reader: Reader::open(dir.path()).unwrap(),
            _dir: dir,
            speakers,
            named,
            forms: Forms::read(),
        })
    }

    fn found(&self, name: &str) -> BTreeSet<String> {
        let request = SearchRequest {
            limit: SearchRequest::MAX_LIMIT,
            ..SearchRequest::new(Query::Facet(Facet::Speaker, name.to_owned()).to_string())
        };
        let answer = search::search(&self.reader.snapshot(), &Vocabulary::builtin(), &request, NOW).unwrap();
        answer.hits.into_iter().map(|hit| hit.id).collect()
    }

    /// The stories with a speaker who has all words of the name in one form of theirs.
    fn with(&self, name: &str) -> BTreeSet<String> {
        let vocabulary = Vocabulary::builtin();
        let wanted = words(name);
        let is_meant = |speaker: &String| {
            let forms = self.forms.of(speaker, &vocabulary.people);
            forms.iter().any(|form| wanted.is_subset(&words(form)))
        };
        let having = self.speakers.iter().filter(|(_, all)| all.iter().any(is_meant));
        having.map(|(id, _)| id.clone()).collect()
    }

    /// What a reader may type for a speaker: each way with what it is.
    fn typed(&self, name: &str) -> Vec<(&'static str, String)> {
        let people = &Vocabulary::builtin().people;
        let mut typed = vec![("full name", name.to_owned())];
        let last = name.split_whitespace().next_back().unwrap();
        typed.push(("surname", last.to_owned()));
        typed.extend(
            self.forms
                .of(name, people)
                .into_iter()
                .map(|form| ("known spelling", form)),
        );
        for at in 0..typed.len() {
            let (_, form) = typed[at].clone();
            typed.push(("capitals", form.to_uppercase()));
            typed.push(("small letters without diacritics", fold(&form)));
            typed.push((
                "words parted by spaces",
                form.replace(['-', '’', '\''], " ").replace("  ", " "),
            ));
            typed.push(("with spaces around", format!(" {form}  ")));
        }
        typed
    }
}

#[track_caller]
fn every_speaker_is_found(path: &str, least: usize) {
    let Some(stories) = Stories::of(path) else { return };
    let (mut asked, mut faults) = (0, Vec::new());
    let mut found_at_all = 0;
    for name in &stories.named {
        let by_name = stories.found(name);
        found_at_all += usize::from(!by_name.is_empty());
        for (way, typed) in stories.typed(name) {
            asked += 1;
            let (found, wanted) = (stories.found(&typed), stories.with(&typed));
            // Words that a hyphen or an apostrophe joined are other words when they stand apart.
            let fits = found == wanted || way == "words parted by spaces" && found == by_name;
            if !fits {
                faults.push(format!("{name}, {way}: {typed:?} finds {found:?}, and not {wanted:?}"));
            }
            if way == "full name" && !by_name.iter().all(|id| stories.with(name).contains(id)) {
                faults.push(format!("{name}: {by_name:?}"));
            }
        }
    }
    eprintln!(
        "{path}: {} speakers, {found_at_all} with stories, {asked} ways to type them",
        stories.named.len()
    );
    assert!(faults.is_empty(), "{} of {asked}\n{}", faults.len(), faults.join("\n"));
    assert!(
        found_at_all >= least,
        "{found_at_all} of {} are found",
        stories.named.len()
    );
}

#[test]
fn english_speakers_are_found_by_every_form_of_their_names() {
    every_speaker_is_found("gold/dev-en.jsonl", 51);
}

#[test]
fn indonesian_speakers_are_found_by_every_form_of_their_names() {
    every_speaker_is_found("gold/dev-id.jsonl", 47);
}
