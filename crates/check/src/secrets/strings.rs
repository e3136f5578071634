//! Secrets that belong to no provider.

use super::{REVOKE, STANDARDS, standards_and};
use crate::prelude::*;

pub(super) const CHECKS: &[Check] = &[
    check("CKV_SECRET_4", "no URL holds a password")
        .problem("this looks like a password in a URL")
        .severity(High)
        .why(
            "The password opens what the URL points to. URLs are also printed into logs, shown in \
             error messages and handed to other programs, and the password with them.",
        )
        .references(&standards_and(
            "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
        ))
        .rules(&[secret()
            .fix("change the password, and hand its successor over in a file beside the URL")
            .snippet(URL_AND_PASSWORD)
            .example(include_str!("CKV_SECRET_4.yaml"))]),
    check("CKV_SECRET_6", "no random text stands where a secret would")
        .problem("this looks like a secret")
        .severity(High)
        .why(OPEN_TO_READERS)
        .references(&STANDARDS)
        .rules(&[secret()
            .fix(REVOKE)
            .snippet(PASSWORD)
            .example(include_str!("CKV_SECRET_6.yaml"))]),
    check("CKV_SECRET_9", "no JSON Web Token is written down")
        .problem("this looks like a JSON Web Token")
        .severity(High)
        .why(
            "Whoever bears the token is taken for the one it was issued to until it expires, and \
             few services can take one back before. What it says can be read without any key.",
        )
        .references(&standards_and("https://www.rfc-editor.org/rfc/rfc7009"))
        .rules(&[secret()
            .fix("have its issuer revoke it, and let the program ask for short-lived ones")
            .snippet(SERVICE_ACCOUNT_TOKEN)
            .example(include_str!("CKV_SECRET_9.yaml"))]),
    check("CKV_SECRET_13", "no private key is written down")
        .problem("this looks like a private key")
        .severity(Critical)
        .why(
            "With the key, another can pass for its owner: sign in over SSH, serve as the host \
             that a certificate names, sign releases, and read what was encrypted for it.",
        )
        .references(&standards_and("https://letsencrypt.org/docs/revoking/"))
        .rules(&[secret()
            .fix("revoke what trusts the key, and mount a new one from a secret store")
            .snippet("private_key_file: /run/secrets/tls/tls.key\n")
            .example(include_str!("CKV_SECRET_13.yaml"))]),
    check(
        "CKV_SECRET_19",
        "no hexadecimal text stands where a secret would",
    )
    .problem("this looks like a secret in hexadecimal")
    .severity(High)
    .why(OPEN_TO_READERS)
    .references(&STANDARDS)
    .rules(&[secret()
        .fix(REVOKE)
        .snippet(PASSWORD)
        .example(include_str!("CKV_SECRET_19.yaml"))]),
];

const OPEN_TO_READERS: &str = "A secret in a repository is known to everyone who can read it, now \
                               and in every clone, and stays in its history when the line is gone.";

const PASSWORD: &str = "password: ${file:/run/secrets/database/password}\n";

const URL_AND_PASSWORD: &str = "\
database:
  url: postgres://db.internal:5432/orders
  password_file: /run/secrets/database/password
";

const SERVICE_ACCOUNT_TOKEN: &str = "\
volumes:
  - name: token
    projected:
      sources:
        - serviceAccountToken:
            audience: orders
            expirationSeconds: 600
            path: token
";
