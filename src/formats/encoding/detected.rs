//! Legacy copy that declares no encoding: which one it is in, told from its letters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_KR, Encoding, GB18030, GBK};

/// Fewer bytes above ASCII than this tell nothing: a name or two in Cyrillic can be read in five ways.
const MIN_HIGH_BYTES: usize = 20;

/// The detector has seen enough after this much.
const MAX_FED_BYTES: usize = 256 * 1024;

/// The encoding that bytes which are not UTF-8 are in, where it reads as text: nearly no broken letters, no control bytes, and
/// letters of one script for the most part.
pub(super) fn detected(bytes: &[u8]) -> Option<&'static Encoding> {
    let fed = &bytes[..bytes.len().min(MAX_FED_BYTES)];
    if fed.iter().filter(|byte| !byte.is_ascii()).count() < MIN_HIGH_BYTES {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(fed, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let encoding = if guess == GBK { GB18030 } else { guess };
    is_text(&encoding.decode_without_bom_handling(fed).0).then_some(encoding)
}

/// Whether an encoding is one of several bytes a letter: its copy breaks soon where it is read as another.
pub(super) fn is_wide(encoding: &'static Encoding) -> bool {
    !encoding.is_single_byte() || encoding == EUC_KR
}

fn is_text(text: &str) -> bool {
    let (mut high, mut letters, mut broken, mut controls) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut scripts = [0_usize; 4];
    for c in text.chars() {
        match c {
            '\u{FFFD}' => broken += 1,
            _ if c.is_control() && !c.is_whitespace() => controls += 1,
            _ if c.is_ascii() => {}
            _ => {
                high += 1;
                letters += usize::from(c.is_alphabetic());
                scripts[script(c)] += usize::from(c.is_alphabetic());
            }
        }
    }
    let main = scripts.into_iter().max().unwrap_or(0);
    let clean = broken <= 1 + high / 200 && controls * 200 <= text.len();
    clean && letters * 10 >= high * 6 && main * 10 >= letters * 8
}

/// Latin with its neighbours, Cyrillic and Greek, the right-to-left scripts, the rest.
fn script(c: char) -> usize {
    match c {
        '\u{0}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}' => 0,
        '\u{370}'..='\u{58F}' => 1,
        '\u{590}'..='\u{8FF}' => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{decode, decode_declared};
    use encoding_rs::Encoding;

    /// Stories of our own, each in an encoding of its readers.
    #[rustfmt::skip]
    const COPY: [(&str, &str); 8] = [
        ("gb18030", "伦德港周一重新开放。港务局局长安娜·莫伊说，暴风雨过后船只已经离港，渔民们重新出海，鱼价上涨了百分之十。"),
        ("shift_jis", "ルンデ港は月曜日に再開した。港湾局のアンナ・モエ局長は「船はすでに出港した」と述べた。漁獲量は一割減り、価格は上がった。"),
        ("euc-kr", "룬데 항구가 월요일 다시 문을 열었다. 항만청의 안나 모에 청장은 배들이 이미 떠났다고 말했다. 어획량은 십 퍼센트 줄었다."),
        ("windows-1251", "Порт Лунде снова открылся в понедельник. По словам начальника порта Анны Моэ, суда уже вышли в море, а цены на рыбу выросли."),
        ("koi8-r", "Порт Лунде снова открылся в понедельник. По словам начальника порта Анны Моэ, суда уже вышли в море, а цены на рыбу выросли."),
        ("windows-1256", "أعيد فتح ميناء لونده يوم الاثنين بعد أسبوع من العواصف، وقالت مديرة الميناء آنا مو إن السفن غادرت الميناء بالفعل وإن الأسعار ارتفعت."),
        ("windows-1253", "Το λιμάνι της Λούντε άνοιξε ξανά τη Δευτέρα μετά από μια εβδομάδα καταιγίδων, δήλωσε η διευθύντρια του λιμανιού Άννα Μόε."),
        ("big5", "倫德港週一重新開放。港務局局長安娜莫伊說，暴風雨過後船隻已經離港，漁民們重新出海，魚價上漲了百分之十。"),
    ];

    #[test]
    fn legacy_copy_comes_out_right_and_says_how() {
        for (label, text) in COPY {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let story = format!("LUNDE (Kystnytt) - {text}\n\n{text}\n");
            let (bytes, _, unmapped) = encoding.encode(&story);
            assert!(!unmapped, "{label}");
            let decoded = decode(&bytes).unwrap_or_else(|refused| panic!("{label}: {refused}"));
            assert_eq!(decoded.text, story, "{label}");
            let warning = decoded.warning.unwrap();
            // The Ukrainian sister of KOI8-R has its letters in the same places.
            assert!(warning.contains(encoding.name().trim_end_matches("-R")), "{warning}");
        }
    }

    #[test]
    fn markup_around_it_does_not_make_it_western() {
        for (label, text) in COPY {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let links = "<li class=\"nav-item\"><a href=\"/news/section/index.html\">Home</a></li>\n".repeat(60);
            let page = format!("<html><head><title>x</title></head><body>{links}<p>{text}</p>{links}</body></html>");
            let (bytes, _, _) = encoding.encode(&page);
            assert!(decode(&bytes).unwrap().text.contains(text), "{label}");
        }
    }

    #[test]
    fn a_false_declaration_of_latin_is_not_believed() {
        let text = format!("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>{}</a>", COPY[3].1);
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&text);
        assert_eq!(decode_declared(&bytes).unwrap().text, text);
    }

    #[test]
    fn central_european_copy_is_not_taken_for_western() {
        let text = "Przystań w Lunde została w poniedziałek ponownie otwarta. Szefowa portu Anna Moe powiedziała, że łodzie już \
                    wypłynęły, a ceny śledzi wzrosły o dziesięć procent; rybacy żądają pomocy i większych połowów.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode(text);
        assert_eq!(decode(&bytes).unwrap().text, text);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        // A generator of no particular merit; the bytes only have to look random.
        let mut state = 7_u32;
        let noise: Vec<u8> = (0..4_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        assert!(decode(&noise).is_err());
        let high: Vec<u8> = noise.iter().map(|byte| byte | 0x80).collect();
        assert!(decode(&high).is_err());
    }
}
