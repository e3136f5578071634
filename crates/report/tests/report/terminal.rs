use std::time::Duration;

use bastide_check::Standard;
use bastide_report::{Format, Options};
use insta::assert_snapshot;

use crate::fixture::{Fixture, options, rendered};

fn shown(change: impl FnOnce(&mut Options)) -> String {
    let mut options = options();
    change(&mut options);
    Format::Cli.render(&Fixture::stack().posture(), &options)
}

#[test]
fn everything() {
    assert_snapshot!(shown(
        |options| options.elapsed = Some(Duration::from_millis(9))
    ));
}

#[test]
fn quiet() {
    assert_snapshot!(shown(|options| options.quiet = true));
}

#[test]
fn compact() {
    assert_snapshot!(shown(|options| options.compact = true));
}

#[test]
fn by_standard() {
    assert_snapshot!(shown(|options| {
        options.standard = Some(Standard::PodSecurityRestricted);
        options.quiet = true;
        options.compact = true;
    }));
}

#[test]
fn grouped() {
    assert_snapshot!(shown(|options| {
        options.group = true;
        options.quiet = true;
    }));
}

#[test]
fn strict() {
    assert_snapshot!(shown(|options| {
        options.strict = true;
        options.compact = true;
    }));
}

#[test]
fn colors_change_nothing_else() {
    let colored = shown(|options| options.color = true);
    assert!(colored.contains("\x1b["));
    let mut plain = String::new();
    for (index, part) in colored.split('\x1b').enumerate() {
        let after = if index == 0 {
            0
        } else {
            part.find('m').map_or(0, |at| at + 1)
        };
        plain.push_str(&part[after..]);
    }
    assert_eq!(plain, shown(|_| {}));
}

#[test]
fn nothing_wrong() {
    let fixture = Fixture::new().file(
        "main.tf",
        "resource \"aws_ecr_repository\" \"a\" {\n  image_tag_mutability = \"IMMUTABLE\"\n}\n",
    );
    assert_snapshot!(rendered(Format::Cli, &fixture.posture()));
}

#[test]
fn files_that_were_passed_over_are_named_on_request() {
    let fixture = Fixture::new()
        .file("notes.json", "{\"a\": 1}\n")
        .file("latin1.yaml", "apiVersion: v1\nkind: Pod\n");
    let mut options = options();
    options.coverage = true;
    assert_snapshot!(Format::Cli.render(&fixture.posture(), &options));
}
