use std::sync::atomic::{AtomicUsize, Ordering};

/// How far a scan is. Each file counts twice: once when it is read, once when it is parsed.
#[derive(Debug, Default)]
pub struct Progress {
    total: AtomicUsize,
    done: AtomicUsize,
}

impl Progress {
    pub(crate) fn expect(&self, files: usize) {
        self.total.store(2 * files, Ordering::Relaxed);
    }

    pub(crate) fn advance(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// How many steps are done, and how many there are in all; zero as long as that is not known.
    pub fn get(&self) -> (usize, usize) {
        (
            self.done.load(Ordering::Relaxed),
            self.total.load(Ordering::Relaxed),
        )
    }
}
