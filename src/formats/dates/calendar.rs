//! The words of dates: months, halves of the day, zones.

/// Month names folded, in English, Indonesian, Malay, Spanish, Portuguese, French, Italian, German, Dutch, Russian (genitive) and
/// Swedish. A name is also known by any beginning of three letters or more that is listed in [`SHORT`].
#[rustfmt::skip]
const LONG: [&[&str]; 12] = [
    &["january", "januari", "januar", "janner", "enero", "janeiro", "janvier", "gennaio", "января"],
    &["february", "februari", "februar", "feber", "febrero", "fevereiro", "fevrier", "febbraio", "pebruari", "февраля"],
    &["march", "maret", "mac", "marzo", "marco", "mars", "marz", "maart", "марта"],
    &["april", "abril", "avril", "aprile", "апреля"],
    &["may", "mei", "mayo", "maio", "mai", "maggio", "maj", "мая"],
    &["june", "juni", "junio", "junho", "juin", "giugno", "jun", "июня"],
    &["july", "juli", "julai", "julio", "julho", "juillet", "luglio", "июля"],
    &["august", "agustus", "ogos", "agosto", "aout", "augustus", "augusti", "августа"],
    &["september", "septiembre", "setiembre", "setembro", "septembre", "settembre", "сентября"],
    &["october", "oktober", "octubre", "outubro", "octobre", "ottobre", "октября"],
    &["november", "nopember", "noviembre", "novembro", "novembre", "ноября"],
    &["december", "desember", "disember", "diciembre", "dezembro", "decembre", "dicembre", "dezember", "декабря"],
];

/// Their usual short forms, folded, without the full stop.
#[rustfmt::skip]
const SHORT: [&[&str]; 12] = [
    &["jan", "ene", "janv", "gen", "янв"],
    &["feb", "fev", "fevr", "peb", "фев"],
    &["mar", "mrz", "mrt", "мар"],
    &["apr", "abr", "avr", "апр"],
    &["may", "mei", "mag", "май"],
    &["jun", "giu", "июн"],
    &["jul", "juil", "lug", "июл"],
    &["aug", "agu", "ags", "agt", "agst", "ago", "ogo", "авг"],
    &["sep", "sept", "set", "сен"],
    &["oct", "okt", "out", "ott", "окт"],
    &["nov", "nop", "ноя"],
    &["dec", "des", "dis", "dic", "dez", "дек"],
];

/// The month of a folded word, 1–12.
pub(super) fn month(word: &str) -> Option<i8> {
    let named = |names: &[&str]| names.contains(&word);
    let at = (0..12).find(|&at| named(LONG[at]) || named(SHORT[at]))?;
    i8::try_from(at + 1).ok()
}

/// Zones by their abbreviation on the wire, minutes east of UTC. Where an abbreviation has several meanings, the one that news
/// agencies use: `CST` and `EST` are American, `BST` British, `IST` Indian. Source: the IANA time zone database.
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("z", 0), ("utc", 0), ("gmt", 0), ("ut", 0), ("wet", 0), ("west", 60), ("bst", 60), ("cet", 60), ("cest", 120),
    ("mez", 60), ("mesz", 120), ("met", 60), ("mest", 120), ("eet", 120), ("eest", 180), ("msk", 180), ("trt", 180),
    ("eat", 180), ("cat", 120), ("sast", 120), ("wat", 60), ("irst", 210), ("gst", 240), ("pkt", 300), ("ist", 330),
    ("npt", 345), ("ict", 420), ("wib", 420), ("wita", 480), ("wit", 540), ("sgt", 480), ("myt", 480), ("hkt", 480),
    ("pht", 480), ("awst", 480), ("jst", 540), ("kst", 540), ("acst", 570), ("aest", 600), ("acdt", 630),
    ("aedt", 660), ("nzst", 720), ("nzdt", 780), ("est", -300), ("edt", -240), ("et", -300), ("cst", -360),
    ("cdt", -300), ("mst", -420), ("mdt", -360), ("pst", -480), ("pdt", -420), ("akst", -540), ("akdt", -480),
    ("hst", -600), ("ast", -240), ("adt", -180), ("nst", -210), ("ndt", -150), ("brt", -180), ("art", -180),
    ("clt", -240),
];

/// The zone of a folded word, minutes east of UTC.
pub(super) fn zone(word: &str) -> Option<i32> {
    ZONES
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, minutes)| *minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_month_word_has_two_meanings() {
        let mut seen: Vec<(&str, usize)> = Vec::new();
        for (at, words) in LONG.iter().zip(SHORT).enumerate() {
            for word in words.0.iter().chain(words.1) {
                let other = seen.iter().find(|(known, month)| known == word && *month != at);
                assert!(other.is_none(), "{word}");
                seen.push((word, at));
            }
        }
        assert_eq!(month("okt"), Some(10));
        assert_eq!(month("selasa"), None);
    }
}
