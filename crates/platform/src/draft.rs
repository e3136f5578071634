//! A first `bastide.yaml`, with comments.

use std::fmt::Write as _;

use crate::{Profile, Target};

/// What a first `bastide.yaml` is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// The name of the platform.
    pub name: String,
    /// Where it runs.
    pub target: Target,
    /// How much it has to stand.
    pub profile: Profile,
    /// The AWS region, for EKS.
    pub region: Option<String>,
    /// The domain, if anything is to be exposed.
    pub domain: Option<String>,
    /// The components, or `all`.
    pub components: Vec<String>,
    /// The models; none for those that are marked as default.
    pub models: Vec<String>,
}

impl Draft {
    /// The components of a draft that names none.
    pub const COMPONENTS: [&str; 6] = ["langfuse", "litellm", "openwebui", "qdrant", "tei", "vllm"];

    /// The text of the file. Whether it is valid, [`Settings::parse`](crate::Settings::parse) says.
    pub fn text(&self) -> String {
        let mut text = String::from(
            "# A GenAI platform. `bastide plan` says what it consists of, and `bastide render` writes its manifests.\n",
        );
        let mut line = |key: &str, value: &str, about: &str| {
            let entry = format!("{key}: {value}");
            let _ = writeln!(text, "{}", format!("{entry:<40} # {about}").trim_end());
        };
        line(
            "name",
            &self.name,
            "what it makes in a cloud is called by it",
        );
        line(
            "profile",
            self.profile.name(),
            "production, or demo: cheap and quick to try",
        );
        line(
            "target",
            self.target.name(),
            "eks, or kubernetes: any conformant cluster",
        );
        if let Some(region) = &self.region {
            line("region", region, "of AWS");
        }
        match &self.domain {
            Some(domain) => line(
                "domain",
                domain,
                &format!("what is exposed is so as openwebui.{domain}, over TLS"),
            ),
            None => text.push_str(
                "# domain: example.com                    # without one nothing is exposed\n",
            ),
        }
        let list = |items: &[String]| {
            items
                .iter()
                .map(|it| format!("  - {it}\n"))
                .collect::<String>()
        };
        text.push_str("# `bastide components` lists them. What they need comes with them.\n");
        match &self.components[..] {
            [all] if all == "all" => text.push_str("components: all\n"),
            names => {
                let _ = write!(text, "components:\n{}", list(names));
            }
        }
        text.push_str("# `bastide models` lists them. Without any, those are served that are marked as default.\n");
        match &self.models[..] {
            [] => text.push_str("# models: [vllm/qwen3-32b-fp8]\n"),
            names => {
                let _ = write!(text, "models:\n{}", list(names));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;

    #[test]
    fn a_draft_is_valid_and_says_what_it_was_given() {
        let draft = Draft {
            name: "genai".to_owned(),
            target: Target::Eks,
            profile: Profile::Demo,
            region: Some("us-west-2".to_owned()),
            domain: None,
            components: Draft::COMPONENTS.map(str::to_owned).to_vec(),
            models: Vec::new(),
        };
        insta::assert_snapshot!(draft.text());
        let settings = Settings::parse(&draft.text(), "bastide.yaml").unwrap();
        assert_eq!(settings.profile, Profile::Demo);
        let all = Draft {
            components: vec!["all".to_owned()],
            domain: Some("example.com".to_owned()),
            models: vec!["vllm/qwen3-32b-fp8".to_owned()],
            ..draft
        };
        let settings = Settings::parse(&all.text(), "bastide.yaml").unwrap();
        assert_eq!(settings.domain.as_deref(), Some("example.com"));
        assert_eq!(settings.models.len(), 1);
    }
}
