//! A zip, by its directory; one whose directory is missing, from its beginning up to where it breaks off.

use std::cell::Cell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;
use std::sync::Arc;

use zip::read::{Config, ZipFile, ZipFileEntry, read_zipfile_from_stream};
use zip::result::ZipError;
use zip::unstable::read::{ZipIterable, ZipIterableFiles};
use zip::{CompressionMethod, ZipReadOptions};

use super::{Ended, Walk, names};
use crate::formats::Detection;
use crate::ingest::meter::Unpacked;
use crate::ingest::read::refusal;

/// Buffer of a member.
const MEMBER_BYTES: usize = 64 * 1024;

/// So early in a document stands the member that tells it from an archive.
const DOCUMENT_MEMBERS: usize = 32;

/// The kinds of file in the mode of a member made on Unix, and that of a plain file.
const KIND_BITS: u32 = 0o170_000;
const PLAIN_FILE: u32 = 0o100_000;

/// Whether a stream begins as a zip does: with a member, or empty with the end of the directory.
pub(super) fn begins(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// What a zip is that is no archive but a document or program.
fn document<R: Read + Seek>(files: &mut ZipIterableFiles<R>) -> Option<&'static str> {
    files
        .take(DOCUMENT_MEMBERS)
        .find_map(|entry| match entry.ok()?.name_raw() {
            b"[Content_Types].xml" => Some("an Office document"),
            b"mimetype" => Some("an OpenDocument file or e-book"),
            b"META-INF/MANIFEST.MF" => Some("a Java program"),
            b"AndroidManifest.xml" => Some("an Android program"),
            _ => None,
        })
}

/// Why a member cannot be read although the archive is in order, if so.
fn unreadable(entry: &ZipFileEntry) -> Option<String> {
    if entry.encrypted() {
        return Some("it is encrypted: decrypt the archive first, dateline asks for no passwords".to_owned());
    }
    let method = entry.compression();
    (!matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated)).then(|| {
        let method = format!("{method:?}").replace("Unsupported", "");
        format!("it is packed with the method {method}, which is not read: pack the archive anew with Deflate")
    })
}

/// Whether a member is a plain file that a folder would give.
fn is_file(entry: &ZipFileEntry, path: &str) -> bool {
    let kind = entry.unix_mode().map_or(0, |mode| mode & KIND_BITS);
    entry.is_file() && !path.ends_with(['/', '\\']) && matches!(kind, 0 | PLAIN_FILE) && !names::is_left_out(path)
}

/// The path of a member, UTF-8 or code page 437.
fn path_of(entry: &ZipFileEntry) -> String {
    let raw = || String::from_utf8_lossy(entry.name_raw()).into_owned();
    entry.name().map_or_else(|_| raw(), std::borrow::Cow::into_owned)
}

impl Walk<'_, '_> {
    /// Reads a zip, around which, itself included, there are `layers`.
    pub(super) fn zip<R: Read + Seek>(&mut self, name: &Arc<str>, mut input: R, layers: usize) -> io::Result<Ended> {
        let mut archive = match ZipIterable::try_new(&mut input, Config::default()) {
            Ok(archive) => archive,
            Err(ZipError::Io(error)) if self.source.has_failed() => return Err(error),
            Err(error) => {
                input.seek(SeekFrom::Start(0))?;
                return Ok(self.broken_zip(name, BufReader::new(input), layers, &error));
            }
        };
        if let Some(what) = document(archive.files()?) {
            self.taker.refuse(refusal(name, Detection::Binary(what)));
            return Ok(Ended::Whole);
        }
        let members = archive.len();
        let files = archive.files()?;
        while let Some(entry) = files.next() {
            let entry = entry.map_err(|error| {
                let left = files.len();
                let reason = format!("the directory of {members} members cannot be read on: {error}");
                io::Error::new(io::ErrorKind::InvalidData, format!("{reason}; {left} are left"))
            })?;
            self.source.count_member()?;
            let path = path_of(&entry);
            if is_file(&entry, &path) {
                self.zip_member(name, &path, entry, files.reader_mut(), layers);
            }
            if !self.goes_on() {
                break;
            }
        }
        Ok(Ended::Whole)
    }

    fn zip_member<R: Read + Seek>(
        &mut self,
        name: &Arc<str>,
        path: &str,
        entry: ZipFileEntry<'_>,
        input: &mut R,
        layers: usize,
    ) {
        let member = match names::inside(name, path) {
            Ok(member) => member,
            Err(reason) => return self.refuse(name, reason),
        };
        if let Some(reason) = unreadable(&entry) {
            return self.refuse(&member, reason);
        }
        match entry.with_reader(input, ZipReadOptions::new()) {
            Ok(file) => self.opened(&member, file, layers),
            Err(error) => self.refuse(&member, format!("it cannot be found in the archive: {error}")),
        }
    }

    fn opened<R: Read>(&mut self, member: &Arc<str>, file: ZipFile<'_, R>, layers: usize) {
        let packed = Rc::new(Cell::new(file.compressed_size()));
        let unpacked = Unpacked::new(file, packed, self.source);
        self.member(
            member,
            Box::new(BufReader::with_capacity(MEMBER_BYTES, unpacked)),
            layers,
        );
    }

    /// Reads what there is of a zip without a directory, from member to member.
    fn broken_zip<R: Read>(&mut self, name: &Arc<str>, mut input: R, layers: usize, why: &ZipError) -> Ended {
        let mut members = 0;
        while self.goes_on() {
            let Ok(Some(file)) = read_zipfile_from_stream(&mut input) else {
                break;
            };
            if let Err(error) = self.source.count_member() {
                self.refuse(name, error.to_string());
                break;
            }
            members += 1;
            let entry = file.entry();
            let path = path_of(&entry);
            if is_file(&entry, &path) {
                match (names::inside(name, &path), unreadable(&entry)) {
                    (Err(reason), _) => self.refuse(name, reason),
                    (Ok(member), Some(reason)) => self.refuse(&member, reason),
                    (Ok(member), None) => self.opened(&member, file, layers),
                }
            }
        }
        let reason = format!(
            "the archive has no directory at its end, so that it was read from its beginning, where {members} members \
             were found ({why}); it may still be being written"
        );
        self.refuse(name, reason);
        Ended::Cut
    }
}
