//! Repositories, through the user's own `git`.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::address::host_of;
use crate::credentials::Credentials;
use crate::fetch::Error;

/// A single command of git may take so long.
const TIMEOUT: Duration = Duration::from_secs(300);

/// Puts what a repository holds at a reference into a folder that is there and empty. History is not fetched if
/// the server can do without.
pub(crate) fn fetch(
    url: &str,
    reference: Option<&str>,
    folder: &Path,
    credentials: &Credentials,
) -> Result<(), Error> {
    let host = host_of(url);
    let login = credentials.repository(host);
    // Whoever gives a token wants it used, also where the address is for a key.
    let over_https = url.strip_prefix("ssh://git@").filter(|_| login.is_some());
    let url = over_https.map_or_else(|| url.to_owned(), |rest| format!("https://{rest}"));
    let git = Git {
        folder,
        host,
        login,
    };
    git.run(&["init", "--quiet"])?;
    let shallow = ["fetch", "--quiet", "--depth=1", "--no-tags", "--"];
    let wanted = reference.unwrap_or("HEAD");
    let fetched = git.run(&[&shallow[..], &[&url, wanted]].concat());
    if fetched.is_ok() {
        git.run(&["checkout", "--quiet", "--detach", "FETCH_HEAD"])?;
    } else if let Some(commit) = reference.filter(|it| is_commit(it)) {
        // Not every server gives out a commit by its hash alone, and none by a part of it.
        git.run(&[
            "fetch",
            "--quiet",
            "--",
            &url,
            "+refs/heads/*:refs/remotes/origin/*",
        ])?;
        git.run(&["checkout", "--quiet", "--detach", commit])?;
    } else {
        fetched?;
    }
    std::fs::remove_dir_all(folder.join(".git"))?;
    Ok(())
}

fn is_commit(reference: &str) -> bool {
    (7..=40).contains(&reference.len()) && reference.bytes().all(|byte| byte.is_ascii_hexdigit())
}

struct Git<'a> {
    folder: &'a Path,
    host: &'a str,
    login: Option<&'a (String, String)>,
}

impl Git<'_> {
    fn run(&self, arguments: &[&str]) -> Result<(), Error> {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(self.folder)
            // A link could lead out of the folder.
            .args([
                "-c",
                "core.symlinks=false",
                "-c",
                "core.hooksPath=/dev/null",
            ])
            .args(arguments)
            // Nobody is there to be asked; and no kind of address starts a program.
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ALLOW_PROTOCOL", "https:http:ssh:git:file")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        if let Some((user, token)) = self.login {
            self.log_in(&mut command, user, token);
        }
        let started = command.spawn().map_err(Error::NoGit)?;
        finish(started)
    }

    /// The token goes into the environment, where other users of the machine do not see it, after
    /// what is configured there already.
    fn log_in(&self, command: &mut Command, user: &str, token: &str) {
        let count = std::env::var("GIT_CONFIG_COUNT").ok();
        let count: usize = count.and_then(|count| count.parse().ok()).unwrap_or(0);
        let login = crate::fetch::base64(format!("{user}:{token}").as_bytes());
        command
            .env("GIT_CONFIG_COUNT", (count + 1).to_string())
            .env(
                format!("GIT_CONFIG_KEY_{count}"),
                format!("http.https://{}/.extraHeader", self.host),
            )
            .env(
                format!("GIT_CONFIG_VALUE_{count}"),
                format!("Authorization: Basic {login}"),
            );
    }
}

/// Waits for a command, but not for ever.
fn finish(mut child: Child) -> Result<(), Error> {
    let started = Instant::now();
    let status = loop {
        match child.try_wait()? {
            Some(status) => break status,
            None if started.elapsed() > TIMEOUT => {
                child.kill()?;
                child.wait()?;
                return Err(Error::Git(format!(
                    "it took longer than {} s",
                    TIMEOUT.as_secs()
                )));
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    if status.success() {
        return Ok(());
    }
    let mut said = String::new();
    if let Some(mut pipe) = child.stderr.take() {
        std::io::Read::read_to_string(&mut pipe, &mut said)?;
    }
    // What follows is advice.
    let mut lines = said.lines();
    let reason = lines.find_map(|line| line.strip_prefix("fatal: "));
    Err(Error::Git(reason.unwrap_or("it failed").trim().to_owned()))
}
