//! `bastide lock` against a registry on loopback, which asks for a token as the public ones do.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use sha2::{Digest, Sha256};

use crate::sandbox::Sandbox;

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// Starts a registry that has every image, and says where it listens.
fn registry() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener
        .local_addr()
        .expect("it has an address")
        .to_string();
    let own = address.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, &own);
        }
    });
    address
}

fn answer(mut stream: TcpStream, own: &str) {
    let mut reader = BufReader::new(stream.try_clone().expect("it can be read"));
    let (mut first, mut allowed) = (String::new(), false);
    reader.read_line(&mut first).expect("it asks");
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("it has headers");
        let line = line.trim().to_ascii_lowercase();
        allowed |= line == "authorization: bearer t0ken";
        if line.is_empty() {
            break;
        }
    }
    let path = first
        .split_whitespace()
        .nth(1)
        .unwrap_or_default()
        .to_owned();
    let (status, headers, body) = if path.starts_with("/token?") {
        ("200 OK", String::new(), "{\"token\": \"t0ken\"}".to_owned())
    } else if path.starts_with("/api/models/") {
        (
            "200 OK",
            String::new(),
            format!("{{\"sha\": \"{COMMIT}\"}}"),
        )
    } else if path.contains("/missing/") {
        ("404 Not Found", String::new(), String::new())
    } else if !allowed {
        let challenge = format!(
            "WWW-Authenticate: Bearer realm=\"http://{own}/token\",service=\"test\",scope=\"pull\"\r\n"
        );
        ("401 Unauthorized", challenge, String::new())
    } else {
        let body = format!("{{\"schemaVersion\": 2, \"of\": \"{path}\"}}");
        let digest: String = Sha256::digest(body.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        (
            "200 OK",
            format!("Docker-Content-Digest: sha256:{digest}\r\n"),
            body,
        )
    };
    let text = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(text.as_bytes()).expect("it listens");
}

#[test]
fn a_locked_platform_has_no_exception_for_images() {
    let description = "name: whole\ntarget: eks\nregion: us-west-2\ndomain: example.com\nregistry: registry.example.com/genai\ncomponents: all\n";
    let sandbox = Sandbox::new(&[("bastide.yaml", description)]);
    let mirror = registry();
    let run = sandbox.bastide(&format!("lock --mirror {mirror}"));
    assert_eq!(run.code, 0, "{}", run.err);
    let lock = sandbox.read("bastide.lock.yaml");
    assert!(lock.contains(COMMIT), "{lock}");
    assert_eq!(sandbox.bastide("render").code, 0);
    let set = sandbox.read("rendered/qdrant/statefulset-qdrant.yaml");
    assert!(set.contains("imagePullPolicy: IfNotPresent"), "{set}");
    let register = std::fs::read_to_string(sandbox.path().join("rendered/bastide.exceptions.yaml"))
        .unwrap_or_default();
    assert!(!register.contains("CKV_K8S_43"), "{register}");
    let run = sandbox.bastide("scan rendered");
    assert_eq!(run.code, 0, "{}", run.out);
    let plan = sandbox.bastide("plan");
    assert!(plan.out.contains("all by digest"), "{}", plan.out);
    // What is locked stays as it is, even if nobody answers.
    let run = sandbox.bastide("lock --mirror 127.0.0.1:1");
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(sandbox.read("bastide.lock.yaml"), lock);
}

#[test]
fn what_a_registry_does_not_have_is_said() {
    let description = "name: demo\ntarget: kubernetes\nregistry: registry.example.com/missing/x\ncomponents: [notes]\n";
    let component = "component: notes\ntitle: Notes\ncategory: gui-app\nabout: Keeps notes.\nworkloads:\n  notes:\n    image: ${registry}/notes:1.4.2\n    \
                     ports: {http: 8080}\n    health: {port: http, live: /healthz}\n    resources: {cpu: 250m, memory: 256Mi}\n";
    let sandbox = Sandbox::new(&[
        ("bastide.yaml", description),
        ("components/notes.yaml", component),
    ]);
    let run = sandbox.bastide(&format!("lock --mirror {}", registry()));
    assert_eq!(run.code, 2);
    assert!(run.err.contains("it answers 404"), "{}", run.err);
    assert!(!sandbox.path().join("bastide.lock.yaml").exists());
}
