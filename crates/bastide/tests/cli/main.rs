//! The program from outside: what goes in, what comes out, with which exit code.

#![allow(clippy::print_stderr, reason = "a skipped test must say so")]

mod bad_input;
mod checkov;
mod cloud;
mod conformance;
mod determinism;
mod history;
mod images;
mod lock;
mod manifests;
mod options;
mod platform;
mod register;
mod registry;
mod sandbox;
mod scanners;
mod secrets;
mod standards;
mod terraform;
