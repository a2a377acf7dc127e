//! Names of members: as people see them, and which say that a member is left out.

use std::path::Path;
use std::sync::Arc;

use crate::ingest::walk;

/// What stands between an archive and the path of a member in it.
pub(super) const INSIDE: &str = "!/";

/// A path on disk has at most so many bytes; a longer name is made to fill memory, since it goes along with every item.
const MAX_NAME_BYTES: usize = 4096;

/// The label of a member: `wire.zip!/monday/kapal.xml`. An error's text tells how long a name is that is too long.
pub(super) fn inside(archive: &str, member: &str) -> Result<Arc<str>, String> {
    let member = member.strip_prefix("./").unwrap_or(member);
    if archive.len() + member.len() <= MAX_NAME_BYTES {
        return Ok(format!("{archive}{INSIDE}{}", printable(member)).into());
    }
    Err(format!(
        "a member has a name of {} bytes, which no path has; it is not read",
        member.len()
    ))
}

/// A name without what could steer a terminal or turn the text around it: control characters, marks of direction.
fn printable(name: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    name.chars()
        .map(|c| if steers(c) { char::REPLACEMENT_CHARACTER } else { c })
        .collect()
}

/// Whether a member is left out as a file of that path would be: hidden, in a hidden folder, not yet whole; or what the Mac adds
/// to an archive for itself.
pub(super) fn is_left_out(member: &str) -> bool {
    member
        .split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .any(|part| part == "__MACOSX" || walk::is_left_out(Path::new(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_named_after_its_archive() {
        let week = inside("in/week.tar", "./wire.zip").unwrap();
        assert_eq!(
            &*inside(&week, "monday/kapal.xml").unwrap(),
            "in/week.tar!/wire.zip!/monday/kapal.xml"
        );
        assert_eq!(
            &*inside("a.zip", "../../etc/passwd").unwrap(),
            "a.zip!/../../etc/passwd"
        );
        assert_eq!(&*inside("a.zip", "/etc/passwd").unwrap(), "a.zip!//etc/passwd");
        assert_eq!(
            &*inside("a.zip", "red\u{1b}[31m\u{202e}.txt").unwrap(),
            "a.zip!/red\u{fffd}[31m\u{fffd}.txt"
        );
        assert!(inside("a.zip", &"x".repeat(5_000)).unwrap_err().contains("5000"));
    }

    #[test]
    fn hidden_and_unfinished_members_are_left_out() {
        for name in [
            ".x",
            "a/.git/x",
            "__MACOSX/._a.xml",
            "a.part",
            "b/c.tmp",
            "a~",
            "a\\.x\\y",
        ] {
            assert!(is_left_out(name), "{name}");
        }
        for name in ["a.xml", "./a.xml", "../a.xml", "/a/b.xml", "a\\b.xml", "a.b/c"] {
            assert!(!is_left_out(name), "{name}");
        }
    }
}
