//! Laying out a story's documents anew from all its filings; finding the stories that kills name.

use rustc_hash::FxHashSet;
use tantivy::indexer::UserOperation;
use tantivy::{Searcher, Term};

use super::Writer;
use crate::index::Stored;
use crate::index::document::{Prepared, Standing, waiting_key};
use crate::index::error::guarded;
use crate::index::known::Story;
use crate::index::timeline::{Entry, Reign, Timeline, Window, now};
use crate::index::{DocKind, Fields, IndexError, lookup};
use crate::story::{AltId, HANDLE_HOLDS, key_of};

/// A kill may be stamped a little before what it kills: clocks differ, and stamps are cut to the minute.
const CLOCKS_DIFFER_MS: i64 = 60 * 60 * 1000;

impl Writer {
    /// Whether a commit has more to do than to commit.
    pub(super) fn has_to_lay_out(&self) -> bool {
        !self.set_aside.is_empty() || !self.kills.is_empty() || self.awaited_came
    }

    /// Resolves kills, then lays out every story that a filing was set aside for. What was written before must be committed.
    pub(super) fn lay_out(&mut self) -> Result<(), IndexError> {
        let searcher = self.reader.searcher();
        self.resolve_kills(&searcher)?;
        let mut keys: Vec<u64> = self.set_aside.keys().copied().collect();
        keys.sort_unstable();
        for key in keys {
            self.lay_out_story(&searcher, key)?;
        }
        Ok(())
    }

    fn lay_out_story(&mut self, searcher: &Searcher, key: u64) -> Result<(), IndexError> {
        let mut filings = self.filings_of(searcher, key)?;
        for mut new in self.set_aside.remove(&key).unwrap_or_default() {
            let content = new.entry.standing.content;
            if filings.iter().all(|(_, entry)| entry.standing.content != content) {
                let order = &mut new.entry.standing.order;
                order.arrival = filings.len() as u64;
                if new.entry.hides && order.created == 0 {
                    // One that tells no time is meant for all that is here, also when the story is laid out again.
                    let others = filings.iter().map(|(_, entry)| entry.standing.order.created);
                    order.created = others.max().unwrap_or_default();
                    order.number = u64::MAX;
                }
                let stored = serde_json::from_str(&new.stored);
                filings.push((stored.map_err(|error| self.unreadable(&error.to_string()))?, new.entry));
            }
        }
        let entries: Vec<Entry> = filings.iter().map(|(_, entry)| *entry).collect();
        let timeline = Timeline::of(&entries, now());
        let laid_out = !timeline.is_plain(&entries);
        let fields = Fields::of_builtin();
        let terms = [fields.key, fields.filing_of].map(|field| Term::from_field_u64(field, key));
        let mut operations: Vec<UserOperation> = terms.map(UserOperation::Delete).into();
        for reign in &timeline.reigns {
            let documents = documents_of(&filings, reign, laid_out);
            operations.extend(documents.into_iter().map(UserOperation::Add));
        }
        let kills = filings.iter().filter(|(stored, _)| stored.filing.kills());
        let last_kill = kills.map(|(_, entry)| entry.standing.order).max();
        for (at, from) in &timeline.kept {
            let (stored, entry) = &filings[*at];
            let was_killed = last_kill.is_some_and(|kill| entry.standing.order <= kill);
            let document = prepared(stored, entry.standing).into_filing(*from, was_killed);
            operations.push(UserOperation::Add(document));
        }
        self.run(operations)?;
        self.note(key, &entries, &timeline, laid_out);
        Ok(())
    }

    /// Notes what a story is after it was laid out.
    fn note(&mut self, key: u64, entries: &[Entry], timeline: &Timeline, laid_out: bool) {
        self.known.remove(key);
        self.uncommitted.insert(key);
        self.pending.remove(key);
        let last = timeline.reigns.last().map(|reign| entries[reign.current].standing);
        for content in entries.iter().map(|entry| entry.standing.content) {
            if last.is_none_or(|last| last.content != content) {
                self.known.insert_other(key, content);
            }
        }
        if let Some(standing) = last {
            let filings = u32::try_from(entries.len()).unwrap_or(u32::MAX);
            let story = Story {
                standing,
                filings,
                laid_out,
            };
            self.known.insert(key, story);
        }
    }

    /// Every filing of a story that is committed, with its place.
    fn filings_of(&self, searcher: &Searcher, key: u64) -> Result<Vec<(Stored, Entry)>, IndexError> {
        guarded(&self.dir, || {
            let failed = |error| IndexError::tantivy("read", &self.dir, error);
            let found = lookup::filings(searcher, key, i64::MAX).map_err(failed)?;
            let filings = found.into_iter().map(|(standing, _, at)| {
                let text = lookup::stored(searcher, at).map_err(failed)?;
                let text = text.ok_or_else(|| self.unreadable("a filing has nothing stored"))?;
                let stored: Stored =
                    serde_json::from_str(&text).map_err(|error| self.unreadable(&error.to_string()))?;
                let entry = Entry {
                    standing,
                    ..prepared(&stored, standing).entry
                };
                Ok((stored, entry))
            });
            filings.collect()
        })
    }

    /// Gives each kill to the stories that it names; one that names none that is here waits.
    fn resolve_kills(&mut self, searcher: &Searcher) -> Result<(), IndexError> {
        let mut kills: Vec<(Prepared, bool)> = self.kills.drain(..).map(|kill| (kill, false)).collect();
        let mut still_awaited = FxHashSet::default();
        if self.known.has_waiting() {
            kills.extend(self.waiting_kills(searcher)?.into_iter().map(|kill| (kill, true)));
        }
        for (kill, was_waiting) in kills {
            let mut stories = self.named_by(searcher, &kill)?;
            let stored: Stored =
                serde_json::from_str(&kill.stored).map_err(|error| self.unreadable(&error.to_string()))?;
            if stories.is_empty() && self.known.story(kill.key).is_some() {
                // It names nothing that is here, and is filed under a story that is: the same keyword on the same day.
                stories.push((kill.key, stored.uri.clone()));
            }
            let own_key = Term::from_field_u64(Fields::of_builtin().key, waiting_key(kill.key));
            if stories.is_empty() {
                still_awaited.extend(kill.awaits.iter().copied());
                if !was_waiting {
                    let document = kill.into_kill(DocKind::Waiting, Window::default());
                    self.run(vec![UserOperation::Delete(own_key), UserOperation::Add(document)])?;
                }
                continue;
            }
            if was_waiting {
                self.run(vec![UserOperation::Delete(own_key)])?;
            }
            for (key, uri) in stories {
                let kill = under_uri(&stored, &uri, kill.entry.standing);
                self.set_aside.entry(key).or_default().push(kill);
            }
        }
        self.known.set_awaited(still_awaited);
        self.awaited_came = false;
        Ok(())
    }

    /// The kills that wait for their story.
    fn waiting_kills(&self, searcher: &Searcher) -> Result<Vec<Prepared>, IndexError> {
        let found = guarded(&self.dir, || {
            let failed = |error| IndexError::tantivy("read", &self.dir, error);
            lookup::waiting(searcher).map_err(failed)
        })?;
        let kills = found
            .into_iter()
            .map(|(standing, stored)| self.prepared_again(&stored, standing));
        kills.collect()
    }

    /// The stories that a kill names, by key and uri: for each name the one filed last before it, no longer ago than the name holds.
    fn named_by(&self, searcher: &Searcher, kill: &Prepared) -> Result<Vec<(u64, String)>, IndexError> {
        let killed_at = kill.entry.standing.order.created;
        let in_time = |created: i64| {
            let holds = (killed_at - HANDLE_HOLDS * 1000)..=(killed_at + CLOCKS_DIFFER_MS);
            killed_at == 0 || created == 0 || holds.contains(&created)
        };
        let mut stories: Vec<(u64, String)> = Vec::new();
        for handle in &kill.awaits {
            let mut candidates: Vec<(i64, String)> = Vec::new();
            for filing in self
                .set_aside
                .values()
                .flatten()
                .filter(|filing| filing.handles.contains(handle))
            {
                if let Ok(stored) = serde_json::from_str::<Stored>(&filing.stored) {
                    candidates.push((filing.entry.standing.order.created, stored.uri));
                }
            }
            let found = guarded(&self.dir, || {
                let failed = |error| IndexError::tantivy("read", &self.dir, error);
                lookup::called(searcher, *handle).map_err(failed)
            })?;
            for (standing, stored) in found {
                let stored: Stored =
                    serde_json::from_str(&stored).map_err(|error| self.unreadable(&error.to_string()))?;
                candidates.push((standing.order.created, stored.uri));
            }
            candidates.retain(|(created, _)| in_time(*created));
            if let Some((_, uri)) = candidates.into_iter().max() {
                let key = key_of(&uri);
                if stories.iter().all(|(known, _)| *known != key) {
                    stories.push((key, uri));
                }
            }
        }
        Ok(stories)
    }
}

/// The documents of what stands for a story for some time.
fn documents_of(filings: &[(Stored, Entry)], reign: &Reign, laid_out: bool) -> Vec<tantivy::TantivyDocument> {
    let (current, entry) = &filings[reign.current];
    if entry.hides {
        let kill = prepared(current, entry.standing);
        return vec![kill.into_kill(DocKind::Tombstone, reign.window)];
    }
    let added = reign.added.iter().map(|at| &filings[*at].0);
    let whole = added.fold(current.clone(), Stored::with_added);
    prepared(&whole, entry.standing).into_story(reign.filings, reign.window, laid_out)
}

fn prepared(stored: &Stored, standing: Standing) -> Prepared {
    let mut prepared = Prepared::of(stored, standing.content);
    prepared.entry.standing = standing;
    prepared
}

/// A kill that is an item of its own as a filing of the story that it names; its own uri is kept beside.
fn under_uri(kill: &Stored, uri: &str, standing: Standing) -> Prepared {
    let mut kill = kill.clone();
    let own = AltId {
        role: "kill".into(),
        value: std::mem::replace(&mut kill.uri, uri.to_owned()),
    };
    if !kill.filing.ninjs.alt_ids.contains(&own) {
        kill.filing.ninjs.alt_ids.push(own);
    }
    uri.clone_into(&mut kill.filing.ninjs.uri);
    prepared(&kill, standing)
}
