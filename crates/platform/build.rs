//! Lists the files of the catalog, so that adding a component is adding a file.

use std::fmt::Write as _;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut code = String::new();
    for folder in ["components", "models"] {
        println!("cargo:rerun-if-changed={folder}");
        let root = std::env::var("CARGO_MANIFEST_DIR")?;
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(Path::new(&root).join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|it| it == "yaml") {
                paths.push(path);
            }
        }
        paths.sort();
        let name = folder.to_uppercase();
        writeln!(code, "const {name}: &[(&str, &str)] = &[")?;
        for path in paths {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            writeln!(
                code,
                "    ({:?}, include_str!({:?})),",
                format!("{folder}/{file}"),
                path
            )?;
        }
        writeln!(code, "];")?;
    }
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&out).join("catalog.rs"), code)?;
    Ok(())
}
