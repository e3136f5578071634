//! A registry of images on loopback, and what the ones out there do besides.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use oci_client::client::{ClientConfig, ClientProtocol, Config, ImageLayer};
use oci_client::manifest::{
    IMAGE_CONFIG_MEDIA_TYPE, IMAGE_LAYER_GZIP_MEDIA_TYPE, IMAGE_MANIFEST_MEDIA_TYPE,
    OCI_IMAGE_INDEX_MEDIA_TYPE, OciImageIndex, OciImageManifest, OciManifest,
};
use oci_client::secrets::RegistryAuth;
use oci_client::{Client, Reference, RegistryOperation};
use tempfile::TempDir;

/// Who may push and pull where not everybody may.
pub(crate) const USER: &str = "anna";
pub(crate) const PASSWORD: &str = "letmein";
const PASSWORDS: &str = "anna:$2b$04$a8ClImX0QHffa1y20fzkM.BAvuNdkpij/CoyEp4gpH8Fry6382WTe\n";

/// The commit of all models.
pub(crate) const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// The reference implementation of a registry, as Debian packs it, with a folder of its own.
pub(crate) struct Registry {
    process: Child,
    _folder: TempDir,
    /// Where it listens.
    pub(crate) host: String,
    auth: RegistryAuth,
}

impl Registry {
    /// Starts one; `None`, and a word about it, where it is not installed.
    pub(crate) fn start(is_open: bool) -> Option<Self> {
        let folder = TempDir::new().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        let mut config = format!(
            "version: 0.1\nlog: {{level: info, formatter: json}}\nstorage: {{filesystem: {{rootdirectory: {}}}}}\nhttp: {{addr: \"127.0.0.1:0\"}}\n",
            path("images").display()
        );
        if !is_open {
            std::fs::write(path("passwords"), PASSWORDS).expect("a file can be written");
            config += &format!(
                "auth: {{htpasswd: {{realm: test, path: {}}}}}\n",
                path("passwords").display()
            );
        }
        std::fs::write(path("config.yml"), config).expect("a file can be written");
        let started = Command::new("docker-registry")
            .arg("serve")
            .arg(path("config.yml"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut process) = started else {
            eprintln!("skipped: there is no `docker-registry` here");
            return None;
        };
        let log = process.stderr.take().expect("it has a log");
        let mut lines = BufReader::new(log).lines();
        let host = loop {
            let line = lines.next().expect("it listens some time").expect("text");
            if let Some((_, rest)) = line.split_once("listening on ") {
                let end =
                    rest.find(|char: char| char != '.' && char != ':' && !char.is_ascii_digit());
                break rest[..end.unwrap_or(rest.len())].to_owned();
            }
        };
        // It stops when nobody reads what it has to say.
        std::thread::spawn(move || lines.for_each(drop));
        let auth = match is_open {
            true => RegistryAuth::Anonymous,
            false => RegistryAuth::Basic(USER.to_owned(), PASSWORD.to_owned()),
        };
        Some(Self {
            process,
            _folder: folder,
            host,
            auth,
        })
    }

    /// Pushes an image for two platforms under each of these names, and gives the digests of the
    /// indexes, as computed from what the registry holds then.
    pub(crate) fn push(&self, names: &[&str]) -> Vec<String> {
        self.push_as(names, "first")
    }

    /// Pushes another image under a name.
    pub(crate) fn push_again(&self, name: &str) -> String {
        self.push_as(&[name], "second").remove(0)
    }

    fn push_as(&self, names: &[&str], text: &str) -> Vec<String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        // It is an error that one is installed already, by another test.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::new(ClientConfig {
            protocol: ClientProtocol::Http,
            ..ClientConfig::default()
        });
        let pushed = names.iter().map(|name| {
            let reference = format!("{}/{name}", self.host).parse().expect("a name");
            runtime.block_on(self.push_one(&client, &reference, text))
        });
        pushed.collect()
    }

    async fn push_one(&self, client: &Client, image: &Reference, text: &str) -> String {
        client
            .auth(image, &self.auth, RegistryOperation::Push)
            .await
            .expect("it may be pushed");
        let mut entries = Vec::new();
        for architecture in ["amd64", "arm64"] {
            let layer = format!("the {text} layer of {image} for {architecture}");
            let layer = ImageLayer::new(layer, IMAGE_LAYER_GZIP_MEDIA_TYPE.to_owned(), None);
            let config = format!("{{\"architecture\": \"{architecture}\", \"os\": \"linux\"}}");
            let config = Config::new(config, IMAGE_CONFIG_MEDIA_TYPE.to_owned(), None);
            let mut manifest = OciImageManifest::build(std::slice::from_ref(&layer), &config, None);
            manifest.media_type = Some(IMAGE_MANIFEST_MEDIA_TYPE.to_owned());
            for (blob, digest) in [
                (layer.data.clone(), layer.sha256_digest()),
                (config.data.clone(), config.sha256_digest()),
            ] {
                client
                    .push_blob(image, blob, &digest)
                    .await
                    .expect("a blob");
            }
            let tag = format!("{}-{architecture}", image.tag().expect("a tag"));
            let one = Reference::with_tag(self.host.clone(), image.repository().to_owned(), tag);
            let manifest = OciManifest::Image(manifest);
            client
                .push_manifest(&one, &manifest)
                .await
                .expect("a manifest");
            let accepted = [IMAGE_MANIFEST_MEDIA_TYPE];
            let (bytes, digest) = client
                .pull_manifest_raw(&one, &self.auth, &accepted)
                .await
                .expect("it is there");
            entries.push(serde_json::json!({
                "mediaType": IMAGE_MANIFEST_MEDIA_TYPE,
                "digest": digest,
                "size": bytes.len(),
                "platform": {"architecture": architecture, "os": "linux"},
            }));
        }
        let index: OciImageIndex = serde_json::from_value(serde_json::json!({
            "schemaVersion": 2,
            "mediaType": OCI_IMAGE_INDEX_MEDIA_TYPE,
            "manifests": entries,
        }))
        .expect("an index");
        client
            .push_manifest_list(image, &self.auth, index)
            .await
            .expect("an index can be pushed");
        let accepted = [OCI_IMAGE_INDEX_MEDIA_TYPE];
        let pulled = client.pull_manifest_raw(image, &self.auth, &accepted).await;
        pulled.expect("it is there").1
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts what is no registry of the above kind: a hub of models, and, below `token/`, a registry that
/// wants a token from elsewhere, as the public ones do. Says where it listens.
pub(crate) fn hub() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let host = listener.local_addr().expect("an address").to_string();
    let own = host.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, &own);
        }
    });
    host
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
    let path = first.split_whitespace().nth(1).unwrap_or_default();
    let (status, header, body) = match path {
        path if path.starts_with("/token?") => {
            assert!(path.contains("scope=repository%3A"), "{path}");
            ("200 OK", String::new(), r#"{"token": "t0ken"}"#.to_owned())
        }
        path if path.contains("/gated/") && !allowed => {
            ("401 Unauthorized", String::new(), String::new())
        }
        path if path.starts_with("/api/models/") => {
            ("200 OK", String::new(), format!(r#"{{"sha": "{COMMIT}"}}"#))
        }
        path if path.contains("/missing/") => ("404 Not Found", String::new(), String::new()),
        "/v2/" => (
            "401 Unauthorized",
            format!("WWW-Authenticate: Bearer realm=\"http://{own}/token\",service=\"test\"\r\n"),
            String::new(),
        ),
        _ if !allowed => ("401 Unauthorized", String::new(), String::new()),
        _ => (
            "200 OK",
            format!("Docker-Content-Digest: sha256:{}\r\n", "0a".repeat(32)),
            String::new(),
        ),
    };
    let text = format!(
        "HTTP/1.1 {status}\r\n{header}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    // Who asks may have gone.
    let _ = stream.write_all(text.as_bytes());
}
