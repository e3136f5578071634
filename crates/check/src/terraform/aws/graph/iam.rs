//! Identity and Access Management.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_14", "the group has members")
            .problem("the group has no members")
            .severity(Low)
            .why("A group without members keeps rights that nobody reviews until \
somebody is put into it.")
            .references(&[page("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html")])
            .rules(&[policy(&["aws_iam_group_membership"], &all(&[connected(&["aws_iam_group"], &["aws_iam_group_membership"]), connected(&["aws_iam_group_membership"], &["aws_iam_user"]), on(&["aws_iam_group_membership"], "users").exists(), only(&[Text("aws_iam_group_membership")])]))
                .fix("name the members in `users`")
                .snippet("users = [aws_iam_user.ada.name]\n")
                .example(include_str!("CKV2_AWS_14.tf"))]),
check("CKV2_AWS_21", "users get their rights through groups")
            .problem("the membership joins no user with a group")
            .severity(Low)
            .why("Rights that hang on single users are forgotten when people change \
their task.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-2")])
            .rules(&[policy(&["aws_iam_group_membership"], &all(&[connected(&["aws_iam_group_membership"], &["aws_iam_user"]), connected(&["aws_iam_group_membership"], &["aws_iam_group"]), only(&[Text("aws_iam_group_membership")])]))
                .fix("name a group and its users")
                .snippet("group = aws_iam_group.team.name\nusers = [aws_iam_user.ada.name]\n")
                .example(include_str!("CKV2_AWS_21.tf"))]),
check("CKV2_AWS_22", "the user has no password for the console")
            .problem("the user has a password for the console")
            .severity(Low)
            .why("A password is one more thing to steal. People sign in through IAM \
Identity Center, programs through roles.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-5"), cwe("CWE-308")])
            .rules(&[policy(&["aws_iam_user"], &all(&[only(&[Text("aws_iam_user")]), unconnected(&["aws_iam_user"], &["aws_iam_user_login_profile"])]))
                .fix("remove the `aws_iam_user_login_profile`")
                .snippet("resource \"aws_iam_user\" \"deploy\" {\n  name = \"deploy\"\n}\n")
                .example(include_str!("CKV2_AWS_22.tf"))]),
check("CKV2_AWS_40", "no policy allows everything in IAM")
            .problem("a policy allows everything in IAM")
            .severity(High)
            .why("Whoever may do everything in IAM may give himself every other \
right.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1"), cwe("CWE-250")])
            .rules(&[policy(&["aws_iam_policy", "aws_iam_role_policy", "aws_iam_group_policy", "aws_iam_user_policy", "aws_ssoadmin_permission_set_inline_policy", "data.aws_iam_policy_document"], &all(&[any(&[on(&["aws_iam_policy", "aws_iam_role_policy", "aws_iam_group_policy", "aws_iam_user_policy"], "policy.Statement[?(@.Effect == Allow)].Action[*]").json_path().differs_from(Text("iam:*")),
   on(&["aws_ssoadmin_permission_set_inline_policy"], "inline_policy.Statement[?(@.Effect == Allow)].Action[*]").json_path().differs_from(Text("iam:*")),
   on(&["data.aws_iam_policy_document"], "statement[?(@.effect == Allow)].actions[*]").json_path().differs_from(Text("iam:*"))]), any(&[on(&["aws_iam_policy", "aws_iam_role_policy", "aws_iam_group_policy", "aws_iam_user_policy"], "policy.Statement[?(@.Effect == Allow)].Action[*]").json_path().differs_from(Text("*")),
   on(&["aws_ssoadmin_permission_set_inline_policy"], "inline_policy.Statement[?(@.Effect == Allow)].Action[*]").json_path().differs_from(Text("*")),
   on(&["data.aws_iam_policy_document"], "statement[?(@.effect == Allow)].actions[*]").json_path().differs_from(Text("*"))])]))
                .fix("name the actions that are needed")
                .snippet("Action = [\"iam:GetRole\"]\n")
                .example(include_str!("CKV2_AWS_40.tf"))]),
check("CKV2_AWS_56", "nobody holds IAMFullAccess")
            .problem("somebody holds IAMFullAccess")
            .severity(High)
            .why("Whoever may do everything in IAM may give himself every other \
right.")
            .references(&[cwe("CWE-250"), page("https://docs.aws.amazon.com/aws-managed-policy/latest/reference/IAMFullAccess.html")])
            .rules(&[policy(&["aws_iam_group_policy_attachment", "aws_iam_policy_attachment", "aws_iam_role", "aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment", "aws_ssoadmin_managed_policy_attachment", "data.aws_iam_policy"], &no(&any(&[on(&["data.aws_iam_policy"], "name").equals(Text("IAMFullAccess")), on(&["data.aws_iam_policy"], "arn").contains("IAMFullAccess"),
  on(&["aws_iam_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_role_policy_attachment", "aws_iam_group_policy_attachment"], "policy_arn").contains("IAMFullAccess"),
  on(&["aws_iam_role"], "managed_policy_arns.*").contains("IAMFullAccess"), on(&["aws_ssoadmin_managed_policy_attachment"], "managed_policy_arn").contains("IAMFullAccess")])))
                .fix("attach a policy of your own with the actions that are needed")
                .snippet("policy_arn = aws_iam_policy.read_roles.arn\n")
                .example(include_str!("CKV2_AWS_56.tf"))]),
];
