//! Security groups.

use bastide_terraform::Resource;
use bastide_value::{Map, Node, Value};

use crate::condition::undecided;
use crate::prelude::*;

const INGRESS: &[&str] = &[
    "aws_security_group",
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
];

const EGRESS: &[&str] = &[
    "aws_security_group",
    "aws_security_group_rule",
    "aws_vpc_security_group_egress_rule",
];

const EVERYONE: &[&str] = &[
    "0.0.0.0/0",
    "::/0",
    "0000:0000:0000:0000:0000:0000:0000:0000/0",
];

pub(crate) const CHECKS: &[Check] = &[
    check(
        "CKV_AWS_23",
        "the group and its rules say what they are for",
    )
    .problem("the group or one of its rules does not say what it is for")
    .severity(Low)
    .why("Nobody dares to remove a rule whose purpose is forgotten, so holes stay.")
    .references(&[page(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    )])
    .rules(&[on(
        &[
            "aws_security_group",
            "aws_security_group_rule",
            "aws_db_security_group",
            "aws_elasticache_security_group",
            "aws_redshift_security_group",
            "aws_vpc_security_group_egress_rule",
            "aws_vpc_security_group_ingress_rule",
        ],
        all_of(&[
            key("description").given(),
            each("ingress", &key("description").given()),
            each("egress", &key("description").given()),
        ]),
    )
    .fix("add a `description` to the group and to each rule")
    .snippet("description = \"HTTPS from the load balancer\"\n")
    .example(include_str!("CKV_AWS_23.tf"))]),
    check("CKV_AWS_24", "SSH is closed to the whole internet")
        .problem("SSH is open to the whole internet")
        .severity(High)
        .why(
            "Every machine that answers on port 22 is tried with stolen and \
             guessed credentials within minutes.",
        )
        .references(&[cis_aws("5.2"), security_hub("EC2.13")])
        .rules(&[terraform(INGRESS, Test::Resource(in_from_everyone::<22>))
            .fix(
                "name the networks that may connect, or use Session Manager and \
             close the port",
            )
            .snippet("cidr_blocks = [\"10.0.0.0/8\"]\n")
            .example(include_str!("CKV_AWS_24.tf"))]),
    check(
        "CKV_AWS_25",
        "Remote Desktop is closed to the whole internet",
    )
    .problem("Remote Desktop is open to the whole internet")
    .severity(High)
    .why(
        "Every machine that answers on port 3389 is tried with stolen and \
             guessed credentials within minutes.",
    )
    .references(&[cis_aws("5.2"), security_hub("EC2.14")])
    .rules(
        &[terraform(INGRESS, Test::Resource(in_from_everyone::<3389>))
            .fix(
                "name the networks that may connect, or use Session Manager and \
             close the port",
            )
            .snippet("cidr_blocks = [\"10.0.0.0/8\"]\n")
            .example(include_str!("CKV_AWS_25.tf"))],
    ),
    check("CKV_AWS_260", "HTTP is closed to the whole internet")
        .problem("HTTP is open to the whole internet")
        .severity(Medium)
        .why(
            "What is sent over port 80 is not encrypted, and what listens there \
             is attacked from everywhere.",
        )
        .references(&[security_hub("EC2.18")])
        .rules(&[terraform(INGRESS, Test::Resource(in_from_everyone::<80>))
            .fix(
                "let a load balancer take requests, by HTTPS, and name its group in \
             the rule",
            )
            .snippet("security_groups = [aws_security_group.load_balancer.id]\n")
            .example(include_str!("CKV_AWS_260.tf"))]),
    check(
        "CKV_AWS_277",
        "not every port is open to the whole internet",
    )
    .problem("every port is open to the whole internet")
    .severity(High)
    .why(
        "Whatever listens, databases and consoles included, is attacked from \
             everywhere.",
    )
    .references(&[security_hub("EC2.19")])
    .rules(&[
        terraform(INGRESS, Test::Resource(in_from_everyone::<ALL_PORTS>))
            .fix("name the ports that are needed, and the networks that may connect")
            .snippet("from_port = 443\nto_port   = 443\nprotocol  = \"tcp\"\n")
            .example(include_str!("CKV_AWS_277.tf")),
    ]),
    check(
        "CKV_AWS_382",
        "not everything may leave for the whole internet",
    )
    .problem("everything may leave for the whole internet")
    .severity(Medium)
    .why(
        "What gets in, malicious code in a library for example, sends data \
             anywhere and fetches what it likes.",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    )])
    .rules(&[terraform(EGRESS, Test::Resource(out_to_everyone))
        .fix("name the ports and networks that are needed in `egress`")
        .snippet(
            "egress {\n  description = \"HTTPS to the endpoints\"\n  from_port   \
             = 443\n  to_port     = 443\n  protocol    = \"tcp\"\n  cidr_blocks = \
             [\"10.0.0.0/8\"]\n}\n",
        )
        .example(include_str!("CKV_AWS_382.tf"))]),
];

/// What stands for all ports.
const ALL_PORTS: i64 = -1;

/// No rule lets everyone in at a port.
fn in_from_everyone<const PORT: i64>(group: &Resource<'_>) -> Outcome {
    no_rule_for_everyone(group, "ingress", PORT)
}

/// No rule lets everything out.
fn out_to_everyone(group: &Resource<'_>) -> Outcome {
    no_rule_for_everyone(group, "egress", ALL_PORTS)
}

fn no_rule_for_everyone(group: &Resource<'_>, direction: &str, port: i64) -> Outcome {
    if let Some(node) = group.get(direction) {
        let several = node.value.as_list().unwrap_or(std::slice::from_ref(node));
        for rule in several {
            let outcome = match rule.value {
                Value::Map(body) if is_own_group(body) => return Outcome::Pass,
                Value::Map(body) => rule_is_narrow(body, rule, port),
                Value::Unknown(_) => undecided(rule, true),
                _ => Outcome::Pass,
            };
            if outcome != Outcome::Pass {
                return outcome;
            }
        }
        return Outcome::Pass;
    }
    let header = Node::new(Value::Null, group.header());
    match group.get("type").map(|node| node.value) {
        Some(Value::String(kind)) if kind == direction && is_own_group(group.body) => Outcome::Pass,
        Some(Value::String(kind)) if kind == direction => rule_is_narrow(group.body, &header, port),
        Some(_) => Outcome::NotApplicable,
        None if group.get("from_port").is_some() || group.get("to_port").is_some() => {
            rule_is_narrow(group.body, &header, port)
        }
        None => Outcome::Pass,
    }
}

/// Whether a rule is about the group itself, whoever else it names.
fn is_own_group(rule: Map<'_>) -> bool {
    let own = rule.get("self").map(|node| node.value);
    matches!(own, Some(Value::Bool(true) | Value::String("true")))
}

/// A port, also where it is written as a text.
fn port_number(value: Value<'_>) -> Option<i64> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_int(),
    }
}

/// Whether a rule names those who may connect, if it is about this port.
fn rule_is_narrow(rule: Map<'_>, whole: &Node<'_>, port: i64) -> Outcome {
    for name in ["from_port", "to_port"] {
        if let Some(node) = rule.get(name)
            && node.value.as_unknown().is_some()
        {
            return undecided(node, true);
        }
    }
    let number = |name: &str| rule.get(name).and_then(|node| port_number(node.value));
    let (Some(from), Some(to)) = (number("from_port"), number("to_port")) else {
        return Outcome::Pass;
    };
    let to = if (from, to) == (0, 0) { 65535 } else { to };
    let protocol = rule.get("protocol").map(|node| node.value);
    let all_traffic = protocol == Some(Value::String("-1")) && (from, to) == (0, 65535);
    let is_given = |name: &str| rule.get(name).is_some_and(|node| !node.value.is_falsy());
    if is_given("prefix_list_ids") || !((from..=to).contains(&port) || all_traffic) {
        return Outcome::Pass;
    }
    let mut anyone_named = false;
    for name in ["cidr_blocks", "cidr_ipv4", "ipv6_cidr_blocks", "cidr_ipv6"] {
        let Some(node) = rule.get(name) else {
            continue;
        };
        // As in Checkov, an empty list of IPv4 networks names nobody; anything else that is
        // written names someone.
        let is_empty = matches!(node.value, Value::List([])) && name.starts_with("cidr");
        anyone_named |= !is_empty;
        let blocks = node.value.as_list().unwrap_or(std::slice::from_ref(node));
        for block in blocks {
            match block.value {
                Value::Unknown(_) => return undecided(block, true),
                Value::String(range) if EVERYONE.contains(&range) => {
                    return Outcome::fail(
                        block.span,
                        format!("`{range}` is every address there is"),
                    );
                }
                _ => {}
            }
        }
    }
    let groups = [
        "security_groups",
        "source_security_group_id",
        "referenced_security_group_id",
    ];
    let named = anyone_named || groups.into_iter().any(|name| rule.get(name).is_some());
    Outcome::require(named, || {
        Label::new(whole.span, "this rule does not say with whom")
    })
}
