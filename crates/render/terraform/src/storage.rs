//! `storage.tf`: a file system for volumes that several pods mount.

use crate::cloud::Cloud;
use crate::hcl::{File, Value, block, object, r, resource, t, x};
use crate::keys::Purpose;
use crate::network::{ingress, security_group};
use crate::policy::{allow, deny, policy};

pub(crate) fn file(cloud: &Cloud) -> File {
    let mut file = File::new();
    if !cloud.shared_files {
        return file;
    }
    file.push(
        resource("aws_efs_file_system", "this")
            .set("creation_token", r("local.name"))
            .set("encrypted", true)
            .set("kms_key_id", Purpose::Volumes.arn(cloud))
            .set("throughput_mode", "elastic")
            .set(
                "tags",
                object([("Name", r("local.name")), ("backup", r("local.name"))]),
            )
            .with(block("lifecycle_policy").set("transition_to_ia", "AFTER_30_DAYS"))
            .with(
                block("lifecycle_policy")
                    .set("transition_to_primary_storage_class", "AFTER_1_ACCESS"),
            ),
    );
    file.push(security_group("files", "files", "The file system"));
    file.push(ingress(
        "files",
        "files",
        "NFS from nodes",
        2049,
        (
            "referenced_security_group_id",
            r("local.cluster_security_group"),
        ),
    ));
    file.push(
        resource("aws_efs_mount_target", "this")
            .set("count", x("length(local.data_subnets)"))
            .set("file_system_id", r("aws_efs_file_system.this.id"))
            .set("subnet_id", r("local.data_subnets[count.index]"))
            .set("security_groups", [r("aws_security_group.files.id")]),
    );
    file.push(
        resource("aws_efs_file_system_policy", "this")
            .comment("Mounted over TLS, by those whom IAM lets, and never as its root.")
            .set("file_system_id", r("aws_efs_file_system.this.id"))
            .set(
                "policy",
                policy([
                    allow([
                        "elasticfilesystem:ClientMount",
                        "elasticfilesystem:ClientWrite",
                    ])
                    .aws(t("arn:${local.partition}:iam::${local.account}:root"))
                    .on([r("aws_efs_file_system.this.arn")]),
                    deny(["*"])
                        .anybody()
                        .on([r("aws_efs_file_system.this.arn")])
                        .when("Bool", "aws:SecureTransport", "false"),
                ]),
            ),
    );
    file.push(
        resource("aws_efs_backup_policy", "this")
            .comment("Backups are made by the plan in backup.tf.")
            .set("file_system_id", r("aws_efs_file_system.this.id"))
            .with(block("backup_policy").set("status", Value::from("DISABLED"))),
    );
    file
}
