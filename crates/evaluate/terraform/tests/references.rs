//! Which resources are found to name which.

use bastide_hcl::Arena;
use bastide_source::{FileId, Source};
use bastide_terraform::{Configuration, Inputs, References, evaluate};

/// `a -> b` for each pair of resources of two files, the second in the folder `m`.
fn joined(root: &str, module: &str) -> String {
    let sources = [
        Source::new(FileId(0), "main.tf", root.to_owned()),
        Source::new(FileId(1), "m/main.tf", module.to_owned()),
    ];
    let arena = Arena::new();
    let bodies = sources.iter().map(|source| {
        let file = bastide_hcl::parse(source, &arena);
        assert_eq!(file.diagnostics, []);
        (source.id, file.body)
    });
    let bodies: Vec<_> = bodies.collect();
    let configuration = Configuration::new(&sources, bodies, Inputs::default());
    let evaluation = evaluate(&configuration, configuration.roots()[0], &arena);
    let references = References::new(&evaluation);
    let resources = evaluation.with_absent();
    let mut pairs = Vec::new();
    for (from, resource) in resources.iter().enumerate() {
        for reference in references.of(from).iter().filter(|it| from < it.to) {
            let arrow = if reference.through_output { "=>" } else { "--" };
            let to = &resources[reference.to].address;
            pairs.push(format!("{} {arrow} {to}", resource.address));
        }
    }
    pairs.join("\n")
}

#[test]
fn blocks_name_resources() {
    let root = r#"
        resource "aws_vpc" "main" {}
        resource "aws_subnet" "a" { vpc_id = aws_vpc.main.id }
        resource "aws_flow_log" "b" { depends_on = [aws_vpc.main] }
        resource "aws_route" "none" { vpc_id = aws_vpc.other.id }
    "#;
    assert_eq!(
        joined(root, ""),
        "aws_vpc.main -- aws_subnet.a\naws_vpc.main -- aws_flow_log.b"
    );
}

#[test]
fn instances_name_those_of_their_key() {
    let root = r#"
        resource "aws_eip" "one" { for_each = toset(["x", "y"]) }
        resource "aws_nat_gateway" "two" {
          for_each = toset(["x", "y"])
          allocation_id = aws_eip.one[each.key].id
        }
        resource "aws_instance" "none" { count = 0 }
        resource "aws_lb" "three" { instance = aws_instance.none[0].id }
    "#;
    assert_eq!(
        joined(root, ""),
        "aws_eip.one[\"x\"] -- aws_nat_gateway.two[\"x\"]\n\
         aws_eip.one[\"y\"] -- aws_nat_gateway.two[\"y\"]\n\
         aws_lb.three -- aws_instance.none"
    );
}

#[test]
fn references_go_through_locals_variables_and_outputs() {
    let root = r#"
        locals { vpc = aws_vpc.main.id }
        resource "aws_vpc" "main" {}
        resource "aws_subnet" "by_local" { vpc_id = local.vpc }
        module "m" {
          source = "./m"
          vpc    = local.vpc
        }
        resource "aws_lb" "by_output" { security_groups = [module.m.group] }
    "#;
    let module = r#"
        variable "vpc" {}
        resource "aws_security_group" "inner" { vpc_id = var.vpc }
        output "group" { value = aws_security_group.inner.id }
    "#;
    assert_eq!(
        joined(root, module),
        "aws_vpc.main -- aws_subnet.by_local\n\
         aws_vpc.main -- module.m.aws_security_group.inner\n\
         aws_lb.by_output => module.m.aws_security_group.inner"
    );
}
