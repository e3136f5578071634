//! Strings that may be secrets.
