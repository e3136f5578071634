//! Identity and Access Management.

use crate::prelude::*;

use super::vpc::should_not_be;

const PASSWORDS: &[&str] = &["aws_iam_account_password_policy"];

const GUESSED: &str = "The fewer passwords there are to try, the sooner one is guessed, or \
             found from its hash.";

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_9", "passwords expire within 90 days")
        .problem("passwords do not expire within 90 days")
        .severity(Low)
        .why(
            "A password that has leaked opens the account for as long as nobody \
             changes it.",
        )
        .references(&[POLICY])
        .rules(&[on(
            PASSWORDS,
            all_of(&[
                key("max_password_age").at_most(90),
                key("max_password_age").at_least(1),
            ]),
        )
        .fix("set `max_password_age = 90`")
        .snippet("max_password_age = 90\n")
        .example(include_str!("CKV_AWS_9.tf"))]),
    check("CKV_AWS_10", "passwords have 14 characters")
        .problem("passwords may have fewer than 14 characters")
        .severity(Medium)
        .why(GUESSED)
        .references(&[cis_aws("1.8"), security_hub("IAM.15"), POLICY])
        .rules(&[on(PASSWORDS, key("minimum_password_length").at_least(14))
            .fix("set `minimum_password_length = 14`")
            .snippet("minimum_password_length = 14\n")
            .example(include_str!("CKV_AWS_10.tf"))]),
    check("CKV_AWS_11", "passwords have a lower-case letter")
        .problem("passwords need no lower-case letter")
        .severity(Low)
        .why(GUESSED)
        .references(&[security_hub("IAM.12"), POLICY])
        .rules(
            &[on(PASSWORDS, key("require_lowercase_characters").enabled())
                .fix("set `require_lowercase_characters = true`")
                .snippet("require_lowercase_characters = true\n")
                .example(include_str!("CKV_AWS_11.tf"))],
        ),
    check("CKV_AWS_12", "passwords have a digit")
        .problem("passwords need no digit")
        .severity(Low)
        .why(GUESSED)
        .references(&[security_hub("IAM.14"), POLICY])
        .rules(&[on(PASSWORDS, key("require_numbers").enabled())
            .fix("set `require_numbers = true`")
            .snippet("require_numbers = true\n")
            .example(include_str!("CKV_AWS_12.tf"))]),
    check("CKV_AWS_13", "the last 24 passwords cannot be used again")
        .problem("old passwords can be used again")
        .severity(Low)
        .why("A password that has leaked comes back into use.")
        .references(&[cis_aws("1.9"), security_hub("IAM.16"), POLICY])
        .rules(
            &[on(PASSWORDS, key("password_reuse_prevention").at_least(24))
                .fix("set `password_reuse_prevention = 24`")
                .snippet("password_reuse_prevention = 24\n")
                .example(include_str!("CKV_AWS_13.tf"))],
        ),
    check("CKV_AWS_14", "passwords have a symbol")
        .problem("passwords need no symbol")
        .severity(Low)
        .why(GUESSED)
        .references(&[security_hub("IAM.13"), POLICY])
        .rules(&[on(PASSWORDS, key("require_symbols").enabled())
            .fix("set `require_symbols = true`")
            .snippet("require_symbols = true\n")
            .example(include_str!("CKV_AWS_14.tf"))]),
    check("CKV_AWS_15", "passwords have an upper-case letter")
        .problem("passwords need no upper-case letter")
        .severity(Low)
        .why(GUESSED)
        .references(&[security_hub("IAM.11"), POLICY])
        .rules(
            &[on(PASSWORDS, key("require_uppercase_characters").enabled())
                .fix("set `require_uppercase_characters = true`")
                .snippet("require_uppercase_characters = true\n")
                .example(include_str!("CKV_AWS_15.tf"))],
        ),
    check("CKV_AWS_40", "policies are attached to groups and roles")
        .problem("a policy is attached to a user")
        .severity(Low)
        .why(
            "What each user may do then is spread over many policies, and nobody \
             takes it back when the user's work changes.",
        )
        .references(&[cis_aws("1.15"), security_hub("IAM.2")])
        .rules(&[on(
            &[
                "aws_iam_user_policy_attachment",
                "aws_iam_user_policy",
                "aws_iam_policy_attachment",
            ],
            all_of(&[key("user").not_given(), key("users").not_given()]),
        )
        .fix("attach the policy to a group or role, and make the user a member")
        .snippet("groups = [aws_iam_group.operators.name]\n")
        .example(include_str!("CKV_AWS_40.tf"))]),
    check("CKV_AWS_273", "people log in by single sign-on")
        .problem("there is an IAM user")
        .severity(Low)
        .why("Its password and keys live on when the person leaves, and nobody asks for a second factor by default.")
        .references(&[page("https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp")])
        .rules(&[terraform(&["aws_iam_user"], Test::Resource(should_not_be))
            .fix("let people log in by IAM Identity Center, and programs take roles")
            .snippet("resource \"aws_iam_role\" \"deploy\" {\n  name               = \"deploy\"\n  assume_role_policy = data.aws_iam_policy_document.trust.json\n}\n")
            .example(include_str!("CKV_AWS_273.tf"))]),
    check("CKV_AWS_348", "the root user has no access key")
        .problem("the root user has an access key")
        .severity(Critical)
        .why("The key may do everything in the account, and no policy can limit it.")
        .references(&[cis_aws("1.4"), security_hub("IAM.4")])
        .rules(&[on(
            &["aws_iam_access_key"],
            key("user").none_of(&[Text("root")]),
        )
        .fix("remove the key, and use a role")
        .snippet("user = aws_iam_user.deployer.name\n")
        .example(include_str!("CKV_AWS_348.tf"))]),
];

const POLICY: Reference = page(
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
);
