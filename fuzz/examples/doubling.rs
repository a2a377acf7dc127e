//! Reads hostile repetition at doubled lengths, and names what takes more than linear time: `doubling [KILOBYTES] [FORMAT…]`.
//!
//! Each unit is repeated alone, and in each place of a story where a format has one. A length is timed until it takes too long; of a
//! linear reader the time doubles with the length, of a quadratic one it grows fourfold.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use dateline_fuzz::formats::{Detection, Format, Options, detect};

/// The shortest length.
const SHORTEST: usize = 32 * 1024;

/// A file is detected by so much of it.
const HEAD_BYTES: usize = 64 * 1024;

/// A shorter time says nothing of its growth.
const TELLING: Duration = Duration::from_millis(20);

/// A length that takes this long is the last.
const LONG: Duration = Duration::from_secs(4);

/// From one length to its double, linear time grows by about 2, and by some more where it leaves the caches.
const STEEP: f64 = 3.2;

/// What is repeated.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "<a>", "<a></a>", "</a>", "<p>", "<p>a</p>", "<b>", "<br/>", "<div class=\"a\">", "<table><tr>", "<td>", "<ul><li>", "<script>",
    "<!--", "-->", "<![CDATA[", "]]>", "<", ">", "&amp;", "&", "&#x3C;", "&lt;b&gt;", "&nbsp", "\"", "\"\"", "'", "“", "[", "]", "[]", "{", "}",
    "{\"a\":", "{\"title\":\"a\"}\n", "{\"title\":\"a\"},", "\\", "\\\"", "\\u00e9", "\\ud83d", ",", ",\"", ";", "\t", "|", "\n", "\r", "\r\n", "\n\n", " ", " \n", "a",
    "a ", "a\n", "a\n\n", "A", "A ", "é", "\u{85}", "\u{A0}", "\u{200B}", "\u{2028}", "\u{1}", "\u{2}", "\u{3}", "\u{4}", "\u{1}a\u{2}b\u{3}\r\n", "\u{0}", "\u{1B}",
    "ZCZC ", "ZCZC\r\nabc\r\n", "NNNN\r\n", "BC-", "BC-A ", "PM-", "UPDATE 1 ", "UPDATE 1-", "1st Ld-", "(ADDS)", "KILL ", "KILL\n", "EMBARGOED ", "By ", "By A\n", "(", ")",
    "()", "-", "--", "- ", "—", "/", ".", ". ", ":", ": ", "a: ", "a: b\n", "Title: a\n", "1", "1 ", "1-", "2024-03-05 ", "a,b\n", "a\tb\n", "*", "^", "^a<\n", "=", "=20", "=\n", "=?utf-8?Q?a?= ", "=?",
    "--b\n", "--b\n\na\n", "From a\n", "> ", "On a wrote:\n", "<REUTERS>", "<REUTERS></REUTERS>", "<TEXT>", "<BODY>", "<item>", "<item><title>a</title></item>", "<entry>",
    "<title>", "<newsItem>", "<NewsItem>", "<NewsComponent>", "<itemMeta/>", "<subject qcode=\"a:b\"/>", "<block>", "<a b=\"c\">", " a=\"b\"", "http://a.b/c ", "a@b.c ", "<script type=\"application/ld+json\">{}</script>", "<article>", "<div itemscope>", "<meta name=\"a\" content=\"b\">",
];

/// Where: the format (none: as detected), what stands before the repetition and after it, and whether it is written in JSON.
#[rustfmt::skip]
const PLACES: &[(Option<Format>, &str, &str, bool)] = &[
    (None, "", "", false),
    (Some(Format::Plain), "", "", false),
    (Some(Format::Plain), "Title: ", "\n\nThe port reopened.", false),
    (Some(Format::Plain), "Title: a\nDate: 2024-03-05\n\n", "", false),
    (Some(Format::Json), "", "", false),
    (Some(Format::Json), "{\"title\":\"", "\",\"body\":\"a b c\"}", true),
    (Some(Format::Json), "{\"title\":\"a\",\"body\":\"", "\"}", true),
    (Some(Format::Json), "{\"title\":\"a\",\"body\":\"<p>", "</p>\"}", true),
    (Some(Format::Json), "{\"title\":\"a\",\"body\":\"a b\",\"date\":\"", "\"}", true),
    (Some(Format::Json), "{\"title\":\"a\",\"body\":\"a b\",\"author\":\"", "\"}", true),
    (Some(Format::Json), "{\"title\":\"a\",\"body\":\"a b\",\"tags\":\"", "\"}", true),
    (Some(Format::JsonArray), "[", "]", false),
    (Some(Format::Ninjs), "{\"uri\":\"x:1\",\"type\":\"text\",\"headline\":\"a\",\"body_html\":\"<p>", "</p>\"}", true),
    (Some(Format::Ninjs), "{\"uri\":\"x:1\",\"type\":\"text\",\"headline\":\"a\",\"slugline\":\"", "\",\"body_text\":\"a\"}", true),
    (Some(Format::Reuters21578), "", "", false),
    (Some(Format::Reuters21578), "<REUTERS NEWID=\"1\"><TEXT><TITLE>a</TITLE><BODY>", "</BODY></TEXT></REUTERS>", false),
    (Some(Format::Reuters21578), "<REUTERS NEWID=\"1\"><UNKNOWN>", "</UNKNOWN><TEXT><TITLE>a</TITLE><BODY>a</BODY></TEXT></REUTERS>", false),
    (Some(Format::NewsmlG2), "<newsItem guid=\"a\" version=\"1\"><itemMeta><itemClass qcode=\"ninat:text\"/></itemMeta><contentMeta><headline>a</headline></contentMeta><contentSet><inlineXML><html><body><p>", "</p></body></html></inlineXML></contentSet></newsItem>", false),
    (Some(Format::NewsmlG2), "<newsItem guid=\"a\" version=\"1\"><itemMeta><itemClass qcode=\"ninat:text\"/></itemMeta><contentMeta><headline>a</headline></contentMeta><contentSet><inlineData><![CDATA[", "]]></inlineData></contentSet></newsItem>", false),
    (Some(Format::NewsmlG2), "<newsItem guid=\"a\" version=\"1\"><itemMeta><itemClass qcode=\"ninat:text\"/></itemMeta><contentMeta><slugline>", "</slugline><headline>a</headline></contentMeta><contentSet><inlineData>a</inlineData></contentSet></newsItem>", false),
    (Some(Format::NewsmlG2), "<newsMessage><itemSet>", "</itemSet></newsMessage>", false),
    (Some(Format::Newsml1), "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>a</HeadLine></NewsLines><ContentItem><DataContent><p>", "</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>", false),
    (Some(Format::Newsml1), "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>a</HeadLine></NewsLines><ContentItem><DataContent><![CDATA[", "]]></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>", false),
    (Some(Format::Newsml1), "<NewsML>", "</NewsML>", false),
    (Some(Format::Nitf), "<nitf><body><body.head><hedline><hl1>a</hl1></hedline></body.head><body.content><p>", "</p></body.content></body></nitf>", false),
    (Some(Format::Nitf), "<nitf><body><body.head><hedline><hl1>", "</hl1></hedline></body.head><body.content><p>a</p></body.content></body></nitf>", false),
    (Some(Format::Iptc7901), "", "", false),
    (Some(Format::Iptc7901), "\u{1}abc0001 3 pol 12 Port/\r\n\u{2}Port reopens\r\n\r\n", "\r\n\u{3}051000 mar 24\u{4}", false),
    (Some(Format::Iptc7901), "ZCZC\r\nabc0001\r\n", "\r\nNNNN\r\n", false),
    (Some(Format::Anpa1312), "", "", false),
    (Some(Format::Anpa1312), "\u{16}\u{16}\u{1}a0001\u{1F}r i bc-\u{2}Port 03-05 0001\u{2}^Port reopens<\r\n", "\r\n\u{3}", false),
    (Some(Format::Feed), "<rss><channel><item><title>a</title><description>", "</description></item></channel></rss>", false),
    (Some(Format::Feed), "<rss><channel><item><title>a</title><description><![CDATA[<p>", "</p>]]></description></item></channel></rss>", false),
    (Some(Format::Feed), "<rss><channel>", "</channel></rss>", false),
    (Some(Format::Page), "", "", false),
    (Some(Format::Page), "<html><head><title>a</title></head><body><article><h1>a</h1><p>", "</p></article></body></html>", false),
    (Some(Format::Page), "<html><head>", "</head><body><p>The port reopened.</p></body></html>", false),
    (Some(Format::Page), "<html><head><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"a\",\"articleBody\":\"", "\"}</script></head><body><p>a</p></body></html>", true),
    (Some(Format::Table), "", "", false),
    (Some(Format::Table), "title,body\n", "", false),
    (Some(Format::Table), "title,body\na,\"", "\"\n", false),
    (Some(Format::Email), "", "", false),
    (Some(Format::Email), "From: a@b.c\nDate: Tue, 5 Mar 2024 10:00:00 +0000\nSubject: a\n\n", "", false),
    (Some(Format::Email), "From: a@b.c\nSubject: ", "\n\na", false),
    (Some(Format::Email), "From: a@b.c\nSubject: a\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>", "", false),
    (Some(Format::Email), "From: a@b.c\nSubject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n", "\n--b--\n", false),
    (Some(Format::Email), "From: a@b.c\nSubject: a\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n", "", false),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let longest = arguments
        .iter()
        .find_map(|one| one.parse::<usize>().ok())
        .unwrap_or(1024)
        * 1024;
    let named: Vec<Format> = arguments.iter().filter_map(|one| Format::named(one)).collect();
    let (mut read, mut slow) = (0, 0);
    for (format, before, after, is_json) in PLACES {
        if !named.is_empty() && !format.is_some_and(|format| named.contains(&format)) {
            continue;
        }
        let began = busy();
        for unit in UNITS {
            read += 1;
            let written = if *is_json {
                unit.replace('\\', "\\\\")
                    .replace('"', "\\\"")
                    .replace('\n', "\\n")
                    .replace('\r', "\\r")
            } else {
                (*unit).to_owned()
            };
            if let Some(told) = steep(*format, before, &written, after, longest) {
                slow += 1;
                println!(
                    "{:12} {before:?} + {unit:?}: {told}",
                    format.map_or("detected", Format::name)
                );
            }
        }
        let took = (busy() - began).as_secs_f64();
        println!(
            "{:12} {before:.60?}: {took:.1} s",
            format.map_or("detected", Format::name)
        );
    }
    println!("{read} kinds of input, {slow} steep or slow");
    std::process::exit(i32::from(slow > 0));
}

/// The times of growing lengths, where the last grew steeply or took long.
fn steep(format: Option<Format>, before: &str, unit: &str, after: &str, longest: usize) -> Option<String> {
    let mut times: Vec<(usize, Duration)> = Vec::new();
    let time = |length: usize| {
        let item = [before, &unit.repeat(length / unit.len()), after].concat();
        let began = busy();
        read(format, item.as_bytes());
        busy() - began
    };
    // A quadratic reader would take minutes for the longest: it is met from below.
    let mut length = SHORTEST;
    while length <= longest && times.last().is_none_or(|(_, took)| *took < LONG) {
        times.push((length, time(length)));
        length *= 2;
    }
    let (last, took) = *times.last()?;
    let (half, took_half) = *times.get(times.len().checked_sub(2)?)?;
    let growth = took.as_secs_f64() / took_half.as_secs_f64();
    let is_steep = took > TELLING && last == half * 2 && growth > STEEP;
    (is_steep || took > LONG).then(|| {
        let told = times
            .iter()
            .map(|(length, took)| format!("{} KB {:.2} s", length / 1024, took.as_secs_f64()));
        told.collect::<Vec<_>>().join(", ")
    })
}

/// How long this thread has had a processor, where the system tells; else the time.
fn busy() -> Duration {
    static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGAN.elapsed(), Duration::from_nanos)
}

fn read(format: Option<Format>, item: &[u8]) {
    let format = match (format, detect(&item[..item.len().min(HEAD_BYTES)])) {
        (Some(format), _) | (None, Detection::Format(format)) => format,
        _ => return,
    };
    let _ = format.parse(item, &Options::default());
}
