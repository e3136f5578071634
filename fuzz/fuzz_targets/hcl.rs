//! The parser of HCL, in native syntax and in JSON.
#![no_main]

use bastide_fuzz::{check_diagnostic, check_span, source};
use bastide_hcl::{Arena, Body, Item};
use bastide_source::Source;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for path in ["main.tf", "main.tf.json", "a.auto.tfvars.json"] {
        let Some(source) = source(path, bytes) else {
            return;
        };
        let arena = Arena::new();
        let file = bastide_terraform::parse(&source, &arena);
        for diagnostic in &file.diagnostics {
            check_diagnostic(&source, diagnostic);
        }
        check_body(&source, file.body);
    }
});

fn check_body(source: &Source, body: Body<'_>) {
    check_span(source, body.span);
    for item in body.items {
        match item {
            Item::Attribute(attribute) => {
                check_span(source, attribute.name.span);
                check_span(source, attribute.expr.span);
            }
            Item::Block(block) => {
                check_span(source, block.span);
                check_span(source, block.kind.span);
                for label in block.labels {
                    check_span(source, label.span);
                }
                check_body(source, block.body);
            }
        }
    }
}
