use bastide_report::{Format, Options};
use insta::assert_snapshot;

use crate::fixture::{Fixture, options, rendered};

const SECRET: &str = "Qw9eR4tY7uI2oP5a";

fn every_format(fixture: &Fixture) -> impl Iterator<Item = (Format, String)> {
    let posture = fixture.posture();
    let formats = Format::ALL.iter().flat_map(move |format| {
        let variants = [
            options(),
            Options {
                compact: true,
                ..options()
            },
            Options {
                group: true,
                coverage: true,
                ..options()
            },
        ];
        let render = |options| (*format, format.render(&posture, &options));
        variants.map(render)
    });
    formats.collect::<Vec<_>>().into_iter()
}

#[test]
fn no_format_shows_a_secret() {
    // It is repeated in a comment, in a resource that another check fails, and in a value that a
    // label quotes.
    let fixture = Fixture::stack().file(
        "main.tf",
        &format!(
            "resource \"aws_ecr_repository\" \"a\" {{\n  # {SECRET}\n  image_tag_mutability = \
             \"{SECRET}\"\n  password = \"{SECRET}\"\n}}\n"
        ),
    );
    for (format, text) in every_format(&fixture) {
        assert!(!text.contains(SECRET), "{format}: {text}");
    }
    let text = rendered(Format::Cli, &fixture.posture());
    assert!(
        text.contains("image_tag_mutability = \"Qw9e**********\""),
        "{text}"
    );
}

#[test]
fn nothing_in_a_file_controls_a_terminal() {
    let terraform = "resource \"aws_ecr_repository\" \"a\" {\n\t# \u{9b}2J \u{202e}\n\
                     \timage_tag_mutability = \"\u{1b}]0;owned\u{7}\"\n}\n";
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n\
               spec: {containers: [{name: \"x\u{9b}2J\", image: z}]}\n";
    let fixture = Fixture::new()
        .file("main.tf", terraform)
        .file("a\u{1b}[31m.yaml", pod)
        .file("b\u{202e}.yaml", &pod.replace('\u{9b}', "\\e["));
    for (format, text) in every_format(&fixture) {
        let controls = |char: &char| match char {
            '\n' | '\r' | '\t' => false,
            '\u{202e}' => true,
            char => char.is_control(),
        };
        let found: Vec<_> = text.chars().filter(controls).collect();
        assert_eq!(found, [], "{format}");
    }
    let options = Options {
        group: true,
        ..options()
    };
    assert_snapshot!(Format::Cli.render(&fixture.posture(), &options));
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let filler = "x = 1, ".repeat(20_000);
    let text = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\n\
         spec: {{filler: \"{filler}\", containers: [{{name: web, image: z}}], more: \"{filler}\"}}\n"
    );
    let fixture = Fixture::new().file("pod.yaml", &text);
    let text = rendered(Format::Cli, &fixture.posture());
    let longest = text.lines().map(|line| line.chars().count()).max();
    assert!(longest < Some(200), "{longest:?}");
    let (_, after) = text.split_once("error[CKV_K8S_11]").expect("it fails");
    let lines: Vec<_> = after.lines().skip(1).take(4).collect();
    assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_column_counts_what_is_written_not_what_is_shown() {
    let text = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\n\
         spec: {{password: {SECRET}, containers: [{{name: web, image: z}}]}}\n"
    );
    let column = text.lines().nth(3).and_then(|line| line.find("name: web"));
    let column = column.expect("it is there") + 1;
    let fixture = Fixture::new().file("pod.yaml", &text);
    let text = rendered(Format::Cli, &fixture.posture());
    assert!(
        text.contains(&format!("--> pod.yaml:4:{column}\n")),
        "{text}"
    );
    let compact = Options {
        compact: true,
        ..options()
    };
    let text = Format::Cli.render(&fixture.posture(), &compact);
    assert!(text.contains(&format!("pod.yaml:4:{column} ")), "{text}");
}
