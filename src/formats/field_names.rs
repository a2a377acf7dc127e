//! The usual names of a story's parts in JSON, in the main languages, and the user's own.

use serde_json::Value;

use super::FieldMap;
use super::fields::{Fields, plain_name};

/// A part of a filing that a JSON field can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Headline,
    Body,
    Published,
    Updated,
    Byline,
    Uri,
    Url,
    Source,
    Language,
    Summary,
    Subject,
    Dateline,
    Credit,
    Slug,
    Status,
    Urgency,
    Version,
    EdNote,
    Embargo,
    Copyright,
    Place,
}

/// Each part: the name the user maps it by, and its usual names in plain form (see [`plain_name`]), best first. Gathered from the
/// exports of news crawlers (news-please, `NewsAPI`, Common Crawl), content systems (`WordPress`, Superdesk), schema.org, JSON Feed,
/// and from data sets in Indonesian, Malay, Spanish, Portuguese, French, Italian, German, Dutch and Russian.
#[rustfmt::skip]
const PARTS: &[(Part, &str, &[&str])] = &[
    (Part::Headline, "headline", &[
        "headline", "title", "judul", "judulberita", "judulartikel", "tajuk", "titre", "titular", "titulo", "titolo",
        "titel", "schlagzeile", "uberschrift", "kop", "heading", "newstitle", "articletitle", "newsheadline", "hl1",
        "og:title", "dc:title", "заголовок",
    ]),
    (Part::Body, "body", &[
        "body", "articlebody", "bodytext", "fulltext", "maintext", "isiberita", "isiartikel", "isi", "konten",
        "content", "contenthtml", "contenttext", "text", "texts", "article", "articletext", "artikel", "story",
        "storytext", "bodyhtml", "articlehtml", "fullcontent", "newscontent", "cleantext", "textbody", "contents",
        "contenu", "texte", "corps", "contenido", "texto", "cuerpo", "conteudo", "testo", "inhalt", "tekst", "inhoud",
        "teks", "naskah", "content:encoded", "paragraphs", "текст",
    ]),
    (Part::Published, "published", &[
        "published", "publishedat", "datepublished", "datepublish", "publishdate", "publicationdate", "publisheddate",
        "publishtime", "pubdate", "date", "datetime", "tanggalpublikasi", "tanggalterbit", "tglterbit", "tanggal",
        "tgl", "waktu", "fechapublicacion", "fecha", "datepublication", "datum", "dateiso", "isodate", "dategmt",
        "createdat", "datecreated", "created", "firstcreated", "timestamp", "time", "unixtime", "dc:date", "дата",
    ]),
    (Part::Updated, "updated", &[
        "versioncreated", "datemodified", "datemodify", "updatedat", "modifiedat", "modified", "lastmodified",
        "updated", "dateupdated",
    ]),
    (Part::Byline, "byline", &[
        "byline", "author", "authors", "by", "penulis", "reporter", "wartawan", "jurnalis", "creator", "dc:creator",
        "auteur", "auteurs", "autor", "autores", "autore", "verfasser", "journalist", "writer", "автор",
    ]),
    (Part::Uri, "uri", &[
        "uri", "guid", "urn", "id", "uuid", "docid", "documentid", "articleid", "newsid", "storyid", "idberita",
        "docno",
    ]),
    (Part::Url, "url", &[
        "url", "link", "tautan", "permalink", "weburl", "canonicalurl", "articleurl", "pageurl", "sourceurl", "href",
        "lien", "enlace", "links", "@id",
    ]),
    (Part::Source, "source", &[
        "source", "sumber", "publisher", "agency", "outlet", "media", "provider", "sourcename", "site", "sitename",
        "newspaper", "newsagency", "quelle", "fuente", "fonte", "bron", "sourcedomain", "domain", "источник",
    ]),
    (Part::Language, "language", &[
        "language", "lang", "bahasa", "inlanguage", "languagecode", "langue", "idioma", "sprache", "lingua", "taal",
        "locale",
    ]),
    (Part::Summary, "summary", &[
        "summary", "ringkasan", "abstract", "description", "deskripsi", "excerpt", "teaser", "standfirst", "resumen",
        "resume", "snippet",
    ]),
    (Part::Subject, "subject", &[
        "section", "sections", "articlesection", "category", "categories", "kategori", "rubrik", "rubrique",
        "seccion", "topic", "topics", "topik", "subject", "subjects", "tags", "tag", "keywords", "keyword",
        "katakunci", "genre",
    ]),
    (Part::Dateline, "dateline", &["dateline"]),
    (Part::Credit, "credit", &["creditline", "credit", "credittext", "kredit"]),
    (Part::Slug, "slug", &["slugline", "slug"]),
    (Part::Status, "status", &["pubstatus", "creativeworkstatus", "status"]),
    (Part::Urgency, "urgency", &["urgency", "urgensi"]),
    (Part::Version, "version", &["version", "revision"]),
    (Part::EdNote, "ednote", &["ednote", "ednotes", "editorsnote", "editornote", "notetoeditors"]),
    (Part::Embargo, "embargo", &["embargoeduntil", "embargoed", "embargo"]),
    (Part::Copyright, "copyright", &["copyrightholder", "copyright", "copyrightnotice"]),
    (Part::Place, "located", &["located", "locationcreated"]),
];

/// Names that are too common in tables of other things to tell a table of stories by.
const COMMON: [&str; 8] = ["id", "time", "by", "status", "version", "isi", "media", "domain"];

/// A part that no field can be mapped to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not PART=KEY with a part out of {parts}")]
pub struct UnknownPart {
    /// What the user wrote.
    pub given: String,
    /// The parts there are, parted by commas.
    pub parts: String,
}

impl FieldMap {
    /// Adds a mapping as the user writes it: `title=kop`. A part goes by its own name (`headline`, `body`, `published`, …)
    /// or any of its usual ones (`title`, `judul`, `date`).
    ///
    /// # Errors
    /// Where there is no `=`, no key, or no such part.
    pub fn add(&mut self, mapping: &str) -> Result<(), UnknownPart> {
        let pair = mapping.split_once('=').map(|(part, key)| (part.trim(), key.trim()));
        match pair {
            Some((part, key)) if part_named(part).is_some() && !key.is_empty() => {
                self.0.push((part.to_owned(), key.to_owned()));
                Ok(())
            }
            _ => Err(UnknownPart {
                given: mapping.to_owned(),
                parts: PARTS.iter().map(|(_, name, _)| *name).collect::<Vec<_>>().join(", "),
            }),
        }
    }

    /// The value that the user mapped to a part.
    pub(super) fn value<'v>(&self, part: Part, fields: &Fields<'v>) -> Option<&'v Value> {
        let mut mine = self.0.iter().filter(|(name, _)| part_named(name) == Some(part));
        mine.find_map(|(_, key)| fields.at_path(key))
    }
}

impl FieldMap {
    /// Whether the user mapped one of these keys to a part.
    pub(super) fn leads_to<'n>(&self, part: Part, mut names: impl Iterator<Item = &'n str>) -> bool {
        let mine: Vec<&str> = self
            .0
            .iter()
            .filter(|(name, _)| part_named(name) == Some(part))
            .map(|(_, key)| key.as_str())
            .collect();
        names.any(|name| {
            mine.iter()
                .any(|key| *key == name || plain_name(key) == plain_name(name))
        })
    }
}

/// The part of that name.
fn part_named(name: &str) -> Option<Part> {
    let plain = plain_name(name);
    let own = PARTS.iter().find(|(_, own, _)| *own == plain);
    own.or_else(|| PARTS.iter().find(|(_, _, names)| names.contains(&plain.as_str())))
        .map(|(part, _, _)| *part)
}

/// The usual names of a part.
pub(super) fn names_of(part: Part) -> &'static [&'static str] {
    PARTS
        .iter()
        .find(|(own, _, _)| *own == part)
        .map_or(&[], |(_, _, names)| names)
}

/// Whether a key is a usual name of a part.
pub(super) fn is_name_of(part: Part, key: &str) -> bool {
    names_of(part).contains(&plain_name(key).as_str())
}

/// Whether a table's column of this name is a story's part.
pub(super) fn is_known(column: &str) -> bool {
    let plain = plain_name(column);
    !COMMON.contains(&plain.as_str()) && PARTS.iter().any(|(_, _, names)| names.contains(&plain.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn usual_names_are_in_plain_form_and_of_one_part() {
        let mut seen = Vec::new();
        for name in PARTS.iter().flat_map(|(_, _, names)| names.iter()) {
            assert!(!seen.contains(name), "{name} twice");
            assert!(plain_name(name) == *name, "{name} is not plain");
            seen.push(name);
        }
    }

    #[test]
    fn the_users_map_leads_into_objects() {
        let mut map = FieldMap::default();
        map.add("title = kop").unwrap();
        map.add("body=inner.lines").unwrap();
        let value = json!({"kop": "Port reopens", "inner": {"lines": "x"}});
        let fields = Fields::of(value.as_object().unwrap());
        assert_eq!(map.value(Part::Headline, &fields), Some(&json!("Port reopens")));
        assert_eq!(map.value(Part::Body, &fields), Some(&json!("x")));
        assert_eq!(map.value(Part::Uri, &fields), None);
    }

    #[test]
    fn an_unknown_part_names_the_parts() {
        let refused = FieldMap::default().add("colour=red").unwrap_err();
        assert!(refused.to_string().contains("headline, body"), "{refused}");
        assert!(FieldMap::default().add("title").is_err());
    }
}
