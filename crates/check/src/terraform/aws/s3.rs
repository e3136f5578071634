//! Simple Storage Service.

use crate::prelude::*;

use super::encryption::own_key;

const OPEN_BUCKETS: &str = "Most leaks from S3 are one careless access list or policy on one bucket. \
     A block on public access holds whatever those say.";

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
    check("CKV_AWS_375", "not everyone may read who has rights on the bucket")
        .problem("everyone may read who has rights on the bucket")
        .severity(High)
        .why("With `FULL_CONTROL` strangers also take the bucket over; with `READ_ACP` they see whom to attack.")
        .references(&[page("https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html")])
        .rules(&[on(
            &["aws_s3_bucket_acl"],
            each(
                "access_control_policy",
                &each(
                    "grant",
                    &any_of(&[
                        key("permission").none_of(&[Text("FULL_CONTROL"), Text("READ_ACP")]),
                        key("grantee.uri").none_of(&[Text("http://acs.amazonaws.com/groups/global/AllUsers")]),
                    ]),
                ),
            ),
        )
        .fix("remove the `grant` to `AllUsers`")
        .snippet("grantee {\n  id   = data.aws_canonical_user_id.current.id\n  type = \"CanonicalUser\"\n}\n")
        .example(include_str!("CKV_AWS_375.tf"))]),
];

const BLOCK_PUBLIC_ACCESS: Reference = page(
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
);
