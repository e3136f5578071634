//! Volumes and file systems.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV2_AWS_2", "volumes that are attached are encrypted")
        .problem("an attached volume is not encrypted")
        .severity(Medium)
        .why(
            "What the instance writes lies readable on the disk and in every \
snapshot of it.",
        )
        .references(&[
            page(
                "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-3",
            ),
            cwe("CWE-311"),
        ])
        .rules(&[policy(
            &["aws_ebs_volume"],
            &all(&[
                any(&[
                    unconnected(&["aws_volume_attachment"], &["aws_ebs_volume"]),
                    all(&[
                        on(&["aws_ebs_volume"], "encrypted").equals(Bool(true)),
                        connected(&["aws_volume_attachment"], &["aws_ebs_volume"]),
                    ]),
                ]),
                only(&[Text("aws_ebs_volume")]),
            ]),
        )
        .fix("set `encrypted = true`")
        .snippet("encrypted = true\n")
        .example(include_str!("CKV2_AWS_2.tf"))]),
    check("CKV2_AWS_9", "the volume is in a backup plan")
        .problem("the volume is in no backup plan")
        .severity(Medium)
        .why(
            "What is in no plan is not there any more after a mistake, a fault \
or ransomware.",
        )
        .references(&[page(
            "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
        )])
        .rules(&[policy(
            &["aws_ebs_volume"],
            &all(&[
                connected(&["aws_backup_selection"], &["aws_ebs_volume"]),
                only(&[Text("aws_ebs_volume")]),
            ]),
        )
        .fix("name it in an `aws_backup_selection`")
        .snippet("resources = [aws_ebs_volume.data.arn]\n")
        .example(include_str!("CKV2_AWS_9.tf"))]),
    check("CKV2_AWS_18", "the file system is in a backup plan")
        .problem("the file system is in no backup plan")
        .severity(Medium)
        .why(
            "What is in no plan is not there any more after a mistake, a fault \
or ransomware.",
        )
        .references(&[page(
            "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
        )])
        .rules(&[policy(
            &["aws_efs_file_system"],
            &all(&[
                connected(
                    &["aws_backup_selection"],
                    &["aws_efs_file_system", "aws_backup_plan"],
                ),
                only(&[Text("aws_efs_file_system")]),
            ]),
        )
        .fix("name it in an `aws_backup_selection`")
        .snippet("resources = [aws_efs_file_system.data.arn]\n")
        .example(include_str!("CKV2_AWS_18.tf"))]),
];
