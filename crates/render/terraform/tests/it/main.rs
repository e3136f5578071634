//! What the stack must be, whatever is asked for.

mod judged;
mod proven;
mod sample;
mod written;
