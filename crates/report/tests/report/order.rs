use bastide_judge::Posture;
use bastide_report::{Format, Options};

use crate::fixture::{Fixture, options};

/// The same findings in another order: the resources are turned round, and so are the findings.
fn turned_round(mut posture: Posture) -> Posture {
    let last = posture.resources.len() - 1;
    posture.resources.reverse();
    for finding in &mut posture.findings {
        finding.resource = last - finding.resource;
    }
    posture.findings.reverse();
    posture.diagnostics.reverse();
    posture.problems.reverse();
    posture
}

#[test]
fn the_order_of_the_input_changes_nothing() {
    let posture = Fixture::stack().posture();
    let turned = turned_round(Fixture::stack().posture());
    for format in Format::ALL {
        for group in [false, true] {
            let options = Options { group, ..options() };
            let (one, two) = (
                format.render(&posture, &options),
                format.render(&turned, &options),
            );
            assert_eq!(one, two, "{format}");
        }
    }
}
