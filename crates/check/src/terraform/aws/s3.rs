//! Simple Storage Service.

use bastide_terraform::Resource;

use crate::condition::{Literal, find_all};
use crate::prelude::*;
use crate::terraform::Neighbours;

use super::encryption::own_key;
use super::policy_document::{Unread, statements};

const OPEN_BUCKETS: &str = "Most leaks from S3 are one careless access list or policy on one bucket. \
     A block on public access holds whatever those say.";

/// Values of a filter that leave nothing out.
const NOTHING: &[Literal] = &[Text(""), Int(0)];

pub(crate) const CHECKS: &[Check] = &[
    check(
        "CKV_AWS_53",
        "public access lists cannot be put on the bucket",
    )
    .problem("public access lists can be put on the bucket")
    .severity(High)
    .why(OPEN_BUCKETS)
    .references(&[security_hub("S3.8"), cis_aws("2.1.4"), BLOCK_PUBLIC_ACCESS])
    .rules(&[on(
        &["aws_s3_bucket_public_access_block"],
        key("block_public_acls").enabled(),
    )
    .fix("set `block_public_acls = true`")
    .snippet("block_public_acls = true\n")
    .example(include_str!("CKV_AWS_53.tf"))]),
    check("CKV_AWS_54", "public policies cannot be put on the bucket")
        .problem("public policies can be put on the bucket")
        .severity(High)
        .why(OPEN_BUCKETS)
        .references(&[security_hub("S3.8"), cis_aws("2.1.4"), BLOCK_PUBLIC_ACCESS])
        .rules(&[on(
            &["aws_s3_bucket_public_access_block"],
            key("block_public_policy").enabled(),
        )
        .fix("set `block_public_policy = true`")
        .snippet("block_public_policy = true\n")
        .example(include_str!("CKV_AWS_54.tf"))]),
    check(
        "CKV_AWS_55",
        "public access lists of the bucket are ignored",
    )
    .problem("public access lists of the bucket are heeded")
    .severity(High)
    .why(OPEN_BUCKETS)
    .references(&[security_hub("S3.8"), cis_aws("2.1.4"), BLOCK_PUBLIC_ACCESS])
    .rules(&[on(
        &["aws_s3_bucket_public_access_block"],
        key("ignore_public_acls").enabled(),
    )
    .fix("set `ignore_public_acls = true`")
    .snippet("ignore_public_acls = true\n")
    .example(include_str!("CKV_AWS_55.tf"))]),
    check(
        "CKV_AWS_56",
        "a public policy lets no stranger into the bucket",
    )
    .problem("a public policy lets strangers into the bucket")
    .severity(High)
    .why(OPEN_BUCKETS)
    .references(&[security_hub("S3.8"), cis_aws("2.1.4"), BLOCK_PUBLIC_ACCESS])
    .rules(&[on(
        &["aws_s3_bucket_public_access_block"],
        key("restrict_public_buckets").enabled(),
    )
    .fix("set `restrict_public_buckets = true`")
    .snippet("restrict_public_buckets = true\n")
    .example(include_str!("CKV_AWS_56.tf"))]),
    check("CKV_AWS_143", "the lock on objects is on")
        .problem("the lock on objects is configured, but off")
        .severity(Low)
        .why(
            "Whoever may delete objects deletes those too that must be kept, \
             backups and logs for example.",
        )
        .references(&[
            security_hub("S3.15"),
            page("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"),
        ])
        .rules(&[on(
            &["aws_s3_bucket"],
            when(
                &key("object_lock_configuration").given(),
                &key("object_lock_configuration.object_lock_enabled").one_of(&[Text("Enabled")]),
            ),
        )
        .fix("set `object_lock_enabled = \"Enabled\"`")
        .snippet("object_lock_configuration {\n  object_lock_enabled = \"Enabled\"\n}\n")
        .example(include_str!("CKV_AWS_143.tf"))]),
    own_key(
        "CKV_AWS_181",
        "the copied object uses a customer-managed key",
        "the copied object uses no customer-managed key",
    )
    .rules(&[on(&["aws_s3_object_copy"], key("kms_key_id").given())
        .fix("set `kms_key_id` to the ARN of a key of your own")
        .snippet("kms_key_id = aws_kms_key.objects.arn\n")
        .example(include_str!("CKV_AWS_181.tf"))]),
    own_key(
        "CKV_AWS_186",
        "the object uses a customer-managed key",
        "the object uses no customer-managed key",
    )
    .rules(&[on(&["aws_s3_bucket_object"], key("kms_key_id").given())
        .fix("set `kms_key_id` to the ARN of a key of your own")
        .snippet("kms_key_id = aws_kms_key.objects.arn\n")
        .example(include_str!("CKV_AWS_186.tf"))]),
    check("CKV_AWS_300", "uploads that were broken off are removed")
        .problem("uploads that were broken off are kept")
        .severity(Low)
        .why("Their parts are stored and paid for, and no list of objects shows them.")
        .references(&[page("https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html")])
        .rules(&[on(
            &["aws_s3_bucket_lifecycle_configuration"],
            exists(
                "rule",
                &all_of(&[
                    key("abort_incomplete_multipart_upload").given(),
                    key("status").one_of(&[Text("Enabled")]),
                    key("filter.prefix").one_of(NOTHING).or_absent(),
                    key("filter.tag").not_given(),
                    key("filter.object_size_greater_than").one_of(NOTHING).or_absent(),
                    key("filter.object_size_less_than").one_of(NOTHING).or_absent(),
                    key("filter.and.prefix").one_of(NOTHING).or_absent(),
                    key("filter.and.object_size_greater_than").one_of(NOTHING).or_absent(),
                    key("filter.and.object_size_less_than").one_of(NOTHING).or_absent(),
                ]),
            ),
        )
        .fix("add a rule for all objects with `abort_incomplete_multipart_upload`")
        .snippet("rule {\n  id     = \"uploads\"\n  status = \"Enabled\"\n  filter {}\n  abort_incomplete_multipart_upload {\n    days_after_initiation = 7\n  }\n}\n")
        .example(include_str!("CKV_AWS_300.tf"))]),
    check("CKV_AWS_375", "not everyone may read who has rights on the bucket")
        .problem("everyone may read who has rights on the bucket")
        .severity(High)
        .why("With `FULL_CONTROL` strangers also take the bucket over; with `READ_ACP` they see whom to attack.")
        .references(&[page("https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html")])
        .rules(&[on(
            &["aws_s3_bucket_acl"],
            presumed(&each(
                "access_control_policy",
                &each(
                    "grant",
                    &any_of(&[
                        key("permission").none_of(&[Text("FULL_CONTROL"), Text("READ_ACP")]),
                        key("grantee.uri").none_of(&[Text("http://acs.amazonaws.com/groups/global/AllUsers")]),
                    ]),
                ),
            )),
        )
        .fix("remove the `grant` to `AllUsers`")
        .snippet("grantee {\n  id   = data.aws_canonical_user_id.current.id\n  type = \"CanonicalUser\"\n}\n")
        .example(include_str!("CKV_AWS_375.tf"))]),
    check("CKV_AWS_379", "a bucket that is public refuses requests without TLS")
        .problem("a public bucket answers requests without TLS")
        .severity(Medium)
        .why("Whoever sits on the path sees which objects are fetched, and gives back others.")
        .references(&[security_hub("S3.5"), cwe("CWE-319")])
        .rules(&[terraform(&["aws_s3_bucket_acl"], Test::Beside(is_private_or_secure))
            .fix("deny requests where `aws:SecureTransport` is false in the policy of the bucket, or make it private")
            .snippet("Condition = {\n  Bool = { \"aws:SecureTransport\" = \"false\" }\n}\n")
            .example(include_str!("CKV_AWS_379.tf"))]),
    check("CKV_AWS_392", "the access point does not allow public access")
        .problem("the access point allows public access")
        .severity(High)
        .why("One careless policy on the access point then opens the bucket behind it to everyone.")
        .references(&[security_hub("S3.19"), BLOCK_PUBLIC_ACCESS])
        .rules(&[on(
            &["aws_s3_access_point"],
            presumed(&any_of(&[
                key("public_access_block_configuration.block_public_policy").none_of(&[Bool(false)]),
                key("public_access_block_configuration.restrict_public_buckets").none_of(&[Bool(false)]),
                key("public_access_block_configuration.block_public_acls").none_of(&[Bool(false)]),
                key("public_access_block_configuration.ignore_public_acls").not_given(),
            ])),
        )
        .fix("set everything in `public_access_block_configuration` to true, or remove it")
        .snippet("public_access_block_configuration {\n  block_public_acls       = true\n  block_public_policy     = true\n  ignore_public_acls      = true\n  restrict_public_buckets = true\n}\n")
        .example(include_str!("CKV_AWS_392.tf"))]),
];

const BLOCK_PUBLIC_ACCESS: Reference = page(
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
);

const ALL_USERS: &str = "http://acs.amazonaws.com/groups/global/AllUsers";

/// What is public asks for TLS by its policy, unless it is a website. There is nothing to say where
/// no policy can be read.
fn is_private_or_secure<'a>(acl: &Resource<'a>, neighbours: &Neighbours<'_, 'a>) -> Outcome {
    let beside = |kind: &'static str| neighbours.beside(acl, kind, "bucket");
    if !is_public(acl, beside("aws_s3_bucket_public_access_block"))
        || beside("aws_s3_bucket_website_configuration").is_some()
    {
        return Outcome::Pass;
    }
    let Some(policy) = beside("aws_s3_bucket_policy") else {
        return Outcome::NotApplicable;
    };
    match statements(policy, "policy", Unread::Silent) {
        Ok(statements) if statements.is_empty() => Outcome::NotApplicable,
        Ok(statements) => {
            let secure = statements.iter().any(|statement| {
                let wanted = if statement.denies() { "false" } else { "true" };
                let asked = statement.asked_values(|key| key == "aws:SecureTransport");
                statement.has_operator("Bool") && asked.contains(&wanted)
            });
            Outcome::require(secure, || {
                Label::new(policy.header(), "this policy allows requests without TLS")
            })
        }
        Err(outcome) => outcome,
    }
}

/// Whether an ACL opens the bucket to everyone, and no block on public access keeps it closed.
fn is_public(acl: &Resource<'_>, block: Option<&Resource<'_>>) -> bool {
    let blocks = |name: &str| {
        let setting = block.and_then(|block| block.get(name));
        setting.is_some_and(|node| !node.value.is_falsy())
    };
    let named = acl.get("acl").and_then(|node| node.value.as_str());
    let by_name = matches!(named, Some("public-read" | "public-read-write"));
    let grantees = find_all(acl.body, "access_control_policy.grant.grantee.uri");
    let by_grant = grantees
        .iter()
        .any(|node| node.value.as_str() == Some(ALL_USERS));
    by_name && !blocks("restrict_public_buckets") && !blocks("block_public_acls")
        || by_grant && !blocks("block_public_acls")
}
