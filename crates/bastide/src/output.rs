//! Standard output and standard error: data goes to the first, words about it to the second.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is where printing is done"
)]

use std::io::{self, IsTerminal, Write};

use crate::args::Color;

/// Prints data. That nobody reads it to the end is no error.
pub(crate) fn data(text: &str) -> io::Result<()> {
    write(|out| out.write_all(text.as_bytes()))
}

/// Prints data that is made as it is written. That nobody reads it to the end is no error.
pub(crate) fn write(data: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match data(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Says why nothing could be done.
pub(crate) fn error(error: &anyhow::Error) {
    let text = format!("{error:#}");
    // The mistakes in a file each say that they are errors.
    let heading = match text.starts_with("error") {
        true => "",
        false => "error: ",
    };
    eprintln!("{heading}{}", text.trim_end());
}

/// Says something that does not stop anything.
pub(crate) fn warning(text: &str) {
    eprintln!("warning: {text}");
}

/// Asks something, and stays on the line.
pub(crate) fn prompt(text: &str) {
    eprint!("{text}");
}

/// Says something that was asked for.
pub(crate) fn note(text: &str) {
    eprintln!("{text}");
}

/// Whether standard output takes colours.
pub(crate) fn colors(asked: Color) -> bool {
    match asked {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
                || std::env::var_os("ANSI_COLORS_DISABLED").is_some_and(|value| !value.is_empty())
                || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0");
            forced || (!refused && io::stdout().is_terminal())
        }
    }
}
