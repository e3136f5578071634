//! What the commits of a git repository change.
//!
//! A [`History`] is every commit that `HEAD`, a branch, a tag or any other reference leads to, the
//! parents before their children. [`History::changes`] tells which blobs each of them puts where, so
//! that whoever looks into the past reads each blob once, through a [`Reader`].
//!
//! Only the folder of the repository is read: no configuration of the user, no environment, no
//! program is run, nothing is fetched. What a hostile repository can cost is bounded: by the number
//! of changes, of entries of trees visited, of the bytes of one object, and by a [`Deadline`].
//! Links and submodules are passed over.
//!
//! This crate knows nothing of what is looked for.

mod changes;
mod commits;
mod deadline;
mod difference;
mod reader;
mod repository;

pub use changes::{Change, Changes};
pub use commits::Commit;
pub use deadline::Deadline;
pub use reader::Reader;
pub use repository::{Error, History};
