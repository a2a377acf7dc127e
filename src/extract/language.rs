//! The language of a filing: its tag where that is plausible, else told from the headline and the first 1.5 KB.
//!
//! The script decides many languages; the others by a naive Bayes over frequent words and letter trigrams. A tag loses
//! to the text only when the text is long enough to be sure and speaks another language by a wide margin: feeds mark all
//! their items `en` whatever they carry. `und` when there is no tag, and too little text in a known language.

mod script;

use super::document::Text;
use crate::text::{Case, Kind};
use crate::vocabulary::languages::{Language, Languages};
use script::{is_letter, main_script};

/// How much of the text is read, in bytes.
const READ: usize = 1_500;
/// When its first bytes leave no doubt, the rest is not read.
const READ_FIRST: usize = 500;
/// A tag is overruled when the text's best language scores this many times the tagged one …
const OVERRULING_RATIO: f32 = 1.6;
/// … and this much by itself, about ten frequent words.
const OVERRULING_SCORE: f32 = 40.0;
/// When words alone lead by this much, trigrams are not asked.
const CLEAR_LEAD: f32 = 40.0;
/// How many bytes of the text the trigrams read.
const READ_TRIGRAMS: usize = 600;
/// Fewer words tell nothing: a name, a ticker, a heading.
const LEAST_WORDS: usize = 2;
/// What each of the first words scores at least, in the mean, …
const LEAST_SCORE: f32 = 1.5;
/// … as far as so many words.
const SCORED_WORDS: usize = 6;
/// One in so many words is among the most frequent ones of a language in running text; in tables, tickers and noise none is.
const ONE_FREQUENT_IN: usize = 10;
/// A sentence with fewer has so many letters in a word, …
const LETTERS_IN_WORD: usize = 4;
/// … and its letters score so much each. Noise scores half as much.
const LEAST_LETTER_SCORE: f32 = 0.25;
/// Capitals no longer than this may be tickers and acronyms, which look like short words.
const LONGEST_TICKER: u32 = 4;
/// Fewer letters of a script with one language only tell nothing.
const LEAST_LETTERS: usize = 2;

/// A filing's language, ISO 639-1 or `und`.
#[must_use]
pub(super) fn language(languages: &Languages, tag: Option<&str>, headline: &Text, body: &Text) -> &'static str {
    let tagged = tag.and_then(|tag| languages.of_tag(tag));
    let scores = Scores::of(languages, headline, body);
    let Some(best) = scores.best() else {
        return tagged.map_or("und", |language| language.id);
    };
    match tagged {
        Some(tagged) if !scores.overrule(tagged, best) => tagged.id,
        _ => best.0.id,
    }
}

/// What the text says for each language of its script.
struct Scores<'l> {
    languages: &'l Languages,
    script: &'static str,
    letters: usize,
    words: usize,
    of: Vec<f32>,
    /// How many of the words are frequent in a language.
    frequent: Vec<usize>,
}

impl<'l> Scores<'l> {
    fn of(languages: &'l Languages, headline: &Text, body: &Text) -> Self {
        let start = (start_of(headline.text, READ / 3), start_of(body.text, READ));
        let (script, letters) = main_script([start.0, start.1]);
        let mut scores = Self {
            languages,
            script,
            letters,
            words: 0,
            of: vec![0.0; languages.len()],
            frequent: vec![0; languages.len()],
        };
        if scores.candidates().nth(1).is_some() {
            for (at, language) in languages.all().iter().enumerate() {
                scores.of[at] = language.prior;
            }
            scores.add_words(headline, 0, start.0.len());
            scores.add_words(body, 0, READ_FIRST);
            if scores.lead(true) < CLEAR_LEAD {
                scores.add_words(body, READ_FIRST, READ);
            }
            if scores.lead(false) < CLEAR_LEAD {
                scores.add_trigrams(start.0);
                scores.add_trigrams(start_of(body.text, READ_TRIGRAMS));
            }
        }
        scores
    }

    /// The languages written in the text's script, with their places.
    fn candidates(&self) -> impl Iterator<Item = (usize, &'l Language)> {
        let script = self.script;
        let all = self.languages.all().iter().enumerate();
        all.filter(move |(_, language)| language.script == script)
    }

    fn add(&mut self, weights: &[(u8, f32)]) {
        for &(language, weight) in weights {
            self.of[usize::from(language)] += weight;
        }
    }

    /// Adds the words that start in these bytes.
    fn add_words(&mut self, text: &Text, from: usize, to: usize) {
        let first = text.tokens.partition_point(|token| (token.start as usize) < from);
        for token in &text.tokens[first..] {
            if token.start as usize >= to {
                break;
            }
            if token.kind != Kind::Word {
                continue;
            }
            self.words += 1;
            let weights = self.languages.word(token.folded);
            self.add(weights);
            let capitals = token.case == Case::AllCapitals || token.end - token.start == 1;
            if !capitals || token.end - token.start > LONGEST_TICKER {
                for &(language, _) in weights {
                    self.frequent[usize::from(language)] += 1;
                }
            }
        }
    }

    fn add_trigrams(&mut self, text: &str) {
        let mut window = ['_'; 3];
        let mut lower = String::with_capacity(4);
        for c in text.chars().chain([' ']) {
            lower.clear();
            if is_letter(c) {
                push_lower(c, &mut lower);
            } else if window[2] != '_' {
                lower.push('_');
            }
            for next in lower.chars() {
                window = [window[1], window[2], if next == 'ی' { 'ي' } else { next }];
                self.add(self.languages.trigram(window));
            }
        }
    }

    /// How far the best language is before the second; or before the second with other trigrams than its own.
    fn lead(&self, of_relatives: bool) -> f32 {
        let Some((best, at)) = self.first() else { return 0.0 };
        let others = self
            .candidates()
            .filter(|&(other, language)| other != at && (of_relatives || language.family != best.family));
        let second = others.map(|(other, _)| self.of[other]).fold(0.0, f32::max);
        self.of[at] - second
    }

    /// The best language and its place; the list's order breaks a tie.
    fn first(&self) -> Option<(&'l Language, usize)> {
        let mut best: Option<(&Language, usize)> = None;
        for (at, language) in self.candidates() {
            if best.is_none_or(|(_, before)| self.of[at] > self.of[before]) {
                best = Some((language, at));
            }
        }
        best
    }

    /// The best language and its score, if the text says enough.
    fn best(&self) -> Option<(&'l Language, f32)> {
        let (best, at) = self.first()?;
        let score = self.of[at];
        let only = self.candidates().nth(1).is_none();
        let enough = if only {
            self.letters >= LEAST_LETTERS
        } else {
            self.words >= LEAST_WORDS
                && score >= LEAST_SCORE * self.words.min(SCORED_WORDS) as f32
                && (self.frequent[at] * ONE_FREQUENT_IN >= self.words || self.is_like(score))
        };
        enough.then_some((best, score))
    }

    /// Whether the letters stand beside each other as they do in the best language, whatever the words.
    fn is_like(&self, score: f32) -> bool {
        self.letters >= LETTERS_IN_WORD * self.words && score >= LEAST_LETTER_SCORE * self.letters as f32
    }

    /// Whether the text plainly speaks another language than it is tagged with.
    fn overrule(&self, tagged: &Language, (best, score): (&Language, f32)) -> bool {
        if best.id == tagged.id || tagged.script == "-" {
            return false;
        }
        if tagged.script != self.script {
            return self.letters >= 40;
        }
        let all = self.languages.all().iter();
        let tagged_score = all.zip(&self.of).find(|(language, _)| language.id == tagged.id);
        score >= OVERRULING_SCORE && score > tagged_score.map_or(0.0, |(_, score)| *score) * OVERRULING_RATIO
    }
}

fn push_lower(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else {
        out.extend(c.to_lowercase());
    }
}

/// The first bytes of a text, cut between letters.
fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> &'static str {
        language(&Languages::builtin().unwrap(), None, &Text::new(""), &Text::new(text))
    }

    /// Two sentences in every language.
    const STORIES: [(&str, &str); 40] = [
        (
            "en",
            "The harbour was closed on Monday after a storm, officials said. Ferries will return when the wind has dropped.",
        ),
        (
            "id",
            "Pelabuhan ditutup pada Senin karena badai, kata pejabat setempat. Feri bisa berlayar lagi setelah angin reda.",
        ),
        (
            "ms",
            "Pelabuhan ditutup pada Isnin kerana ribut, kata polis. Feri boleh belayar semula selepas angin reda.",
        ),
        (
            "es",
            "El puerto fue cerrado el lunes por una tormenta, dijeron las autoridades. Los barcos volverán cuando baje el viento.",
        ),
        (
            "fr",
            "Le port a été fermé lundi après une tempête, selon les autorités. Les bateaux reprendront quand le vent sera tombé.",
        ),
        (
            "de",
            "Der Hafen wurde am Montag nach einem Sturm gesperrt, wie die Behörden mitteilten. Die Fähren fahren erst wieder, wenn sich der Wind legt.",
        ),
        (
            "nl",
            "De haven werd maandag gesloten na een storm, zeiden de autoriteiten. De veerboten varen weer als de wind is gaan liggen.",
        ),
        (
            "pt",
            "O porto foi fechado na segunda-feira após uma tempestade, disseram as autoridades. Os barcos voltam quando o vento baixar.",
        ),
        (
            "it",
            "Il porto è stato chiuso lunedì dopo una tempesta, hanno detto le autorità. I traghetti torneranno quando il vento sarà calato.",
        ),
        (
            "sv",
            "Hamnen stängdes på måndagen efter en storm, säger myndigheterna. Färjorna går igen när vinden har lagt sig.",
        ),
        (
            "da",
            "Havnen blev lukket mandag efter en storm, siger myndighederne. Færgerne sejler igen, når vinden har lagt sig.",
        ),
        (
            "no",
            "Havnen ble stengt mandag etter en storm, sier myndighetene. Fergene går igjen når vinden har lagt seg.",
        ),
        (
            "fi",
            "Satama suljettiin maanantaina myrskyn jälkeen, viranomaiset kertovat. Lautat palaavat, kun tuuli on tyyntynyt.",
        ),
        (
            "pl",
            "Port został zamknięty w poniedziałek po burzy, podały władze. Promy wrócą, gdy wiatr osłabnie.",
        ),
        (
            "cs",
            "Přístav byl v pondělí po bouři uzavřen, uvedly úřady. Trajekty se vrátí, až vítr zeslábne.",
        ),
        (
            "ro",
            "Portul a fost închis luni după o furtună, au spus autoritățile. Feriboturile se vor întoarce când vântul va slăbi.",
        ),
        (
            "hu",
            "A kikötőt hétfőn egy vihar után lezárták, közölték a hatóságok. A kompok akkor indulnak újra, ha a szél elül.",
        ),
        (
            "tr",
            "Liman pazartesi günü bir fırtınanın ardından kapatıldı, yetkililer açıkladı. Feribotlar rüzgar dinince geri dönecek.",
        ),
        (
            "vi",
            "Cảng đã bị đóng cửa hôm thứ Hai sau một cơn bão, các quan chức cho biết. Phà sẽ trở lại khi gió giảm.",
        ),
        (
            "ru",
            "Порт был закрыт в понедельник после шторма, сообщили власти. Паромы вернутся, когда ветер стихнет.",
        ),
        (
            "uk",
            "Порт було закрито в понеділок після шторму, повідомила влада. Пороми повернуться, коли вітер вщухне.",
        ),
        (
            "ar",
            "أغلق الميناء يوم الاثنين بعد عاصفة، وقال مسؤولون إن العبارات ستعود عندما تهدأ الرياح.",
        ),
        (
            "fa",
            "بندر روز دوشنبه پس از توفان بسته شد، مقام‌ها گفتند که کشتی‌ها با آرام شدن باد باز می‌گردند.",
        ),
        ("he", "הנמל נסגר ביום שני לאחר סערה, אמרו הרשויות."),
        ("hi", "तूफान के बाद सोमवार को बंदरगाह बंद कर दिया गया, अधिकारियों ने कहा है।"),
        ("zh", "当局表示，港口周一在风暴后关闭，渡轮将在风停后恢复。"),
        ("ja", "当局によると、港は月曜日に嵐のため閉鎖された。"),
        ("ko", "당국은 월요일 폭풍 이후 항구가 폐쇄됐다고 밝혔다."),
        (
            "sk",
            "Prístav bol v pondelok po búrke zatvorený, uviedli úrady. Trajekty sa vrátia, keď sa vietor utíši.",
        ),
        (
            "bg",
            "Пристанището беше затворено в понеделник след буря, съобщиха властите. Фериботите ще се върнат, когато вятърът утихне.",
        ),
        (
            "el",
            "Το λιμάνι έκλεισε τη Δευτέρα μετά από καταιγίδα, ανακοίνωσαν οι αρχές.",
        ),
        ("bn", "ঝড়ের পর সোমবার বন্দরটি বন্ধ করে দেওয়া হয়েছে, কর্মকর্তারা জানিয়েছেন।"),
        (
            "ur",
            "حکام نے کہا ہے کہ طوفان کے بعد پیر کو بندرگاہ بند کر دی گئی اور کشتیاں بعد میں چلیں گی۔",
        ),
        (
            "tl",
            "Isinara ang daungan noong Lunes matapos ang bagyo, ayon sa mga opisyal. Babalik ang mga barko kapag humina na ang hangin.",
        ),
        (
            "sw",
            "Bandari ilifungwa siku ya Jumatatu baada ya dhoruba, maafisa walisema. Meli zitarudi wakati upepo utakapopungua.",
        ),
        (
            "ha",
            "An rufe tashar jirgin ruwa a ranar Litinin bayan guguwa, in ji jami'ai. Jiragen za su dawo idan iska ta ragu.",
        ),
        (
            "yo",
            "Wọ́n ti èbúté náà pa ní ọjọ́ Ajé lẹ́yìn ìjì líle, àwọn aláṣẹ ló sọ bẹ́ẹ̀. Àwọn ọkọ̀ ojú omi yóò padà nígbà tí afẹ́fẹ́ bá rọlẹ̀.",
        ),
        (
            "ig",
            "E mechiri ọdụ ụgbọ mmiri ahụ na Mọnde mgbe oké ifufe gasịrị, ka ndị ọrụ gọọmenti kwuru. Ụgbọ ga-alaghachi mgbe ifufe kwụsịrị.",
        ),
        ("am", "ወደቡ ሰኞ ዕለት ከአውሎ ነፋስ በኋላ ተዘግቷል ሲሉ ባለሥልጣናት ተናገሩ።"),
        ("th", "ท่าเรือถูกปิดในวันจันทร์หลังเกิดพายุ เจ้าหน้าที่กล่าว"),
    ];

    #[test]
    fn short_stories_are_told_apart() {
        for (language, story) in STORIES {
            assert_eq!(told(story), language, "{story}");
        }
    }

    #[test]
    fn nothing_is_told_of_a_text_without_letters() {
        assert_eq!(told(""), "und");
        assert_eq!(told("12:30 1-0 ..."), "und");
    }

    #[test]
    fn a_plausible_tag_wins_over_a_short_text_and_loses_to_a_plain_one() {
        let languages = Languages::builtin().unwrap();
        let indonesian = "Menteri mengatakan bahwa pelabuhan itu akan dibuka kembali karena badai sudah reda. Warga di kabupaten \
                          tersebut bisa menggunakan feri untuk kembali ke rumah mereka, kata dia kepada wartawan pada Senin.";
        let language =
            |tag, headline, body| super::language(&languages, Some(tag), &Text::new(headline), &Text::new(body));
        assert_eq!(language("pt-BR", "Porto", "Ok"), "pt");
        assert_eq!(language("en-GB", "", indonesian), "id");
        assert_eq!(language("jv", "", indonesian), "jv");
        assert_eq!(language("klingon", "", indonesian), "id");
        assert_eq!(language("ms", "Polis", "1-0"), "ms");
    }
}
