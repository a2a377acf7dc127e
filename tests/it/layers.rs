//! Data flows down the list of modules in `lib.rs`: no file uses a module below its own.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order in which `lib.rs` declares them.
fn declared() -> Vec<String> {
    let lib = fs::read_to_string(source().join("lib.rs")).unwrap();
    let modules = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The modules of this crate that a text names, with the line.
fn used(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        for (place, _) in line.match_indices("crate::") {
            let rest = &line[place + "crate::".len()..];
            let names = rest
                .strip_prefix('{')
                .map_or(vec![rest], |list| list.split(',').collect());
            for name in names {
                let name: String = name
                    .trim()
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                found.push((at + 1, name));
            }
        }
    }
    found
}

#[test]
fn no_module_uses_one_below_it() {
    let modules = declared();
    assert!(modules.len() >= 10, "lib.rs declares {modules:?}");
    let rank = |name: &str| modules.iter().position(|module| module == name);
    let mut upward = Vec::new();
    for (own, module) in modules.iter().enumerate() {
        let mut paths = Vec::new();
        files(&source().join(module), &mut paths);
        for extra in [source().join(format!("{module}.rs"))] {
            if extra.is_file() {
                paths.push(extra);
            }
        }
        assert!(!paths.is_empty(), "no file of {module}");
        for path in paths {
            let text = fs::read_to_string(&path).unwrap();
            for (line, name) in used(&text) {
                if rank(&name).is_some_and(|other| other > own) {
                    upward.push(format!("{}:{line} uses {name}", path.display()));
                }
            }
        }
    }
    assert!(upward.is_empty(), "arrows that point up:\n{}", upward.join("\n"));
}

#[test]
fn an_arrow_that_points_up_would_be_seen() {
    let text =
        "use crate::{index::Writer, story::Filing};\n// use crate::web::router;\nlet x = crate::search::search(y);";
    let names: Vec<String> = used(text).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["index", "story", "search"]);
}

#[test]
fn only_index_and_search_name_tantivy_and_only_cli_the_environment() {
    let mut paths = Vec::new();
    files(&source(), &mut paths);
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let place = path.strip_prefix(source()).unwrap().to_string_lossy().into_owned();
        let code = || text.lines().filter(|line| !line.trim_start().starts_with("//"));
        if !place.starts_with("index") && !place.starts_with("search") {
            assert!(
                !code().any(|line| line.contains("tantivy::") || line.contains("use tantivy")),
                "{place} names tantivy"
            );
        }
        if !place.starts_with("cli") {
            assert!(
                !code().any(|line| line.contains("env::var") || line.contains("env::args")),
                "{place} reads the environment"
            );
        }
    }
}
