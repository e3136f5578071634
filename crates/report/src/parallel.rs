use rayon::prelude::*;

/// So many parts of a text at least are worth a thread.
const SHARE: usize = 32;

/// A text that is made of parts, one after the other.
pub(crate) fn concat<T: Sync>(parts: &[T], write: impl Fn(&T, &mut String) + Sync) -> String {
    let texts: Vec<String> = parts
        .par_chunks(SHARE)
        .map(|parts| {
            let mut text = String::new();
            parts.iter().for_each(|part| write(part, &mut text));
            text
        })
        .collect();
    texts.concat()
}
