//! The letters of a text and the script that it is written in.

/// Letters, and the marks that combine with them.
pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

/// The script of most letters (ISO 15924), and how many letters it has. Japanese is told by its kana among the Han.
pub(super) fn main_script(texts: [&str; 2]) -> (&'static str, usize) {
    let bytes = texts.iter().flat_map(|text| text.bytes());
    let latin = bytes.filter(u8::is_ascii_alphabetic).count();
    if texts.iter().all(|text| text.is_ascii()) {
        return ("Latn", latin);
    }
    let mut counts: Vec<(&'static str, usize)> = Vec::with_capacity(4);
    for c in texts.iter().flat_map(|text| text.chars()).filter(|c| !c.is_ascii()) {
        let script = script_of(c);
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None if script.is_empty() => {}
            None => counts.push((script, 1)),
        }
    }
    let count = |name: &str| counts.iter().find(|(known, _)| *known == name).map_or(0, |(_, n)| *n);
    let (han, kana) = (count("Hani"), count("Kana"));
    let latin = latin + count("Latn");
    let mut best = ("Latn", latin);
    for &(script, n) in &counts {
        // A syllable or ideograph carries as much as some three letters do.
        let n = if matches!(script, "Hani" | "Kana" | "Hang") {
            n * 3
        } else {
            n
        };
        if script != "Latn" && n > best.1 {
            best = (script, n);
        }
    }
    if matches!(best.0, "Hani" | "Kana") {
        best = if kana * 20 >= han {
            ("Kana", best.1)
        } else {
            ("Hani", best.1)
        };
    }
    best
}

/// The ISO 15924 code of a letter beyond ASCII, by Unicode block; empty for what is no letter of a known script.
fn script_of(c: char) -> &'static str {
    match c {
        '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => "Latn",
        '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => "Grek",
        '\u{0400}'..='\u{052F}' => "Cyrl",
        '\u{0530}'..='\u{058F}' => "Armn",
        '\u{0590}'..='\u{05FF}' => "Hebr",
        '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => "Arab",
        '\u{0900}'..='\u{097F}' => "Deva",
        '\u{0980}'..='\u{09FF}' => "Beng",
        '\u{0A00}'..='\u{0A7F}' => "Guru",
        '\u{0A80}'..='\u{0AFF}' => "Gujr",
        '\u{0B80}'..='\u{0BFF}' => "Taml",
        '\u{0C00}'..='\u{0C7F}' => "Telu",
        '\u{0C80}'..='\u{0CFF}' => "Knda",
        '\u{0D00}'..='\u{0D7F}' => "Mlym",
        '\u{0D80}'..='\u{0DFF}' => "Sinh",
        '\u{0E00}'..='\u{0E7F}' => "Thai",
        '\u{0E80}'..='\u{0EFF}' => "Laoo",
        '\u{1000}'..='\u{109F}' => "Mymr",
        '\u{10A0}'..='\u{10FF}' => "Geor",
        '\u{1200}'..='\u{137F}' => "Ethi",
        '\u{1780}'..='\u{17FF}' => "Khmr",
        '\u{3040}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' => "Kana",
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => "Hani",
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => "Hang",
        _ => "",
    }
}
