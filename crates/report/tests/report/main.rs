//! What reports show of repositories that the real engine scanned.

mod checks;
mod considerations;
mod fixture;
mod hostile;
mod machines;
mod order;
mod register;
mod terminal;
