//! What every handler shares.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::Problem;
use crate::index::{Reader, Snapshot};
use crate::story::Timestamp;
use crate::vocabulary::Vocabulary;

/// The reader, the vocabulary, and how many searches may run at once. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState {
    reader: Reader,
    vocabulary: Arc<Vocabulary>,
    permits: Arc<Semaphore>,
}

impl AppState {
    /// The state of a server over that index. `searches` may run at once; others wait.
    #[must_use]
    pub fn new(reader: Reader, vocabulary: Arc<Vocabulary>, searches: usize) -> Self {
        Self {
            reader,
            vocabulary,
            permits: Arc::new(Semaphore::new(searches.max(1))),
        }
    }

    /// Runs a search off the async threads, when a permit is free.
    ///
    /// # Errors
    /// What `work` gives, or a problem of the server when it panicked.
    pub async fn run<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Snapshot, &Vocabulary, Timestamp) -> Result<T, Problem> + Send + 'static,
    {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|_| Problem::stopping())?;
        let (snapshot, vocabulary) = (self.reader.snapshot(), Arc::clone(&self.vocabulary));
        let now = jiff::Timestamp::now().as_second();
        let done = tokio::task::spawn_blocking(move || {
            let _held = permit;
            work(&snapshot, &vocabulary, now)
        });
        done.await
            .map_err(|_| Problem::internal("the search broke off; the server's log says where"))?
    }

    /// The vocabulary.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// How many stories and quotes the current snapshot has.
    #[must_use]
    pub fn counts(&self) -> (u64, u64) {
        let snapshot = self.reader.snapshot();
        let sum = |of: fn(&crate::index::Segment) -> usize| snapshot.segments.iter().map(|s| of(s) as u64).sum();
        (
            sum(|segment| segment.stories.len()),
            sum(|segment| segment.quotes.len()),
        )
    }
}
