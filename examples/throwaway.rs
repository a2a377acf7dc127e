use std::io::{BufRead, Write};
fn main() {
    let t = std::time::Instant::now();
    let v = dateline::vocabulary::Vocabulary::builtin();
    eprintln!("load {:?}", t.elapsed());
    let e = dateline::extract::Extractor::new(v);
    let mut n = 0; let mut spent = std::time::Duration::ZERO; let mut bytes=0;
    let mut out = std::io::BufWriter::new(std::io::stdout());
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let j: serde_json::Value = serde_json::from_str(&line).unwrap();
        let mut f = dateline::story::Filing::default();
        f.ninjs.uri = j["uri"].as_str().unwrap_or("").into();
        if let Some(h) = j["headlines"][0]["value"].as_str() { f.ninjs.set_headline(h); }
        if let Some(h) = j["bodies"][0]["value"].as_str() { f.ninjs.set_body(h); }
        if let Some(h) = j["by"].as_str() { f.ninjs.by = Some(h.into()); }
        if std::env::args().nth(1).as_deref() != Some("notag") { f.ninjs.language = j["language"].as_str().map(Into::into); }
        bytes += f.ninjs.body().len();
        let t = std::time::Instant::now();
        let x = e.extract(&f);
        spent += t.elapsed(); n += 1;
        let mut o = serde_json::to_value(&x).unwrap();
        o["uri"] = j["uri"].clone();
        writeln!(out, "{o}").unwrap();
    }
    eprintln!("{n} stories {:?} a story, {:.1} MB/s", spent / n.max(1), bytes as f64 / 1e6 / spent.as_secs_f64());
}
