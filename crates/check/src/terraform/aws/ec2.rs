//! Elastic Compute Cloud: instances, launch templates and the network they stand in.

use bastide_terraform::Resource;

use crate::prelude::*;

use super::encryption::at_rest;
use super::vpc::should_not_be;

pub(crate) const CHECKS: &[Check] = &[
    check(
        "CKV_AWS_79",
        "the metadata service asks for a session token",
    )
    .problem("the metadata service answers without a session token")
    .severity(High)
    .why(
        "A program that can be made to fetch an address of the attacker's \
             choice then hands out the credentials of the instance's role.",
    )
    .references(&[
        security_hub("EC2.8"),
        cis_aws("5.6"),
        cwe("CWE-918"),
        METADATA,
    ])
    .rules(&[on(
        &[
            "aws_instance",
            "aws_launch_template",
            "aws_launch_configuration",
        ],
        any_of(&[
            key("metadata_options.http_tokens").one_of(&[Text("required")]),
            key("metadata_options.http_endpoint").one_of(&[Text("disabled")]),
        ]),
    )
    .fix("add `metadata_options` with `http_tokens = \"required\"`")
    .snippet("metadata_options {\n  http_tokens = \"required\"\n}\n")
    .example(include_str!("CKV_AWS_79.tf"))]),
    check("CKV_AWS_88", "the instance has no public address")
        .problem("the instance has a public address")
        .severity(Medium)
        .why("Only a security group then stands between the internet and the instance.")
        .references(&[security_hub("EC2.9"), security_hub("EC2.25")])
        .rules(&[on(
            &["aws_instance", "aws_launch_template"],
            all_of(&[
                key("associate_public_ip_address").not_enabled(),
                presumed(&key("network_interfaces.associate_public_ip_address").not_enabled()),
            ]),
        )
        .fix(
            "remove `associate_public_ip_address = true`, and reach the instance \
             by a load balancer or Session Manager",
        )
        .snippet("associate_public_ip_address = false\n")
        .example(include_str!("CKV_AWS_88.tf"))]),
    check(
        "CKV_AWS_123",
        "connections to the endpoint service are accepted by hand",
    )
    .problem("connections to the endpoint service are accepted from whoever is allowed")
    .severity(Low)
    .why(
        "A consumer that was allowed too broadly is connected before anyone \
             has looked at it.",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html",
    )])
    .rules(&[on(
        &["aws_vpc_endpoint_service"],
        key("acceptance_required").enabled(),
    )
    .fix("set `acceptance_required = true`")
    .snippet("acceptance_required = true\n")
    .example(include_str!("CKV_AWS_123.tf"))]),
    check("CKV_AWS_126", "the instance is monitored by the minute")
        .problem("the instance is monitored every five minutes")
        .severity(Low)
        .why("Alarms then come up to five minutes late.")
        .references(&[page(
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-cloudwatch-new.html",
        )])
        .rules(&[on(&["aws_instance"], key("monitoring").enabled())
            .fix("set `monitoring = true`")
            .snippet("monitoring = true\n")
            .example(include_str!("CKV_AWS_126.tf"))]),
    check("CKV_AWS_130", "the subnet gives out no public addresses")
        .problem("the subnet gives every instance a public address")
        .severity(Medium)
        .why(
            "Whatever is started in the subnet is on the internet, whether or \
             not that was meant.",
        )
        .references(&[security_hub("EC2.15")])
        .rules(&[on(
            &["aws_subnet"],
            key("map_public_ip_on_launch").not_enabled(),
        )
        .fix("remove `map_public_ip_on_launch = true`")
        .snippet("map_public_ip_on_launch = false\n")
        .example(include_str!("CKV_AWS_130.tf"))]),
    check(
        "CKV_AWS_135",
        "the instance has a connection of its own to its volumes",
    )
    .problem("the instance shares its network with the traffic to its volumes")
    .severity(Low)
    .why("Heavy traffic to clients starves the disks, and the other way round.")
    .references(&[page(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html",
    )])
    .rules(&[on(&["aws_instance"], key("ebs_optimized").enabled())
        .fix("set `ebs_optimized = true`")
        .snippet("ebs_optimized = true\n")
        .example(include_str!("CKV_AWS_135.tf"))]),
    at_rest("CKV_AWS_204", "volumes of the image are encrypted", "a volume of the image is not encrypted")
        .references(&[page("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html")])
        .rules(&[on(
            &["aws_ami"],
            presumed(&each(
                "ebs_block_device",
                &any_of(&[key("encrypted").enabled(), key("snapshot_id").given()]),
            )),
        )
        .fix("set `encrypted = true` in `ebs_block_device`")
        .snippet("encrypted = true\n")
        .example(include_str!("CKV_AWS_204.tf"))]),
    check("CKV_AWS_205", "the image is not given to other accounts")
        .problem("the image is given to others")
        .severity(Medium)
        .why("An image keeps what was on its disk: keys, logs and code too. Who starts it, reads it.")
        .references(&[page("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html")])
        .rules(&[terraform(&["aws_ami_launch_permission"], Test::Resource(should_not_be))
            .fix("remove it, and build the image in the account that needs it")
            .snippet("resource \"aws_ami_copy\" \"server\" {\n  name              = \"server\"\n  source_ami_id     = data.aws_ami.server.id\n  source_ami_region = \"eu-central-1\"\n}\n")
            .example(include_str!("CKV_AWS_205.tf"))]),
    check(
        "CKV_AWS_331",
        "the transit gateway accepts attachments by hand",
    )
    .problem("the transit gateway accepts every attachment")
    .severity(Medium)
    .why(
        "Any account that the gateway is shared with joins its VPC to the \
             network, unseen.",
    )
    .references(&[security_hub("EC2.23")])
    .rules(&[on(
        &["aws_ec2_transit_gateway"],
        key("auto_accept_shared_attachments").none_of(&[Text("enable")]),
    )
    .fix("remove `auto_accept_shared_attachments = \"enable\"`")
    .snippet("auto_accept_shared_attachments = \"disable\"\n")
    .example(include_str!("CKV_AWS_331.tf"))]),
    check(
        "CKV_AWS_341",
        "answers of the metadata service stay on the instance",
    )
    .problem("answers of the metadata service leave the instance")
    .severity(Medium)
    .why(
        "With more than one hop, containers on the instance get at the \
             credentials of its role.",
    )
    .references(&[security_hub("AutoScaling.4"), METADATA])
    .rules(&[on(
        &["aws_launch_configuration", "aws_launch_template"],
        key("metadata_options.http_put_response_hop_limit")
            .one_of(&[Int(1)])
            .or_absent(),
    )
    .fix("set `http_put_response_hop_limit = 1`")
    .snippet("metadata_options {\n  http_put_response_hop_limit = 1\n}\n")
    .example(include_str!("CKV_AWS_341.tf"))]),
    check("CKV_AWS_352", "the network list names the ports it lets in")
        .problem("the network list lets in every port")
        .severity(Medium)
        .why(
            "Whatever listens in the subnet is in reach, held back by security \
             groups alone.",
        )
        .references(&[security_hub("EC2.21")])
        .rules(&[on(
            &["aws_network_acl_rule"],
            when(
                &key("egress").one_of(&[Bool(false)]).or_absent(),
                &presumed(&key("from_port").none_of(&[Int(0)]).and_given()),
            ),
        )
        .fix("name the ports in `from_port` and `to_port`")
        .snippet("from_port = 443\nto_port   = 443\n")
        .example(include_str!("CKV_AWS_352.tf"))]),
    check("CKV_AWS_386", "the image is looked up by its owner")
        .problem("the image is looked up by a pattern alone, whoever owns it")
        .severity(High)
        .why("Anyone can publish an image whose name fits, and the newest is taken: a stranger's image then runs with your rights.")
        .references(&[
            cwe("CWE-829"),
            page("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-ami-allowed.html"),
        ])
        .rules(&[terraform(&["data.aws_ami"], Test::Resource(is_of_known_owner))
            .fix("name who owns it in `owners`")
            .snippet("owners = [\"amazon\"]\n")
            .example(include_str!("CKV_AWS_386.tf"))]),
    check(
        "CKV_AWS_389",
        "the launch configuration gives out no public addresses",
    )
    .problem("the launch configuration gives every instance a public address")
    .severity(Medium)
    .why(
        "Only a security group then stands between the internet and the \
             instances.",
    )
    .references(&[security_hub("AutoScaling.5")])
    .rules(&[on(
        &["aws_launch_configuration"],
        key("associate_public_ip_address").not_enabled(),
    )
    .fix("remove `associate_public_ip_address = true`")
    .snippet("associate_public_ip_address = false\n")
    .example(include_str!("CKV_AWS_389.tf"))]),
];

const METADATA: Reference = page(
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
);

/// The owner is named, or no filter by name is a pattern.
fn is_of_known_owner(image: &Resource<'_>) -> Outcome {
    if image
        .get("owners")
        .is_some_and(|owners| !owners.value.is_falsy())
    {
        return Outcome::Pass;
    }
    let filters = image.get("filter").and_then(|node| node.value.as_list());
    let by_name = filters.unwrap_or_default().iter().filter(|filter| {
        let name = filter.get("name").and_then(|name| name.value.as_str());
        name == Some("name")
    });
    let values = by_name.filter_map(|filter| filter.get("values")?.value.as_list());
    let pattern = values.flatten().find(|value| {
        let text = value.value.as_str().unwrap_or_default();
        text.contains(['*', '?'])
    });
    match pattern {
        Some(value) => Outcome::fail(value.span, "images of anyone may have such a name"),
        None => Outcome::Pass,
    }
}
