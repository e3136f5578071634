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
            // What is done otherwise than it should be stands on one page.
            let run = sandbox.bastide("report rendered -o page.md");
            assert_eq!(run.code, 0, "{}{}", run.out, run.err);
            let page = sandbox.read("page.md");
            assert!(page.contains("#### BASTIDE-0001"), "{page}");
            let is_demo = page.contains(": Single replicas");
            assert_eq!(is_demo, profile == "demo", "{page}");
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
fn what_somebody_changed_is_not_lost() {
    let sandbox = Sandbox::new(&[("bastide.yaml", DESCRIPTION)]);
    assert_eq!(sandbox.bastide("render").code, 0);
    let path = "rendered/qdrant/statefulset-qdrant.yaml";
    let rendered = sandbox.read(path);
    let changed = format!("{rendered}# a note\n");
    sandbox.write(path, changed.as_bytes());
    let run = sandbox.bastide("render");
    assert_eq!(run.code, 2);
    assert!(
        run.err.starts_with(&format!("error: `{path}` was changed")),
        "{}",
        run.err
    );
    assert_eq!(sandbox.read(path), changed);
    assert_eq!(sandbox.bastide("render --force").code, 0);
    assert_eq!(sandbox.read(path), rendered);
    // One that is missing is written again.
    std::fs::remove_file(sandbox.path().join(path)).expect("it can be removed");
    assert_eq!(sandbox.bastide("render").code, 0);
    assert_eq!(sandbox.read(path), rendered);
    // The list is one that `sha256sum --check` reads.
    let list = sandbox.read("rendered/.bastide-rendered");
    assert!(
        list.lines()
            .all(|it| it.as_bytes().get(64..66) == Some(b"  ")),
        "{list}"
    );
}

#[cfg(unix)]
#[test]
fn a_rendering_stays_in_its_folder() {
    let sandbox = Sandbox::new(&[("bastide.yaml", DESCRIPTION), ("mine.txt", "mine")]);
    assert_eq!(sandbox.bastide("render").code, 0);
    let link = |to: &str, at: &str| {
        let at = sandbox.path().join(at);
        let _ = std::fs::remove_file(&at);
        let _ = std::fs::remove_dir_all(&at);
        std::os::unix::fs::symlink(sandbox.path().join(to), at).expect("a link");
    };
    link("mine.txt", "rendered/qdrant/service-qdrant.yaml");
    assert_eq!(sandbox.bastide("render").code, 2);
    assert_eq!(sandbox.bastide("render --force").code, 0);
    assert_eq!(sandbox.read("mine.txt"), "mine");
    std::fs::create_dir(sandbox.path().join("other")).expect("a folder");
    link("other", "rendered/qdrant");
    let run = sandbox.bastide("render --force");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("`rendered/qdrant` is a link"),
        "{}",
        run.err
    );
    let run = sandbox.bastide("render -o mine.txt");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("`mine.txt` is not a folder"),
        "{}",
        run.err
    );
}

#[test]
fn mistakes_say_once_that_they_are_some() {
    let sandbox = Sandbox::new(&[]);
    let run = sandbox.bastide("render");
    assert_eq!(run.code, 2);
    assert_eq!(
        run.err,
        "error: there is no `bastide.yaml`: `bastide init` writes one\n"
    );
    let mistake = "error: unknown key `componets`\n --> bastide.yaml:4:1\n  |\n4 | componets: [qdrant]\n  | ^^^^^^^^^\n  |\nhelp: did you mean `components`?\n";
    let description = DESCRIPTION.replace("components", "componets");
    sandbox.write("bastide.yaml", description.as_bytes());
    let run = sandbox.bastide("render");
    assert_eq!((run.code, run.err.as_str()), (2, mistake));
    sandbox.write(
        "bastide.yaml",
        DESCRIPTION.replace("qdrant", "notes").as_bytes(),
    );
    for (right, wrong, message) in [
        ("component: notes\n", "", "this file has no `component`"),
        (
            "notes:\n    image",
            "notes:\n    needs: [llm-gatway]\n    image",
            "did you mean `llm-gateway`?",
        ),
        (
            "${file.database.password}",
            "${secret.key}",
            "components/notes.yaml:11:",
        ),
        (
            "port: http, live",
            "port: htp, live",
            "components/notes.yaml:10:20",
        ),
    ] {
        let component = COMPONENT.replace(right, wrong);
        sandbox.write("components/notes.yaml", component.as_bytes());
        let run = sandbox.bastide("render");
        assert_eq!(run.code, 2, "{wrong}");
        assert!(run.err.contains(message), "{}", run.err);
    }
    sandbox.write("components/notes.yaml", b"just words\n");
    let run = sandbox.bastide("render");
    assert!(
        run.err.contains("this file is a text, not a mapping"),
        "{}",
        run.err
    );
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
