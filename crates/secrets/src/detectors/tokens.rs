//! Secrets that one expression recognises.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;

use crate::Detector;
use crate::characters::contains_ignoring_case;
use crate::entropy::Alphabet;
use crate::prefilter::{Triggers, longest};

/// An expression for a detector's secrets.
pub(super) struct Rule {
    pub(super) detector: Detector,
    /// What a line must hold for the rule to be looked at.
    pub(super) trigger: Triggers,
    /// Words, one of which a line must hold in whatever case for the expression to be tried.
    /// Without words it is always tried.
    hints: &'static [&'static str],
    /// What a line must hold as it is written.
    literal: &'static str,
    /// What a secret is made of, and how long that is at least: without such a run in a line the
    /// expression is not tried, nor compiled.
    run: (fn(u8) -> bool, usize),
    pattern: LazyLock<Regex>,
    /// What may not follow the secret.
    longer: fn(u8) -> bool,
    /// What the secret must be beyond its shape.
    accept: fn(&str) -> bool,
}

impl Rule {
    const fn new(
        detector: Detector,
        trigger: Triggers,
        hints: &'static [&'static str],
        pattern: fn() -> Regex,
    ) -> Self {
        Self {
            detector,
            trigger,
            hints,
            literal: "",
            run: (|_| true, 0),
            pattern: LazyLock::new(pattern),
            longer: |_| false,
            accept: |_| true,
        }
    }

    /// The same for lines that hold this as it is written.
    const fn with(mut self, literal: &'static str) -> Self {
        self.literal = literal;
        self
    }

    /// The same for secrets that hold a run of such bytes.
    const fn run(mut self, class: fn(u8) -> bool, length: usize) -> Self {
        self.run = (class, length);
        self
    }

    /// The same, but a secret that such a byte follows is none.
    const fn not_before(mut self, longer: fn(u8) -> bool) -> Self {
        self.longer = longer;
        self
    }

    /// The same, but a secret must also be this.
    const fn only(mut self, accept: fn(&str) -> bool) -> Self {
        self.accept = accept;
        self
    }

    /// The secrets of a line: the group of each match, or the whole match if there is no group.
    pub(super) fn find<'l>(&self, line: &'l str) -> Vec<&'l str> {
        let mut found = Vec::new();
        let hinted = |hint: &&str| contains_ignoring_case(line, hint);
        if !self.hints.is_empty() && !self.hints.iter().any(hinted) || !line.contains(self.literal)
        {
            return found;
        }
        let (class, length) = self.run;
        // Beyond ASCII there are letters that are the same when case is ignored.
        if line.is_ascii() && longest(line.as_bytes(), class) < length {
            return found;
        }
        let mut from = 0;
        while let Some(groups) = self.pattern.captures_at(line, from) {
            let Some(whole) = groups.get(0) else {
                break;
            };
            from = whole.end();
            let Some(secret) = groups.get(groups.len() - 1) else {
                continue;
            };
            let next = line.as_bytes().get(secret.end()).copied();
            if next.is_some_and(self.longer) {
                // The expression must try again from within.
                let first = whole.as_str().chars().next();
                from = whole.start() + first.map_or(1, char::len_utf8);
            } else if (self.accept)(secret.as_str()) {
                found.push(secret.as_str());
            }
        }
        found
    }
}

macro_rules! rule {
    ($detector:ident, $trigger:ident, [$($hint:literal),*], $pattern:expr) => {
        Rule::new(Detector::$detector, Triggers::$trigger, &[$($hint),*], || {
            Regex::new($pattern).expect("the pattern is valid")
        })
    };
}

const CLOUDANT: &str = "(?:cloudant|cl|clou)[_-]?(?:api)?(?:key|pwd|pw|password|pass|token)";
const IBM_IAM: &str = "(?:ibm[_-]?cloud[_-]?iam|cloud[_-]?iam|ibm[_-]?cloud|ibm[_-]?iam|ibm|iam|cloud|)[_-]?(?:api|platform|)[_-]?(?:key|pwd|password|pass|token)";
const IBM_COS: &str = "(?:(?:ibm)?[-_]?cos[-_]?(?:hmac)?|)[_-]?secret[-_]?(?:access)?[-_]?key";
const SOFTLAYER: &str = "(?:softlayer|sl)[_-]?(?:api)?[_-]?(?:key|pwd|password|pass|token)";

/// `name = value`, both with quotes or without, the name perhaps an index in square brackets. The
/// only group is the value.
fn assigned(name: &str, value: &str) -> String {
    format!(
        r#"(?i)\b{{start-half}}\[?["']?{name}["']?\]? *(?:=|:|:=|=>| +|::) *["']?({value})["']?"#
    )
}

/// Whether a text may hold one of the names without which a secret of [`Triggers::NAMED`] is none.
pub(crate) fn names_provider(text: &str) -> bool {
    // Beyond ASCII there are letters that are the same when case is ignored.
    if !text.is_ascii() {
        return true;
    }
    const KEYS: [&str; 4] = ["key", "pw", "pass", "token"];
    // Not told to ignore case, so that it is vectorised. No head can start within another.
    static HEADS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let heads = ["cl", "sl", "softlayer", "secret", "npm", "_authtoken"];
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .build(heads)
            .expect("the heads are few")
    });
    let lower = text.to_ascii_lowercase();
    let is_key = |rest: &str| KEYS.iter().any(|key| behind(rest, "api").starts_with(key));
    HEADS.find_iter(&lower).any(|head| {
        let rest = &lower[head.end()..];
        match &lower[head.range()] {
            "cl" => {
                let cloudant = rest.strip_prefix("oudant");
                is_key(rest)
                    || rest.strip_prefix("ou").is_some_and(is_key)
                    || cloudant.is_some_and(|rest| is_key(rest) || rest.starts_with(".com"))
            }
            "sl" => is_key(rest),
            "softlayer" => is_key(rest) || rest.starts_with(".com"),
            "secret" => behind(rest, "access").starts_with("key"),
            "npm" => {
                let rest = rest.strip_prefix([' ', '_', '-']).unwrap_or(rest);
                rest.starts_with("token")
            }
            _ => true,
        }
    })
}

/// Whether a text may hold a name without which a secret of [`Triggers::AWS_SECRET`] is none.
pub(crate) fn names_aws(text: &str) -> bool {
    names_key(text) && (!text.is_ascii() || contains_ignoring_case(text, "aws"))
}

/// Whether a text may hold a name without which a secret of [`Triggers::IBM_KEY`] is none.
pub(crate) fn names_key(text: &str) -> bool {
    const WORDS: [&str; 5] = ["key", "pwd", "pw", "pass", "token"];
    // Beyond ASCII there are letters that are the same when case is ignored.
    !text.is_ascii() || WORDS.iter().any(|word| contains_ignoring_case(text, word))
}

/// A text without the word that it may start with, and without what joins that to others.
fn behind<'t>(text: &'t str, word: &str) -> &'t str {
    let text = joint(text);
    joint(text.strip_prefix(word).unwrap_or(text))
}

/// A text without the `_` or `-` that it may start with.
fn joint(text: &str) -> &str {
    text.strip_prefix(['_', '-']).unwrap_or(text)
}

pub(super) static RULES: [Rule; 19] = [
    rule!(
        Aws,
        TOKEN,
        [],
        r"\b(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[0-9A-Z]{16}\b"
    )
    .run(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit(), 20),
    rule!(
        Aws,
        AWS_SECRET,
        ["aws"],
        r"(?i)aws.{0,20}?(?:key|pwd|pw|password|pass|token).{0,20}?\b([0-9a-zA-Z/+]{40})\b"
    )
    .run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+'), 40),
    // The characters around a token are part of what is found.
    rule!(
        Artifactory,
        ARTIFACTORY,
        ["akc"],
        r#"(?:\s|=|:|"|^)AKC[a-zA-Z0-9]{10,200}(?:\s|"|$)"#
    )
    .with("AKC"),
    // An encrypted password within two lines, or two hundred characters, of the product's name.
    rule!(
        Artifactory,
        ARTIFACTORY,
        ["artif", "jfrog", "buildkit"],
        r#"(?i:artif|jfrog|buildkit)(?:.{0,100}\n?){0,2}(?:\s|=|:|"|^)(AP[0-9A-F][a-zA-Z0-9]{8,200})(?:\s|"|$)"#
    )
    .with("AP"),
    rule!(Cloudant, NAMED, ["cl"], &assigned(CLOUDANT, "[0-9a-f]{64}"))
    .run(|byte| byte.is_ascii_hexdigit(), 64),
    rule!(Cloudant, NAMED, ["cl"], &assigned(CLOUDANT, "[a-z]{24}"))
    .run(|byte| byte.is_ascii_alphabetic(), 24),
    rule!(
        Cloudant,
        NAMED,
        [".cloudant."],
        r"(?i)https?://[\w\-]+:([0-9a-f]{64})@[\w\-]+\.cloudant\.com"
    ),
    rule!(
        Cloudant,
        NAMED,
        [".cloudant."],
        r"(?i)https?://[\w\-]+:([a-z]{24})@[\w\-]+\.cloudant\.com"
    ),
    rule!(
        IbmCloudIam,
        IBM_KEY,
        ["key", "pwd", "pass", "token"],
        &assigned(IBM_IAM, r"[a-zA-Z0-9_\-]{44}")
    )
    .run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'), 44)
    .not_before(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    .only(|value| Alphabet::Base64.entropy(value) > 4.5),
    rule!(
        IbmCosHmac,
        NAMED,
        ["secret"],
        &assigned(IBM_COS, "[a-f0-9]{48}")
    )
    .run(|byte| byte.is_ascii_hexdigit(), 48)
    .not_before(|byte| byte.is_ascii_hexdigit()),
    rule!(Mailchimp, TOKEN, ["-us"], r"[0-9a-z]{32}-us[0-9]{1,2}")
    .run(|byte| byte.is_ascii_alphanumeric(), 32),
    // The first form takes up its text and reports nothing: only the second has a group.
    rule!(
        Npm,
        NAMED,
        ["npm", "_authtoken"],
        r"npm_[A-Za-z0-9-]{36}|(?:_authToken|NPM[ _-]?TOKEN)(?s:.){0,5}?(?:NpmToken\.)?([a-z0-9-]{36}).*"
    )
    .run(|byte| byte.is_ascii_alphanumeric() || byte == b'-', 36),
    rule!(Slack, SLACK, ["xox"], r"(?i)xox[abposr]-(?:\d+-)+[a-z0-9]+"),
    rule!(
        Slack,
        SLACK,
        ["hooks.slack"],
        r"(?i)https://hooks\.slack\.com/services/T[a-z0-9_]+/B[a-z0-9_]+/[a-z0-9_]+"
    ),
    rule!(
        SoftLayer,
        NAMED,
        ["softlayer", "sl_", "sl-", "slapi", "slkey", "slp", "sltoken"],
        &assigned(SOFTLAYER, "[a-z0-9]{64}")
    )
    .run(|byte| byte.is_ascii_alphanumeric(), 64),
    rule!(
        SoftLayer,
        NAMED,
        ["softlayer"],
        r"(?i)https?://api.softlayer.com/soap/(?:v3|v3.1)/([a-z0-9]{64})"
    ),
    rule!(Square, TOKEN, ["sq0csp-"], r"sq0csp-[0-9A-Za-z\\\-_]{43}"),
    rule!(Stripe, TOKEN, ["k_live_"], r"[rs]k_live_[0-9a-zA-Z]{24}"),
    // Both are told by expressions of their own in Checkov, which find the same: the two letters
    // cannot be part of another match.
    rule!(Twilio, TOKEN, [], r"(?:AC|SK)[a-z0-9]{32}")
    .run(|byte| byte.is_ascii_alphanumeric(), 34),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// What the rules of a detector find. The tokens are put together here, so that no scanner
    /// takes this file for one that holds secrets.
    fn found(detector: Detector, line: &str) -> Vec<String> {
        let rules = RULES.iter().filter(|rule| rule.detector == detector);
        let found = rules.flat_map(|rule| rule.find(line));
        found.map(str::to_owned).collect()
    }

    #[track_caller]
    fn finds(detector: Detector, before: &str, token: &str, after: &str) {
        let line = format!("{before}{token}{after}");
        assert_eq!(found(detector, &line), [token], "{line}");
    }

    #[track_caller]
    fn passes(detector: Detector, lines: &[String]) {
        for line in lines {
            assert_eq!(found(detector, line), [""; 0], "{line}");
        }
    }

    const HEX: &str = "0123456789abcdef";
    const LETTERS: &str = "qwertyuiopasdfghjklzxcvb";
    const RANDOM: &str = "Zq3_x8Yw7Vr2Kp5Tn9Lm4Js6Hd1Gf0Bc-AeQiUoRtEyW";

    #[test]
    fn names_of_providers() {
        for text in [
            "CL-api_KEY",
            "cloudantpw",
            "sl_token",
            "secretKeyRef",
            "secret-access-key",
            "NPM Token",
            "//x/:_authToken",
        ] {
            assert!(names_provider(text), "{text}");
        }
        for text in ["clapi", "slow key", "secrets", "npm", "cloudant"] {
            assert!(!names_provider(text), "{text}");
        }
    }

    #[test]
    fn artifactory() {
        let token = format!("AKC{LETTERS}");
        finds(Detector::Artifactory, "a ", &format!("={token}"), "");
        finds(
            Detector::Artifactory,
            "Artifactory \"",
            &format!("AP5{LETTERS}"),
            "\"",
        );
        finds(Detector::Artifactory, "jfrog\na\n", "AP1abcdefgh", "\nb");
        passes(
            Detector::Artifactory,
            &[format!("({token}"), format!("a AP5{LETTERS}")],
        );
    }

    #[test]
    fn aws() {
        let id = format!("AKIA{}", "Q7".repeat(8));
        finds(Detector::Aws, "a = \"", &id, "\"");
        let secret = format!("{LETTERS}{HEX}");
        finds(Detector::Aws, "aws_secret_access_key = \"", &secret, "\"");
        passes(
            Detector::Aws,
            &[format!("x{id}"), format!("key = {secret}")],
        );
        passes(
            Detector::Aws,
            &[format!("aws {} key {secret}", "-".repeat(25))],
        );
    }

    #[test]
    fn cloudant() {
        let password = HEX.repeat(4);
        finds(Detector::Cloudant, "cloudant_password = '", &password, "'");
        finds(Detector::Cloudant, "cl-apikey: ", LETTERS, "");
        finds(
            Detector::Cloudant,
            "https://a-b:",
            &password,
            "@a-b.cloudant.com",
        );
        passes(Detector::Cloudant, &[format!("password = {password}")]);
    }

    #[test]
    fn ibm() {
        let key = &RANDOM[..44];
        finds(Detector::IbmCloudIam, "ibm_cloud_api_key=", key, "");
        finds(Detector::IbmCloudIam, "[\"apikey\"] = '", key, "'");
        passes(Detector::IbmCloudIam, &[format!("key = {RANDOM}z")]);
        passes(
            Detector::IbmCloudIam,
            &[format!("key = {}", "ab".repeat(22))],
        );
        let secret = HEX.repeat(3);
        finds(
            Detector::IbmCosHmac,
            "cos_hmac_secret_access_key: ",
            &secret,
            "",
        );
        passes(Detector::IbmCosHmac, &[format!("secret_key: {secret}0")]);
    }

    #[test]
    fn mailchimp_and_npm() {
        finds(
            Detector::Mailchimp,
            "x",
            &format!("{}-us12", HEX.repeat(2)),
            "3",
        );
        passes(Detector::Mailchimp, &[format!("{}-eu1", HEX.repeat(2))]);
        let token = format!("{LETTERS}-{}", &HEX[..11]);
        finds(Detector::Npm, "//registry/:_authToken=", &token, "");
        finds(Detector::Npm, "NPM_TOKEN: NpmToken.", &token, "");
        passes(Detector::Npm, &[format!("npm_{}", "a".repeat(36))]);
    }

    #[test]
    fn slack() {
        let token = format!("xoxb-12-34-{LETTERS}");
        finds(Detector::Slack, "a=", &token, ".");
        let hook = "https://hooks.slack.com/services/".to_owned() + "T0/B0/a1";
        finds(Detector::Slack, "", &hook, "");
        passes(
            Detector::Slack,
            &[format!("xoxz-12-{LETTERS}"), "xoxb-a".to_owned()],
        );
    }

    #[test]
    fn soft_layer() {
        let key = HEX.repeat(4);
        finds(Detector::SoftLayer, "softlayer_api_key: \"", &key, "\"");
        finds(
            Detector::SoftLayer,
            "http://api.softlayer.com/soap/v3/",
            &key,
            "",
        );
        passes(Detector::SoftLayer, &[format!("api_key: {key}")]);
    }

    #[test]
    fn square_stripe_and_twilio() {
        finds(
            Detector::Square,
            "",
            &format!("sq0csp-{}", &RANDOM[..43]),
            "",
        );
        passes(Detector::Square, &[format!("sq0csp-{LETTERS}")]);
        finds(Detector::Stripe, "a", &format!("rk_live_{LETTERS}"), "b");
        passes(Detector::Stripe, &[format!("sk_test_{LETTERS}")]);
        finds(Detector::Twilio, "-", &format!("AC{}", HEX.repeat(2)), "");
        finds(Detector::Twilio, "-", &format!("SK{}", HEX.repeat(2)), "");
        passes(
            Detector::Twilio,
            &[format!("AC{}", HEX.to_uppercase().repeat(2))],
        );
    }

    #[test]
    fn names_of_providers_are_known() {
        for name in [
            "Cloudant-Key",
            "sl_api_token",
            "SECRET_ACCESS_KEY",
            "a.cloudant.com",
            "npm token",
        ] {
            assert!(names_provider(name), "{name}");
        }
        assert!(!names_provider("password: clear, secret: key"));
    }
}
