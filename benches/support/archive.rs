//! A made-up archive of any size, the same on every machine that has the same texts: stories recombined from paragraphs,
//! with facet values as skewed as real ones.
//!
//! The paragraphs are real wire copy where `../shared/corpora/news` lies beside the crate, else sentences of made-up words
//! with Zipf frequencies. People, countries, sources and languages are drawn by Zipf's law; names are made up.

use dateline::story::{
    Basis, Certainty, Country, Extraction, Filing, Person, Quote, Source, SourceRole, Subject, Timestamp,
};

use crate::news::{NewsStory, news};
use crate::random::{Random, Zipf};

/// Different people named.
const PEOPLE: usize = 200_000;
/// Agencies and outlets.
const SOURCES: usize = 500;
/// Different words of the made-up language.
const WORDS: usize = 60_000;
/// Paragraphs that are kept to choose from: some 25 MB.
const PARAGRAPHS: usize = 60_000;
/// 2004-01-01 UTC.
const FIRST_DAY: Timestamp = 1_072_915_200;
/// Twenty years.
const SECONDS: usize = 20 * 365 * 86_400;
/// The most frequent first.
pub(crate) const LANGUAGES: [&str; 8] = ["en", "id", "es", "fr", "de", "pt", "ar", "ms"];
/// ISO 3166-1 alpha-2, those that wires name most first.
const COUNTRIES: &str = "US CN GB RU FR DE IN JP ID UA IL IR BR AU CA KR IT TR SA PK EG MX ES MY SG ZA NG TH PH VN AF IQ SY KP \
    AR PL NL BE CH SE NO DK FI GR PT IE AT CZ HU RO BG RS HR SI SK LT LV EE BY MD GE AM AZ KZ UZ TM KG TJ MN TW HK MO MM KH LA \
    BN TL BD LK NP BT MV AE QA KW BH OM YE JO LB PS CY MT LY TN DZ MA MR ML NE TD SD SS ET ER DJ SO KE UG TZ RW BI CD CG GA CM \
    CF GQ ST AO ZM ZW MW MZ BW NA SZ LS MG MU SC KM GH CI BF TG BJ SN GM GN GW SL LR CV CL PE CO VE EC BO PY UY GY SR GT HN SV \
    NI CR PA BZ CU DO HT JM TT BB BS AG DM GD KN LC VC PR NZ FJ PG SB VU WS TO TV KI NR PW FM MH NC PF GU AS MP CK NU TK WF PN \
    IS LI LU MC AD SM VA AL MK BA ME XK GI IM JE GG FO GL AX SJ RE YT MQ GP GF BL MF PM BM KY TC VG VI AI MS AW CW SX BQ FK GS \
    SH IO CX CC NF HM BV TF AQ UM EH";

/// Everything that stories are made from.
pub(crate) struct Archive {
    pub(crate) seed: u64,
    texts: Texts,
    pub(crate) people: Zipf,
    pub(crate) countries: (Zipf, Vec<&'static str>),
    pub(crate) sources: Zipf,
    pub(crate) languages: Zipf,
}

impl Archive {
    /// The archive of that seed.
    pub(crate) fn new(seed: u64) -> Self {
        let real = Texts::real();
        let countries: Vec<&str> = COUNTRIES.split_whitespace().collect();
        Self {
            seed,
            texts: if real.paragraphs.is_empty() {
                Texts::made_up(seed)
            } else {
                real
            },
            people: Zipf::new(PEOPLE),
            countries: (Zipf::new(countries.len()), countries),
            sources: Zipf::new(SOURCES),
            languages: Zipf::new(LANGUAGES.len()),
        }
    }

    /// The `n`-th story, with what extraction would find in it.
    pub(crate) fn story(&self, n: usize) -> (Filing, Extraction) {
        let random = &mut Random::new(self.seed, n as u64 + 1);
        let mut extraction = self.facets(random);
        let names: Vec<String> = extraction.people.iter().map(|person| person.value.clone()).collect();
        let mut body = String::with_capacity(3_000);
        for at in 0..random.between(4, 8) {
            if at > 0 {
                body.push('\n');
            }
            body.push_str(self.paragraph(random));
            if at > 0 && random.below(3) == 0 {
                self.quote(one_of(&names, random), &mut body, &mut extraction, random);
            }
        }
        let mut filing = Filing {
            published: Some(FIRST_DAY + random.below(SECONDS) as Timestamp),
            ..Filing::default()
        };
        filing.ninjs.uri = format!("tag:archive.example,2024:{n}");
        filing.ninjs.set_headline(one_of(&self.texts.headlines, random));
        filing.ninjs.by = Some(one_of(&self.texts.bylines, random).to_owned());
        filing.ninjs.set_body(body);
        filing.ninjs.slugline = Some(format!("{}-{}", names[0].to_uppercase(), extraction.countries[0].value));
        filing.ninjs.subjects = vec![Subject {
            name: format!("subject {}", random.below(60)),
            ..Subject::default()
        }];
        (filing, extraction)
    }

    pub(crate) fn paragraph(&self, random: &mut Random) -> &str {
        one_of(&self.texts.paragraphs, random)
    }

    fn facets(&self, random: &mut Random) -> Extraction {
        let person = |rank| {
            let name = person_name(rank);
            Person {
                label: name.clone(),
                value: name,
                mentions: 1,
                rule: "made up".into(),
                confidence: 1.0,
                ..Person::default()
            }
        };
        let country = |(at, rank): (usize, usize)| Country {
            value: self.countries.1[rank].to_owned(),
            label: self.countries.1[rank].to_owned(),
            about: at == 0,
            mentions: 1,
            ..Country::default()
        };
        let source = |(at, rank): (usize, usize)| Source {
            value: format!("wire{rank:03}"),
            label: format!("Wire {rank}"),
            role: if at == 0 { SourceRole::Credit } else { SourceRole::Cited },
            basis: Basis::Named,
            rule: "made up".into(),
            spans: Vec::new(),
        };
        let people = self.people.draw_distinct(random.between(3, 9), random);
        let countries = self.countries.0.draw_distinct(random.between(1, 4), random);
        let sources = self.sources.draw_distinct(random.between(1, 3), random);
        Extraction {
            language: LANGUAGES[self.languages.draw(random)].to_owned(),
            people: people.into_iter().map(person).collect(),
            countries: countries.into_iter().enumerate().map(country).collect(),
            sources: sources.into_iter().enumerate().map(source).collect(),
            ..Extraction::default()
        }
    }

    /// Appends a sentence of someone's words.
    fn quote(&self, speaker: &str, body: &mut String, extraction: &mut Extraction, random: &mut Random) {
        let text = words_of(self.paragraph(random), 24);
        body.push_str(" “");
        let start = body.len();
        body.push_str(&text);
        let end = body.len();
        body.push_str(",” ");
        body.push_str(speaker);
        body.push_str(" said.");
        if !extraction.speakers.iter().any(|other| other == speaker) {
            extraction.speakers.push(speaker.to_owned());
        }
        extraction.quotes.push(Quote {
            text,
            speaker: Some(speaker.to_owned()),
            direct: true,
            certain: Certainty::Certain,
            cue: Some("said".into()),
            rule: "made up".into(),
            start,
            end,
            ..Quote::default()
        });
    }
}

/// One of the texts.
fn one_of<'a>(texts: &'a [String], random: &mut Random) -> &'a str {
    texts.get(random.below(texts.len())).map_or("", String::as_str)
}

/// A name that is nobody's, different for each rank.
pub(crate) fn person_name(rank: usize) -> String {
    const ONSETS: [&str; 20] = [
        "B", "D", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S", "T", "V", "W", "Y", "Z", "Dr", "Kl",
    ];
    const MIDDLES: [&str; 5] = ["a", "e", "i", "o", "u"];
    const ENDS: [&str; 10] = ["ndo", "rik", "lma", "sto", "vani", "ren", "tis", "mbe", "lov", "quin"];
    // A permutation, so that frequent people do not share a surname.
    let at = rank * 7_919 % PEOPLE;
    let syllables = |n: usize| {
        let [onset, middle, end] = [ONSETS[n % 20], MIDDLES[n / 20 % 5], ENDS[n / 100 % 10]];
        format!("{onset}{middle}{end}")
    };
    format!("{} {}sen", syllables(at % 1_000), syllables(at / 1_000))
}

/// The first words of a text.
fn words_of(text: &str, count: usize) -> String {
    text.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
}

/// Texts to make stories from.
#[derive(Default)]
struct Texts {
    paragraphs: Vec<String>,
    headlines: Vec<String>,
    bylines: Vec<String>,
}

impl Texts {
    /// Those of real stories; none where there are no such files.
    fn real() -> Self {
        let mut texts = Self::default();
        for story in [
            "reuters-2006.jsonl.zst",
            "reuters-2007.jsonl.zst",
            "reuters-2008.jsonl.zst",
        ]
        .into_iter()
        .flat_map(news)
        {
            texts.add(story);
            if texts.paragraphs.len() >= PARAGRAPHS {
                break;
            }
        }
        texts
    }

    fn add(&mut self, story: NewsStory) {
        let parts = story
            .body
            .split("  ")
            .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
        self.paragraphs
            .extend(parts.filter(|part| (120..1_500).contains(&part.len())));
        self.headlines.push(story.title);
        self.bylines.extend(story.byline);
    }

    fn made_up(seed: u64) -> Self {
        let paragraphs = made_up_paragraphs(seed);
        Self {
            headlines: paragraphs.iter().map(|paragraph| words_of(paragraph, 9)).collect(),
            bylines: (0..1_000).map(|rank| format!("By {}", person_name(rank))).collect(),
            paragraphs,
        }
    }
}

/// Sentences of made-up words.
fn made_up_paragraphs(seed: u64) -> Vec<String> {
    const SYLLABLES: [&str; 16] = [
        "ka", "ri", "to", "ne", "su", "ma", "lo", "pe", "ti", "an", "er", "on", "is", "da", "gu", "vo",
    ];
    let random = &mut Random::new(seed, 0);
    let word = |rank: usize| {
        let (mut rest, mut word) = (rank + 16, String::new());
        while rest > 0 {
            word.push_str(SYLLABLES[rest % 16]);
            rest /= 16;
        }
        word
    };
    let ranks = Zipf::new(WORDS);
    let mut paragraph = || {
        let words: Vec<String> = (0..random.between(40, 90)).map(|_| word(ranks.draw(random))).collect();
        format!("{}.", words.join(" "))
    };
    (0..PARAGRAPHS / 4).map(|_| paragraph()).collect()
}
