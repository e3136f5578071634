//! What a scan costs at least: walks a tree as a scan does, reads every file that a scan reads, and
//! counts newlines, on as many threads. Benchmarks give the time of a scan as a multiple of this.

#![allow(clippy::print_stdout, reason = "it prints what it counted")]

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use bastide_discover::{SkipPaths, Walk};
use rayon::prelude::*;

fn main() {
    let root = PathBuf::from(std::env::args_os().nth(1).unwrap_or_else(|| ".".into()));
    let walk = Walk {
        root: &root,
        skip: &SkipPaths::default(),
        ignored_names: &["node_modules", ".terraform", ".serverless"].map(str::to_owned),
        hidden: false,
        gitignore: false,
        all_files: false,
        threads: rayon::current_num_threads(),
    };
    let found = walk.run();
    let count = |buffer: &mut Vec<u8>, path: &PathBuf| -> (usize, usize) {
        buffer.clear();
        let read = File::open(path).and_then(|mut file| file.read_to_end(buffer));
        (
            read.unwrap_or(0),
            memchr::memchr_iter(b'\n', buffer).count(),
        )
    };
    let (bytes, lines) = found
        .par_iter()
        .map_init(Vec::new, |buffer, file| count(buffer, &file.open))
        .reduce(|| (0, 0), |one, two| (one.0 + two.0, one.1 + two.1));
    println!("{} files, {bytes} bytes, {lines} lines", found.len());
}
