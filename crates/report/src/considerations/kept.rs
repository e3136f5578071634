use std::collections::BTreeMap;
use std::fmt::Write;

const START: &str = "<!-- keep: ";
const END: &str = "<!-- end keep -->";

/// What people have written into a page by hand: blocks between a line `<!-- keep: ID -->` and one
/// `<!-- end keep -->`, by the id of the exception that each is about.
#[derive(Debug, Default)]
pub(super) struct Kept<'a> {
    blocks: BTreeMap<&'a str, &'a str>,
}

impl<'a> Kept<'a> {
    /// The blocks of a page.
    pub(super) fn of(page: &'a str) -> Self {
        let starts = page.match_indices(START);
        let starts = starts.filter(|(at, _)| *at == 0 || page[..*at].ends_with('\n'));
        let blocks = starts.filter_map(|(at, start)| {
            let (id, rest) = page[at + start.len()..].split_once("-->")?;
            let (text, _) = rest.split_once(END)?;
            Some((id.trim(), text.trim()))
        });
        Self {
            blocks: blocks.collect(),
        }
    }

    /// Writes the block about an exception, if there is one that was not yet written.
    pub(super) fn write(&mut self, page: &mut String, id: &str) {
        if let Some(text) = self.blocks.remove(id) {
            push(page, id, text);
        }
    }

    /// Writes the blocks whose exceptions are on the page no more, so that no words are lost.
    pub(super) fn write_rest(self, page: &mut String) {
        if !self.blocks.is_empty() {
            page.push_str("\n## Notes on what is no longer accepted\n");
        }
        for (id, text) in self.blocks {
            push(page, id, text);
        }
    }
}

fn push(page: &mut String, id: &str, text: &str) {
    let _ = writeln!(page, "\n{START}{id} -->\n\n{text}\n\n{END}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_the_same_after_another_round() {
        let page = "# A\n<!-- keep: EX-1 -->\r\nours\n<!-- end keep -->\n\
                    see `<!-- keep: no -->`\n<!-- keep: EX-2 -->\n\na\n\nb\n<!-- end keep -->\n\
                    <!-- keep: EX-3 -->\nnever closed\n";
        let written = |page: &str| {
            let mut text = String::new();
            let mut kept = Kept::of(page);
            kept.write(&mut text, "EX-2");
            kept.write(&mut text, "EX-2");
            kept.write_rest(&mut text);
            text
        };
        let once = written(page);
        assert_eq!(
            once,
            "\n<!-- keep: EX-2 -->\n\na\n\nb\n\n<!-- end keep -->\n\
             \n## Notes on what is no longer accepted\n\
             \n<!-- keep: EX-1 -->\n\nours\n\n<!-- end keep -->\n"
        );
        assert_eq!(written(&once), once);
    }
}
