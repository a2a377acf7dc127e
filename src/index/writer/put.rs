//! Taking a filing in: written at once where it is plain and newer than what is there, else set aside for the commit.

use tantivy::Term;
use tantivy::indexer::UserOperation;

use super::{Outcome, Writer};
use crate::index::document::Prepared;
use crate::index::known::Story;
use crate::index::timeline::{Window, now};
use crate::index::{Fields, IndexError};
use crate::story::{Extraction, Filing};

impl Writer {
    /// Takes a filing in: [`Prepared::new`], then [`Writer::put_prepared`].
    ///
    /// # Errors
    /// As [`Writer::put_prepared`].
    pub fn put(&mut self, filing: Filing, extraction: Extraction) -> Result<Outcome, IndexError> {
        self.put_prepared(Prepared::new(filing, extraction))
    }

    /// Takes in a filing that was prepared, perhaps on another thread.
    ///
    /// # Errors
    /// [`IndexError::Lost`] when tantivy cannot write.
    pub fn put_prepared(&mut self, mut filing: Prepared) -> Result<Outcome, IndexError> {
        self.make_sure()?;
        let (key, content) = (filing.key, filing.entry.standing.content);
        if self.known.has(key, content) || self.known.has_kill(content) {
            return Ok(Outcome::Unchanged);
        }
        self.awaited_came |= self.known.is_awaited(&filing.handles);
        if !filing.awaits.is_empty() {
            self.taken += 1;
            self.known.insert_kill(content);
            self.kills.push(filing);
            return Ok(Outcome::Killed);
        }
        let known = self.known.story(key);
        filing.entry.standing.order.arrival = known.map_or(0, |story| u64::from(story.filings));
        let is_newer = known.is_none_or(|story| filing.entry.standing.order > story.standing.order);
        let laid_out = known.is_some_and(|story| story.laid_out);
        if laid_out || !is_newer || !filing.is_plain(now()) {
            return Ok(self.set_aside(filing, is_newer));
        }
        let Some(story) = known else {
            self.taken += 1;
            self.write_story(filing, 1, Vec::new())?;
            return Ok(Outcome::Added);
        };
        let superseded = self.current_or_flush(key)?;
        self.taken += 1;
        let superseded = self.prepared_again(&superseded, story.standing)?;
        let kept = UserOperation::Add(superseded.into_filing(None, false));
        self.write_story(filing, story.filings.saturating_add(1), vec![kept])?;
        self.known.insert_other(key, story.standing.content);
        Ok(Outcome::Updated)
    }

    /// Keeps a filing for the commit, which lays out its story anew.
    fn set_aside(&mut self, filing: Prepared, is_newer: bool) -> Outcome {
        let (key, entry) = (filing.key, filing.entry);
        let known = self.known.story(key);
        let outcome = match known {
            _ if entry.hides => Outcome::Killed,
            None => Outcome::Added,
            Some(_) if is_newer => Outcome::Updated,
            Some(_) => Outcome::Older,
        };
        let story = match known {
            None => Story {
                standing: entry.standing,
                filings: 1,
                laid_out: true,
            },
            Some(story) => {
                let (latest, other) = if is_newer && entry.whole {
                    (entry.standing, story.standing)
                } else {
                    (story.standing, entry.standing)
                };
                self.known.insert_other(key, other.content);
                Story {
                    standing: latest,
                    filings: story.filings.saturating_add(1),
                    laid_out: true,
                }
            }
        };
        self.known.insert(key, story);
        self.taken += 1;
        self.set_aside.entry(key).or_default().push(filing);
        outcome
    }

    /// Writes a plain story's documents in one batch, in place of those before.
    fn write_story(
        &mut self,
        story: Prepared,
        filings: u32,
        mut operations: Vec<UserOperation>,
    ) -> Result<(), IndexError> {
        let (key, standing) = (story.key, story.entry.standing);
        if self.known.story(key).is_some() {
            let term = Term::from_field_u64(Fields::of_builtin().key, key);
            operations.push(UserOperation::Delete(term));
        }
        let stored = story.stored.clone();
        let documents = story.into_story(filings, Window::default(), false);
        operations.extend(documents.into_iter().map(UserOperation::Add));
        self.run(operations)?;
        let story = Story {
            standing,
            filings,
            laid_out: false,
        };
        self.known.insert(key, story);
        self.uncommitted.insert(key);
        self.pending.insert(key, stored);
        Ok(())
    }
}
