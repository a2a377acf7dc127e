//! The reader: publishes a [`Snapshot`] of each commit that it is told to load.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::index::SegmentId;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher};

use super::error::guarded;
use super::segment::{JOINED, Loaded};
use super::timeline::now;
use super::{DocKind, Fields, IndexError, Interner, Snapshot, Stored, folder, lookup};
use crate::story::{Facet, Timestamp, key_of};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::people::People;

/// Blocks of stored filings kept decompressed, for each segment.
const STORE_CACHE_BLOCKS: usize = 64;

/// Bytes that facet values may take in memory, by default: twenty times those of a million stories.
const FACET_MEMORY: usize = 2 << 30;

/// A reader of an index: one for all threads, cheap to clone.
#[derive(Debug, Clone)]
pub struct Reader {
    shared: Arc<Shared>,
}

struct Shared {
    dir: Arc<Path>,
    reader: IndexReader,
    state: Mutex<State>,
    current: RwLock<Arc<Snapshot>>,
}

/// What is kept from one load to the next.
struct State {
    /// Bytes that facet values may take in memory; those over it are read from their columns.
    facet_memory: usize,
    interners: [Interner; Facet::ALL.len()],
    segments: FxHashMap<SegmentId, Arc<Loaded>>,
}

impl Reader {
    /// Opens the index in a folder and loads its last commit. Names of people are joined by the compiled-in list.
    ///
    /// # Errors
    /// When there is no index, when it is another program's or of another version, and when it is damaged.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        Self::open_joining(dir, Some(&Vocabulary::builtin().people))
    }

    /// The same with names joined by a list of people, and such that differ in spelling only; with `None` each is for itself.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn open_joining(dir: &Path, people: Option<&Arc<People>>) -> Result<Self, IndexError> {
        Self::open_within(dir, people, FACET_MEMORY)
    }

    /// The same with a bound on the bytes that facet values take in memory. Those over it stay in their columns on disk: they are
    /// counted as exactly, some ten times slower.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn open_within(dir: &Path, people: Option<&Arc<People>>, facet_memory: usize) -> Result<Self, IndexError> {
        guarded(dir, || {
            let index = folder::open(dir)?;
            let failed = |error| IndexError::tantivy("read", dir, error);
            let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual);
            let builder = builder.doc_store_cache_num_blocks(STORE_CACHE_BLOCKS);
            let reader: IndexReader = builder.try_into().map_err(failed)?;
            let dir: Arc<Path> = dir.into();
            let mut state = State {
                facet_memory,
                interners: Default::default(),
                segments: FxHashMap::default(),
            };
            if let Some(people) = people {
                for facet in JOINED {
                    state.interners[facet as usize] = Interner::joining(Arc::clone(people));
                }
            }
            let snapshot = state.snapshot(&dir, reader.searcher(), now())?;
            Ok(Self {
                shared: Arc::new(Shared {
                    dir,
                    reader,
                    state: Mutex::new(state),
                    current: RwLock::new(Arc::new(snapshot)),
                }),
            })
        })
    }

    /// The state that was loaded last, as of now. What it shows does not change under the holder.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot_at(now())
    }

    /// The same as of another time: filings whose embargo has ended by then are seen. A time before that of the last snapshot
    /// gives that one.
    #[must_use]
    pub fn snapshot_at(&self, now: Timestamp) -> Arc<Snapshot> {
        let current = || Arc::clone(&self.shared.current.read().unwrap_or_else(PoisonError::into_inner));
        let snapshot = current();
        if now < snapshot.next_change {
            return snapshot;
        }
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        let snapshot = current();
        if now < snapshot.next_change {
            return snapshot;
        }
        // Only sets of documents in memory change, so that it cannot fail; if it does, what was seen before stays.
        let Ok(changed) = state.snapshot(&self.shared.dir, snapshot.searcher.clone(), now) else {
            return snapshot;
        };
        let changed = Arc::new(changed);
        *self.shared.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&changed);
        changed
    }

    /// Loads the last commit, and tells whether it is another than before. After a commit of one's own this makes it visible.
    ///
    /// # Errors
    /// When a file of the index does not read; the state before stays published.
    pub fn reload(&self) -> Result<bool, IndexError> {
        let shared = &*self.shared;
        let mut state = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.snapshot();
        let snapshot = guarded(&shared.dir, || {
            let reloaded = shared.reader.reload();
            reloaded.map_err(|error| IndexError::tantivy("reload", &shared.dir, error))?;
            let searcher = shared.reader.searcher();
            if is_same(&before.searcher, &searcher) {
                return Ok(None);
            }
            state.snapshot(&shared.dir, searcher, before.now.max(now())).map(Some)
        })?;
        let Some(snapshot) = snapshot else { return Ok(false) };
        *shared.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        Ok(true)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("dir", &self.dir).finish_non_exhaustive()
    }
}

/// Whether both see the same segments with the same deletes.
fn is_same(one: &Searcher, other: &Searcher) -> bool {
    one.generation().segments() == other.generation().segments()
}

impl State {
    /// Builds what is new, keeps what is not, forgets what is gone.
    fn snapshot(&mut self, dir: &Arc<Path>, searcher: Searcher, now: Timestamp) -> Result<Snapshot, IndexError> {
        let mut kept = FxHashMap::default();
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for reader in searcher.segment_readers() {
            let id = reader.segment_id();
            let loaded = match self.segments.get(&id) {
                Some(loaded) if loaded.is_current(reader, now) => Arc::clone(loaded),
                Some(loaded) => Arc::new(loaded.with_deletes(reader, now)),
                None => {
                    let failed = |error| IndexError::tantivy("read", dir, error);
                    let taken: usize = kept
                        .values()
                        .map(|loaded: &Arc<Loaded>| loaded.segment.facet_bytes())
                        .sum();
                    let room = self.facet_memory.saturating_sub(taken);
                    Arc::new(Loaded::new(reader, &mut self.interners, now, room).map_err(failed)?)
                }
            };
            segments.push(Arc::clone(&loaded.segment));
            kept.insert(id, loaded);
        }
        self.segments = kept;
        let next_change = self.segments.values().map(|loaded| loaded.next_change()).min();
        let mut frequencies: [Vec<u32>; JOINED.len()] = Default::default();
        for (facet, frequencies) in JOINED.into_iter().zip(&mut frequencies) {
            let uses = || self.segments.values().flat_map(|loaded| loaded.uses(facet));
            let interner = &mut self.interners[facet as usize];
            interner.show_most_used(uses());
            frequencies.resize(interner.len(), 0);
            for (name, count) in uses() {
                frequencies[interner.group_of(*name) as usize] += count;
            }
        }
        self.interners.iter_mut().for_each(Interner::compact);
        let interners = Arc::new(self.interners.clone());
        cut_words(&interners);
        let beside = self
            .segments
            .values()
            .map(|loaded| loaded.bytes() - loaded.segment.bytes());
        Ok(Snapshot {
            dir: Arc::clone(dir),
            now,
            next_change: next_change.unwrap_or(Timestamp::MAX),
            fields: *Fields::of_builtin(),
            segments,
            interners,
            beside: beside.sum(),
            frequencies: Arc::new(frequencies),
            searcher,
        })
    }
}

/// Cuts the words of people's names in a thread of its own: the first search by a part of a name would wait for it.
fn cut_words(interners: &Arc<[Interner; Facet::ALL.len()]>) {
    let interners = Arc::clone(interners);
    std::thread::spawn(move || JOINED.iter().for_each(|facet| interners[*facet as usize].cut_words()));
}

impl Snapshot {
    /// The folder of the index.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where the current filing of a key's story stands, if there is one that may be seen.
    ///
    /// # Errors
    /// When a file of the index does not read.
    pub fn story(&self, key: u64) -> Result<Option<DocAddress>, IndexError> {
        let current = self.read(|| lookup::current(&self.searcher, key, self.now))?;
        Ok(current.filter(|(kind, _)| *kind == DocKind::Story).map(|(_, at)| at))
    }

    /// Where the story of a uri stands, if there is one that may be seen.
    ///
    /// # Errors
    /// When a file of the index does not read.
    pub fn story_by_uri(&self, uri: &str) -> Result<Option<DocAddress>, IndexError> {
        self.story(key_of(uri))
    }

    /// The kill or withholding that stands in the place of a key's story, if one does.
    ///
    /// # Errors
    /// When a file of the index does not read.
    pub fn tombstone(&self, key: u64) -> Result<Option<Stored>, IndexError> {
        let current = self.read(|| lookup::current(&self.searcher, key, self.now))?;
        let tombstone = current.filter(|(kind, _)| *kind == DocKind::Tombstone);
        tombstone.map(|(_, at)| self.stored_at(at)).transpose()
    }

    /// How many documents of stories wait for an embargo to end, and when the next one ends: `None` where none has an end.
    ///
    /// # Errors
    /// When a file of the index does not read.
    pub fn embargoed(&self) -> Result<(u64, Option<Timestamp>), IndexError> {
        let times = self.read(|| lookup::embargoes(&self.searcher, self.now))?;
        let ends = times.iter().copied().filter(|end| *end != Timestamp::MAX).min();
        Ok((times.len() as u64, ends))
    }

    /// The kills whose story is not here.
    ///
    /// # Errors
    /// When a file of the index does not read.
    pub fn waiting_kills(&self) -> Result<Vec<Stored>, IndexError> {
        let found = self.read(|| lookup::waiting(&self.searcher))?;
        let kills = found.into_iter().map(|(_, text)| self.parsed(&text));
        kills.collect()
    }

    /// The filing stored at an address; for a quote, its story's.
    ///
    /// # Errors
    /// When a file of the index does not read, or the address is not of this snapshot.
    pub fn stored(&self, at: DocAddress) -> Result<Stored, IndexError> {
        let segment = self.segments.get(at.segment_ord as usize);
        let segment = segment.filter(|segment| at.doc_id < segment.max_doc);
        let Some(story) = segment.map(|segment| segment.story_of(at.doc_id)) else {
            return Err(self.corrupt(format!("it has no document {}:{}", at.segment_ord, at.doc_id)));
        };
        self.stored_at(DocAddress::new(at.segment_ord, story))
    }

    /// Every filing of a story that may be seen, the oldest version first, the current one last. Empty when there is no such story.
    ///
    /// # Errors
    /// When a file of the index does not read.
    pub fn filings_of(&self, key: u64) -> Result<Vec<Stored>, IndexError> {
        let found = self.read(|| lookup::filings(&self.searcher, key, self.now))?;
        found.into_iter().map(|(_, _, at)| self.stored_at(at)).collect()
    }

    /// The story stored at an address, without what was extracted from it but its language and quotes.
    ///
    /// # Errors
    /// When a file of the index does not read, or there is no story.
    pub fn shown(&self, story: DocAddress) -> Result<Stored, IndexError> {
        let text = self.text_at(story)?;
        Stored::shown(&text).map_err(|error| self.unreadable(&error))
    }

    fn stored_at(&self, at: DocAddress) -> Result<Stored, IndexError> {
        self.parsed(&self.text_at(at)?)
    }

    fn text_at(&self, at: DocAddress) -> Result<String, IndexError> {
        let text = self.read(|| lookup::stored(&self.searcher, at))?;
        text.ok_or_else(|| self.corrupt("a document has no stored filing".into()))
    }

    fn parsed(&self, text: &str) -> Result<Stored, IndexError> {
        serde_json::from_str(text).map_err(|error| self.unreadable(&error))
    }

    fn unreadable(&self, error: &serde_json::Error) -> IndexError {
        self.corrupt(format!("a stored filing does not read: {error}"))
    }

    /// How many stories have a value, with those that were deleted since the last merge: a measure to order by, no count to
    /// show. `None` for facets whose values are no names of people.
    #[must_use]
    pub fn frequency(&self, facet: Facet, id: u32) -> Option<u32> {
        let place = JOINED.iter().position(|joined| *joined == facet)?;
        Some(self.frequencies[place].get(id as usize).copied().unwrap_or_default())
    }

    /// Bytes held in memory beside what tantivy maps: the segments' arrays and the facet values.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let segments = self.segments.iter().map(|segment| segment.bytes());
        let values = self.interners.iter().map(Interner::bytes);
        let frequencies: usize = self.frequencies.iter().map(|counts| 4 * counts.len()).sum();
        self.beside + frequencies + segments.chain(values).sum::<usize>()
    }

    fn read<T>(&self, read: impl FnOnce() -> tantivy::Result<T>) -> Result<T, IndexError> {
        guarded(&self.dir, || {
            read().map_err(|error| IndexError::tantivy("read", &self.dir, error))
        })
    }

    fn corrupt(&self, reason: String) -> IndexError {
        IndexError::Corrupt {
            path: self.dir.to_path_buf(),
            reason,
        }
    }
}
