//! `dateline serve`: the page and the API, and a thread that follows the watched folders.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use anyhow::Context;
use tokio::net::TcpListener;

use super::Found;
use super::args::ServeArgs;
use super::index::{Bar, open};
use super::print;
use crate::http::{self, AppState};
use crate::index::Reader;
use crate::ingest::{Progress, Silent, Watched, watch};
use crate::story::Facet;
use crate::vocabulary::Vocabulary;
use crate::web;

pub(super) fn run(index: &Path, args: &ServeArgs) -> anyhow::Result<Found> {
    // The writer makes the index where there is none, so it comes before the reader.
    let ingest = if args.watch.is_empty() {
        None
    } else {
        Some(open(index, &args.reading, &args.extraction, args.writing)?)
    };
    let reader = args.opening.open(index)?;
    let stop = ingest
        .as_ref()
        .map_or_else(Arc::default, |ingest| Arc::clone(&ingest.stop));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let listener = runtime.block_on(TcpListener::bind(args.listen));
    let listener =
        listener.with_context(|| format!("could not listen on {}: choose another with --listen", args.listen))?;
    eprintln!("dateline answers on http://{}/", listener.local_addr()?);
    let searches = std::thread::available_parallelism().map_or(1, usize::from);
    // The first key of a completion would wait until the names of all countries are cut into words.
    std::thread::spawn(|| Vocabulary::builtin().named(Facet::Country).is_some());
    let state = AppState::new(reader.clone(), Vocabulary::builtin(), searches);
    let app = http::router(state.clone()).merge(web::router(state));
    let follower = ingest.map(|mut ingest| {
        let (paths, index, stop) = (args.watch.clone(), index.to_path_buf(), Arc::clone(&stop));
        let on_done = args.on_done.into();
        std::thread::spawn(move || {
            let watched = Watched {
                paths: &paths,
                index: &index,
                on_done,
            };
            follow(&mut ingest, &watched, &reader, &stop)
        })
    });
    let served = runtime.block_on(async { axum::serve(listener, app).with_graceful_shutdown(asked_to_stop()).await });
    stop.store(true, Ordering::Relaxed);
    if let Some(follower) = follower {
        join(follower)?;
    }
    served.context("the server broke off")?;
    Ok(Found::Something)
}

/// Follows the watched folders until `stop`; tells each round on standard error.
fn follow(
    ingest: &mut crate::ingest::Ingest,
    watched: &Watched<'_>,
    reader: &Reader,
    stop: &AtomicBool,
) -> anyhow::Result<()> {
    let mut bar = Bar::new();
    let mut silent = Silent;
    let progress: &mut dyn Progress = match &mut bar {
        Some(bar) => bar,
        None => &mut silent,
    };
    let mut told = rustc_hash::FxHashSet::default();
    let done = watch(ingest, watched, stop, progress, &mut |balance| {
        if let Err(error) = reader.reload() {
            eprintln!("dateline: what was indexed cannot be shown yet: {error}");
        }
        for rejection in &balance.rejections {
            if told.insert((rejection.file.clone(), rejection.offset)) {
                eprintln!("rejected: {}", print::printable(&rejection.to_string()));
            }
        }
        eprintln!("{}", balance.counts);
    });
    if let Err(error) = done {
        // The archive stays searchable; the operator learns why nothing new comes in.
        eprintln!("dateline: the folders are no longer followed: {error}");
        return Err(error.into());
    }
    Ok(())
}

fn join(follower: JoinHandle<anyhow::Result<()>>) -> anyhow::Result<()> {
    follower
        .join()
        .map_err(|_| anyhow::anyhow!("the thread that follows the folders broke off"))?
}

/// Ends at Ctrl-C or a request to terminate.
async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
    eprintln!("dateline: stopping");
}
