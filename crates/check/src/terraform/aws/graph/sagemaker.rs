//! SageMaker.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] =
    &[
        check("CKV2_AWS_68", "the notebook's role allows not everything")
            .problem("the notebook's role allows everything, or is not seen")
            .severity(High)
            .why(
                "Whoever gets into the notebook, and whatever package it installs, \
acts with this role.",
            )
            .references(&[
                cwe("CWE-250"),
                page("https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html"),
            ])
            .rules(&[policy(
                &["aws_sagemaker_notebook_instance"],
                &all(&[
                    only(&[Text("aws_sagemaker_notebook_instance")]),
                    connected(&["aws_sagemaker_notebook_instance"], &["aws_iam_role"]),
                    on(
                        &["aws_iam_role"],
                        "policy.Statement[?(@.Effect == Allow)].Action[*]",
                    )
                    .json_path()
                    .differs_from(Text("*")),
                ]),
            )
            .fix("give it a role that names the actions that are needed")
            .snippet("role_arn = aws_iam_role.notebook.arn\n")
            .example(include_str!("CKV2_AWS_68.tf"))]),
    ];
