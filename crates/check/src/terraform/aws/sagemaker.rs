//! SageMaker.

use crate::prelude::*;

use super::encryption::{in_transit, kms_key_arn, kms_key_id, own_key};

const NOTEBOOK: &[&str] = &["aws_sagemaker_notebook_instance"];
const DATA_QUALITY: &[&str] = &["aws_sagemaker_data_quality_job_definition"];

pub(crate) const CHECKS: &[Check] = &[
    own_key("CKV_AWS_22", "the notebook uses a customer-managed key", "the notebook uses no customer-managed key")
        .rules(&[kms_key_id(NOTEBOOK).example(include_str!("CKV_AWS_22.tf"))]),
    own_key("CKV_AWS_98", "the endpoint uses a customer-managed key", "the endpoint uses no customer-managed key")
        .rules(&[kms_key_arn(&["aws_sagemaker_endpoint_configuration"]).example(include_str!("CKV_AWS_98.tf"))]),
    check("CKV_AWS_122", "the notebook reaches the internet only through your network")
        .problem("the notebook reaches the internet past your network")
        .severity(Medium)
        .why("What a notebook fetches and sends is neither filtered nor recorded, \
             and it holds the data of every experiment.")
        .references(&[security_hub("SageMaker.1"), page("https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html")])
        .rules(&[on(NOTEBOOK, key("direct_internet_access").one_of(&[Text("Disabled")]).or_absent())
            .fix("set `direct_internet_access = \"Disabled\"`")
            .snippet("direct_internet_access = \"Disabled\"\n")
            .example(include_str!("CKV_AWS_122.tf"))]),
    own_key("CKV_AWS_187", "the domain or notebook uses a customer-managed key", "the domain or notebook uses no customer-managed key")
        .rules(&[kms_key_id(&["aws_sagemaker_domain", "aws_sagemaker_notebook_instance"]).example(include_str!("CKV_AWS_187.tf"))]),
    check("CKV_AWS_306", "the notebook stands in a subnet of yours")
        .problem("the notebook stands outside of your network")
        .severity(Medium)
        .why("Networks, routes and groups that protect everything else do not \
             hold for it.")
        .references(&[security_hub("SageMaker.2")])
        .rules(&[on(NOTEBOOK, key("subnet_id").given())
            .fix("set `subnet_id` to a private subnet")
            .snippet("subnet_id = aws_subnet.private.id\n")
            .example(include_str!("CKV_AWS_306.tf"))]),
    check("CKV_AWS_307", "users of the notebook are not root")
        .problem("users of the notebook are root")
        .severity(Medium)
        .why("Every library that a notebook loads can then change the system under it.")
        .references(&[security_hub("SageMaker.3")])
        .rules(&[on(NOTEBOOK, key("root_access").one_of(&[Text("Disabled")]))
            .fix("set `root_access = \"Disabled\"`")
            .snippet("root_access = \"Disabled\"\n")
            .example(include_str!("CKV_AWS_307.tf"))]),
    own_key("CKV_AWS_367", "results of the data quality job use a customer-managed key", "results of the data quality job use no customer-managed key")
        .rules(&[on(DATA_QUALITY, key("data_quality_job_output_config.kms_key_id").given())
            .fix("set `kms_key_id` in `data_quality_job_output_config`")
            .snippet("data_quality_job_output_config {\n  kms_key_id = \
             aws_kms_key.data.arn\n}\n")
            .example(include_str!("CKV_AWS_367.tf"))]),
    own_key("CKV_AWS_368", "volumes of the data quality job use a customer-managed key", "volumes of the data quality job use no customer-managed key")
        .rules(&[on(DATA_QUALITY, key("job_resources.cluster_config.volume_kms_key_id").given())
            .fix("set `volume_kms_key_id` in `cluster_config`")
            .snippet("job_resources {\n  cluster_config {\n    volume_kms_key_id = \
             aws_kms_key.data.arn\n  }\n}\n")
            .example(include_str!("CKV_AWS_368.tf"))]),
    in_transit("CKV_AWS_369", "instances of the data quality job talk encrypted", "instances of the data quality job talk in the clear")
        .severity(Medium)
        .rules(&[on(DATA_QUALITY, key("network_config.enable_inter_container_traffic_encryption").enabled())
            .fix("set `enable_inter_container_traffic_encryption = true` in \
             `network_config`")
            .snippet("network_config {\n  enable_inter_container_traffic_encryption = \
             true\n}\n")
            .example(include_str!("CKV_AWS_369.tf"))]),
    check("CKV_AWS_370", "the model has no network")
        .problem("the model has a network")
        .severity(Medium)
        .why("Code in the container of the model can send what it is asked, and \
             what it answers, anywhere.")
        .references(&[security_hub("SageMaker.5"), page("https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html")])
        .rules(&[on(&["aws_sagemaker_model"], key("enable_network_isolation").enabled())
            .fix("set `enable_network_isolation = true`")
            .snippet("enable_network_isolation = true\n")
            .example(include_str!("CKV_AWS_370.tf"))]),
    check("CKV_AWS_371", "the notebook's metadata service asks for a session token")
        .problem("the notebook's metadata service answers without a session token")
        .severity(Medium)
        .why("A program that can be made to fetch an address of the attacker's \
             choice then hands out the credentials of the notebook's role.")
        .references(&[cwe("CWE-918"), page("https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-imds.html")])
        .rules(&[on(NOTEBOOK, key("instance_metadata_service_configuration.minimum_instance_metadata_service_version").one_of(&[Text("2")]))
            .fix("set `minimum_instance_metadata_service_version = \"2\"`")
            .snippet("instance_metadata_service_configuration {\n  \
             minimum_instance_metadata_service_version = \"2\"\n}\n")
            .example(include_str!("CKV_AWS_371.tf"))]),
    own_key("CKV_AWS_372", "results of the human review use a customer-managed key", "results of the human review use no customer-managed key")
        .rules(&[on(&["aws_sagemaker_flow_definition"], key("output_config.kms_key_id").given())
            .fix("set `kms_key_id` in `output_config`")
            .snippet("output_config {\n  kms_key_id = aws_kms_key.data.arn\n}\n")
            .example(include_str!("CKV_AWS_372.tf"))]),
];
