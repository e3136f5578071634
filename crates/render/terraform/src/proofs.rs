//! The production checklist's lines on infrastructure, each with the resources that prove it.

use crate::Files;

/// A line of the checklist.
#[derive(Clone, Copy, Debug)]
pub struct Proof {
    /// A stable name to cite it by.
    pub line: &'static str,
    /// What holds.
    pub statement: &'static str,
    /// Resources, by type and label, all of which there must be. A label of `*` stands for any.
    pub resources: &'static [&'static str],
}

/// The nine lines on infrastructure, then those on watching.
pub const PROOFS: &[Proof] = &[
    Proof {
        line: "network",
        statement: "Nodes are private, roles have subnets of their own, and connections are written down",
        resources: &[
            "aws_subnet.private",
            "aws_subnet.control",
            "aws_nat_gateway.*",
            "aws_vpc_endpoint.interface",
            "aws_flow_log.this",
            "aws_default_security_group.this",
        ],
    },
    Proof {
        line: "cluster",
        statement: "The API is private, tells all it can, and encrypts what it keeps",
        resources: &[
            "aws_eks_cluster.this",
            "aws_kms_key.cluster",
            "aws_cloudwatch_log_group.cluster",
            "terraform_data.mode",
        ],
    },
    Proof {
        line: "access",
        statement: "People and pods have identities of their own, with what they need and no more",
        resources: &[
            "aws_eks_access_entry.administrator",
            "aws_eks_pod_identity_association.*",
            "aws_iam_role_policy.*",
        ],
    },
    Proof {
        line: "storage",
        statement: "Volumes, files and buckets are encrypted with our keys, and reached over TLS",
        resources: &[
            "aws_kms_key.volumes",
            "aws_efs_file_system.this",
            "aws_efs_file_system_policy.this",
            "aws_s3_bucket_policy.*",
            "aws_s3_bucket_public_access_block.*",
        ],
    },
    Proof {
        line: "databases",
        statement: "Databases stand in several zones, speak TLS, and nobody knows their passwords",
        resources: &[
            "aws_db_instance.*",
            "aws_db_parameter_group.postgres",
            "aws_ssm_parameter.*",
        ],
    },
    Proof {
        line: "secrets",
        statement: "Secrets are generated, change by themselves, and are in no state",
        resources: &[
            "aws_secretsmanager_secret_rotation.*",
            "aws_secretsmanager_random_password.*",
            "aws_lambda_function.rotate",
            "aws_kms_key.secrets",
        ],
    },
    Proof {
        line: "registry",
        statement: "Images cannot be overwritten, are scanned all the time, and can be signed",
        resources: &[
            "aws_ecr_repository.*",
            "aws_ecr_registry_scanning_configuration.this",
            "aws_signer_signing_profile.images",
        ],
    },
    Proof {
        line: "edge",
        statement: "The one way in is over TLS, filtered, limited and behind a login",
        resources: &[
            "aws_lb_listener.https",
            "aws_lb_listener.http",
            "aws_acm_certificate.edge",
            "aws_wafv2_web_acl_association.edge",
            "aws_cognito_user_pool.this",
            "aws_route53_query_log.this",
        ],
    },
    Proof {
        line: "backup",
        statement: "What is kept is backed up daily, in two regions, and backups cannot be removed",
        resources: &[
            "aws_backup_plan.this",
            "aws_backup_selection.this",
            "aws_backup_vault_lock_configuration.this",
            "aws_backup_vault_lock_configuration.recovery",
        ],
    },
    Proof {
        line: "audit",
        statement: "Who did what is written down where nobody can change it",
        resources: &[
            "aws_cloudtrail.this",
            "aws_s3_bucket_object_lock_configuration.audit",
            "aws_config_configuration_recorder_status.this",
        ],
    },
    Proof {
        line: "detection",
        statement: "Intruders, weaknesses and drift are looked for",
        resources: &[
            "aws_guardduty_detector_feature.runtime_monitoring",
            "aws_guardduty_detector_feature.eks_audit_logs",
            "aws_securityhub_standards_subscription.cis",
            "aws_inspector2_enabler.this",
            "aws_accessanalyzer_analyzer.this",
        ],
    },
    Proof {
        line: "alarms",
        statement: "Somebody hears of it, and of what it costs",
        resources: &[
            "aws_sns_topic.alarms",
            "aws_cloudwatch_metric_alarm.*",
            "aws_cloudwatch_event_target.guardduty",
            "aws_budgets_budget.this",
        ],
    },
    Proof {
        line: "logs",
        statement: "What containers write is kept for a year, encrypted",
        resources: &[
            "aws_cloudwatch_log_group.containers_application",
            "aws_eks_addon.amazon_cloudwatch_observability",
            "aws_kms_key.logs",
        ],
    },
];

impl Proof {
    /// Those of its resources that are not in the files.
    pub fn missing(&self, files: &Files) -> Vec<&'static str> {
        let there = |wanted: &str| {
            let (kind, label) = wanted.split_once('.').unwrap_or((wanted, "*"));
            let start = match label {
                "*" => format!("\"{kind}\" \""),
                _ => format!("\"{kind}\" \"{label}\" {{"),
            };
            let heads = ["resource", "ephemeral"].map(|it| format!("{it} {start}"));
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let terraform = files
                .iter()
                .filter(|(path, _)| path.starts_with("terraform/"));
            terraform.map(|(_, bytes)| text(bytes)).any(|text| {
                text.lines()
                    .any(|line| heads.iter().any(|head| line.starts_with(head.as_str())))
            })
        };
        self.resources
            .iter()
            .copied()
            .filter(|it| !there(it))
            .collect()
    }
}
