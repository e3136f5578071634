//! Policies of buckets, keys, queues, topics and repositories: whom they let in.

use bastide_terraform::Resource;

use crate::prelude::*;

use super::policy_document::{Statement, Unread, judge, no_statement};

const PRINCIPALS: Reference = page(
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
);

const ONE_ROLE: &str = "Principal = { AWS = aws_iam_role.reader.arn }\n";

const BUCKETS: &[&str] = &["aws_s3_bucket", "aws_s3_bucket_policy"];

/// A check that a policy is not for everyone.
const fn not_public(
    id: &'static str,
    title: &'static str,
    problem: &'static str,
    why: &'static str,
) -> Check {
    let check = check(id, title).problem(problem).severity(High);
    check.why(why).references(&[PRINCIPALS])
}

pub(crate) const CHECKS: &[Check] = &[
    not_public(
        "CKV_AWS_32",
        "the repository is not for everyone",
        "the policy of the repository is for everyone",
        "Strangers then pull its images, or replace them with their own.",
    )
    .rules(&[terraform(
        &["aws_ecr_repository_policy"],
        Test::Resource(is_not_public),
    )
    .fix("name the principals, or limit them by a condition")
    .snippet(ONE_ROLE)
    .example(include_str!("CKV_AWS_32.tf"))]),
    not_public(
        "CKV_AWS_33",
        "the key is not for everyone",
        "the policy of the key is for everyone",
        "Any account on AWS may then decrypt with it, or have it deleted.",
    )
    .rules(&[
        terraform(&["aws_kms_key"], Test::Resource(key_names_principals))
            .fix("name the principals, or add a `Condition`")
            .snippet(ONE_ROLE)
            .example(include_str!("CKV_AWS_33.tf")),
    ]),
    not_public(
        "CKV_AWS_70",
        "the bucket is not for everyone",
        "the policy of the bucket is for everyone",
        "Strangers then do with its objects what the policy says: read, replace or delete them.",
    )
    .rules(&[terraform(BUCKETS, Test::Resource(bucket_names_principals))
        .fix("name the principals, or limit them by a condition")
        .snippet(ONE_ROLE)
        .example(include_str!("CKV_AWS_70.tf"))]),
    check("CKV_AWS_72", "the queue's policy names actions")
        .problem("the queue's policy is about every action")
        .severity(High)
        .why("Whoever may send a message may then also read, purge or delete the queue.")
        .references(&[page(
            "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
        )])
        .rules(&[
            terraform(&["aws_sqs_queue_policy"], Test::Resource(queue_names_actions))
                .fix("name the actions that are needed")
                .snippet("Action = \"sqs:SendMessage\"\n")
                .example(include_str!("CKV_AWS_72.tf")),
        ]),
    check("CKV_AWS_93", "the policy of the bucket can still be changed")
        .problem("the policy of the bucket locks everyone out")
        .severity(Medium)
        .why("Only the root user can then change the policy, and until it does nobody reaches the bucket.")
        .references(&[page(
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html",
        )])
        .rules(&[terraform(BUCKETS, Test::Resource(bucket_keeps_its_keepers))
            .fix("add a `Condition` that leaves out those who keep the bucket")
            .snippet(
                "Condition = {\n  ArnNotEquals = { \"aws:PrincipalArn\" = aws_iam_role.keeper.arn }\n}\n",
            )
            .example(include_str!("CKV_AWS_93.tf"))]),
    not_public(
        "CKV_AWS_167",
        "the vault is not for everyone",
        "the policy of the vault is for everyone",
        "Strangers then read or delete the archives in it.",
    )
    .rules(&[
        terraform(&["aws_glacier_vault"], Test::Resource(vault_is_not_public))
            .fix("name the principals, or limit them by a condition")
            .snippet(ONE_ROLE)
            .example(include_str!("CKV_AWS_167.tf")),
    ]),
    not_public(
        "CKV_AWS_168",
        "the queue is not for everyone",
        "the policy of the queue is for everyone",
        "Strangers then send messages that your programs act on, or read yours.",
    )
    .rules(&[terraform(
        &["aws_sqs_queue_policy", "aws_sqs_queue"],
        Test::Resource(is_not_public),
    )
    .fix("name the principals, or limit them by a condition")
    .snippet(ONE_ROLE)
    .example(include_str!("CKV_AWS_168.tf"))]),
    not_public(
        "CKV_AWS_169",
        "the topic is not for everyone",
        "the policy of the topic is for everyone",
        "Strangers then publish what your programs act on, or subscribe to it.",
    )
    .rules(&[
        terraform(&["aws_sns_topic_policy"], Test::Resource(is_not_public))
            .fix("name the principals, or limit them by a condition")
            .snippet(ONE_ROLE)
            .example(include_str!("CKV_AWS_169.tf")),
    ]),
    check("CKV_AWS_385", "principals of the topic are under a condition")
        .problem("principals of the topic are under no condition")
        .severity(Medium)
        .why("An identity of another account reaches the topic from anywhere, also after that account is no longer trusted.")
        .references(&[page(
            "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html",
        )])
        .rules(&[
            terraform(&["aws_sns_topic_policy"], Test::Resource(topic_limits_principals))
                .fix("add a `Condition`, on `aws:PrincipalOrgID` for example")
                .snippet("Condition = {\n  StringEquals = { \"aws:PrincipalOrgID\" = \"o-exampleorg\" }\n}\n")
                .example(include_str!("CKV_AWS_385.tf")),
        ]),
    not_public(
        "CKV_AWS_387",
        "the queue's actions are not for everyone",
        "the queue's actions are for everyone",
        "Strangers then send messages that your programs act on, or read yours.",
    )
    .rules(&[
        terraform(&["aws_sqs_queue_policy"], Test::Resource(queue_names_principals))
            .fix("name the principals, or add a `Condition`")
            .snippet(ONE_ROLE)
            .example(include_str!("CKV_AWS_387.tf")),
    ]),
];

const EVERYONE: &str = "`*` is everyone on AWS";

/// Actions with which the policy of a bucket is changed.
const CHANGES_POLICY: &[&str] = &[
    "s3:PutBucketPolicy",
    "s3:*BucketPolicy",
    "s3:Put*",
    "s3:*",
    "*",
];

/// What a condition can ask of those who let themselves be named `*`, so that few are left.
const WHO: &[&str] = &[
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:userid",
    "kms:CallerAccount",
    "saml:aud",
];

fn is_not_public(resource: &Resource<'_>) -> Outcome {
    not_open(resource, "policy")
}

fn vault_is_not_public(vault: &Resource<'_>) -> Outcome {
    not_open(vault, "access_policy")
}

fn not_open(resource: &Resource<'_>, attribute: &str) -> Outcome {
    no_statement(resource, attribute, Unread::Silent, |statement| {
        let open = statement.is_public() || statement.is_for_any_account();
        let open = open && !statement.denies() && !statement.asks_for(WHO);
        open.then(|| EVERYONE.to_owned())
    })
}

fn key_names_principals(resource: &Resource<'_>) -> Outcome {
    no_statement(resource, "policy", Unread::Passes, |statement| {
        let open = statement.is_public() && !statement.denies() && !statement.has_condition();
        open.then(|| EVERYONE.to_owned())
    })
}

fn bucket_names_principals(bucket: &Resource<'_>) -> Outcome {
    if bucket.get("policy").is_none() {
        return Outcome::NotApplicable;
    }
    no_statement(bucket, "policy", Unread::Silent, |statement| {
        let open = statement.is_public() && statement.allows() && !names_callers(statement);
        open.then(|| EVERYONE.to_owned())
    })
}

/// Whether a condition leaves few of those that `*` stands for.
fn names_callers(statement: &Statement) -> bool {
    const OPERATORS: &[&str] = &["ArnNotEquals", "ArnNotLike", "ArnEquals", "ArnLike"];
    const CALLERS: &[&str] = &[
        "aws:Ec2InstanceSourceVpc",
        "aws:PrincipalAccount",
        "aws:PrincipalArn",
        "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths",
        "aws:SourceVpc",
        "aws:VpceAccount",
        "aws:sourceVpce",
        "aws:userid",
        "ec2:SourceInstanceArn",
        "lambda:SourceFunctionArn",
        "ssm:SourceInstanceArn",
    ];
    let by_arn = OPERATORS.iter().any(|name| statement.has_operator(name));
    by_arn || statement.asks_for(CALLERS)
}

fn bucket_keeps_its_keepers(bucket: &Resource<'_>) -> Outcome {
    no_statement(bucket, "policy", Unread::Passes, |statement| {
        let mut actions = statement.actions();
        let action = actions.find(|action| CHANGES_POLICY.contains(action))?;
        let locks = statement.denies() && statement.is_public() && !statement.has_condition();
        locks.then(|| format!("`{action}` is denied to everyone"))
    })
}

fn queue_names_actions(queue: &Resource<'_>) -> Outcome {
    judge(queue, "policy", Unread::Passes, |statements| {
        let first = statements.first()?;
        let all = first.has_all_actions();
        all.then(|| Label::new(first.span(), "`*` is every action"))
    })
}

fn queue_names_principals(queue: &Resource<'_>) -> Outcome {
    no_statement(queue, "policy", Unread::Passes, |statement| {
        let of_queues = |action: &str| {
            action == "*" || action.starts_with("sqs:") || action.starts_with("SQS:")
        };
        let open = statement.is_public() && statement.allows() && !statement.has_condition();
        let found = open && statement.actions().any(of_queues);
        found.then(|| EVERYONE.to_owned())
    })
}

fn topic_limits_principals(topic: &Resource<'_>) -> Outcome {
    no_statement(topic, "policy", Unread::Silent, |statement| {
        let mut principals = statement.aws_principals();
        let other = principals.find(|principal| principal.starts_with("arn:aws:iam::"))?;
        let open = statement.allows() && !statement.asks_for(WHO);
        open.then(|| format!("`{other}` is under no condition"))
    })
}
