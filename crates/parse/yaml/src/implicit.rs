//! What a plain scalar looks like: the implicit types of [YAML 1.1](https://yaml.org/type/), as
//! PyYAML has them.

pub use crate::number::{is_float, is_int};
pub use crate::timestamp::is_timestamp;
