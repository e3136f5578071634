//! Files in lines of `name: "value"`, whatever they are written like.
//!
//! Checkov reads YAML and settings before it looks for secrets, and writes each value on the
//! line of its name, in quotes. Comments, list items, numbers and quotes do not survive that;
//! block scalars become one line. What cannot be read is looked at as it is.

pub(crate) mod ini;
pub(crate) mod log_prefix;
pub(crate) mod yaml;
