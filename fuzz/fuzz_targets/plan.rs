//! The reader of Terraform's plans.
#![no_main]

use bastide_fuzz::{check_diagnostic, check_span, source};
use bastide_value::Arena;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(source) = source("plan.json", bytes) else {
        return;
    };
    let arena = Arena::new();
    match bastide_terraform::read_plan(&source, &arena) {
        Ok(evaluation) => {
            for resource in &evaluation.resources {
                check_span(&source, resource.block.span);
            }
        }
        Err(diagnostic) => check_diagnostic(&source, &diagnostic),
    }
});
