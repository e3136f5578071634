//! JSON as Python's `json.dumps` indents it: in ASCII characters, with each value on a line.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// A value as JSON. It is ASCII, since what is beyond it could control a terminal.
pub(crate) fn pretty(value: &impl Serialize, indent: usize) -> String {
    let mut json = Vec::new();
    let done = write(value, indent, &mut json);
    debug_assert!(done.is_ok(), "texts and numbers are always JSON");
    String::from_utf8(json).unwrap_or_default()
}

/// Writes a value as such JSON.
pub(crate) fn write(value: &impl Serialize, indent: usize, out: &mut dyn Write) -> io::Result<()> {
    let formatter = Indented {
        indent,
        depth: 0,
        has_value: false,
    };
    let mut out = BufWriter::new(out);
    value.serialize(&mut Serializer::with_formatter(&mut out, formatter))?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Does what `serde_json::ser::PrettyFormatter` does, in half the time: reports consist of short
/// values far from the margin, and this writes what stands before one at once.
struct Indented {
    indent: usize,
    depth: usize,
    has_value: bool,
}

/// A comma, a line ending, and as much space as is ever needed.
const LINE: &[u8] = b",\n                                                                ";

impl Indented {
    fn open(&mut self, writer: &mut (impl Write + ?Sized), bracket: u8) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        writer.write_all(&[bracket])
    }

    fn close(&mut self, writer: &mut (impl Write + ?Sized), bracket: u8) -> io::Result<()> {
        self.depth -= 1;
        if self.has_value {
            self.start_line(writer, true)?;
        }
        writer.write_all(&[bracket])
    }

    fn start_line(&self, writer: &mut (impl Write + ?Sized), first: bool) -> io::Result<()> {
        let end = ",\n".len() + self.depth * self.indent;
        let line = LINE.get(usize::from(first)..end);
        writer.write_all(line.unwrap_or(LINE))
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b'[')
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b']')
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.start_line(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b'{')
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b'}')
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.start_line(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let plain = |byte: &u8| byte.is_ascii() && *byte != 0x7f;
        if fragment.as_bytes().iter().all(plain) {
            return writer.write_all(fragment.as_bytes());
        }
        for char in fragment.chars() {
            if char.is_ascii() && char != '\u{7f}' {
                writer.write_all(&[char as u8])?;
                continue;
            }
            for unit in char.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn it_looks_as_it_does_elsewhere() {
        let value = json!({"a": [], "b": {}, "c": [1, [2, "x\n\"y"], {"d": null}], "e": true});
        let expected = serde_json::to_string_pretty(&value).unwrap();
        assert_eq!(pretty(&value, 2), expected + "\n");
    }

    #[test]
    fn it_is_ascii() {
        let text = pretty(&["é\u{9b}2J", "😀\u{7f}"], 0);
        assert_eq!(
            text,
            "[\n\"\\u00e9\\u009b2J\",\n\"\\ud83d\\ude00\\u007f\"\n]\n"
        );
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back, json!(["é\u{9b}2J", "😀\u{7f}"]));
    }
}
