//! Systems Manager.

use bastide_source::{FileId, Source, Span};
use bastide_terraform::Resource;
use bastide_value::{Arena, Node};

use crate::condition::undecided;
use crate::prelude::*;

use super::encryption::{in_transit, own_key};
use super::json::text_of;

pub(crate) const CHECKS: &[Check] = &[
    in_transit("CKV_AWS_112", "what is typed in sessions is encrypted with a key of one's own", "what is typed in sessions is not encrypted with a key of one's own")
        .severity(Medium)
        .references(&[page("https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-enable-encryption.html")])
        .rules(&[terraform(&["aws_ssm_document"], Test::Resource(sessions_are_encrypted))
            .fix("set `kmsKeyId` in `inputs`")
            .snippet("kmsKeyId = aws_kms_key.sessions.arn\n")
            .example(include_str!("CKV_AWS_112.tf"))]),
    check("CKV_AWS_113", "sessions are logged, and the log is encrypted")
        .problem("sessions are not logged, or the log is not encrypted")
        .severity(Medium)
        .why("What was done on a machine, and by whom, cannot be found out later; or whoever reads the log reads the passwords that were typed.")
        .references(&[page("https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-logging.html")])
        .rules(&[terraform(&["aws_ssm_document"], Test::Resource(sessions_are_logged))
            .fix("name a log group or a bucket in `inputs`, and encrypt it")
            .snippet("cloudWatchLogGroupName      = aws_cloudwatch_log_group.sessions.name\ncloudWatchEncryptionEnabled = true\n")
            .example(include_str!("CKV_AWS_113.tf"))]),
    check("CKV_AWS_303", "the document is not shared with everyone")
        .problem("the document is shared with everyone")
        .severity(High)
        .why("Any AWS account reads what the document does, and what is written \
             into it.")
        .references(&[security_hub("SSM.4")])
        .rules(&[on(&["aws_ssm_document"], key("permissions.account_ids").none_of(&[Text("All")]))
            .fix("name the accounts in `account_ids`, or remove `permissions`")
            .snippet("permissions = {\n  type        = \"Share\"\n  account_ids = \
             \"111122223333\"\n}\n")
            .example(include_str!("CKV_AWS_303.tf"))]),
    own_key("CKV_AWS_337", "the secret parameter uses a customer-managed key", "the secret parameter uses no customer-managed key")
        .references(&[page("https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-securestring.html")])
        .rules(&[on(&["aws_ssm_parameter"], any_of(&[
                key("key_id").given(),
                presumed(&key("type").none_of(&[Text("SecureString")]).and_given()),
            ]))
            .fix("set `key_id` to a key of your own")
            .snippet("key_id = aws_kms_key.parameters.arn\n")
            .example(include_str!("CKV_AWS_337.tf"))]),
];

fn sessions_are_encrypted(document: &Resource<'_>) -> Outcome {
    judge_inputs(document, |inputs, span| match inputs {
        Some(inputs) => Outcome::require(is_set(inputs, "kmsKeyId"), || {
            Label::new(span, "`kmsKeyId` is not set")
        }),
        None => Outcome::Pass,
    })
}

fn sessions_are_logged(document: &Resource<'_>) -> Outcome {
    judge_inputs(document, |inputs, span| {
        let Some(inputs) = inputs else {
            return Outcome::NotApplicable;
        };
        let logs = [
            ["s3BucketName", "s3EncryptionEnabled"],
            ["cloudWatchLogGroupName", "cloudWatchEncryptionEnabled"],
        ];
        let logged = logs
            .iter()
            .any(|log| log.iter().all(|name| is_set(inputs, name)));
        Outcome::require(logged, || Label::new(span, "no encrypted log is named"))
    })
}

/// What a test says of the inputs of a session document, which is JSON or YAML.
fn judge_inputs(
    document: &Resource<'_>,
    test: impl FnOnce(Option<&Node<'_>>, Span) -> Outcome,
) -> Outcome {
    let kind = document.get("document_type").map(|node| node.value);
    let Some(content) = document.get("content") else {
        return Outcome::NotApplicable;
    };
    if kind.and_then(|kind| kind.as_str()) != Some("Session") {
        return Outcome::NotApplicable;
    }
    let text = text_of(content).unwrap_or_default();
    let source = Source::new(FileId(0), "content", text.to_owned());
    let arena = Arena::new();
    let stream = bastide_yaml::parse(&source, &arena);
    let root = stream.documents.first().map(|document| &document.root);
    let root = root.filter(|root| root.value.as_map().is_some());
    if root.is_none() && content.value.as_unknown().is_some() {
        return undecided(content, true);
    }
    let inputs = root.and_then(|root| root.get("inputs"));
    test(
        inputs.filter(|inputs| !inputs.value.is_falsy()),
        content.span,
    )
}

fn is_set(inputs: &Node<'_>, name: &str) -> bool {
    inputs.get(name).is_some_and(|node| !node.value.is_falsy())
}
