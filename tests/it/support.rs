//! What the modules share: the sample archive, the shared corpora, an index of the sample, and the built command.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use dateline::extract::Extractor;
use dateline::http::{AppState, router};
use dateline::index::{Reader, Writer, WriterOptions};
use dateline::ingest::{Balance, Ingest, Silent, files_under};
use dateline::search::{self, SearchAnswer, SearchRequest};
use dateline::vocabulary::Vocabulary;
use dateline::web;
use tempfile::TempDir;
use tower::ServiceExt;

/// A moment after every story of the sample archive.
pub(crate) const NOW: i64 = 1_796_000_000;

/// The folder of the crate.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample archive.
pub(crate) fn archive() -> PathBuf {
    root().join("tests/archive")
}

/// A file or folder of the real stories that lie beside the project, or `None` with the reason printed.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let found = root().join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    eprintln!("skipped: {} is not there", found.display());
    None
}

/// The built command.
pub(crate) fn dateline() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command
        .env_remove("DATELINE_INDEX")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    command
}

/// The exit code, standard output and standard error of a run.
pub(crate) fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

/// The server over an index, without a socket.
pub(crate) fn app(reader: &Reader) -> Router {
    let state = AppState::new(reader.clone(), Vocabulary::builtin(), 2);
    router(state.clone()).merge(web::router(state))
}

/// The status, content type and body of an answer.
pub(crate) async fn ask(app: Router, method: Method, uri: &str) -> (StatusCode, String, String) {
    let request = Request::builder().method(method).uri(uri).body(Body::empty()).unwrap();
    let response = app.oneshot(request).await.unwrap();
    let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, kind, String::from_utf8(body.to_vec()).unwrap())
}

/// An index in a folder that goes away.
pub(crate) struct Sample {
    pub(crate) dir: TempDir,
    pub(crate) reader: Reader,
    pub(crate) balance: Balance,
    pub(crate) vocabulary: Arc<Vocabulary>,
}

impl Sample {
    /// Indexes these paths.
    pub(crate) fn of(paths: &[PathBuf]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let index = dir.path().join("index");
        let mut ingest = ingest_into(&index);
        let files = files_under(paths, &index).unwrap();
        let balance = ingest.files(&files, &mut Silent).unwrap();
        let reader = Reader::open(&index).unwrap();
        Self {
            dir,
            reader,
            balance,
            vocabulary: Vocabulary::builtin(),
        }
    }

    /// Where the index is.
    pub(crate) fn index(&self) -> PathBuf {
        self.dir.path().join("index")
    }

    /// The answer to a request.
    pub(crate) fn search(&self, request: &SearchRequest) -> SearchAnswer {
        search::search(&self.reader.snapshot(), &self.vocabulary, request, NOW).unwrap()
    }

    /// The uris of the stories that a query finds, in order.
    pub(crate) fn found(&self, q: &str) -> Vec<String> {
        let request = SearchRequest {
            limit: SearchRequest::MAX_LIMIT,
            ..SearchRequest::new(q)
        };
        self.search(&request).hits.into_iter().map(|hit| hit.id).collect()
    }
}

/// An ingestion into that folder.
pub(crate) fn ingest_into(index: &Path) -> Ingest {
    let options = WriterOptions {
        threads: 1,
        memory: 50_000_000,
    };
    // A process that another test is starting holds our locks between its fork and its exec.
    let mut writer = Writer::open(index, options);
    for _ in 0..40 {
        if !matches!(writer, Err(dateline::index::IndexError::Locked { .. })) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
        writer = Writer::open(index, options);
    }
    let writer = writer.unwrap();
    Ingest::new(writer, index, Extractor::new(Vocabulary::builtin())).unwrap()
}

/// The sample archive, indexed once for all tests.
pub(crate) fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| Sample::of(&[archive()]))
}

/// The 54,312 real stories of Reuters-21578 and Reuters 2006–2009, indexed once; the sample archive where they are not there.
pub(crate) fn large() -> &'static Sample {
    static LARGE: OnceLock<Sample> = OnceLock::new();
    LARGE.get_or_init(|| match shared("corpora") {
        Some(corpora) => {
            let mut files: Vec<PathBuf> = (0..9)
                .map(|at| corpora.join(format!("reuters21578/reut2-00{at}.sgm")))
                .collect();
            files.extend((2006..2010).map(|year| corpora.join(format!("news/reuters-{year}.jsonl.zst"))));
            Sample::of(&files)
        }
        None => Sample::of(&[archive()]),
    })
}
