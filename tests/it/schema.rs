//! The definition of the index: one file, from which everything else is made.

use std::fs;

use dateline::index::schema;
use dateline::story::Facet;

use crate::support::{dateline, run};

#[test]
fn the_command_prints_it_as_a_table_and_as_tantivy_takes_it() {
    let (code, table, _) = run(dateline().args(["schema", "--as", "markdown"]));
    assert_eq!(code, 0);
    for facet in Facet::ALL {
        assert!(
            table.contains(&format!("`{}`", facet.name())) || table.contains(facet.name()),
            "{}",
            facet.name()
        );
    }
    let (code, json, _) = run(dateline().args(["schema", "--as", "tantivy"]));
    assert_eq!(code, 0);
    let read: tantivy::schema::Schema = serde_json::from_str(&json).unwrap();
    assert_eq!(read, schema::schema());
}

#[test]
fn an_index_of_another_schema_is_answered_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let index = dir.path().join("index");
    drop(crate::support::ingest_into(&index));
    let path = index.join("dateline.json");
    let text = fs::read_to_string(&path).unwrap();
    let mut meta: serde_json::Value = serde_json::from_str(&text).unwrap();
    let version = meta
        .as_object_mut()
        .unwrap()
        .iter_mut()
        .find(|(key, _)| key.contains("schema"))
        .unwrap()
        .1;
    *version = 999.into();
    fs::write(&path, meta.to_string()).unwrap();
    let (code, _, err) = run(dateline().arg("--index").arg(&index).args(["search", "x"]));
    assert_eq!(code, 2);
    assert!(err.contains("999") && err.contains("newer"), "{err}");
}
