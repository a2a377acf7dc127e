//! The language of stories, sentences and headlines of news in known languages, and what must stay untold.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dateline::extract::Extractor;
use dateline::story::Filing;
use dateline::vocabulary::Vocabulary;
use serde_json::Value;

use crate::support::shared;

/// So many texts of a set are read …
const MOST: usize = 150;
/// … and so many bytes of each.
const LONGEST: usize = 1_600;
/// A shorter sentence may be anyone's.
const SENTENCE: usize = 60;

fn told(extractor: &Extractor, body: &str) -> String {
    let mut end = body.len().min(LONGEST);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let mut filing = Filing::default();
    filing.ninjs.set_body(&body[..end]);
    extractor.extract(&filing).language
}

/// Every so many of the texts, so that all parts of a file are read.
fn spread(texts: Vec<String>) -> Vec<String> {
    let step = (texts.len() / MOST).max(1);
    texts.into_iter().step_by(step).take(MOST).collect()
}

/// The texts of a JSON Lines file under one of its keys.
fn lines(path: &Path, key: &str) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let values = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let texts = values.filter_map(|value| value[key].as_str().map(str::to_owned));
    spread(texts.filter(|text| text.len() > 20).collect())
}

/// A column of a tab-parted file with a head line.
fn column(path: &Path, at: usize) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let cells = text.lines().skip(1).filter_map(|line| line.split('\t').nth(at));
    spread(cells.map(str::to_owned).filter(|cell| cell.len() > 20).collect())
}

/// The sentences of a file with a token a line and an empty line after a sentence.
fn sentences(path: &Path, column: usize) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let mut sentences = Vec::new();
    for block in text.split("\n\n") {
        let mut sentence = String::new();
        let tokens = block.lines().filter(|line| !line.starts_with(['#', '-']));
        for token in tokens.filter_map(|line| line.split_whitespace().nth(column)) {
            write!(sentence, "{token} ").unwrap();
        }
        if sentence.chars().count() >= SENTENCE {
            sentences.push(sentence);
        }
    }
    spread(sentences)
}

/// The texts of a folder of files, mark-up and what stands in it left out.
fn folder(path: &Path) -> Vec<String> {
    let files = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|file| !file.to_string_lossy().contains("meta")).collect();
    files.sort();
    let texts = files.iter().map(|file| {
        let bytes = fs::read(file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let body = text.split_once("<BODY>").or(text.split_once("<TEXT>"));
        body.map_or(text.as_ref(), |(_, body)| body).to_owned()
    });
    spread(texts.collect())
}

/// Tells each text and asserts that enough are told right.
fn check(extractor: &Extractor, set: &str, language: &str, texts: &[String], floor: f64) {
    let wrong: Vec<String> = texts
        .iter()
        .map(|text| told(extractor, text))
        .filter(|got| got != language)
        .collect();
    let right = 1.0 - wrong.len() as f64 / texts.len() as f64;
    eprintln!("{set}, {language}: {:.1} % of {} {wrong:?}", right * 100.0, texts.len());
    assert!(!texts.is_empty() && right >= floor, "{set}, {language}: {right}");
}

#[test]
fn stories_are_told_by_their_first_lines() {
    let Some(news) = shared("corpora/news") else { return };
    let extractor = Extractor::new(Vocabulary::builtin());
    let sets = [
        ("en", lines(&news.join("reuters-2006-2011-sample.jsonl"), "body")),
        ("id", lines(&news.join("id-indonews-2025-06-18.jsonl"), "isi_berita")),
        ("id", lines(&news.join("id-detik-1000-half.jsonl"), "isi_berita")),
        ("ru", lines(&news.join("ru-ria_20.json"), "text")),
        ("ar", folder(&news.join("antcorpus-ar"))),
        ("pt", folder(&news.join("fakebr-pt"))),
        ("en", column(&news.join("masakhane-news/eng-dev.tsv"), 2)),
        ("fr", column(&news.join("masakhane-news/fra-dev.tsv"), 2)),
        ("sw", column(&news.join("masakhane-news/swa-dev.tsv"), 2)),
    ];
    for (language, texts) in sets {
        check(&extractor, "stories", language, &texts, 0.985);
    }
}

#[test]
fn headlines_are_told_where_they_can_be() {
    let Some(news) = shared("corpora/news") else { return };
    let extractor = Extractor::new(Vocabulary::builtin());
    let sets = [
        ("en", lines(&news.join("reuters-2006-2011-sample.jsonl"), "title"), 0.95),
        ("id", lines(&news.join("id-indonews-2025-06-18.jsonl"), "judul"), 0.93),
        ("id", lines(&news.join("id-detik-1000-half.jsonl"), "judul"), 0.94),
        ("fr", column(&news.join("masakhane-news/fra-dev.tsv"), 1), 0.96),
        ("sw", column(&news.join("masakhane-news/swa-dev.tsv"), 1), 0.96),
    ];
    for (language, texts, floor) in sets {
        check(&extractor, "headlines", language, &texts, floor);
    }
}

#[test]
fn sentences_are_told() {
    let Some(ner) = shared("corpora/ner") else { return };
    let extractor = Extractor::new(Vocabulary::builtin());
    let sets = [
        ("en", "en-conllpp/dev.txt", 0, 0.93),
        ("id", "id-idner/dev.txt", 0, 0.95),
        ("id", "id-nergrit/valid.txt", 0, 0.92),
        ("es", "esp-conll2002/esp.testa", 0, 0.96),
        ("nl", "ned-conll2002/ned.testa", 0, 0.97),
        ("de", "de-germeval/NER-de-dev.tsv", 1, 0.97),
        ("sv", "sv/train_corpus.txt", 0, 0.96),
        ("pl", "bsnlp-pl/ec.conllu", 1, 0.97),
        ("ru", "bsnlp-ru/ec.conllu", 1, 0.96),
        ("ha", "masakhaner2-hau/dev.txt", 0, 0.97),
        ("ig", "masakhaner2-ibo/dev.txt", 0, 0.97),
        ("sw", "masakhaner2-swa/dev.txt", 0, 0.97),
        ("yo", "masakhaner2-yor/dev.txt", 0, 0.97),
    ];
    for (language, file, column, floor) in sets {
        check(
            &extractor,
            "sentences",
            language,
            &sentences(&ner.join(file), column),
            floor,
        );
    }
}

/// Paragraphs of news in Malay.
const MALAY: [&str; 8] = [
    "Polis menahan tiga lelaki kerana disyaki mencuri kabel elektrik di kawasan perindustrian itu malam semalam, kata ketua polis daerah.",
    "Kerajaan negeri akan membaiki jalan yang rosak selepas banjir, dan peruntukan itu dijangka diluluskan minggu depan.",
    "Beliau berkata syarikat itu tidak akan menaikkan harga tiket bas sehingga hujung tahun walaupun kos minyak meningkat.",
    "Seramai dua puluh orang pelajar dihantar ke hospital berikutan keracunan makanan di kantin sekolah pada pagi Isnin.",
    "Mahkamah menjatuhkan hukuman penjara lima tahun terhadap bekas pengarah syarikat itu kerana menerima wang rasuah.",
    "Pasukan tuan rumah tewas dalam perlawanan akhir apabila penyerang lawan menjaringkan gol pada minit terakhir.",
    "Nelayan diminta tidak turun ke laut kerana ribut dijangka melanda pantai timur, menurut kenyataan jabatan kaji cuaca.",
    "Menteri itu memaklumkan bahawa bantuan sebanyak lima juta ringgit telah disalurkan kepada mangsa kebakaran, iaitu penduduk kampung berkenaan.",
];

/// The same kind of news in Indonesian.
const INDONESIAN: [&str; 8] = [
    "Polisi menahan tiga pria karena diduga mencuri kabel listrik di kawasan industri itu tadi malam, kata kepala kepolisian setempat.",
    "Pemerintah provinsi akan memperbaiki jalan yang rusak setelah banjir, dan anggarannya diperkirakan disetujui pekan depan.",
    "Ia mengatakan perusahaan itu tidak akan menaikkan harga tiket bus hingga akhir tahun meskipun biaya bahan bakar meningkat.",
    "Sebanyak dua puluh siswa dibawa ke rumah sakit akibat keracunan makanan di kantin sekolah pada Senin pagi.",
    "Pengadilan menjatuhkan hukuman penjara lima tahun kepada mantan direktur perusahaan itu karena menerima uang suap.",
    "Tim tuan rumah kalah di pertandingan final ketika penyerang lawan mencetak gol pada menit terakhir.",
    "Nelayan diminta tidak melaut karena badai diperkirakan melanda pantai timur, menurut pernyataan badan meteorologi.",
    "Menteri itu menyampaikan bahwa bantuan sebesar lima juta rupiah telah disalurkan kepada korban kebakaran, yaitu warga desa tersebut.",
];

#[test]
fn malay_is_told_from_indonesian() {
    let extractor = Extractor::new(Vocabulary::builtin());
    for text in MALAY {
        assert_eq!(told(&extractor, text), "ms", "{text}");
    }
    for text in INDONESIAN {
        assert_eq!(told(&extractor, text), "id", "{text}");
    }
}

#[test]
fn what_is_no_running_text_stays_untold() {
    let extractor = Extractor::new(Vocabulary::builtin());
    let table: String = (1..80).fold(String::new(), |mut table, n| {
        let _ = writeln!(table, "{}.{} {:+}.{}", n * 37 % 911, n % 10, n % 7 - 3, n * 3 % 10);
        table
    });
    let tickers =
        "ORL.N 12.40 +0.3\nTBX.O 7.11 -0.2\nVLK.L 103.9 +1.4\nKPRT.O 55.20 -0.1\nQZ.N 8.05 +0.0\nWXF.L 71.3 +2.2";
    let noise = "qzxv bnrtk wplff jhgqe zzkrt mvnbq xkcjw ptrvz gqlwh bxznk rrtqp vvkjh";
    let encoded = "R0lGODlhPQBEAPeoAJosM2ErzFvrr1Dq3Hx8Qz0pYkVbZy9tXwqLmJkT2aQe7nUuVx4PPn6sHcGd1KoW8iYlZt5";
    for text in ["", "12:30", "Porto", "Arben", table.as_str(), tickers, noise, encoded] {
        assert_eq!(told(&extractor, text), "und", "{text}");
    }
}
