//! The scanner of secrets, on every kind of file.
#![no_main]

use bastide_fuzz::{check_span, source};
use bastide_secrets::Scanner;

const KINDS: [&str; 7] = [
    "main.tf",
    "a.yaml",
    "a.json",
    "Dockerfile",
    "a.hcl",
    "a.py",
    "settings.ini",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, text)) = bytes.split_first() else {
        return;
    };
    let Some(source) = source(KINDS[usize::from(kind) % KINDS.len()], text) else {
        return;
    };
    for secret in Scanner::default().scan(&source) {
        check_span(&source, secret.span);
        assert!(secret.line >= 1);
        assert_eq!(secret.hash.len(), 40);
    }
});
