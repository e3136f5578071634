use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// The stack of each thread, in bytes: parsers and the evaluator recurse, within limits.
const STACK: usize = 16 << 20;

/// The threads that stages share their work among. Starting them once is enough.
#[derive(Debug)]
pub struct Threads(ThreadPool);

impl Threads {
    /// So many threads; zero for as many as there are cores.
    ///
    /// # Errors
    ///
    /// If they cannot be started.
    pub fn new(count: usize) -> Result<Self, ThreadPoolBuildError> {
        let pool = ThreadPoolBuilder::new().num_threads(count);
        pool.stack_size(STACK).build().map(Self)
    }

    /// Runs something that may share its work among them.
    pub fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.install(work)
    }
}
