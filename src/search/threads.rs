//! Two things at once.

/// Does one thing in a thread that waits for such work, and the other here.
pub(super) fn in_two_threads<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    let mut made = None;
    let other = rayon::in_place_scope(|scope| {
        scope.spawn(|_| made = Some(one()));
        other()
    });
    match made {
        Some(one) => (one, other),
        // A scope ends when all that it spawned has ended, and panics where that did.
        None => unreachable!("a thread ended without an answer"),
    }
}
