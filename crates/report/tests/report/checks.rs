use bastide_check::{Check, Framework};
use bastide_report::checks::{Filter, ListFormat, explain, index, list, page};
use insta::assert_snapshot;

fn check(id: &str) -> &'static Check {
    let mut checks = bastide_check::all();
    checks
        .find(|check| check.id.as_str() == id)
        .expect("there is such a check")
}

#[test]
fn explanation() {
    assert_snapshot!(explain(check("CKV_K8S_22"), false));
}

#[test]
fn documentation_page() {
    assert_snapshot!(page(check("CKV2_K8S_6")));
}

#[test]
fn every_page_is_whole() {
    for check in bastide_check::all() {
        let page = page(check);
        assert!(
            page.matches("```").count().is_multiple_of(2),
            "{}",
            check.id
        );
        let examples = page.matches("Fails:").count();
        let rules = check.rules.iter();
        let failing = rules.filter(|rule| rule.example.contains("fail")).count();
        assert_eq!(examples, failing, "{}", check.id);
    }
}

#[test]
fn lists() {
    let filter = Filter {
        framework: Some(Framework::Secrets),
        text: Some("random".to_owned()),
        ..Filter::default()
    };
    let checks = filter.checks();
    let lists = [ListFormat::Table, ListFormat::Markdown, ListFormat::Json];
    let lists = lists.map(|format| list(&checks, format, false));
    assert_snapshot!(lists.join("\n"));
}

#[test]
fn the_index_links_to_every_page() {
    let checks = Filter::default().checks();
    let index = index(&checks);
    for check in checks {
        assert!(index.contains(&format!("({}.md)", check.id)));
    }
}
