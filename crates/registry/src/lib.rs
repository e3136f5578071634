//! Asks registries what names stand for today: the digest of an image, the commit of a model.
//!
//! Images are asked for by the distribution protocol, as the container engines do and with the logins
//! that the user has there; models at Hugging Face. Nothing is pulled.
//!
//! ```no_run
//! use bastide_registry::{Name, Options, Registries};
//!
//! let registries = Registries::new(Options::default())?;
//! let names = [Name::Image("docker.io/library/postgres:18.3"), Name::Model("Qwen/Qwen3-8B")];
//! for answer in registries.resolve(&names, &|| ()) {
//!     println!("{}", answer?);
//! }
//! # Ok::<(), bastide_registry::Error>(())
//! ```

mod error;
mod hub;
mod login;
mod registries;

pub use error::{Error, Reason};
pub use hub::HUB;
pub use registries::{Name, Options, Registries};
