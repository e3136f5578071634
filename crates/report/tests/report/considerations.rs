use bastide_judge::Posture;
use bastide_report::considerations;
use insta::assert_snapshot;

use crate::fixture::Fixture;

const REGISTER: &str = include_str!("stack/considerations.yaml");

/// The stack, with something of each kind: accepted, open, undecided, skipped and attested.
fn stack() -> Posture {
    Fixture::stack()
        .file("models/Dockerfile", include_str!("stack/models.Dockerfile"))
        .posture_with(REGISTER)
}

#[test]
fn a_page_tells_all_that_there_is() {
    assert_snapshot!(considerations(&stack(), None));
}

#[test]
fn words_written_by_hand_stay_where_they_belong() {
    let ours = "\n<!-- keep: EX-2 -->\n\nSee the minutes of 2027-01-12.\n\n<!-- end keep -->\n";
    let page = considerations(&stack(), None);
    let edited = page.replace("\n#### EX-2", &format!("{ours}\n#### EX-2"));
    assert_ne!(page, edited);

    let anew = considerations(&stack(), Some(&edited));
    let (_, section) = anew.split_once("#### EX-2").expect("it is accepted");
    let (section, _) = section.split_once("\n### ").expect("others follow");
    assert!(section.ends_with(ours), "{section}");
    assert_eq!(considerations(&stack(), Some(&anew)), anew);
    assert_eq!(anew.replace(ours, ""), page);
}

#[test]
fn many_places_are_folded_away() {
    let pod = |number: usize| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: pod-{number}}}\n\
             spec: {{containers: [{{name: a, image: b}}]}}\n"
        )
    };
    let page = |count: usize| {
        let pods: Vec<_> = (0..count).map(pod).collect();
        let fixture = Fixture::new().file("pods.yaml", &pods.join("---\n"));
        considerations(&fixture.posture(), None)
    };
    let summary = "<details><summary>21 places in 1 file</summary>";
    assert!(page(21).contains(summary));
    assert!(!page(20).contains("<details>"));
}

#[test]
fn nothing_to_look_at() {
    assert_snapshot!(considerations(&Posture::default(), None));
}

#[test]
fn what_people_wrote_stays_text() {
    let register = REGISTER
        .replace(
            "Inference containers",
            "<script>Inference</script> containers",
        )
        .replace("penetration-test", "a | b");
    let page = considerations(&Fixture::stack().posture_with(&register), None);
    assert!(page.contains("&lt;script>Inference&lt;/script> containers"));
    assert!(page.contains("| a \\| b |"));
}
