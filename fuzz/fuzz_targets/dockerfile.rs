//! The parser of Dockerfiles.
#![no_main]

use bastide_dockerfile::Arena;
use bastide_fuzz::{check_diagnostic, check_span, source};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(source) = source("Dockerfile", bytes) else {
        return;
    };
    let arena = Arena::new();
    let file = bastide_dockerfile::parse(&source, &arena);
    for diagnostic in &file.diagnostics {
        check_diagnostic(&source, diagnostic);
    }
    for comment in file.comments {
        check_span(&source, comment.span);
    }
    for instruction in file.instructions {
        for span in [
            instruction.span,
            instruction.keyword_span,
            instruction.value_span,
        ] {
            check_span(&source, span);
        }
        for word in instruction.words() {
            check_span(&source, instruction.place(word));
        }
        instruction.exec_form();
        instruction.trigger();
    }
});
