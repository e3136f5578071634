//! Simple Storage Service.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_6", "the bucket blocks public access")
            .problem("the bucket does not block public access")
            .severity(High)
            .why("One ACL or policy written in haste makes the bucket readable by \
everyone. The block overrides both, whoever writes them.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8"), cwe("CWE-732")])
            .rules(&[policy(&["aws_s3_bucket"], &all(&[connected(&["aws_s3_bucket"], &["aws_s3_bucket_public_access_block"]), only(&[Text("aws_s3_bucket")]),
  on(&["aws_s3_bucket_public_access_block"], "block_public_acls").equals(Bool(true)), on(&["aws_s3_bucket_public_access_block"], "block_public_policy").equals(Bool(true))]))
                .fix("add an `aws_s3_bucket_public_access_block` with all four settings true")
                .snippet("block_public_acls       = true\nblock_public_policy     = true\nignore_public_acls      = true\nrestrict_public_buckets = true\n")
                .example(include_str!("CKV2_AWS_6.tf"))]),
check("CKV2_AWS_43", "the ACL grants nothing to all users of AWS")
            .problem("the ACL grants access to all users of AWS")
            .severity(High)
            .why("Anyone can open an account with AWS, so a grant to all \
authenticated users is one to everyone.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-12"), cwe("CWE-732")])
            .rules(&[policy(&["aws_s3_bucket_acl"], &on(&["aws_s3_bucket_acl"], "access_control_policy.grant.*.grantee.uri").differs_from(Text("http://acs.amazonaws.com/groups/global/AuthenticatedUsers")))
                .fix("remove the grant, and grant to accounts by their id")
                .snippet("grantee {\n  type = \"CanonicalUser\"\n  id   = data.aws_canonical_user_id.current.id\n}\n")
                .example(include_str!("CKV2_AWS_43.tf"))]),
check("CKV2_AWS_61", "the bucket has a life cycle")
            .problem("the bucket keeps everything forever")
            .severity(Low)
            .why("What nobody needs any more can still be stolen, and is paid for. \
Rules expire it.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-13")])
            .rules(&[policy(&["aws_s3_bucket"], &any(&[on(&["aws_s3_bucket"], "lifecycle_rule").exists(), all(&[only(&[Text("aws_s3_bucket")]), connected(&["aws_s3_bucket"], &["aws_s3_bucket_lifecycle_configuration"])])]))
                .fix("add an `aws_s3_bucket_lifecycle_configuration`")
                .snippet("rule {\n  id     = \"expire\"\n  status = \"Enabled\"\n  expiration {\n    days = 365\n  }\n}\n")
                .example(include_str!("CKV2_AWS_61.tf"))]),
check("CKV2_AWS_62", "the bucket tells what happens in it")
            .problem("the bucket tells nobody what happens in it")
            .severity(Low)
            .why("Notifications let a function or a queue react when an object is \
written or deleted: to scan it, or to raise an alarm.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-11")])
            .rules(&[policy(&["aws_s3_bucket"], &all(&[only(&[Text("aws_s3_bucket")]), connected(&["aws_s3_bucket"], &["aws_s3_bucket_notification"])]))
                .fix("add an `aws_s3_bucket_notification`")
                .snippet("eventbridge = true\n")
                .example(include_str!("CKV2_AWS_62.tf"))]),
check("CKV2_AWS_65", "the bucket has no ACLs")
            .problem("the bucket lets ACLs grant access")
            .severity(Low)
            .why("With ACLs on, who may read an object is written on each object, \
and whoever uploads decides. Policies alone can be reviewed.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-12")])
            .rules(&[policy(&["aws_s3_bucket_ownership_controls"], &on(&["aws_s3_bucket_ownership_controls"], "rule.object_ownership").equals(Text("BucketOwnerEnforced")))
                .fix("set `object_ownership = \"BucketOwnerEnforced\"`")
                .snippet("object_ownership = \"BucketOwnerEnforced\"\n")
                .example(include_str!("CKV2_AWS_65.tf"))]),
check("CKV_AWS_18", "access to the bucket is logged")
            .problem("access to the bucket is not logged")
            .severity(Low)
            .why("After a leak the log tells what was read, when and by whom. \
Without it everything must be taken for lost.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-9"), cwe("CWE-778")])
            .rules(&[policy(&["aws_s3_bucket"], &any(&[on(&["aws_s3_bucket"], "logging").exists(), all(&[only(&[Text("aws_s3_bucket")]), connected(&["aws_s3_bucket"], &["aws_s3_bucket_logging"])])]))
                .fix("add an `aws_s3_bucket_logging` with a bucket for logs")
                .snippet("target_bucket = aws_s3_bucket.logs.id\ntarget_prefix = \"access/\"\n")
                .example(include_str!("CKV_AWS_18.tf"))]),
check("CKV_AWS_19", "the bucket is encrypted")
            .problem("the bucket is not encrypted")
            .severity(Medium)
            .why("Encryption at rest keeps what lies on a lost or reused disk \
unreadable.")
            .references(&[page("https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html"), cwe("CWE-311")])
            .rules(&[policy(&["aws_s3_bucket"], &any(&[on(&["aws_s3_bucket"], "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm").within(&[Text("aws:kms"), Text("AES256")]),
  all(&[only(&[Text("aws_s3_bucket")]), unconnected(&["aws_s3_bucket"], &["aws_s3_bucket_server_side_encryption_configuration"]), on(&["aws_s3_bucket"], "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm").is_missing()]),
  all(&[only(&[Text("aws_s3_bucket")]), connected(&["aws_s3_bucket"], &["aws_s3_bucket_server_side_encryption_configuration"]), on(&["aws_s3_bucket_server_side_encryption_configuration"], "rule.apply_server_side_encryption_by_default.sse_algorithm").within(&[Text("aws:kms"), Text("AES256")])])]))
                .fix("set `sse_algorithm = \"aws:kms\"`")
                .snippet("rule {\n  apply_server_side_encryption_by_default {\n    sse_algorithm = \"aws:kms\"\n  }\n}\n")
                .example(include_str!("CKV_AWS_19.tf"))]),
check("CKV_AWS_20", "the ACL of the bucket keeps it from being read by everyone")
            .problem("the ACL of the bucket lets everyone read")
            .severity(High)
            .why("Whatever is put into the bucket, now or later, is published.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-2"), cwe("CWE-732")])
            .rules(&[policy(&["aws_s3_bucket"], &any(&[all(&[on(&["aws_s3_bucket"], "acl").exists(), on(&["aws_s3_bucket"], "acl").differs_from(Text("public-read")), on(&["aws_s3_bucket"], "acl").differs_from(Text("public-read-write")), on(&["aws_s3_bucket"], "acl").differs_from(Text("website")), on(&["aws_s3_bucket"], "acl").differs_from(Text("authenticated-read"))]),
  all(&[only(&[Text("aws_s3_bucket")]), connected(&["aws_s3_bucket"], &["aws_s3_bucket_acl"]), any(&[all(&[on(&["aws_s3_bucket_acl"], "acl").exists(), on(&["aws_s3_bucket_acl"], "acl").differs_from(Text("public-read")), on(&["aws_s3_bucket_acl"], "acl").differs_from(Text("public-read-write")), on(&["aws_s3_bucket_acl"], "acl").differs_from(Text("website")), on(&["aws_s3_bucket_acl"], "acl").differs_from(Text("authenticated-read"))]),
    all(&[on(&["aws_s3_bucket_acl"], "access_control_policy").exists(), any(&[on(&["aws_s3_bucket_acl"], "access_control_policy.grant").is_missing(), on(&["aws_s3_bucket_acl"], "access_control_policy.grant.*.grantee.uri").differs_from(Text("http://acs.amazonaws.com/groups/global/AllUsers"))])])])]),
  all(&[only(&[Text("aws_s3_bucket")]), on(&["aws_s3_bucket"], "acl").is_missing(), unconnected(&["aws_s3_bucket"], &["aws_s3_bucket_acl"])])]))
                .fix("set `acl = \"private\"`")
                .snippet("acl = \"private\"\n")
                .example(include_str!("CKV_AWS_20.tf"))]),
check("CKV_AWS_21", "the bucket keeps earlier versions")
            .problem("the bucket keeps no earlier versions")
            .severity(Medium)
            .why("What is overwritten or deleted, by mistake or by ransomware, is \
gone.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-14")])
            .rules(&[policy(&["aws_s3_bucket"], &any(&[on(&["aws_s3_bucket"], "versioning.enabled").equals(Bool(true)), all(&[only(&[Text("aws_s3_bucket")]), connected(&["aws_s3_bucket"], &["aws_s3_bucket_versioning"]), on(&["aws_s3_bucket_versioning"], "versioning_configuration.status").equals(Text("Enabled"))])]))
                .fix("add an `aws_s3_bucket_versioning` with `status = \"Enabled\"`")
                .snippet("versioning_configuration {\n  status = \"Enabled\"\n}\n")
                .example(include_str!("CKV_AWS_21.tf"))]),
check("CKV_AWS_57", "the ACL of the bucket keeps it from being written by everyone")
            .problem("the ACL of the bucket lets everyone write")
            .severity(Critical)
            .why("Anyone may replace what the bucket holds, or fill it at the \
owner's cost.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-3"), cwe("CWE-732")])
            .rules(&[policy(&["aws_s3_bucket"], &any(&[all(&[on(&["aws_s3_bucket"], "acl").exists(), on(&["aws_s3_bucket"], "acl").differs_from(Text("public-read-write"))]),
  all(&[only(&[Text("aws_s3_bucket")]), connected(&["aws_s3_bucket"], &["aws_s3_bucket_acl"]), any(&[all(&[on(&["aws_s3_bucket_acl"], "acl").exists(), on(&["aws_s3_bucket_acl"], "acl").differs_from(Text("public-read-write"))]),
    all(&[on(&["aws_s3_bucket_acl"], "access_control_policy").exists(), any(&[on(&["aws_s3_bucket_acl"], "access_control_policy.grant").is_missing(),
      any(&[on(&["aws_s3_bucket_acl"], "access_control_policy.grant.*.grantee.uri").differs_from(Text("http://acs.amazonaws.com/groups/global/AllUsers")), no(&any(&[on(&["aws_s3_bucket_acl"], "access_control_policy.grant.*.permission").equals(Text("WRITE")), on(&["aws_s3_bucket_acl"], "access_control_policy.grant.*.permission").equals(Text("FULL_CONTROL")), on(&["aws_s3_bucket_acl"], "access_control_policy.grant.*.permission").equals(Text("WRITE_ACP"))]))])])])])]),
  all(&[only(&[Text("aws_s3_bucket")]), on(&["aws_s3_bucket"], "acl").is_missing(), unconnected(&["aws_s3_bucket"], &["aws_s3_bucket_acl"])])]))
                .fix("set `acl = \"private\"`")
                .snippet("acl = \"private\"\n")
                .example(include_str!("CKV_AWS_57.tf"))]),
check("CKV_AWS_144", "the bucket is replicated to another region")
            .problem("the bucket is in one region alone")
            .severity(Low)
            .why("A region may fail, and whoever takes over an account may delete \
what is in it. A replica elsewhere survives both.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-7")])
            .rules(&[policy(&["aws_s3_bucket"], &any(&[on(&["aws_s3_bucket"], "replication_configuration.rules.*.status").equals(Text("Enabled")), all(&[only(&[Text("aws_s3_bucket")]), connected(&["aws_s3_bucket"], &["aws_s3_bucket_replication_configuration"]), on(&["aws_s3_bucket_replication_configuration"], "rule.*.status").equals(Text("Enabled"))])]))
                .fix("add an `aws_s3_bucket_replication_configuration` with an enabled rule")
                .snippet("rule {\n  status = \"Enabled\"\n  destination {\n    bucket = aws_s3_bucket.replica.arn\n  }\n}\n")
                .example(include_str!("CKV_AWS_144.tf"))]),
check("CKV_AWS_145", "the bucket is encrypted with a key of KMS")
            .problem("the bucket is not encrypted with a key of KMS")
            .severity(Low)
            .why("With the key of S3 whoever may read the bucket reads its content. \
A key of KMS has a policy of its own, a log of each use, and can \
be disabled.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-17")])
            .rules(&[policy(&["aws_s3_bucket"], &any(&[on(&["aws_s3_bucket"], "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm").equals(Text("aws:kms")), all(&[only(&[Text("aws_s3_bucket")]), connected(&["aws_s3_bucket"], &["aws_s3_bucket_server_side_encryption_configuration"]), on(&["aws_s3_bucket_server_side_encryption_configuration"], "rule.apply_server_side_encryption_by_default.sse_algorithm").equals(Text("aws:kms"))])]))
                .fix("set `sse_algorithm = \"aws:kms\"` and `kms_master_key_id`")
                .snippet("rule {\n  apply_server_side_encryption_by_default {\n    sse_algorithm     = \"aws:kms\"\n    kms_master_key_id = aws_kms_key.storage.arn\n  }\n}\n")
                .example(include_str!("CKV_AWS_145.tf"))]),
];
