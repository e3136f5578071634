//! Modules are fetched from a registry on this machine and from a repository in a folder.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::{fs, thread};

use bastide_modules::{Address, Constraint, Credentials, Error, Fetcher, Folder};

fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
        "-c",
        "init.defaultBranch=main",
    ];
    let run = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(identity)
        .args(arguments)
        .output()
        .expect("git is there");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    String::from_utf8_lossy(&run.stdout).trim().to_owned()
}

/// A repository with a tag `v1.0.0` and a newer commit; gives the first commit.
fn repository(folder: &Path) -> String {
    fs::create_dir_all(folder.join("modules/sub")).expect("folders");
    git(folder, &["init", "--quiet"]);
    fs::write(folder.join("main.tf"), "# one\n").expect("a file");
    fs::write(folder.join("modules/sub/main.tf"), "# sub\n").expect("a file");
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "-m", "one"]);
    git(folder, &["tag", "v1.0.0"]);
    fs::write(folder.join("main.tf"), "# two\n").expect("a file");
    git(folder, &["commit", "--quiet", "-am", "two"]);
    git(folder, &["rev-parse", "v1.0.0"])
}

/// The answers of a server by path: status, headers and body; and the requests that it got.
type Answers = BTreeMap<String, (u16, String, Vec<u8>)>;

struct Server {
    host: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(answers: impl FnOnce(&str) -> Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let host = listener.local_addr().expect("an address").to_string();
        let answers = answers(&host);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = requests.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let mut head = String::new();
                let mut lines = BufReader::new(&stream).lines();
                while let Some(Ok(line)) = lines.next() {
                    if line.is_empty() {
                        break;
                    }
                    head.push_str(&line);
                    head.push('\n');
                }
                let path = head.split(' ').nth(1).unwrap_or("").to_owned();
                seen.lock().expect("a lock").push(head);
                let missing = (404, String::new(), Vec::new());
                let (status, headers, body) = answers.get(&path).unwrap_or(&missing);
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
                );
                let _ = stream.write_all(body);
            }
        });
        Self { host, requests }
    }
}

fn json(text: &str) -> (u16, String, Vec<u8>) {
    (
        200,
        "Content-Type: application/json\r\n".to_owned(),
        text.as_bytes().to_vec(),
    )
}

fn archive() -> Vec<u8> {
    let encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut builder = tar::Builder::new(encoder);
    for (path, text) in [
        ("top-1/main.tf", "# top\n"),
        ("top-1/sub/main.tf", "# sub\n"),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder
            .append_data(&mut header, path, text.as_bytes())
            .expect("an entry");
    }
    builder
        .into_inner()
        .and_then(|it| it.finish())
        .expect("an archive")
}

fn registry() -> Server {
    Server::new(|_| {
        let versions = r#"{"modules":[{"versions":[{"version":"1.0.0"},{"version":"1.2.0"},{"version":"2.0.0"}]}]}"#;
        let get = |source: &str| (204, format!("X-Terraform-Get: {source}\r\n"), Vec::new());
        Answers::from([
            (
                "/.well-known/terraform.json".to_owned(),
                json(r#"{"modules.v1":"/v1/modules/"}"#),
            ),
            ("/v1/modules/o/vpc/aws/versions".to_owned(), json(versions)),
            (
                "/v1/modules/o/vpc/aws/1.2.0/download".to_owned(),
                get("/packages/vpc//*?archive=tar.gz"),
            ),
            (
                "/v1/modules/o/vpc/aws/2.0.0/download".to_owned(),
                json(r#"{"location":"/packages/none.zip"}"#),
            ),
            ("/packages/vpc".to_owned(), (200, String::new(), archive())),
        ])
    })
}

fn fetch(
    folder: &Path,
    credentials: &Credentials,
    source: &str,
    constraint: &str,
) -> Result<String, Error> {
    let folder = Folder::new(folder);
    let fetcher = Fetcher {
        folder: &folder,
        credentials,
    };
    let constraint = Constraint::new(constraint).expect("a constraint");
    let module = fetcher.fetch(&Address::new(source)?, &constraint)?;
    Ok(fs::read_to_string(module.join("main.tf"))?)
}

#[test]
fn a_registry_gives_the_newest_version_that_is_allowed() {
    let server = registry();
    let folder = tempfile::tempdir().expect("a folder");
    let token = (
        "TF_TOKEN_".to_owned() + &server.host.replace('.', "_"),
        "secret".to_owned(),
    );
    let credentials = Credentials::new([token]);
    let fetch = |sub: &str, constraint| {
        fetch(
            folder.path(),
            &credentials,
            &format!("{}/o/vpc/aws{sub}", server.host),
            constraint,
        )
    };
    assert_eq!(fetch("", "~> 1.0").expect("a module"), "# top\n");
    let requests = server.requests.lock().expect("a lock").clone();
    let with_token = |it: &&String| it.to_lowercase().contains("authorization: bearer secret");
    assert_eq!(
        requests.iter().filter(with_token).count(),
        3,
        "the package itself is fetched without"
    );
    // It is kept, and so are its folders.
    assert_eq!(fetch("//sub", "~> 1.0").expect("a module"), "# sub\n");
    assert_eq!(
        server.requests.lock().expect("a lock").len(),
        requests.len()
    );
    assert!(
        folder
            .path()
            .join(&server.host)
            .join("o/vpc/aws/1.2.0/main.tf")
            .is_file()
    );
}

#[test]
fn what_a_registry_does_not_have() {
    let server = registry();
    let folder = tempfile::tempdir().expect("a folder");
    let credentials = Credentials::default();
    let fetch = |path: &str, constraint| {
        let error = fetch(
            folder.path(),
            &credentials,
            &format!("{}/{path}", server.host),
            constraint,
        );
        error.expect_err("it is not there").to_string()
    };
    assert_eq!(
        fetch("o/vpc/aws", "> 3"),
        "the registry has no version that the constraint allows"
    );
    assert!(fetch("o/other/aws", "").contains("404"));
    assert_eq!(
        fetch("o/vpc/aws//none", "~> 1.0"),
        "the package has no folder `none`"
    );
    assert!(fetch("o/vpc/aws", "2.0.0").contains("is of no kind that is fetched"));
    // Nothing half done is left.
    let kept = fs::read_dir(folder.path().join(&server.host).join("o/vpc/aws")).expect("a folder");
    let kept: Vec<_> = kept
        .filter_map(|it| it.ok()?.file_name().into_string().ok())
        .collect();
    assert_eq!(kept, ["1.2.0"]);
}

/// Git is told that a host is a folder: its configuration is the user's, and this is theirs.
#[test]
fn a_repository_is_fetched_by_tag_commit_and_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let commit = repository(&folder.path().join("org/repo.git"));
    let config = folder.path().join("gitconfig");
    let base = folder.path().display();
    let rewrite = format!("[url \"file://{base}/\"]\n\tinsteadOf = https://git.example.com/\n");
    fs::write(&config, rewrite).expect("a file");
    let kept = folder.path().join("kept");
    let program = std::env::current_exe().expect("a path");
    // The environment is one for the whole process, so another one does it.
    let run = Command::new(program)
        .args([
            "--ignored",
            "--exact",
            "in_an_environment_of_its_own",
            "--nocapture",
        ])
        .env("GIT_CONFIG_GLOBAL", &config)
        .env("BASTIDE_TEST_KEPT", &kept)
        .env("BASTIDE_TEST_COMMIT", commit)
        .output()
        .expect("it runs");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert!(!kept.join("git.example.com/org/repo/v1.0.0/.git").exists());
}

#[test]
#[ignore = "run by another test, with variables set"]
fn in_an_environment_of_its_own() {
    let (Ok(kept), Ok(commit)) = (
        std::env::var("BASTIDE_TEST_KEPT"),
        std::env::var("BASTIDE_TEST_COMMIT"),
    ) else {
        return;
    };
    let fetch = |source: &str| fetch(Path::new(&kept), &Credentials::default(), source, "");
    let url = "git::https://git.example.com/org/repo.git";
    assert_eq!(fetch(url).expect("a module"), "# two\n");
    assert_eq!(
        fetch(&format!("{url}?ref=v1.0.0")).expect("a module"),
        "# one\n"
    );
    assert_eq!(
        fetch(&format!("{url}//modules/sub?ref=v1.0.0")).expect("a module"),
        "# sub\n"
    );
    assert_eq!(
        fetch(&format!("{url}?ref={commit}")).expect("a module"),
        "# one\n"
    );
    assert_eq!(
        fetch(&format!("{url}?ref={}", &commit[..10])).expect("a module"),
        "# one\n"
    );
    let error = fetch(&format!("{url}?ref=none")).expect_err("no such branch");
    assert!(error.to_string().starts_with("git: "), "{error}");
}
