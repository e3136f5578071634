/// Whether a file of this name (without folders) is scanned as a Dockerfile.
///
/// So are `Dockerfile` and `dockerfile`, alone, after a prefix (`api.Dockerfile`) or before a suffix
/// (`Dockerfile.dev`), but not what is named `….dockerignore`. These are the names that Checkov
/// recognises; `Containerfile` is not among them.
pub fn is_dockerfile(file_name: &str) -> bool {
    !file_name.contains('\n')
        && ![".dockerignore", ".Dockerignore"]
            .iter()
            .any(|ending| file_name.ends_with(ending))
        && ["Dockerfile", "dockerfile"].iter().any(|word| {
            file_name
                .match_indices(word)
                .any(|(at, _)| stands_alone(&file_name[..at], &file_name[at + word.len()..]))
        })
}

/// Whether dots set a word apart from what is before and after it, if there is anything.
fn stands_alone(before: &str, after: &str) -> bool {
    let prefix = before.is_empty() || (before.len() > 1 && before.ends_with('.'));
    let suffix = after.is_empty() || (after.len() > 1 && after.starts_with('.'));
    prefix && suffix
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dockerfiles_by_name() {
        for name in [
            "Dockerfile",
            "dockerfile",
            "api.Dockerfile",
            "Dockerfile.dev",
            "a.b.dockerfile.c.d",
            "Dockerfile.Dockerfile",
            "xDockerfile.Dockerfile",
            "é.Dockerfile",
            "Dockerfile.dockerignore.txt",
        ] {
            assert!(is_dockerfile(name), "{name}");
        }
    }

    #[test]
    fn other_names() {
        for name in [
            "",
            "DOCKERFILE",
            "DockerFile",
            "Containerfile",
            "MyDockerfile",
            "Dockerfile-dev",
            "Dockerfile.",
            ".Dockerfile",
            "Dockerfile.dockerignore",
            "x.dockerfile.Dockerignore",
            "Dockerfile\n",
        ] {
            assert!(!is_dockerfile(name), "{name}");
        }
    }
}
