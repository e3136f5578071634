//! The characters that a stream may hold: printable ones, tab, and line breaks.

use crate::cursor::{Parser, Result};

/// So many bytes are checked at once.
const CHUNK: usize = 64;

impl Parser<'_> {
    /// Refuses control characters anywhere in the text, and notes whether there are other line
    /// breaks than line feeds.
    pub(crate) fn check_characters(&mut self) -> Result<()> {
        for (index, chunk) in self.bytes.chunks(CHUNK).enumerate() {
            let ordinary = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
            // Not `all`, which would stop early and so not be vectorised.
            if !chunk.iter().fold(true, |all, byte| all & ordinary(byte)) {
                self.check_chunk(index * CHUNK, chunk.len())?;
            }
        }
        Ok(())
    }

    fn check_chunk(&mut self, start: usize, length: usize) -> Result<()> {
        for at in start..start + length {
            let next = (self.byte(at + 1), self.byte(at + 2));
            let printable = match (self.byte(at), next) {
                (b'\r', _) | (0xc2, (0x85, _)) | (0xe2, (0x80, 0xa8 | 0xa9)) => {
                    self.only_line_feeds = false;
                    true
                }
                (b'\t' | b'\n', _) => true,
                (..b' ' | 0x7f, _) | (0xc2, (..0xa0, _)) | (0xef, (0xbf, 0xbe | 0xbf)) => false,
                _ => true,
            };
            if !printable {
                let char = self.text.get(at..).and_then(|rest| rest.chars().next());
                let code = char.map_or(0, u32::from);
                let message = format!("the control character U+{code:04X} cannot be in YAML");
                let help = "remove it, or write it as an escape in double quotes";
                return Err(self.error(at, message, help));
            }
        }
        Ok(())
    }
}
