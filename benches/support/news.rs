//! Real stories, where they lie beside the crate.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// A story of the JSON Lines files in `../shared/corpora/news`; the English and the Indonesian ones name their parts so.
#[derive(serde::Deserialize)]
pub(crate) struct NewsStory {
    /// Its headline.
    #[serde(default, alias = "judul")]
    pub(crate) title: String,
    /// Its text.
    #[serde(default, alias = "isi_berita")]
    pub(crate) body: String,
    /// Its byline.
    #[serde(default)]
    pub(crate) byline: Option<String>,
}

/// The stories of one of the files, plain or in zstd; none where the file is not there. Lines that do not read are left out.
pub(crate) fn news(name: &str) -> impl Iterator<Item = NewsStory> + use<> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/corpora/news")
        .join(name);
    let is_packed = path.extension().is_some_and(|extension| extension == "zst");
    let reader = File::open(path).ok().and_then(|file| -> Option<Box<dyn BufRead>> {
        if is_packed {
            Some(Box::new(BufReader::new(zstd::Decoder::new(file).ok()?)))
        } else {
            Some(Box::new(BufReader::new(file)))
        }
    });
    let lines = reader
        .into_iter()
        .flat_map(|reader| reader.lines().map_while(Result::ok));
    lines.filter_map(|line| serde_json::from_str(&line).ok())
}
