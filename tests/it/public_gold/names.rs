//! The name tagger and the people step on the development parts of four published sets: people's names, exact spans.

use dateline::extract::Extractor;
use dateline::extract::tagger::{Models, labelled, train};
use dateline::vocabulary::Vocabulary;

use crate::support::shared;

/// A set: its file, its language, and the floors of F1 of the tagger alone and of the people step. The people step falls behind on
/// sentences without a story around them, where a lone name has nothing that vouches for it.
const SETS: [(&str, &str, f64, f64); 4] = [
    ("corpora/ner/en-conllpp/dev.txt", "en", 0.945, 0.93),
    ("corpora/ner/id-idner/dev.txt", "id", 0.93, 0.83),
    ("corpora/ner/esp-conll2002/esp.testa", "es", 0.895, 0.82),
    ("corpora/ner/ned-conll2002/ned.testa", "nl", 0.85, 0.78),
];

#[test]
fn names_in_published_sets_are_found() {
    let models = Models::builtin();
    let extractor = Extractor::new(Vocabulary::builtin());
    for (file, language, of_tagger, of_people) in SETS {
        let Some(path) = shared(file) else { return };
        let documents = labelled::read(&std::fs::read_to_string(path).unwrap()).unwrap();
        let measured = train::measure(&extractor, models.of(language).unwrap(), language, &documents);
        let (tagger, people) = (measured.tagger, measured.people);
        eprintln!(
            "{file}: tagger P {:.3} R {:.3} F1 {:.3}; people step P {:.3} R {:.3} F1 {:.3}",
            tagger.precision(),
            tagger.recall(),
            tagger.f1(),
            people.precision(),
            people.recall(),
            people.f1()
        );
        assert!(tagger.f1() >= of_tagger && people.f1() >= of_people, "{file}");
    }
}
