use crate::language::extension;

/// Larger files, in bytes, are not searched: `CHECKOV_MAX_FILE_SIZE` as it is by default.
pub const MAX_FILE_SIZE: u64 = 5_000_000;

/// Whether a file of this name is read at all: infrastructure as code, or with `all_files` every
/// text that is not known to be generated.
///
/// The part of the name after its last point counts, the whole name where there is none.
///
/// ```
/// use bastide_secrets::wants;
///
/// assert!(wants("main.tf", false) && wants("Dockerfile.dev", false));
/// assert!(!wants("main.py", false) && wants("main.py", true));
/// assert!(!wants("package-lock.json", true));
/// ```
pub fn wants(file_name: &str, all_files: bool) -> bool {
    if LOCK_FILES.binary_search(&file_name).is_ok()
        || BINARY.binary_search(&extension(file_name)).is_ok()
    {
        return false;
    }
    all_files
        || is_dockerfile(file_name)
        || (INFRASTRUCTURE.contains(&last_part(file_name)) && !NEVER.contains(&file_name))
}

/// Whether a path is that of a description of an interface, in which Checkov finds no secrets.
pub(crate) fn is_excluded(path: &str) -> bool {
    path.contains("swagger")
}

/// Whether the name is `Dockerfile`, `dockerfile`, `x.Dockerfile`, `Dockerfile.x`, ….
pub(crate) fn is_dockerfile(name: &str) -> bool {
    if name.ends_with(".dockerignore") || name.ends_with(".Dockerignore") {
        return false;
    }
    ["Dockerfile", "dockerfile"].iter().any(|word| {
        name.match_indices(word).any(|(start, _)| {
            let (before, after) = (&name[..start], &name[start + word.len()..]);
            (before.is_empty() || (before.len() > 1 && before.ends_with('.')))
                && (after.is_empty() || (after.len() > 1 && after.starts_with('.')))
        })
    })
}

/// What follows the last point; the whole name where there is none.
fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

const INFRASTRUCTURE: [&str; 7] = ["tf", "yml", "yaml", "json", "template", "bicep", "hcl"];

const NEVER: [&str; 5] = [
    "Pipfile.lock",
    "go.sum",
    "package-lock.json",
    "requirements.txt",
    "yarn.lock",
];

/// Sorted.
const LOCK_FILES: [&str; 20] = [
    "Brewfile.lock.json",
    "Cargo.lock",
    "Cartfile.resolved",
    "Gemfile.lock",
    "Package.resolved",
    "Pipfile.lock",
    "Podfile.lock",
    "cabal.project.freeze",
    "composer.lock",
    "conan.lock",
    "go.sum",
    "gradle.lockfile",
    "mix.lock",
    "package-lock.json",
    "packages.lock.json",
    "pnpm-lock.yaml",
    "poetry.lock",
    "pubspec.lock",
    "stack.yaml.lock",
    "yarn.lock",
];

/// Endings of what is not text, or generated. Sorted.
const BINARY: [&str; 54] = [
    "7z", "bim", "bin", "bmp", "bz2", "class", "csa", "css", "dll", "dmg", "doc", "eot", "exe",
    "fl2", "fl3", "fl4", "fls", "gif", "gz", "hex", "ico", "iml", "ipr", "iws", "jar", "jpeg",
    "jpg", "lock", "map", "mdl", "mo", "mot", "nupkg", "pdf", "png", "prefs", "psd", "rar",
    "realm", "resx", "s7z", "slx", "srec", "sum", "svg", "tar", "tif", "tiff", "ttf", "webp",
    "woff", "xls", "xlsx", "zip",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(LOCK_FILES.is_sorted() && BINARY.is_sorted());
    }

    #[test]
    fn infrastructure_is_wanted() {
        for name in [
            "main.tf",
            "a.b.yaml",
            "x.template",
            "tf",
            "Dockerfile",
            "api.Dockerfile",
            "dockerfile.dev",
            "Dockerfile.py",
        ] {
            assert!(wants(name, false), "{name}");
        }
        for name in [
            "package-lock.json",
            "Pipfile.lock",
            "main.tfvars",
            "Containerfile",
            ".dockerignore",
            "Dockerfile.dockerignore",
            "myDockerfile",
            ".Dockerfile",
            "Dockerfile.",
        ] {
            assert!(!wants(name, false), "{name}");
        }
    }

    #[test]
    fn all_files_are_wanted_but_the_generated() {
        assert!(wants("deploy.sh", true) && wants(".env", true));
        assert!(!wants("Cargo.lock", true) && !wants("logo.png", true));
    }
}
