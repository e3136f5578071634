//! What the commands of an image, and the variables that they see, must not do.

use super::pattern::{Pattern, arguments};
use crate::check::instructions;
use crate::prelude::*;

const RUN: &[&str] = &["RUN"];

const VARIABLES: &[&str] = &["ARG", "ENV", "RUN"];

const BEST_PRACTICES: Reference = page("https://docs.docker.com/build/building/best-practices/");

const NPM: Reference = page("https://docs.npmjs.com/cli/v11/using-npm/config");

const CERTIFICATES: Reference = cwe("CWE-295");

const SIGNATURES: Reference = cwe("CWE-347");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV2_DOCKER_1", "no command runs through sudo")
        .problem("a command runs through sudo")
        .severity(Low)
        .why(
            "A build runs as whom `USER` says. With sudo in the image whoever takes over the \
             program becomes root in the container.",
        )
        .references(&[cis_docker("4.8"), BEST_PRACTICES])
        .rules(&[instructions(RUN, Pattern::Command(sudo))
            .fix("set `USER root` before the commands that need it and another user after them, without sudo")
            .snippet("USER root\nRUN apt-get update && apt-get install --yes --no-install-recommends tini\nUSER 10001\n")
            .example(include_str!("CKV2_DOCKER_1.Dockerfile"))]),
    check("CKV2_DOCKER_2", "curl verifies certificates")
        .problem("curl does not verify certificates")
        .severity(Medium)
        .why(
            "Whoever sits between the build and the server can put another file into the image, \
             and with it code of his own.",
        )
        .references(&[CERTIFICATES, page("https://curl.se/docs/sslcerts.html")])
        .rules(&[instructions(RUN, Pattern::Command(insecure_curl))
            .fix("remove `-k` and `--insecure`, and give a private authority with `--cacert`")
            .snippet("RUN curl --fail --location --output /usr/local/bin/tool https://releases.example/tool\n")
            .example(include_str!("CKV2_DOCKER_2.Dockerfile"))]),
    check("CKV2_DOCKER_3", "wget verifies certificates")
        .problem("wget does not verify certificates")
        .severity(Medium)
        .why(
            "Whoever sits between the build and the server can put another file into the image, \
             and with it code of his own.",
        )
        .references(&[CERTIFICATES, page("https://www.gnu.org/software/wget/manual/wget.html")])
        .rules(&[instructions(
            RUN,
            Pattern::Option {
                programs: &["wget"],
                options: &["--no-check-certificate"],
            },
        )
        .fix("remove `--no-check-certificate`, and give a private authority with `--ca-certificate`")
        .snippet("RUN wget --output-document=/usr/local/bin/tool https://releases.example/tool\n")
        .example(include_str!("CKV2_DOCKER_3.Dockerfile"))]),
    check("CKV2_DOCKER_4", "pip verifies the package index")
        .problem("pip trusts a host without verifying it")
        .severity(Medium)
        .why(
            "For a trusted host pip takes any certificate, even none: whoever answers in its place \
             has his packages installed.",
        )
        .references(&[CERTIFICATES, page("https://pip.pypa.io/en/stable/cli/pip/")])
        .rules(&[instructions(
            RUN,
            Pattern::Option {
                programs: &["pip"],
                options: &["--trusted-host"],
            },
        )
        .fix("remove `--trusted-host`, and give a private authority with `--cert`")
        .snippet("RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt\n")
        .example(include_str!("CKV2_DOCKER_4.Dockerfile"))]),
    check("CKV2_DOCKER_5", "Python verifies certificates")
        .problem("Python does not verify certificates")
        .severity(Medium)
        .why(
            "`PYTHONHTTPSVERIFY=0` holds for every request that a program makes, in the build and, \
             set by `ENV`, wherever the image runs.",
        )
        .references(&[CERTIFICATES, page("https://peps.python.org/pep-0493/")])
        .rules(&[instructions(
            VARIABLES,
            Pattern::Variable {
                names: &["PYTHONHTTPSVERIFY"],
                values: &["0"],
            },
        )
        .fix("remove `PYTHONHTTPSVERIFY`, and add a private authority to the image")
        .snippet(ADD_AUTHORITY)
        .example(include_str!("CKV2_DOCKER_5.Dockerfile"))]),
    check("CKV2_DOCKER_6", "Node.js verifies certificates")
        .problem("Node.js does not verify certificates")
        .severity(Medium)
        .why(
            "`NODE_TLS_REJECT_UNAUTHORIZED=0` holds for every connection that a program makes, in \
             the build and, set by `ENV`, wherever the image runs.",
        )
        .references(&[CERTIFICATES, page("https://nodejs.org/api/cli.html")])
        .rules(&[instructions(
            VARIABLES,
            Pattern::Variable {
                names: &["NODE_TLS_REJECT_UNAUTHORIZED"],
                values: &["0"],
            },
        )
        .fix("remove `NODE_TLS_REJECT_UNAUTHORIZED`, and name a private authority in `NODE_EXTRA_CA_CERTS`")
        .snippet("ENV NODE_EXTRA_CA_CERTS=/usr/local/share/ca-certificates/example.crt\n")
        .example(include_str!("CKV2_DOCKER_6.Dockerfile"))]),
    check("CKV2_DOCKER_7", "apk installs what is signed")
        .problem("apk installs packages that nobody signed")
        .severity(Medium)
        .why("A package without a trusted signature may come from anyone, and is run as root.")
        .references(&[SIGNATURES, page("https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper")])
        .rules(&[instructions(
            RUN,
            Pattern::Option {
                programs: &["apk"],
                options: &["--allow-untrusted"],
            },
        )
        .fix("remove `--allow-untrusted`, and put the key of the packages into /etc/apk/keys")
        .snippet("COPY example.rsa.pub /etc/apk/keys/\nRUN apk add --no-cache tool\n")
        .example(include_str!("CKV2_DOCKER_7.Dockerfile"))]),
    check("CKV2_DOCKER_8", "apt-get installs what is signed")
        .problem("apt-get installs packages that nobody signed")
        .severity(Medium)
        .why("A package without a trusted signature may come from anyone, and is run as root.")
        .references(&[SIGNATURES, page("https://wiki.debian.org/SecureApt")])
        .rules(&[instructions(
            RUN,
            Pattern::Option {
                programs: &["apt-get"],
                options: &["--allow-unauthenticated"],
            },
        )
        .fix("remove `--allow-unauthenticated`, and name the repository's key in `signed-by`")
        .snippet("RUN apt-get update && apt-get install --yes --no-install-recommends tool\n")
        .example(include_str!("CKV2_DOCKER_8.Dockerfile"))]),
    check("CKV2_DOCKER_9", "dnf and yum install what is signed")
        .problem("dnf or yum installs packages that nobody signed")
        .severity(Medium)
        .why("A package without a trusted signature may come from anyone, and is run as root.")
        .references(&[
            SIGNATURES,
            page("https://dnf.readthedocs.io/en/latest/command_ref.html"),
        ])
        .rules(&[instructions(
            RUN,
            Pattern::Option {
                programs: &["dnf", "yum"],
                options: &["--nogpgcheck"],
            },
        )
        .fix("remove `--nogpgcheck`, and import the repository's key with `rpm --import`")
        .snippet("RUN rpm --import https://packages.example/key.asc && dnf install --assumeyes tool\n")
        .example(include_str!("CKV2_DOCKER_9.Dockerfile"))]),
    check("CKV2_DOCKER_10", "rpm installs what is signed")
        .problem("rpm installs packages that it did not verify")
        .severity(Medium)
        .why("A package without a trusted signature may come from anyone, and is run as root.")
        .references(&[SIGNATURES, page("https://rpm.org/docs/latest/man/rpm.8")])
        .rules(&[instructions(
            RUN,
            Pattern::Option {
                programs: &["rpm"],
                options: &["--nodigest", "--nosignature", "--noverify", "--nofiledigest"],
            },
        )
        .fix("remove the options, and import the key of the packages with `rpm --import`")
        .snippet("RUN rpm --import https://packages.example/key.asc && rpm --install tool.rpm\n")
        .example(include_str!("CKV2_DOCKER_10.Dockerfile"))]),
    check("CKV2_DOCKER_11", "apt-get forces nothing")
        .problem("apt-get does what would break the system")
        .severity(Medium)
        .why(
            "`--force-yes` says yes to everything: packages that nobody signed, older versions \
             with known holes, the removal of what the system needs.",
        )
        .references(&[SIGNATURES, page("https://manpages.debian.org/stable/apt/apt-get.8.en.html")])
        .rules(&[instructions(
            RUN,
            Pattern::Option {
                programs: &["apt-get"],
                options: &["--force-yes"],
            },
        )
        .fix("write `--yes` in place of `--force-yes`")
        .snippet("RUN apt-get update && apt-get install --yes --no-install-recommends tool\n")
        .example(include_str!("CKV2_DOCKER_11.Dockerfile"))]),
    check("CKV2_DOCKER_12", "npm is not told by a variable to skip certificates")
        .problem("a variable tells npm not to verify certificates")
        .severity(Medium)
        .why(
            "Whoever answers in the registry's place has his packages installed, and their scripts \
             run, in the build and wherever the image runs npm.",
        )
        .references(&[CERTIFICATES, NPM])
        .rules(&[instructions(
            VARIABLES,
            Pattern::Variable {
                names: &["NPM_CONFIG_STRICT_SSL", "npm_config_strict_ssl"],
                values: &["false"],
            },
        )
        .fix("remove `NPM_CONFIG_STRICT_SSL`, and name a private authority in `NPM_CONFIG_CAFILE`")
        .snippet("ENV NPM_CONFIG_CAFILE=/usr/local/share/ca-certificates/example.crt\n")
        .example(include_str!("CKV2_DOCKER_12.Dockerfile"))]),
    check("CKV2_DOCKER_13", "npm and yarn verify certificates")
        .problem("npm or yarn is set not to verify certificates")
        .severity(Medium)
        .why(
            "Whoever answers in the registry's place has his packages installed, and their scripts \
             run, in the build and wherever the image runs npm.",
        )
        .references(&[CERTIFICATES, NPM])
        .rules(&[instructions(RUN, Pattern::Command(strict_ssl_off))
            .fix("remove the setting `strict-ssl`, and name a private authority in `cafile`")
            .snippet("RUN npm config set cafile /usr/local/share/ca-certificates/example.crt\n")
            .example(include_str!("CKV2_DOCKER_13.Dockerfile"))]),
    check("CKV2_DOCKER_14", "git verifies certificates")
        .problem("git does not verify certificates")
        .severity(Medium)
        .why(
            "`GIT_SSL_NO_VERIFY` turns verification off with whatever value: whoever answers in \
             the server's place chooses the sources that are built.",
        )
        .references(&[CERTIFICATES, page("https://git-scm.com/docs/git")])
        .rules(&[instructions(
            VARIABLES,
            Pattern::Variable {
                names: &["GIT_SSL_NO_VERIFY"],
                values: &[],
            },
        )
        .fix("remove `GIT_SSL_NO_VERIFY`, and name a private authority in `GIT_SSL_CAINFO`")
        .snippet("ENV GIT_SSL_CAINFO=/usr/local/share/ca-certificates/example.crt\n")
        .example(include_str!("CKV2_DOCKER_14.Dockerfile"))]),
    check("CKV2_DOCKER_15", "dnf and yum verify certificates")
        .problem("dnf or yum is set not to verify certificates")
        .severity(Medium)
        .why(
            "The setting stays in the image: packages that are installed later, in the build or in \
             a container, may come from anyone.",
        )
        .references(&[
            CERTIFICATES,
            page("https://dnf.readthedocs.io/en/latest/conf_ref.html"),
        ])
        .rules(&[instructions(RUN, Pattern::Command(sslverify_off))
            .fix("remove `--setopt=sslverify=false`, and name a private authority with `--setopt=sslcacert=…`")
            .snippet("RUN dnf config-manager --save --setopt=sslcacert=/etc/pki/tls/certs/example.pem\n")
            .example(include_str!("CKV2_DOCKER_15.Dockerfile"))]),
    check("CKV2_DOCKER_16", "no variable tells pip to trust a host")
        .problem("a variable tells pip to trust a host without verifying it")
        .severity(Medium)
        .why(
            "For a trusted host pip takes any certificate, even none: whoever answers in its place \
             has his packages installed.",
        )
        .references(&[
            CERTIFICATES,
            page("https://pip.pypa.io/en/stable/topics/configuration/"),
        ])
        .rules(&[instructions(
            VARIABLES,
            Pattern::Variable {
                names: &["PIP_TRUSTED_HOST"],
                values: &[],
            },
        )
        .fix("remove `PIP_TRUSTED_HOST`, and name a private authority in `PIP_CERT`")
        .snippet("ENV PIP_CERT=/usr/local/share/ca-certificates/example.crt\n")
        .example(include_str!("CKV2_DOCKER_16.Dockerfile"))]),
    check("CKV2_DOCKER_17", "no command sets a password")
        .problem("a command sets a password")
        .severity(High)
        .why(
            "The password stands in the history of the image, for all who can pull it, and it is \
             the same in every container.",
        )
        .references(&[cis_docker("4.10"), cwe("CWE-798")])
        .rules(&[instructions(RUN, Pattern::Command(chpasswd))
            .fix("remove `chpasswd`; a container needs no password, and a user is taken on with `USER`")
            .snippet("RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin app\nUSER 10001\n")
            .example(include_str!("CKV2_DOCKER_17.Dockerfile"))]),
];

fn sudo(value: &str) -> Option<&str> {
    if let Some(at) = value.find(" sudo ") {
        return value.get(at + 1..at + " sudo".len());
    }
    value.starts_with("sudo ").then(|| &value[..4])
}

fn chpasswd(value: &str) -> Option<&str> {
    let name = "chpasswd";
    let found = value.starts_with("chpasswd ")
        || value.contains(" chpasswd ")
        || value.ends_with(" chpasswd");
    let at = value.find(name).filter(|_| found)?;
    value.get(at..at + name.len())
}

/// `--insecure`, or `k` among the letters of a short option.
fn insecure_curl(value: &str) -> Option<&str> {
    arguments(value, &["curl"]).find(|word| {
        let letters = word.strip_prefix('-').unwrap_or_default();
        let letters = letters.split('-').next().unwrap_or_default();
        word.starts_with("--insecure") || letters.contains('k')
    })
}

/// `npm config set strict-ssl false`, with or without `config`, quotes and `=`.
fn strict_ssl_off(value: &str) -> Option<&str> {
    ["npm", "yarn"].iter().find_map(|program| {
        value.match_indices(program).find_map(|(at, _)| {
            let mut rest = word_after(&value[at + program.len()..])?;
            if let Some(after) = ["config", "c"].iter().find_map(|it| rest.strip_prefix(it)) {
                rest = word_after(after)?;
            }
            let setting = word_after(rest.strip_prefix("set")?)?;
            let quoted = ["", "\"", "'"];
            let key = quoted.iter().find_map(|quote| {
                let key = setting.strip_prefix(quote)?.strip_prefix("strict-ssl")?;
                key.strip_prefix(quote)
            })?;
            let to = key.strip_prefix('=').or_else(|| word_after(key))?;
            let off = |quote: &&str| {
                let value = to.strip_prefix(*quote).unwrap_or_default();
                value
                    .strip_prefix("false")
                    .is_some_and(|it| it.starts_with(*quote))
            };
            quoted.iter().any(off).then_some(setting)
        })
    })
}

/// What follows the white space at the start of a text; `None` if there is none.
fn word_after(text: &str) -> Option<&str> {
    let word = text.trim_start();
    (word.len() < text.len()).then_some(word)
}

/// `dnf config-manager --setopt=repository.sslverify=false`
fn sslverify_off(value: &str) -> Option<&str> {
    let quotes = ['\'', '"'];
    let off = |word: &&str| {
        let word = word.to_ascii_lowercase();
        let setting = word.strip_prefix("--setopt=");
        let Some((key, value)) = setting.and_then(|setting| setting.split_once('=')) else {
            return false;
        };
        let key = key.trim_matches(quotes);
        let value = value.trim_start_matches(quotes);
        (key == "sslverify" || key.ends_with(".sslverify"))
            && ["0", "false", "no"].iter().any(|it| value.starts_with(it))
    };
    let manager = "config-manager";
    value.match_indices(manager).find_map(|(at, _)| {
        let before = &value[..at];
        let program = before
            .strip_suffix('-')
            .unwrap_or_else(|| before.trim_end());
        let part = program.len() < before.len();
        let known = part && (program.ends_with("yum") || program.ends_with("dnf"));
        arguments(&value[at..], &[manager]).find(|word| known && off(word))
    })
}

const ADD_AUTHORITY: &str = "\
COPY example.crt /usr/local/share/ca-certificates/
RUN update-ca-certificates
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curl_may_be_told_in_many_ways() {
        for text in [
            "curl -k x",
            "curl -fsSLk x",
            "curl x --insecure",
            "a; curl -kL x",
        ] {
            assert!(insecure_curl(text).is_some(), "{text}");
        }
        for text in [
            "curl -fsSL x",
            "curl --keepalive-time 2 x",
            "curl x && make -k",
        ] {
            assert_eq!(insecure_curl(text), None, "{text}");
        }
    }

    #[test]
    fn npm_may_be_told_in_many_ways() {
        for text in [
            "npm config set strict-ssl false",
            "npm set strict-ssl=false",
            "yarn config set \"strict-ssl\" 'false' -g",
            "npm c set strict-ssl false && npm ci",
        ] {
            assert!(strict_ssl_off(text).is_some(), "{text}");
        }
        for text in [
            "npm config set strict-ssl true",
            "npm config get strict-ssl",
            "npm ci",
        ] {
            assert_eq!(strict_ssl_off(text), None, "{text}");
        }
    }

    #[test]
    fn dnf_may_be_told_in_many_ways() {
        for text in [
            "dnf config-manager --save --setopt=sslverify=false",
            "yum-config-manager --setopt=base.sslverify=0",
            "dnf config-manager --setopt=\"sslverify=No\"",
        ] {
            assert!(sslverify_off(text).is_some(), "{text}");
        }
        for text in [
            "dnf config-manager --setopt=sslverify=true",
            "dnf config-manager --add-repo x; y --setopt=sslverify=0",
        ] {
            assert_eq!(sslverify_off(text), None, "{text}");
        }
    }
}
