//! No input makes detection or a reader panic, and what comes out is clean.

use proptest::prelude::*;

use super::{Detection, Format, Options, detect};

const JSON: &str = r#"{"uri":"x:1","pubStatus":"usable","versionCreated":"2024-03-05T10:00:00Z","headlines":[{"role":"main","value":"Port
 reopens"}],"bodies":[{"contentType":"text/html","value":"<p>The <b>port</b> &eacute; reopened.</p><section class=\"np-nonpublic\">Tel</section>"}],
"people":[{"name":"Ann Moe"}],"urgency":3,"judul":"Pelabuhan","tanggal":"10/21/2025 20:43","isi_berita":"Dibuka é \ud83d\ude00 lagi","tags":["a","b"]}"#;

const SGML: &str = "<!DOCTYPE lewis><REUTERS NEWID=\"7\"><DATE> 9-MAR-1987 15:01:01.79</DATE><PLACES><D>usa</D></PLACES><UNKNOWN>&#5;u f BC-PORT é \
    0105</UNKNOWN><TEXT>&#2;<TITLE>PORT &lt;X></TITLE><DATELINE>    LUNDE, March 9 - </DATELINE><BODY>The port\n    reopened.\n Reuter\n&#3;</BODY></TEXT></REUTERS>";

const PLAIN: &str = "Judul: Pelabuhan\nTanggal: Selasa, 21 Okt 2025 20.43 WIB\n\nPort – of “Lunde”\n\nBy Ann Moe\n\n   The port reopened on Monday\nafter a week.";

/// Reads bytes as every format, and as the one they are detected as.
fn read_as_all(bytes: &[u8]) {
    if let Detection::Format(format) = detect(bytes) {
        let _ = format.framing();
    }
    let mut options = Options::default();
    options.map.add("title=kop.x").unwrap();
    for format in Format::ALL {
        for filing in format.parse(bytes, &options).into_iter().flatten() {
            let body = filing.ninjs.body();
            assert!(!body.contains("\n\n") && body.trim() == body, "{body:?}");
            assert!(!filing.ninjs.headline().is_empty() || !body.is_empty() || filing.hides());
        }
    }
}

/// `text` with some bytes replaced and its end cut off.
fn mutated(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let length = text.len();
    (prop::collection::vec((0..length, any::<u8>()), 0..8), 0..=length).prop_map(move |(changes, end)| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        bytes.truncate(end);
        bytes
    })
}

proptest! {
    #[test]
    fn random_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_as_all(&bytes);
    }

    #[test]
    fn random_text_does_no_harm(text in "\\PC{0,80}[<>&#;:/\\\\\"{}\\[\\]\\n\\r\\t 0-9a-zé]{0,120}\\PC{0,80}") {
        read_as_all(text.as_bytes());
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        read_as_all(&wide);
    }

    #[test]
    fn mutated_json_does_no_harm(bytes in mutated(JSON)) {
        read_as_all(&bytes);
    }

    #[test]
    fn mutated_sgml_does_no_harm(bytes in mutated(SGML)) {
        read_as_all(&bytes);
    }

    #[test]
    fn mutated_text_does_no_harm(bytes in mutated(PLAIN)) {
        read_as_all(&bytes);
    }

    #[test]
    fn dates_do_no_harm(text in "[0-9]{0,4}[-/. :]?[0-9]{0,14}[-/. :T]?(Jan|okt|am|pm|h|de|WIB|Z|\\+|-)?[ .:]?[0-9]{0,20}[:. ]?[0-9é]{0,4}") {
        let json = format!("{{\"title\":\"a\",\"date\":\"{text}\"}}");
        read_as_all(json.as_bytes());
        let head = format!("Title: a\nDate: {text}\n\nbody");
        read_as_all(head.as_bytes());
    }
}
