//! Words that lists of stop words hold are words like others: phrases of nothing else are found exactly, in every language with
//! stems, and marked as wholes.

use std::fmt::Write as _;
use std::sync::OnceLock;

use dateline::index::analyzer::stem_languages;
use dateline::search::SearchRequest;
use serde_json::json;

use crate::support::Sample;

/// A language, a phrase of small words as it stands in a sentence, and the sentence around it, parted by `|`.
const PHRASES: [(&str, &str); 26] = [
    ("ar", "قال المعلم إن السؤال كان |ما هو وما هي| وبقي بلا جواب"),
    ("da", "Manden sagde på mødet at |det er det der er| og gik hjem"),
    ("de", "Die Lehrerin schrieb |der die das| an die Tafel der Schule"),
    (
        "de",
        "Der Minister fragte |was wird sein und was nicht| bei der Sitzung",
    ),
    ("el", "Ο δάσκαλος είπε |το να μην είναι| και έφυγε από το σχολείο"),
    ("en", "The actor whispered |to be or not to be| and left the stage"),
    ("en", "A concert by |The Who| filled the harbour on Friday"),
    ("en", "The band was asked |who are they| when it landed"),
    ("es", "El actor dijo |ser o no ser| y dejó el escenario"),
    ("fi", "Opettaja sanoi että |se on mitä se on| ja lähti kotiin"),
    ("fr", "La ministre a dit |ce que l’on est| devant les maires"),
    ("hi", "शिक्षक ने कहा |यह है और वह था| और घर चला गया"),
    ("hu", "A tanár azt mondta |ez az és nem az| majd hazament"),
    (
        "id",
        "Rapat itu dihadiri |kementerian dan| lembaga dari seluruh provinsi",
    ),
    ("id", "Warga bertanya |di sini atau di sana| kepada petugas pelabuhan"),
    ("it", "Il ministro ha detto |che non è quello che è| davanti ai sindaci"),
    ("ms", "Guru itu bertanya |yang ini dan yang itu| kepada murid sekolah"),
    ("nl", "De minister zei |het is wat het is| en vertrok naar huis"),
    ("no", "Læreren sa |det er som det er| og gikk hjem"),
    ("pl", "Aktor powiedział |to nie jest to| i opuścił scenę"),
    ("pt", "O ator disse |ser ou não ser| e deixou o palco"),
    ("ro", "Actorul a spus |a fi sau a nu fi| și a plecat acasă"),
    ("ru", "Учитель сказал |не то и не это| и ушёл домой"),
    ("sv", "Läraren sade |det är som det är| och gick hem"),
    ("tr", "Öğretmen sordu |bu mu yoksa o mu| ve eve gitti"),
    ("uk", "Учитель сказав |не те і не це| та пішов додому"),
];

/// Tamil by itself: it joins its small words to others.
const TAMIL: (&str, &str) = ("ta", "ஆசிரியர் கேட்டார் |இது அது அல்ல| என்று சொன்னார்");

fn all() -> impl Iterator<Item = (usize, &'static str, String, String)> {
    let all = PHRASES.into_iter().chain([TAMIL]).enumerate();
    all.map(|(at, (language, text))| {
        let phrase = text.split('|').nth(1).unwrap().to_owned();
        (at, language, text.replace('|', ""), phrase)
    })
}

/// Each phrase in a story of its own, and its words the other way round in another.
fn stories() -> &'static Sample {
    static STORIES: OnceLock<Sample> = OnceLock::new();
    STORIES.get_or_init(|| {
        let mut lines = String::new();
        for (at, language, text, phrase) in all() {
            let backwards: Vec<&str> = phrase.split(' ').rev().collect();
            let mixed = text.replace(&phrase, &backwards.join(" "));
            for (kind, body) in [("whole", text), ("mixed", mixed)] {
                let story = json!({
                    "id": format!("{kind}:{at}"), "title": format!("{kind} {at}"), "language": language,
                    "body": format!("{body}. {at}{kind}."), "date": "2026-03-01",
                });
                writeln!(lines, "{story}").unwrap();
            }
        }
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("stories.jsonl");
        std::fs::write(&file, lines).unwrap();
        Sample::of(&[file])
    })
}

#[test]
fn every_language_with_stems_is_among_them() {
    for language in stem_languages() {
        assert!(all().any(|(_, other, ..)| other == *language), "{language}");
    }
}

#[test]
fn a_phrase_of_small_words_is_found_as_written_and_marked_as_a_whole() {
    let stories = stories();
    assert_eq!(stories.balance.counts.added, 2 * (PHRASES.len() as u64 + 1));
    for (at, language, _, phrase) in all() {
        for quoted in [phrase.clone(), phrase.to_uppercase(), phrase.replace(' ', ", ")] {
            // Capitals of some short words are acronyms, others than the words.
            if quoted != phrase && stories.found(&format!("\"{quoted}\"")).is_empty() && quoted.is_ascii() {
                assert!(
                    quoted.split(' ').any(|word| ["WHO", "IS", "IT", "US"].contains(&word)),
                    "{quoted}"
                );
                continue;
            }
            let request = SearchRequest::new(format!("\"{quoted}\""));
            let answer = stories.search(&request);
            let found: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
            let turned = phrase.split(' ').rev().eq(phrase.split(' '));
            let expected = if turned { 2 } else { 1 };
            assert_eq!(
                found.len(),
                expected,
                "{language} {quoted:?}: {found:?}, {:?}",
                answer.query
            );
            let hit = answer.hits.iter().find(|hit| hit.id == format!("whole:{at}"));
            let hit = hit.unwrap_or_else(|| panic!("{language} {quoted:?}: {found:?}"));
            let marked = hit.highlights.iter().flat_map(|light| {
                let spans = light.spans.iter();
                spans.map(|span| light.text[span.start..span.end].to_owned())
            });
            let marked: Vec<String> = marked.collect();
            assert_eq!(marked, [phrase.as_str()], "{language} {quoted:?}");
        }
    }
}

#[test]
fn small_words_without_quotation_marks_find_stories_that_have_them() {
    let stories = stories();
    for (at, language, _, phrase) in all() {
        let found = stories.found(&phrase.to_lowercase());
        for kind in ["whole", "mixed"] {
            let wanted = format!("{kind}:{at}");
            assert!(found.contains(&wanted), "{language} {phrase:?}: {found:?}");
        }
    }
}

#[test]
fn a_phrase_reaches_over_small_words_exactly() {
    let stories = stories();
    for (at, language, text, phrase) in all() {
        let Some((before, after)) = text.split_once(&phrase) else {
            continue;
        };
        let (Some(before), Some(after)) = (before.split_whitespace().next_back(), after.split_whitespace().next())
        else {
            continue;
        };
        let wanted = [format!("whole:{at}")];
        let longer = format!("\"{before} {phrase} {after}\"");
        let found = stories.found(&longer);
        assert!(
            found.iter().any(|id| *id == wanted[0]),
            "{language} {longer}: {found:?}"
        );
        let without = format!("\"{before} {after}\"");
        assert!(stories.found(&without).is_empty(), "{language} {without}");
    }
}
