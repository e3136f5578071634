//! The same blocks and attributes as another parser finds, on every file of the corpus.

use bastide_hcl::{Arena, Body, Item, parse};
use bastide_source::{FileId, Source};

/// Blocks and attributes, nested ones included.
type Counts = (usize, usize);

fn ours(body: Body<'_>) -> Counts {
    body.items
        .iter()
        .fold((0, 0), |(blocks, attributes), item| match item {
            Item::Attribute(_) => (blocks, attributes + 1),
            Item::Block(block) => {
                let inner = ours(block.body);
                (blocks + 1 + inner.0, attributes + inner.1)
            }
        })
}

fn theirs(body: &hcl_edit::structure::Body) -> Counts {
    body.iter()
        .fold((0, 0), |(blocks, attributes), structure| match structure {
            hcl_edit::structure::Structure::Attribute(_) => (blocks, attributes + 1),
            hcl_edit::structure::Structure::Block(block) => {
                let inner = theirs(&block.body);
                (blocks + 1 + inner.0, attributes + inner.1)
            }
        })
}

#[test]
fn the_corpus_parses_as_with_hcl_edit() {
    let Some(cases) = bastide_conformance::cases() else {
        return;
    };
    let mut agreed = 0;
    let mut broken = Vec::new();
    for path in bastide_conformance::files(&cases, &[".tf", ".tfvars", ".hcl"]) {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let expected = text.parse::<hcl_edit::structure::Body>().ok();
        let source = Source::new(FileId(0), path.to_string_lossy(), text);
        let arena = Arena::new();
        let file = parse(&source, &arena);
        match expected {
            Some(expected) => {
                assert_eq!(file.diagnostics, [], "{}", path.display());
                assert_eq!(ours(file.body), theirs(&expected), "{}", path.display());
                agreed += 1;
            }
            None if file.diagnostics.is_empty() => {}
            None => broken.push(path),
        }
    }
    assert!(agreed > 900, "only {agreed} files compared");
    assert!(broken.len() < 12, "files with errors: {broken:#?}");
}
