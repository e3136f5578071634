//! A platform, from its description to manifests in which a scan finds nothing.

use crate::sandbox::Sandbox;

const DESCRIPTION: &str =
    "name: demo\ntarget: kubernetes\ndomain: example.com\ncomponents: [qdrant]\n";

const COMPONENT: &str = "component: notes\ntitle: Notes\ncategory: gui-app\nabout: Keeps notes.\nstores: {database: postgres}\nworkloads:\n  \
                         notes:\n    image: registry.example.com/notes:1.4.2\n    ports: {http: 8080}\n    health: {port: http, live: /healthz}\n    \
                         env: {DATABASE_PASSWORD_FILE: \"${file.database.password}\"}\n    resources: {cpu: 250m, memory: 256Mi}\n";

#[test]
fn without_a_description_the_example_is_planned() {
    let sandbox = Sandbox::new(&[]);
    let run = sandbox.bastide("plan");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("litellm/litellm"), "{}", run.out);
    assert!(run.out.contains(" 0 failed"), "{}", run.out);
    let again = sandbox.bastide("plan");
    assert_eq!(run.out, again.out);
}

#[test]
fn everything_there_is_has_no_finding() {
    for target in ["target: eks\nregion: us-west-2", "target: kubernetes"] {
        for profile in ["production", "demo"] {
            let description = format!(
                "name: whole\nprofile: {profile}\n{target}\ndomain: example.com\nregistry: registry.example.com/genai\ncomponents: all\n"
            );
            let sandbox = Sandbox::new(&[("bastide.yaml", &description)]);
            let run = sandbox.bastide("render");
            assert_eq!(run.code, 0, "{}", run.err);
            let run = sandbox.bastide("scan rendered");
            assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        }
    }
}

#[test]
fn a_rendering_replaces_the_one_before_and_nothing_else() {
    let sandbox = Sandbox::new(&[("bastide.yaml", DESCRIPTION)]);
    assert_eq!(sandbox.bastide("render").code, 0);
    sandbox.write("rendered/notes.txt", b"mine");
    let other = DESCRIPTION.replace("qdrant", "prometheus");
    sandbox.write("bastide.yaml", other.as_bytes());
    assert_eq!(sandbox.bastide("render").code, 0);
    assert!(
        sandbox
            .path()
            .join("rendered/monitoring/statefulset-prometheus.yaml")
            .exists()
    );
    assert!(!sandbox.path().join("rendered/qdrant").exists());
    assert!(sandbox.path().join("rendered/notes.txt").exists());
    sandbox.write("full/notes.txt", b"mine");
    let run = sandbox.bastide("render -o full");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("is not empty"), "{}", run.err);
}

#[test]
fn a_component_of_a_project_is_hardened_like_any_other() {
    let description = DESCRIPTION.replace("qdrant", "notes");
    let sandbox = Sandbox::new(&[
        ("bastide.yaml", &description),
        ("components/notes.yaml", COMPONENT),
    ]);
    assert_eq!(sandbox.bastide("render").code, 0);
    let deployment = sandbox.read("rendered/notes/deployment-notes.yaml");
    assert!(
        deployment.contains("readOnlyRootFilesystem: true"),
        "{deployment}"
    );
    assert!(
        deployment.contains("/run/secrets/bastide/database-password"),
        "{deployment}"
    );
    assert_eq!(sandbox.bastide("scan rendered").code, 0);
    let wrong = COMPONENT.replace("image:", "imag:");
    sandbox.write("components/notes.yaml", wrong.as_bytes());
    let run = sandbox.bastide("render");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("components/notes.yaml:8:5"), "{}", run.err);
    assert!(run.err.contains("did you mean `image`?"), "{}", run.err);
}

#[test]
fn a_mistake_in_the_description_names_its_line() {
    let description = DESCRIPTION.replace("qdrant", "quadrant");
    let sandbox = Sandbox::new(&[("bastide.yaml", &description)]);
    let run = sandbox.bastide("plan");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("bastide.yaml:4:14"), "{}", run.err);
    assert!(run.err.contains("did you mean `qdrant`?"), "{}", run.err);
}

#[test]
fn pictures_and_lists() {
    let sandbox = Sandbox::new(&[("bastide.yaml", DESCRIPTION)]);
    assert!(sandbox.bastide("graph").out.starts_with("<svg"));
    assert!(
        sandbox
            .bastide("graph --format dot")
            .out
            .starts_with("digraph")
    );
    assert!(
        sandbox
            .bastide("graph --format mermaid")
            .out
            .starts_with("flowchart")
    );
    assert!(sandbox.bastide("components").out.contains("qdrant"));
    assert!(sandbox.bastide("models").out.contains("Apache-2.0"));
    assert!(
        sandbox
            .bastide("schema component")
            .out
            .contains("\"exempt\"")
    );
    assert!(sandbox.bastide("diff-profiles").code == 0);
}

#[test]
fn a_first_description_is_one_that_can_be_planned() {
    let sandbox = Sandbox::new(&[]);
    let run = sandbox.bastide(
        "init --yes --name demo --target kubernetes --profile demo --components qdrant,openwebui",
    );
    assert_eq!(run.code, 0, "{}", run.err);
    let text = sandbox.read("bastide.yaml");
    assert!(text.contains("profile: demo"), "{text}");
    let run = sandbox.bastide("plan");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    // It is not overwritten, and what could not be planned is not written.
    assert_eq!(sandbox.bastide("init --yes").code, 2);
    let run = sandbox.bastide("init new --yes --components quadrant");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("did you mean `qdrant`?"), "{}", run.err);
    assert!(!sandbox.path().join("new").exists());
    // What has to be built first is no part of everything as long as nobody says where it is.
    let run = sandbox.bastide("init every --yes --components all --domain example.com");
    assert_eq!(run.code, 0, "{}", run.err);
    // Without a terminal nothing is asked.
    assert_eq!(sandbox.bastide("init new").code, 0);
}
