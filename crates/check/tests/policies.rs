//! Policies that people bring, from YAML to verdicts. The verdicts are those of Checkov.

use bastide_check::policy::load;
use bastide_check::{Engine, Outcome};
use bastide_hcl::Arena;
use bastide_source::{FileId, Source};
use bastide_terraform::Configuration;

const BUCKETS: &str = r#"
    variable "unset" {}
    resource "aws_s3_bucket" "logged" { acl = "private" }
    resource "aws_s3_bucket" "alone" { acl = "public-read" }
    resource "aws_s3_bucket" "unknown" { acl = var.unset }
    resource "aws_s3_bucket_logging" "good" {
      bucket = aws_s3_bucket.logged.id
      target_bucket = "logs"
    }
"#;

/// `address passed` for each verdict, sorted.
fn verdicts(definition: &str) -> Vec<String> {
    let metadata = "metadata: {id: CKV2_ORG_1, name: a name, category: LOGGING}\n";
    let source = Source::new(FileId(0), "p.yaml", format!("{metadata}{definition}"));
    let check = load(&source).expect("a policy without mistakes");
    let check = Box::leak(Box::new(check));
    let sources = [Source::new(FileId(0), "main.tf", BUCKETS.to_owned())];
    let arena = Arena::new();
    let file = bastide_hcl::parse(&sources[0], &arena);
    let files = [(FileId(0), file.body)];
    let configuration = Configuration::new(&sources, files, Default::default());
    let evaluation = bastide_terraform::evaluate(&configuration, configuration.roots()[0], &arena);
    let engine = Engine::new([(&*check, &check.rules[0])]);
    let checked = engine.terraform(&sources, &evaluation);
    let verdicts = checked.verdicts.iter().map(|verdict| {
        let address = &checked.resources[verdict.resource].address;
        let outcome = match verdict.outcome {
            Outcome::Pass => "passed",
            Outcome::Fail(_) => "failed",
            Outcome::Undecided(_) => "unknown",
            Outcome::NotApplicable => "nothing",
        };
        format!("{address} {outcome}")
    });
    let mut verdicts: Vec<String> = verdicts.collect();
    verdicts.sort();
    verdicts
}

const JOINED: &str = "{cond_type: connection, operator: exists, \
     resource_types: [aws_s3_bucket], connected_resource_types: [aws_s3_bucket_logging]}";
const BUCKETS_ALONE: &str =
    "{cond_type: filter, attribute: resource_type, operator: within, value: [aws_s3_bucket]}";

#[test]
fn an_attribute_of_unknown_value_is_not_decided() {
    let private = "definition: {cond_type: attribute, resource_types: [aws_s3_bucket], \
         attribute: acl, operator: equals, value: private}";
    assert_eq!(
        verdicts(private),
        [
            "aws_s3_bucket.alone failed",
            "aws_s3_bucket.logged passed",
            "aws_s3_bucket.unknown unknown"
        ]
    );
}

#[test]
fn a_connection_judges_both_ends_and_a_filter_says_which_is_reported() {
    assert_eq!(
        verdicts(&format!("definition: {JOINED}")),
        [
            "aws_s3_bucket.alone failed",
            "aws_s3_bucket.logged passed",
            "aws_s3_bucket.unknown failed",
            "aws_s3_bucket_logging.good passed"
        ]
    );
    assert_eq!(
        verdicts(&format!("definition: {{and: [{BUCKETS_ALONE}, {JOINED}]}}")),
        [
            "aws_s3_bucket.alone failed",
            "aws_s3_bucket.logged passed",
            "aws_s3_bucket.unknown failed"
        ]
    );
}

#[test]
fn what_fails_alone_takes_what_it_is_joined_to_with_it() {
    let other_target = "{cond_type: attribute, resource_types: [aws_s3_bucket_logging], \
         attribute: target_bucket, operator: equals, value: elsewhere}";
    let policy = format!("definition: {{and: [{BUCKETS_ALONE}, {JOINED}, {other_target}]}}");
    assert!(verdicts(&policy).contains(&"aws_s3_bucket.logged failed".to_owned()));
}

#[test]
fn types_may_be_forbidden_or_the_only_ones() {
    let forbidden = "definition: {cond_type: resource, operator: not_exists, resource_types: [aws_s3_bucket_logging]}";
    assert_eq!(verdicts(forbidden), ["aws_s3_bucket_logging.good failed"]);
    let allowed =
        "definition: {cond_type: resource, operator: exists, resource_types: [aws_s3_bucket]}";
    assert_eq!(
        verdicts(allowed).last().map(String::as_str),
        Some("aws_s3_bucket_logging.good failed")
    );
}
