//! `network.tf` and `endpoints.tf`: subnets by role, ways out, and private ways to AWS.

use crate::cloud::{Cloud, Network, Permission};
use crate::hcl::{Block, File, Value, block, call, data, list, object, r, resource, t, x};
use crate::logs::log_group;
use crate::policy::{allow, policy, trust};

/// The ids of the subnets of a role, as a list.
pub(crate) fn subnets(role: &str) -> Value {
    r(format!("local.{role}_subnets"))
}

/// The id of the network.
pub(crate) fn vpc() -> Value {
    r("local.vpc")
}

/// A security group without rules; its rules are resources of their own.
pub(crate) fn security_group(label: &str, name: &str, what: &str) -> Block {
    resource("aws_security_group", label)
        .set("name", t(format!("${{local.name}}-{name}")))
        .set("description", what)
        .set("vpc_id", vpc())
        .set(
            "tags",
            object([("Name", t(format!("${{local.name}}-{name}")))]),
        )
}

/// Lets TCP in on a port, from addresses or from a security group.
pub(crate) fn ingress(
    label: &str,
    group: &str,
    what: &str,
    port: u32,
    from: (&str, Value),
) -> Block {
    resource("aws_vpc_security_group_ingress_rule", label)
        .set(
            "security_group_id",
            r(format!("aws_security_group.{group}.id")),
        )
        .set("description", what)
        .set("ip_protocol", "tcp")
        .set("from_port", port)
        .set("to_port", port)
        .set(from.0, from.1)
}

pub(crate) fn file(cloud: &Cloud) -> File {
    match &cloud.network {
        Network::New { cidr, zones } => new(cloud, cidr, zones),
        Network::Existing {
            vpc,
            private,
            public,
            control,
            data,
        } => existing(
            vpc,
            [
                ("private", private),
                ("public", public),
                ("control", control),
                ("data", data),
            ],
        ),
    }
}

fn existing(vpc: &str, roles: [(&str, &Vec<String>); 4]) -> File {
    let mut file = File::new();
    file.push(data("aws_vpc", "this").set("id", vpc));
    let mut locals = block("locals")
        .comment("The network is somebody else's: nothing of it is changed here.")
        .set("vpc", r("data.aws_vpc.this.id"))
        .set("vpc_cidr", r("data.aws_vpc.this.cidr_block"));
    for (role, ids) in roles {
        locals = locals.set(format!("{role}_subnets"), ids.clone());
    }
    file.push(locals);
    file
}

fn new(cloud: &Cloud, cidr: &str, zones: &[String]) -> File {
    let mut file = File::new();
    file.push(layout(cidr, zones));
    file.push(
        resource("aws_vpc", "this")
            .set("cidr_block", r("local.vpc_cidr"))
            .set("enable_dns_support", true)
            .set("enable_dns_hostnames", true)
            .set("tags", object([("Name", r("local.name"))])),
    );
    file.push(
        resource("aws_default_security_group", "this")
            .comment("What nobody gave a security group reaches nothing, and nothing reaches it.")
            .set("vpc_id", r("aws_vpc.this.id"))
            .set(
                "tags",
                object([("Name", t("${local.name}-default-closed"))]),
            ),
    );
    for (role, what) in [
        ("public", "Load balancers and NAT gateways; nothing else."),
        ("private", "Nodes and pods."),
        (
            "control",
            "The interfaces of the control plane, apart from pods, so that a rule can name them.",
        ),
        ("data", "Databases, caches and file systems: no way out."),
    ] {
        file.push(subnet(role, what));
    }
    file.push(
        resource("aws_internet_gateway", "this")
            .set("vpc_id", r("aws_vpc.this.id"))
            .set("tags", object([("Name", r("local.name"))])),
    );
    file.extend(nat(cloud, zones));
    file.extend(routes(cloud, zones));
    if cloud.production() {
        file.extend(flow_logs(cloud));
    }
    file
}

/// The layout of addresses: for each zone an eighth for nodes and pods, and a 256th for each other
/// role. Public subnets begin at the second quarter, where the policies of pods look for them.
fn layout(cidr: &str, zones: &[String]) -> Block {
    let zone = |index: usize| {
        let part = |bits: u32, number: usize| {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            call(
                "cidrsubnet",
                [r("local.vpc_cidr"), bits.into(), number.into()],
            )
        };
        object([
            ("private", part(3, 4 + index)),
            ("public", part(8, 64 + index)),
            ("data", part(8, 72 + index)),
            ("control", part(8, 68 + index)),
        ])
    };
    block("locals")
        .set("vpc_cidr", cidr)
        .set("vpc", r("aws_vpc.this.id"))
        .set(
            "zones",
            object(
                zones
                    .iter()
                    .enumerate()
                    .map(|(index, name)| (name, zone(index))),
            ),
        )
        .set("public_subnets", x("[for it in aws_subnet.public : it.id]"))
        .set(
            "private_subnets",
            x("[for it in aws_subnet.private : it.id]"),
        )
        .set(
            "control_subnets",
            x("[for it in aws_subnet.control : it.id]"),
        )
        .set("data_subnets", x("[for it in aws_subnet.data : it.id]"))
}

fn subnet(role: &str, what: &str) -> Block {
    let mut tags = vec![("Name", t(format!("${{local.name}}-{role}-${{each.key}}")))];
    match role {
        "public" => tags.push(("kubernetes.io/role/elb", "1".into())),
        "private" => {
            tags.push(("kubernetes.io/role/internal-elb", "1".into()));
            tags.push(("bastide/nodes", r("local.name")));
        }
        _ => {}
    }
    resource("aws_subnet", role)
        .comment(what)
        .set("for_each", r("local.zones"))
        .set("vpc_id", r("aws_vpc.this.id"))
        .set("availability_zone", r("each.key"))
        .set("cidr_block", r(format!("each.value.{role}")))
        .set("map_public_ip_on_launch", false)
        .set("tags", object(tags))
}

/// A NAT gateway for each zone in production, one for all in a demo.
fn nat(cloud: &Cloud, zones: &[String]) -> Vec<Block> {
    let count = if cloud.production() { zones.len() } else { 1 };
    let gateway = |zone: &String| {
        let label = zone_label(zone);
        let tags = || object([("Name", t(format!("${{local.name}}-{zone}")))]);
        [
            resource("aws_eip", &label)
                .set("domain", "vpc")
                .set("tags", tags())
                .set("depends_on", list([r("aws_internet_gateway.this")])),
            resource("aws_nat_gateway", &label)
                .set("allocation_id", r(format!("aws_eip.{label}.id")))
                .set("subnet_id", r(format!("aws_subnet.public[\"{zone}\"].id")))
                .set("tags", tags()),
        ]
    };
    zones.iter().take(count).flat_map(gateway).collect()
}

/// The name of a zone, as a label.
fn zone_label(zone: &str) -> String {
    zone.replace('-', "_")
}

fn routes(cloud: &Cloud, zones: &[String]) -> Vec<Block> {
    let table = |role: &str| {
        resource("aws_route_table", role)
            .set("vpc_id", r("aws_vpc.this.id"))
            .set(
                "tags",
                object([("Name", t(format!("${{local.name}}-{role}")))]),
            )
    };
    let association = |role: &str, table: &str| {
        resource("aws_route_table_association", role)
            .set("for_each", r("local.zones"))
            .set("subnet_id", r(format!("aws_subnet.{role}[each.key].id")))
            .set("route_table_id", r(table))
    };
    let mut blocks = vec![
        table("public"),
        resource("aws_route", "public")
            .set("route_table_id", r("aws_route_table.public.id"))
            .set("destination_cidr_block", "0.0.0.0/0")
            .set("gateway_id", r("aws_internet_gateway.this.id")),
        association("public", "aws_route_table.public.id"),
        resource("aws_route_table", "private")
            .set("for_each", r("local.zones"))
            .set("vpc_id", r("aws_vpc.this.id"))
            .set(
                "tags",
                object([("Name", t("${local.name}-private-${each.key}"))]),
            ),
        association("private", "aws_route_table.private[each.key].id"),
        table("isolated").comment("No way out: for the control plane and for data."),
        association("control", "aws_route_table.isolated.id"),
        association("data", "aws_route_table.isolated.id"),
    ];
    for (index, zone) in zones.iter().enumerate() {
        let gateway = zone_label(&zones[if cloud.production() { index } else { 0 }]);
        blocks.push(
            resource("aws_route", zone_label(zone))
                .set(
                    "route_table_id",
                    r(format!("aws_route_table.private[\"{zone}\"].id")),
                )
                .set("destination_cidr_block", "0.0.0.0/0")
                .set("nat_gateway_id", r(format!("aws_nat_gateway.{gateway}.id"))),
        );
    }
    blocks
}

fn flow_logs(cloud: &Cloud) -> Vec<Block> {
    vec![
        log_group(cloud, "flow", t("/${local.name}/vpc-flow")),
        resource("aws_iam_role", "flow")
            .set("name", t("${local.name}-${local.region}-vpc-flow"))
            .set("assume_role_policy", trust("vpc-flow-logs.amazonaws.com")),
        resource("aws_iam_role_policy", "flow")
            .set("name", "logs")
            .set("role", r("aws_iam_role.flow.id"))
            .set(
                "policy",
                policy([allow([
                    "logs:CreateLogStream",
                    "logs:PutLogEvents",
                    "logs:DescribeLogStreams",
                ])
                .on([t("${aws_cloudwatch_log_group.flow.arn}:*")])]),
            ),
        resource("aws_flow_log", "this")
            .set("vpc_id", r("aws_vpc.this.id"))
            .set("traffic_type", "ALL")
            .set("log_destination", r("aws_cloudwatch_log_group.flow.arn"))
            .set("iam_role_arn", r("aws_iam_role.flow.arn"))
            .set("max_aggregation_interval", 60),
    ]
}

/// `endpoints.tf`: AWS without a way through the internet. Only for a network that is built here.
pub(crate) fn endpoints(cloud: &Cloud) -> File {
    let mut file = File::new();
    if !matches!(cloud.network, Network::New { .. }) {
        return file;
    }
    file.push(
        resource("aws_vpc_endpoint", "s3")
            .set("vpc_id", r("aws_vpc.this.id"))
            .set("service_name", t("com.amazonaws.${local.region}.s3"))
            .set("vpc_endpoint_type", "Gateway")
            .set(
                "route_table_ids",
                x("[for it in aws_route_table.private : it.id]"),
            )
            .set("tags", object([("Name", t("${local.name}-s3"))])),
    );
    if !cloud.production() {
        return file;
    }
    file.push(security_group(
        "endpoints",
        "endpoints",
        "Private ways to AWS",
    ));
    file.push(ingress(
        "endpoints",
        "endpoints",
        "HTTPS from the network",
        443,
        ("cidr_ipv4", r("local.vpc_cidr")),
    ));
    file.push(
        resource("aws_vpc_endpoint", "interface")
            .set("for_each", call("toset", [list(services(cloud))]))
            .set("vpc_id", r("aws_vpc.this.id"))
            .set(
                "service_name",
                t("com.amazonaws.${local.region}.${each.key}"),
            )
            .set("vpc_endpoint_type", "Interface")
            .set("private_dns_enabled", true)
            .set("subnet_ids", subnets("private"))
            .set("security_group_ids", [r("aws_security_group.endpoints.id")])
            .set("tags", object([("Name", t("${local.name}-${each.key}"))])),
    );
    file
}

/// Services that nodes and pods of this platform call.
pub(crate) fn services(cloud: &Cloud) -> Vec<&'static str> {
    let mut services = vec![
        "ec2",
        "ecr.api",
        "ecr.dkr",
        "eks",
        "eks-auth",
        "elasticloadbalancing",
        "kms",
        "logs",
        "sqs",
        "sts",
    ];
    if cloud.shared_files {
        services.push("elasticfilesystem");
    }
    if !cloud.kept_secrets().is_empty() || !cloud.databases.is_empty() {
        services.extend(["secretsmanager", "ssm"]);
    }
    let asks = |it: &Permission| match it {
        Permission::Actions { actions, .. } => actions.iter().any(|it| it.starts_with("bedrock:")),
        Permission::Bucket(_) => false,
    };
    if cloud.identities.iter().any(|it| it.may.iter().any(asks)) {
        services.push("bedrock-runtime");
    }
    if cloud.detects() {
        services.push("guardduty-data");
    }
    services.sort_unstable();
    services
}
