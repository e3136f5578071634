//! The parsers of YAML and JSON.
#![no_main]

use bastide_fuzz::{check_diagnostic, check_span, check_tree, source};
use bastide_value::Arena;
use bastide_yaml::Tags;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(source) = source("a.yaml", bytes) else {
        return;
    };
    let arena = Arena::new();
    match bastide_yaml::json::parse(&source, &arena) {
        Ok(root) => check_tree(&source, root),
        Err(diagnostic) => check_diagnostic(&source, &diagnostic),
    }
    for tags in [Tags::Keep, Tags::Refuse] {
        let arena = Arena::new();
        let stream = bastide_yaml::parse_with(&source, &arena, tags);
        for diagnostic in &stream.diagnostics {
            check_diagnostic(&source, diagnostic);
        }
        for document in &stream.documents {
            check_span(&source, document.span);
            check_tree(&source, document.root);
        }
    }
});
