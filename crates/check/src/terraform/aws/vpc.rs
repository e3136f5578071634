//! Networks, and the lists that guard them.

use bastide_terraform::Resource;
use bastide_value::{Map, Value};

use crate::prelude::*;

const ACLS: &[&str] = &["aws_network_acl", "aws_network_acl_rule"];

const CLOSE: &str =
    "name the networks that may connect, or deny the port in a rule with a lower number";

const NAMED: &str = "cidr_block = \"10.0.0.0/8\"\n";

const NETWORK_LISTS: &[Reference] = &[
    cis_aws("5.1"),
    security_hub("EC2.21"),
    page("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html"),
];

/// A check that a port is closed to the whole internet.
const fn closed(
    id: &'static str,
    title: &'static str,
    problem: &'static str,
    why: &'static str,
) -> Check {
    let check = check(id, title).problem(problem).severity(High);
    check.why(why).references(NETWORK_LISTS)
}

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_148", "nothing is built on the default VPC")
        .problem("the default VPC is used")
        .severity(Low)
        .why("Its subnets give out public addresses, and it is the same in every region, so nobody decided what may reach what.")
        .references(&[page("https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html")])
        .rules(&[terraform(&["aws_default_vpc"], Test::Resource(should_not_be))
            .fix("declare an `aws_vpc` of your own")
            .snippet("resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n")
            .example(include_str!("CKV_AWS_148.tf"))]),
    closed(
        "CKV_AWS_229",
        "the network list closes FTP to the whole internet",
        "the network list opens FTP to the whole internet",
        "FTP sends passwords in the clear, and its servers are tried from everywhere.",
    )
    .rules(&[terraform(ACLS, Test::Resource(is_closed::<21>))
        .fix(CLOSE)
        .snippet(NAMED)
        .example(include_str!("CKV_AWS_229.tf"))]),
    closed(
        "CKV_AWS_230",
        "the network list closes the data port of FTP to the whole internet",
        "the network list opens the data port of FTP to the whole internet",
        "FTP sends files in the clear, and its servers are tried from everywhere.",
    )
    .rules(&[terraform(ACLS, Test::Resource(is_closed::<20>))
        .fix(CLOSE)
        .snippet(NAMED)
        .example(include_str!("CKV_AWS_230.tf"))]),
    closed(
        "CKV_AWS_231",
        "the network list closes Remote Desktop to the whole internet",
        "the network list opens Remote Desktop to the whole internet",
        "Every machine that answers on port 3389 is tried with stolen and guessed credentials within minutes.",
    )
    .rules(&[terraform(ACLS, Test::Resource(is_closed::<3389>))
        .fix(CLOSE)
        .snippet(NAMED)
        .example(include_str!("CKV_AWS_231.tf"))]),
    closed(
        "CKV_AWS_232",
        "the network list closes SSH to the whole internet",
        "the network list opens SSH to the whole internet",
        "Every machine that answers on port 22 is tried with stolen and guessed credentials within minutes.",
    )
    .rules(&[terraform(ACLS, Test::Resource(is_closed::<22>))
        .fix(CLOSE)
        .snippet(NAMED)
        .example(include_str!("CKV_AWS_232.tf"))]),
    check("CKV_AWS_394", "the zones are named")
        .problem("any zone is taken, also one that AWS adds later")
        .severity(Low)
        .why("A new zone moves subnets and what runs in them at the next apply, though nobody changed anything.")
        .references(&[page("https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/availability_zones")])
        .rules(&[on(
            &["data.aws_availability_zones"],
            exists("filter", &key("name").one_of(&[Text("zone-name"), Text("zone-id")])),
        )
        .fix("add a `filter` by `zone-name` or `zone-id`")
        .snippet("filter {\n  name   = \"zone-id\"\n  values = [\"euc1-az1\", \"euc1-az2\"]\n}\n")
        .example(include_str!("CKV_AWS_394.tf"))]),
];

/// Whatever it says, a resource of this type is not wanted.
pub(super) fn should_not_be(resource: &Resource<'_>) -> Outcome {
    let text = format!("`{}` should not be there", resource.kind);
    Outcome::fail(resource.header(), text)
}

/// No rule lets everyone in at a port, unless one with a lower number keeps them out.
fn is_closed<const PORT: i64>(list: &Resource<'_>) -> Outcome {
    let span = list.header();
    let open = || Label::new(span, format!("everyone may connect to port {PORT}"));
    if let Some(node) = list.get("ingress").filter(|node| !node.value.is_falsy()) {
        let rules = node.value.as_list().unwrap_or(std::slice::from_ref(node));
        let mut bodies: Vec<(Map<'_>, Label)> = Vec::new();
        for rule in rules {
            let Some(body) = rule.value.as_map() else {
                return Outcome::NotApplicable;
            };
            let label = Label::new(rule.span, open().text);
            bodies.push((body, label));
        }
        bodies.sort_by_key(|(body, _)| number(*body, "rule_no"));
        for (body, label) in bodies {
            match decides(body, PORT) {
                Some("allow") => return Outcome::Fail(vec![label]),
                Some(_) => return Outcome::Pass,
                None => {}
            }
        }
        return Outcome::Pass;
    }
    if list.get("network_acl_id").is_none() {
        return Outcome::NotApplicable;
    }
    let leaves = list
        .get("egress")
        .is_some_and(|node| !node.value.is_falsy());
    Outcome::require(leaves || decides(list.body, PORT) != Some("allow"), open)
}

/// What a rule decides about everyone at a port, if it does: `allow` or `deny`.
fn decides<'a>(rule: Map<'a>, port: i64) -> Option<&'a str> {
    let text = |name: &str| match rule.get(name)?.value {
        Value::List([only]) => only.value.as_str(),
        value => value.as_str(),
    };
    let everyone =
        text("cidr_block") == Some("0.0.0.0/0") || text("ipv6_cidr_block") == Some("::/0");
    let all_traffic = text("protocol") == Some("-1") || number(rule, "protocol") == Some(-1);
    let ports = number(rule, "from_port").zip(number(rule, "to_port"));
    let named = ports.is_some_and(|(from, to)| (from..=to).contains(&port));
    let action = text("action").or_else(|| text("rule_action"))?;
    (everyone && (all_traffic || named)).then_some(action)
}

/// A whole number, also where it is written as a text.
fn number(body: Map<'_>, name: &str) -> Option<i64> {
    match body.get(name)?.value {
        Value::String(text) => text.parse().ok(),
        value => value.as_int(),
    }
}
