//! The evaluator of Terraform.
#![no_main]

use bastide_fuzz::{check_diagnostic, check_span, source};
use bastide_terraform::{Configuration, Inputs, References};
use bastide_value::Arena;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(source) = source("main.tf", bytes) else {
        return;
    };
    let arena = Arena::new();
    let file = bastide_terraform::parse(&source, &arena);
    let sources = std::slice::from_ref(&source);
    let configuration = Configuration::new(sources, [(source.id, file.body)], Inputs::default());
    for root in configuration.roots() {
        let values = Arena::new();
        let evaluation = bastide_terraform::evaluate(&configuration, root, &values);
        for diagnostic in &evaluation.diagnostics {
            check_diagnostic(&source, diagnostic);
        }
        for resource in &evaluation.resources {
            check_span(&source, resource.header());
        }
        References::new(&evaluation);
    }
});
