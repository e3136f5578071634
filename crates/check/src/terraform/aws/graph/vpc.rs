//! Networks: VPCs, routes, addresses, firewalls.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_1", "the network ACL is attached to subnets")
            .problem("the network ACL is attached to no subnet")
            .severity(Low)
            .why("Rules that are attached to nothing guard nothing, and a reader \
takes them for a defence.")
            .references(&[page("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html")])
            .rules(&[policy(&["aws_network_acl"], &all(&[any(&[all(&[connected(&["aws_network_acl"], &["aws_vpc"]), connected(&["aws_subnet"], &["aws_vpc"]), only(&[Text("aws_vpc")])]),
   all(&[connected(&["aws_network_acl"], &["aws_subnet"]), on(&["aws_network_acl"], "subnet_ids").exists()])]), only(&[Text("aws_network_acl")])]))
                .fix("set `subnet_ids`")
                .snippet("subnet_ids = [aws_subnet.private.id]\n")
                .example(include_str!("CKV2_AWS_1.tf"))]),
check("CKV2_AWS_5", "the security group is attached to something")
            .problem("the security group is attached to nothing")
            .severity(Low)
            .why("An unused group is one that somebody attaches later without \
knowing what it opens.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-22")])
            .rules(&[policy(&["aws_security_group"], &all(&[only(&[Text("aws_security_group")]), connected(&["aws_security_group"], TAKE_SECURITY_GROUPS)]))
                .fix("attach it, or remove it")
                .snippet("vpc_security_group_ids = [aws_security_group.app.id]\n")
                .example(include_str!("CKV2_AWS_5.tf"))]),
check("CKV2_AWS_11", "traffic in the VPC is logged")
            .problem("traffic in the VPC is not logged")
            .severity(Medium)
            .why("Flow logs are what tells afterwards which machine spoke to whom.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6"), cwe("CWE-778")])
            .rules(&[policy(&["aws_vpc"], &all(&[only(&[Text("aws_vpc")]), connected(&["aws_vpc"], &["aws_flow_log"])]))
                .fix("add an `aws_flow_log` for it")
                .snippet("resource \"aws_flow_log\" \"main\" {\n  vpc_id       = aws_vpc.main.id\n  traffic_type = \"ALL\"\n}\n")
                .example(include_str!("CKV2_AWS_11.tf"))]),
check("CKV2_AWS_12", "the default security group of the VPC opens nothing")
            .problem("the default security group of the VPC may open something")
            .severity(Medium)
            .why("Whatever is started without a group of its own gets the default \
one, which lets all its members talk to each other and to the \
world.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2")])
            .rules(&[policy(&["aws_vpc"], &all(&[only(&[Text("aws_vpc")]), connected(&["aws_vpc"], &["aws_default_security_group"]), on(&["aws_default_security_group"], "ingress.to_port").is_missing(), on(&["aws_default_security_group"], "ingress.from_port").is_missing(), on(&["aws_default_security_group"], "ingress.self").is_missing(), on(&["aws_default_security_group"], "egress.to_port").is_missing(), on(&["aws_default_security_group"], "egress.from_port").is_missing(), on(&["aws_default_security_group"], "egress.cidr_blocks").is_missing(), on(&["aws_default_security_group"], "egress.protocol").is_missing(), on(&["aws_default_security_group"], "ingress.protocol").is_missing(), unconnected(&["aws_default_security_group"], &["aws_security_group_rule"]), unconnected(&["aws_default_security_group"], &["aws_vpc_security_group_egress_rule"]), unconnected(&["aws_default_security_group"], &["aws_vpc_security_group_ingress_rule"])]))
                .fix("add an `aws_default_security_group` for the VPC without `ingress` and `egress`")
                .snippet("resource \"aws_default_security_group\" \"none\" {\n  vpc_id = aws_vpc.main.id\n}\n")
                .example(include_str!("CKV2_AWS_12.tf"))]),
check("CKV2_AWS_19", "the address is attached to something")
            .problem("the address is attached to nothing")
            .severity(Low)
            .why("A public address that belongs to nothing is paid for, and a name \
that still points to it serves whoever gets it next.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-12")])
            .rules(&[policy(&["aws_eip"], &all(&[only(&[Text("aws_eip")]), any(&[on(&["aws_eip"], "vpc").equals(Bool(true)), on(&["aws_eip"], "domain").equals(Text("vpc"))]),
  any(&[connected(&["aws_eip"], &["aws_instance"]), all(&[connected(&["aws_eip_association"], &["aws_instance", "aws_eip"]), on(&["aws_eip_association"], "instance_id").exists()]),
    connected(&["aws_eip"], &["aws_nat_gateway"]), connected(&["aws_eip"], &["aws_transfer_server"]), on(&["aws_eip"], "instance").contains("module."), on(&["aws_eip"], "instance").contains("data.")])]))
                .fix("attach it, or release it")
                .snippet("instance = aws_instance.app.id\n")
                .example(include_str!("CKV2_AWS_19.tf"))]),
check("CKV2_AWS_35", "the default route goes through a NAT gateway")
            .problem("the default route goes through an instance")
            .severity(Low)
            .why("An instance that does NAT must be patched and watched, and all \
traffic stops when it does. A gateway needs none of that.")
            .references(&[page("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-comparison.html")])
            .rules(&[policy(&["aws_route", "aws_route_table"], &any(&[on(&["aws_route_table"], "route.*.instance_id").is_missing(), on(&["aws_route_table"], "route.*.instance_id").equals(Text("")), on(&["aws_route_table"], "route.*.cidr_block").lacks("0.0.0.0/0"), on(&["aws_route"], "instance_id").is_missing(), on(&["aws_route"], "instance_id").equals(Text("")), on(&["aws_route"], "destination_cidr_block").lacks("0.0.0.0/0")]))
                .fix("set `nat_gateway_id` in place of `instance_id`")
                .snippet("nat_gateway_id = aws_nat_gateway.main.id\n")
                .example(include_str!("CKV2_AWS_35.tf"))]),
check("CKV2_AWS_44", "only what belongs to the peer is routed to it")
            .problem("all traffic is routed to the peer")
            .severity(Medium)
            .why("A default route into a peering gives the peer whatever has no \
other way to go.")
            .references(&[cwe("CWE-923"), page("https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html")])
            .rules(&[policy(&["aws_route", "aws_route_table"], &any(&[on(&["aws_route_table"], "route.*.vpc_peering_connection_id").is_missing(), on(&["aws_route_table"], "route.*.vpc_peering_connection_id").equals(Text("")), all(&[on(&["aws_route_table"], "route.*.cidr_block").lacks("0.0.0.0/0"), on(&["aws_route_table"], "route.*.ipv6_cidr_block").lacks("::/0")]), on(&["aws_route"], "vpc_peering_connection_id").is_missing(), on(&["aws_route"], "vpc_peering_connection_id").equals(Text("")), all(&[on(&["aws_route"], "destination_cidr_block").lacks("0.0.0.0/0"), on(&["aws_route"], "destination_ipv6_cidr_block").lacks("::/0")])]))
                .fix("route the range of the peer alone")
                .snippet("destination_cidr_block    = \"10.1.0.0/16\"\nvpc_peering_connection_id = aws_vpc_peering_connection.partner.id\n")
                .example(include_str!("CKV2_AWS_44.tf"))]),
check("CKV2_AWS_63", "the firewall logs what it sees")
            .problem("the firewall logs nothing")
            .severity(Medium)
            .why("A firewall without logs cannot tell that somebody knocks, nor what \
it let through.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-2"), cwe("CWE-778")])
            .rules(&[policy(&["aws_networkfirewall_firewall"], &all(&[only(&[Text("aws_networkfirewall_firewall")]), connected(&["aws_networkfirewall_firewall"], &["aws_networkfirewall_logging_configuration"])]))
                .fix("add an `aws_networkfirewall_logging_configuration`")
                .snippet("resource \"aws_networkfirewall_logging_configuration\" \"main\" {\n  firewall_arn = aws_networkfirewall_firewall.main.arn\n}\n")
                .example(include_str!("CKV2_AWS_63.tf"))]),
];

/// What a security group may be attached to.
const TAKE_SECURITY_GROUPS: &[&str] = &[
    "aws_alb",
    "aws_apigatewayv2_vpc_link",
    "aws_apprunner_vpc_connector",
    "aws_appstream_fleet",
    "aws_batch_compute_environment",
    "aws_cloudwatch_event_target",
    "aws_codebuild_project",
    "aws_codestarconnections_host",
    "aws_dax_cluster",
    "aws_db_instance",
    "aws_dms_replication_config",
    "aws_dms_replication_instance",
    "aws_docdb_cluster",
    "aws_docdbelastic_cluster",
    "aws_ec2_client_vpn_endpoint",
    "aws_ec2_client_vpn_network_association",
    "aws_ec2_instance_connect_endpoint",
    "aws_ec2_spot_fleet_request",
    "aws_ecs_service",
    "aws_efs_mount_target",
    "aws_eks_cluster",
    "aws_eks_node_group",
    "aws_elasticache_cluster",
    "aws_elasticache_replication_group",
    "aws_elasticache_serverless_cache",
    "aws_elasticsearch_domain",
    "aws_elb",
    "aws_emr_cluster",
    "aws_emr_studio",
    "aws_fsx_file_cache",
    "aws_fsx_lustre_file_system",
    "aws_fsx_ontap_file_system",
    "aws_fsx_openzfs_file_system",
    "aws_fsx_windows_file_system",
    "aws_glue_dev_endpoint",
    "aws_grafana_workspace",
    "aws_imagebuilder_infrastructure_configuration",
    "aws_instance",
    "aws_lambda_function",
    "aws_launch_configuration",
    "aws_launch_template",
    "aws_lb",
    "aws_m2_environment",
    "aws_memorydb_cluster",
    "aws_mq_broker",
    "aws_msk_cluster",
    "aws_msk_vpc_connection",
    "aws_mskconnect_connector",
    "aws_mwaa_environment",
    "aws_neptune_cluster",
    "aws_network_interface",
    "aws_opensearch_domain",
    "aws_opensearch_vpc_endpoint",
    "aws_opensearchserverless_vpc_endpoint",
    "aws_quicksight_vpc_connection",
    "aws_rds_cluster",
    "aws_redshift_cluster",
    "aws_redshiftserverless_workgroup",
    "aws_route53_resolver_endpoint",
    "aws_sagemaker_notebook_instance",
    "aws_spot_instance_request",
    "aws_transfer_server",
    "aws_verifiedaccess_endpoint",
    "aws_vpc_endpoint",
    "aws_vpclattice_resource_gateway",
    "aws_vpclattice_service_network_vpc_association",
];
