//! Sources: which agencies and outlets made the copy (credit), and from which it takes something (cited).
//!
//! Credits come first: metadata, dateline, sign-off; then names beside a citation cue. A medium that is only spoken of is no
//! source, but its name is marked all the same, so that no step takes it for a country or a person.

use std::ops::Range;

use super::citation::{Cited, Cues};
use super::document::{Document, Marks, Text};
use super::source_names::{Atoms, Mention, mentions};
use super::unlisted;
use crate::story::{Basis, Source, SourceRole};
use crate::text::{fold, tokenise};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::citations::CueKind;
use crate::vocabulary::sources::slug;

/// All sources of a filing, credits first. Marks their names in headline and body.
pub(super) fn find(vocabulary: &Vocabulary, document: &mut Document<'_>) -> Vec<Source> {
    let mut found = Found {
        vocabulary,
        sources: Vec::new(),
    };
    found.read_metadata(document);
    found.read_body(document);
    found.read_unspaced(document);
    found.read_headline(document);
    found.add_house_style(document);
    found.sources.sort_by_key(|source| source.role);
    found.sources
}

struct Found<'v> {
    vocabulary: &'v Vocabulary,
    sources: Vec<Source>,
}

impl Found<'_> {
    /// Adds a source; one that is there already keeps its place, and credit wins.
    fn add(&mut self, new: Source) {
        match self.sources.iter_mut().find(|source| source.value == new.value) {
            Some(known) if known.role > new.role => *known = new,
            Some(_) => {}
            None => self.sources.push(new),
        }
    }

    fn add_listed(&mut self, place: u32, role: SourceRole, basis: Basis, found_by: &str) {
        if let Some(entry) = self.vocabulary.sources.entry(place) {
            self.add(Source {
                value: entry.id.to_owned(),
                label: entry.name.to_owned(),
                role,
                basis,
                rule: found_by.to_owned(),
            });
        }
    }

    fn read_metadata(&mut self, document: &Document<'_>) {
        let filing = document.filing;
        for info in &filing.ninjs.info_sources {
            let Some(name) = Some(info.name.trim()).filter(|name| !name.is_empty()) else {
                continue;
            };
            if !self.read_line(name, "infoSource") {
                self.add(Source {
                    value: slug(name),
                    label: name.to_owned(),
                    role: SourceRole::Credit,
                    basis: Basis::Metadata,
                    rule: "infoSource".to_owned(),
                });
            }
        }
        let lines = [
            (&filing.credit_line, "credit line"),
            (&filing.ninjs.by, "byline"),
            (&filing.dateline, "dateline field"),
        ];
        for (line, rule) in lines {
            if let Some(line) = line {
                self.read_line(line, rule);
            }
        }
    }

    /// Credits the sources that a line of metadata names; whether there is any.
    fn read_line(&mut self, line: &str, rule: &str) -> bool {
        let text = Text::new(line);
        let atoms = Atoms::of(self.vocabulary, &text, "und");
        let mut any = false;
        for mention in mentions(self.vocabulary, line, &atoms) {
            let Range { start, end } = mention.atoms;
            let parted = |at: usize| {
                matches!(
                    text.word(at),
                    "" | "," | "-" | "–" | "—" | "(" | ")" | "/" | "|" | ";" | "&" | "and" | "." | "©"
                )
            };
            let alone = (start == 0 || parted(start - 1)) && parted(end);
            if !mention.weak || alone && (rule != "dateline field" || start > 0) {
                self.add_listed(mention.entry, SourceRole::Credit, Basis::Metadata, rule);
                any = true;
            }
        }
        any
    }

    fn read_body(&mut self, document: &mut Document<'_>) {
        let (vocabulary, language) = (self.vocabulary, document.language);
        let body = &mut document.body;
        let atoms = Atoms::of(vocabulary, body, language);
        let cues = Cues::find(&vocabulary.citations, body.text, &atoms.tokens, language);
        let mentions = mentions(vocabulary, body.text, &atoms);
        let mut cited: Vec<Option<Cited>> = vec![None; mentions.len()];
        for (mention, cited) in mentions.iter().zip(&mut cited) {
            let tokens = atoms.parents_of(mention.atoms.clone());
            if let Some(rule) = self.credit_rule(body, &atoms, mention, &tokens) {
                self.add_listed(mention.entry, SourceRole::Credit, Basis::Named, rule);
                body.mark(tokens, Marks::SOURCE);
            } else if !body.any_marked(tokens, Marks::FURNITURE.with(Marks::DATELINE)) {
                *cited = cues.citation(&mention.atoms, mention.weak);
            }
        }
        join_lists(&cues, &mentions, &mut cited);
        for (mention, cited) in mentions.iter().zip(cited) {
            if let Some(cited) = cited {
                self.add_cited(mention.entry, cited, document.language);
            }
            if cited.is_some() || !mention.weak {
                body.mark(atoms.parents_of(mention.atoms.clone()), Marks::SOURCE);
            }
        }
        for (source, tokens) in unlisted::find(body, &atoms, &cues) {
            self.add(source);
            body.mark(tokens, Marks::SOURCE);
        }
    }

    fn add_cited(&mut self, entry: u32, cited: Cited, language: &str) {
        let listed = self.vocabulary.sources.entry(entry);
        // An Indonesian portal that someone speaks to is the one whose copy this is: others are "dikutip dari".
        let own = language == "id" && listed.is_some_and(|entry| entry.kind == "portal" && entry.country == "ID");
        let mut credits = self.sources.iter().filter(|source| source.role == SourceRole::Credit);
        let credited = credits.clone().next().is_some();
        // "kepada Kompas" in the copy of Kompas.com is the same house.
        let domain = listed.map_or(String::new(), |entry| fold(entry.name) + ".");
        if cited == Cited::Told && credits.any(|credit| fold(&credit.label).starts_with(&domain)) {
            return;
        }
        match cited {
            Cited::Contributed => self.add_listed(entry, SourceRole::Credit, Basis::Named, "contributed"),
            Cited::Told if own && !credited => {
                self.add_listed(entry, SourceRole::Credit, Basis::Named, "told the outlet");
            }
            Cited::Told => self.add_listed(entry, SourceRole::Cited, Basis::Named, "told"),
            Cited::Cued => self.add_listed(entry, SourceRole::Cited, Basis::Named, "citation cue"),
        }
    }

    /// The rule by which a name in a dateline or credit zone is a credit.
    fn credit_rule(
        &self,
        body: &Text<'_>,
        atoms: &Atoms,
        mention: &Mention,
        tokens: &Range<usize>,
    ) -> Option<&'static str> {
        let before = tokens.start.checked_sub(1).map_or("", |at| body.word(at));
        let after = body.word(tokens.end);
        let parted = matches!(before, "(" | "/" | "=" | "[" | "【" | "（" | "—")
            || matches!(after, "/" | ")" | "-" | "–" | "—" | "]" | "】" | "）");
        if body.any_marked(tokens.clone(), Marks::DATELINE) {
            return (!mention.weak || parted).then_some("dateline");
        }
        if !body.any_marked(tokens.clone(), Marks::CREDIT) {
            // Briefs in a row each end with their agency: "… fell. (Havas)".
            let ended = tokens
                .start
                .checked_sub(2)
                .is_some_and(|at| matches!(body.word(at), "." | "!" | "?" | "—" | "»"));
            return (before == "(" && after == ")" && ended).then_some("bracket");
        }
        let cue = self
            .vocabulary
            .citations
            .at(&atoms.tokens, mention.atoms.end, "en")
            .is_some();
        (!mention.weak || parted || cue).then_some("sign-off")
    }

    fn read_headline(&mut self, document: &mut Document<'_>) {
        let (vocabulary, language) = (self.vocabulary, document.language);
        let headline = &mut document.headline;
        let atoms = Atoms::of(vocabulary, headline, language);
        let cues = Cues::find(&vocabulary.citations, headline.text, &atoms.tokens, language);
        for mention in mentions(vocabulary, headline.text, &atoms) {
            let tokens = atoms.parents_of(mention.atoms.clone());
            let last = tokens.end == headline.tokens.len();
            let before = tokens.start.checked_sub(1).map_or("", |at| headline.word(at));
            let signed = last && matches!(before, ":" | "-" | "–" | "—") && tokens.start > 2;
            let cited = cues.citation(&mention.atoms, mention.weak);
            if signed || cited.is_some() && !mention.weak {
                self.add_listed(mention.entry, SourceRole::Cited, Basis::Named, "headline");
            }
            if signed || cited.is_some() || !mention.weak {
                headline.mark(tokens, Marks::SOURCE);
            }
        }
    }

    /// Chinese, Japanese, Korean and Thai part no words: names are looked for inside tokens, cues in the letters beside.
    fn read_unspaced(&mut self, document: &mut Document<'_>) {
        if !matches!(document.language, "zh" | "ja" | "ko" | "th") {
            return;
        }
        let body = &mut document.body;
        let text = body.text;
        for alias in self.vocabulary.sources.unspaced() {
            for (start, name) in text.match_indices(alias.text) {
                let (left, right) = (&text[..start], &text[start + name.len()..]);
                let near: &str = &right[..boundary(right, 24)];
                let close: &str = &left[boundary(left, left.len().saturating_sub(18))..];
                let opens = start < 40 && (near.contains(['电', '電']) || close.contains(['【', '（', '(', '=']));
                let after = self
                    .vocabulary
                    .citations
                    .unspaced_after()
                    .iter()
                    .any(|cue| near.contains(cue));
                let before = self
                    .vocabulary
                    .citations
                    .unspaced_before()
                    .iter()
                    .any(|cue| close.contains(cue));
                if opens {
                    self.add_listed(alias.entry, SourceRole::Credit, Basis::Named, "dateline");
                } else if after || before {
                    self.add_listed(alias.entry, SourceRole::Cited, Basis::Named, "citation cue");
                }
                let first = body.tokens.partition_point(|token| token.end as usize <= start);
                let end = body
                    .tokens
                    .partition_point(|token| (token.start as usize) < start + name.len());
                if first < end {
                    body.mark(first..end, Marks::SOURCE);
                }
            }
        }
    }

    /// "(Reporting by …; Editing by …)" in brackets is how Reuters signs; copy that names no other agency as its maker is theirs.
    fn add_house_style(&mut self, document: &Document<'_>) {
        let body = &document.body;
        let signed = (1..body.tokens.len()).any(|at| {
            body.marks[at].any(Marks::CREDIT)
                && matches!(body.word(at), "Reporting" | "Writing" | "Editing")
                && matches!(body.word(at + 1), "by" | "and")
                && matches!(body.word(at - 1), "(" | ";" | ",")
        });
        let named = self.sources.iter().any(|source| source.role == SourceRole::Credit);
        if signed && !named {
            let reuters = tokenise("Reuters");
            if let Some(name) = self.vocabulary.sources.named_at("Reuters", &reuters, 0) {
                self.add_listed(name.entry, SourceRole::Credit, Basis::Named, "house style");
            }
        }
    }
}

/// The last place between letters that is not after byte `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Sources named in one breath are cited together: "E! News and CNN".
fn join_lists(cues: &Cues<'_>, mentions: &[Mention], cited: &mut [Option<Cited>]) {
    for at in 1..mentions.len() {
        let between = mentions[at - 1].atoms.end..mentions[at].atoms.start;
        let joined = (1..=3).contains(&between.len())
            && between.clone().any(|at| cues.is(at, CueKind::Joiner))
            && between.clone().all(|at| {
                cues.is(at, CueKind::Joiner) || cues.is(at, CueKind::Filler) || matches!(cues.word(at), "," | "'" | "’")
            });
        if joined {
            let either = cited[at - 1].or(cited[at]);
            cited[at] = cited[at].or(either);
            cited[at - 1] = cited[at - 1].or(either);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::zones;
    use crate::story::{Filing, InfoSource};

    fn sources_of(filing: &Filing, language: &'static str) -> Vec<(String, SourceRole)> {
        let vocabulary = Vocabulary::builtin();
        let mut document = Document::new(filing);
        document.language = language;
        zones::mark(&vocabulary, &mut document);
        let found = find(&vocabulary, &mut document);
        found.into_iter().map(|source| (source.value, source.role)).collect()
    }

    fn check(language: &'static str, body: &str, credits: &[&str], cited: &[&str]) {
        let mut filing = Filing::default();
        filing.ninjs.set_body(body);
        let found = sources_of(&filing, language);
        let of = |role| {
            found
                .iter()
                .filter(|(_, r)| *r == role)
                .map(|(v, _)| v.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(of(SourceRole::Credit), credits, "credits of: {body}");
        assert_eq!(of(SourceRole::Cited), cited, "cited in: {body}");
    }

    #[test]
    fn datelines_credit_their_agency() {
        check(
            "en",
            "PORT ARBEN, March 3 (Reuters) - Ferries stopped.",
            &["reuters"],
            &[],
        );
        check("en", "LAGOS (AP) — Ferries stopped.", &["ap"], &[]);
        check("de", "Berlin (dpa) - Die Fähren fahren nicht.", &["dpa"], &[]);
        check("fr", "PARIS, 3 mai (AFP) - Les bateaux restent au port.", &["afp"], &[]);
        check("es", "MADRID, 3 may (EFE).- Los barcos no salen.", &["efe"], &[]);
        check("id", "JAKARTA, KOMPAS.com - Feri berhenti.", &["kompas-com"], &[]);
        check("id", "Liputan6.com, Jakarta - Feri berhenti.", &["liputan6"], &[]);
        check("ru", "МОСКВА, 3 мая. /ТАСС/. Паромы стоят.", &["tass"], &[]);
        check("en", "CAIRO (AP-AFP) - Ferries stopped.", &["ap", "afp"], &[]);
    }

    #[test]
    fn sign_offs_credit_their_agency() {
        check(
            "en",
            "Ferries stopped.  (Reporting by Ann Orle; Editing by Bo Tarn)",
            &["reuters"],
            &[],
        );
        check(
            "id",
            "Feri berhenti di pelabuhan.\nReuters berkontribusi pada laporan ini.",
            &["reuters"],
            &[],
        );
        check("id", "Feri berhenti di pelabuhan.\n(ANTARA/oru)", &["antara"], &[]);
        check(
            "fr",
            "Les bateaux restent. (Havas) Le vent tombe. Le port est vide ce soir.",
            &["havas"],
            &[],
        );
        check("es", "Los barcos no salen. Con información de EFE", &["efe"], &[]);
    }

    #[test]
    fn citations_are_found_on_both_sides() {
        check(
            "en",
            "Orle told the Financial Times that ferries stopped.",
            &[],
            &["ft"],
        );
        check(
            "en",
            "Ferries stopped, the official Xinhua news agency reported.",
            &[],
            &["xinhua"],
        );
        check(
            "en",
            "Orle said in an interview with French newspaper Le Figaro.",
            &[],
            &["le-figaro"],
        );
        check(
            "id",
            "Feri berhenti, seperti dikutip dari Antara, Rabu.",
            &[],
            &["antara"],
        );
        check(
            "id",
            "Feri berhenti, dikutip Anadolu sebagaimana dilansirAntara.",
            &[],
            &["anadolu", "antara"],
        );
        check(
            "id",
            "Dilansir detikNews dari AFP, feri berhenti.",
            &[],
            &["detiknews", "afp"],
        );
        check(
            "fr",
            "Les bateaux restent au port, a indiqué à l'AFP le capitaine. Selon Le Monde, ils partiront.",
            &[],
            &["le-monde"],
        );
        check(
            "de",
            "Die Fähren fahren nicht, berichtete die Zeitung Handelsblatt.",
            &[],
            &["handelsblatt"],
        );
        check("zh", "据新华社报道，渡轮停航。", &[], &["xinhua"]);
    }

    #[test]
    fn everyday_words_and_surnames_are_no_sources() {
        check(
            "en",
            "The Sun rose over the port. Time passed. Anna Reuter said it was late.",
            &[],
            &[],
        );
        check(
            "id",
            "Jarak antara kedua pelabuhan itu 3 km. Antara lain feri berhenti.",
            &[],
            &[],
        );
        check(
            "en",
            "He will buy the New York Times, and the Guardian of the port agreed.",
            &[],
            &[],
        );
        check("en", "The BBC said it would cut jobs.", &[], &[]);
    }

    #[test]
    fn unlisted_media_are_found_by_pattern() {
        check(
            "en",
            "Ferries stopped, the Arben Daily Courier reported.",
            &[],
            &["arben-daily-courier"],
        );
        check(
            "id",
            "Feri berhenti, dilansir kantor berita Velpress, Rabu.",
            &[],
            &["velpress"],
        );
        check(
            "en",
            "He told Anna Orle that a Hong Kong newspaper reported it.",
            &[],
            &[],
        );
    }

    #[test]
    fn metadata_is_credit_and_credit_wins() {
        let mut filing = Filing {
            credit_line: Some("AFP / Getty".into()),
            ..Filing::default()
        };
        filing.ninjs.info_sources.push(InfoSource {
            name: "Arben Wire".into(),
            ..InfoSource::default()
        });
        filing.ninjs.set_body("Orle told AFP that ferries stopped.");
        let found = sources_of(&filing, "en");
        assert_eq!(
            found,
            [
                ("arben-wire".into(), SourceRole::Credit),
                ("afp".into(), SourceRole::Credit)
            ]
        );
    }
}
