//! The stories whose life is followed: everyone in them is invented.

use std::sync::OnceLock;

use dateline::extract::Extractor;
use dateline::index::{Reader, Writer, WriterOptions};
use dateline::story::{Filing, InfoSource, Take, TakeKind, Target, WireNumber};
use dateline::vocabulary::Vocabulary;
use tempfile::TempDir;

pub(super) const HARBOUR: &str = "urn:kystnytt:2026/harbour:1";
pub(super) const FERRY: &str = "tag:kystnytt.example,2026:ferry";
pub(super) const LIGHTHOUSE: &str = "urn:kystnytt:2026/lighthouse";
pub(super) const BUDGET: &str = "urn:kystnytt:2026/budget";
pub(super) const QUARRY: &str = "urn:kystnytt:2026/quarry";
pub(super) const BRIDGE: &str = "slug:kny/bridge-lunde/2026-03-02";
/// Its own uri ends as an address of the API does.
pub(super) const ODD: &str = "urn:kystnytt:2026/odd/versions";

/// An index of the stories below.
pub(super) struct Archive {
    pub(super) dir: TempDir,
    pub(super) reader: Reader,
}

fn filing(uri: &str, hour: u32, headline: &str, body: &str) -> Filing {
    let mut filing = Filing::default();
    filing.ninjs.uri = uri.into();
    filing.ninjs.language = Some("en".into());
    filing.ninjs.version_created = Some(format!("2026-03-02T{hour:02}:00:00Z"));
    filing.published = Some(1_772_409_600 + i64::from(hour) * 3_600);
    filing.ninjs.set_headline(headline);
    filing.ninjs.set_body(body);
    filing.ninjs.info_sources = vec![InfoSource {
        name: "Kystnytt".into(),
        ..InfoSource::default()
    }];
    filing
}

fn take(mut filing: Filing, kind: TakeKind, number: Option<u32>, label: &str) -> Filing {
    filing.take = Some(Take {
        kind,
        number,
        label: label.into(),
    });
    filing
}

fn status(mut filing: Filing, status: &str, note: Option<&str>) -> Filing {
    filing.ninjs.pub_status = Some(status.into());
    filing.ninjs.ed_note = note.map(str::to_owned);
    filing
}

/// The harbour: first take, `UPDATE 1`, `CORRECTED`; the last comes in first.
pub(super) fn harbour() -> Vec<Filing> {
    let first = "The harbour of Skarvik in Norway reopened on Monday.\nTwelve boats left early.\nThe wind was weak.";
    let update = "The harbour of Skarvik in Norway reopened on Monday.\nTwelve boats left early, harbour master Orla Venn said.\nThe wind was weak.";
    let corrected = "The harbour of Skarvik in Norway reopened on Monday.\nFourteen boats left early, harbour master Orla Venn said.\nThe wind was weak.\nA ferry from Denmark follows on Friday.";
    let headline = "Skarvik harbour reopens";
    vec![
        take(
            filing(HARBOUR, 12, headline, corrected),
            TakeKind::Correction,
            None,
            "CORRECTED",
        ),
        filing(HARBOUR, 10, headline, first),
        take(
            filing(HARBOUR, 11, headline, update),
            TakeKind::Update,
            Some(1),
            "UPDATE 1",
        ),
    ]
}

/// A kill by status that carries the whole story, a kill by number, a withholding, and a killed story that came back.
fn taken_away() -> Vec<Filing> {
    let ferry = "The ferry Havbris sank, mayor Tilda Grønvik said.";
    let mut bridge = filing(
        "",
        9,
        "Bridge closed",
        "The bridge is unsafe, engineer Pavel Hrdlo said.",
    );
    bridge.keyword = Some("Bridge-Lunde".into());
    bridge.wire_number = Some(WireNumber {
        service: "kny".into(),
        number: "157".into(),
    });
    let kill = "Please kill item 157, Bridge-Lunde. The engineer was misquoted.";
    let mut kill = take(filing("", 10, "KILL: Bridge-Lunde", kill), TakeKind::Kill, None, "KILL");
    kill.wire_number = Some(WireNumber {
        service: "kny".into(),
        number: "160".into(),
    });
    kill.targets = vec![Target::Number("157".into())];
    let tower = "The tower leans, keeper Rune Solheim-Aas said.";
    vec![
        filing(FERRY, 9, "Ferry sinks", ferry),
        status(
            filing(FERRY, 10, "Ferry sinks", ferry),
            "canceled",
            Some("No ferry sank."),
        ),
        bridge,
        kill,
        filing(
            QUARRY,
            9,
            "Quarry sold",
            "The quarry was sold, broker Ines Talvik said.",
        ),
        status(filing(QUARRY, 10, "Quarry sold", "Hold this."), "withheld", None),
        filing(LIGHTHOUSE, 9, "Lighthouse leans", tower),
        status(
            filing(LIGHTHOUSE, 10, "Lighthouse leans", tower),
            "canceled",
            Some("Nothing leans."),
        ),
        filing(
            LIGHTHOUSE,
            11,
            "Lighthouse stands",
            "The lighthouse stands, keeper Rune Solheim-Aas said.",
        ),
        filing(
            LIGHTHOUSE,
            12,
            "Lighthouse stands",
            "The lighthouse stands firm, keeper Rune Solheim-Aas said.",
        ),
    ]
}

fn embargoed() -> Filing {
    let body =
        "The budget grows, minister Yrsa Lindqvold said. \"It is a good budget for Iceland,\" Yrsa Lindqvold said.";
    let mut filing = filing(BUDGET, 9, "Budget grows by a zwölftel", body);
    filing.ninjs.embargoed_until = Some("2150-01-01T00:00:00Z".into());
    filing
}

/// The index, made once for all tests.
pub(super) fn archive() -> &'static Archive {
    static ARCHIVE: OnceLock<Archive> = OnceLock::new();
    ARCHIVE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let small = WriterOptions {
            threads: 1,
            memory: 20_000_000,
        };
        let mut writer = Writer::open(dir.path(), small).unwrap();
        let extractor = Extractor::new(Vocabulary::builtin());
        let odd = filing(ODD, 9, "An odd address", "The address is odd.");
        let add = take(
            filing(ODD, 10, "An odd address", "It ends oddly."),
            TakeKind::Add,
            Some(1),
            "1st Add",
        );
        for filing in harbour().into_iter().chain(taken_away()).chain([embargoed(), odd, add]) {
            let extraction = extractor.extract(&filing);
            writer.put(filing, extraction).unwrap();
        }
        writer.finish().unwrap();
        let reader = Reader::open(dir.path()).unwrap();
        Archive { dir, reader }
    })
}
