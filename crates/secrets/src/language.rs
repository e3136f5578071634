/// What the ending of a file's name says about its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Language {
    /// Values may stand without quotes after `:` and `=`: `.ini`, `.properties`, `.toml`, ….
    Config,
    /// C, Objective-C and C#.
    C,
    /// C++.
    Cpp,
    /// Go.
    Go,
    /// JSON.
    Json,
    /// Terraform.
    Terraform,
    /// YAML.
    Yaml,
    /// A programming language whose strings are quoted.
    Quoted,
    /// Everything else: Dockerfiles, Bicep, templates, ….
    Other,
}

impl Language {
    /// The language of a file by its path.
    pub(crate) fn of(path: &str) -> Self {
        match extension(path) {
            "cnf" | "conf" | "cfg" | "cf" | "ini" | "properties" | "toml" => Self::Config,
            "c" | "cs" | "m" => Self::C,
            "cpp" => Self::Cpp,
            "go" => Self::Go,
            "json" => Self::Json,
            "tf" => Self::Terraform,
            "yaml" | "yml" | "eyaml" => Self::Yaml,
            "cls" | "java" | "js" | "py" | "pyi" | "swift" | "php" | "example" => Self::Quoted,
            _ => Self::Other,
        }
    }
}

/// Whether a file is source code: a random value there says less than in a configuration. Checkov
/// means C# and Go too, but misses them.
pub(crate) fn is_source_code(path: &str) -> bool {
    let ending = file_name(path).rsplit_once('.').map(|(_, ending)| ending);
    matches!(
        ending,
        Some(
            "py" | "js"
                | "properties"
                | "pem"
                | "php"
                | "xml"
                | "ts"
                | "env"
                | "java"
                | "rb"
                | "txt"
        )
    )
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The ending of a file's name without its point. Points at the start of the name do not count.
pub(crate) fn extension(path: &str) -> &str {
    let visible = file_name(path).trim_start_matches('.');
    visible.rsplit_once('.').map_or("", |(_, ending)| ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_the_name_counts() {
        assert_eq!(Language::of("a/b.yml"), Language::Yaml);
        assert_eq!(Language::of("a.tf/Dockerfile"), Language::Other);
        assert_eq!(Language::of(".yaml"), Language::Other);
    }

    #[test]
    fn source_code_needs_a_point() {
        assert!(is_source_code("a/.env") && is_source_code("a/b.py"));
        assert!(!is_source_code("a.py/main") && !is_source_code("py") && !is_source_code("a.go"));
    }
}
