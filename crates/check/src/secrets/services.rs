//! Tokens of services that programs are built with.

use super::{REVOKE, standards_and};
use crate::prelude::*;

pub(super) const CHECKS: &[Check] = &[
    check("CKV_SECRET_1", "no Artifactory credential is written down")
        .problem("this looks like an Artifactory credential")
        .severity(High)
        .why(
            "With it, private packages and images can be downloaded, and, where it may write, \
             replaced by others that every build then takes for the real ones.",
        )
        .references(&standards_and(
            "https://jfrog.com/help/r/jfrog-platform-administration-documentation/viewing-and-revoking-tokens",
        ))
        .rules(&[secret()
            .fix(REVOKE)
            .snippet("artifactory_token: ${file:/run/secrets/artifactory/token}\n")
            .example(include_str!("CKV_SECRET_1.yaml"))]),
    check("CKV_SECRET_11", "no Mailchimp API key is written down")
        .problem("this looks like a Mailchimp API key")
        .severity(High)
        .why(
            "The key grants the whole account: the names and addresses of all subscribers can be \
             copied, and mail be sent to them in the sender's name.",
        )
        .references(&standards_and("https://mailchimp.com/help/about-api-keys/"))
        .rules(&[secret()
            .fix(REVOKE)
            .snippet("mailchimp_key: ${file:/run/secrets/mailchimp/key}\n")
            .example(include_str!("CKV_SECRET_11.yaml"))]),
    check("CKV_SECRET_12", "no npm token is written down")
        .problem("this looks like an npm token")
        .severity(High)
        .why(
            "With it, private packages can be read, and, where it may publish, a release with \
             hostile code in it reaches everyone who installs the package.",
        )
        .references(&standards_and(
            "https://docs.npmjs.com/revoking-access-tokens",
        ))
        .rules(&[secret()
            .fix(REVOKE)
            .snippet("NPM_TOKEN: ${file:/run/secrets/npm/token}\n")
            .example(include_str!("CKV_SECRET_12.yaml"))]),
    check(
        "CKV_SECRET_14",
        "no token or webhook of Slack is written down",
    )
    .problem("this looks like a Slack token or webhook")
    .severity(High)
    .why(
        "A token reads the messages and files that its app or user may read, and writes in their \
         name. A webhook posts into its channel, where people trust what they see.",
    )
    .references(&standards_and(
        "https://api.slack.com/methods/auth.revoke",
    ))
    .rules(&[secret()
        .fix(REVOKE)
        .snippet("slack_token: ${file:/run/secrets/slack/token}\n")
        .example(include_str!("CKV_SECRET_14.yaml"))]),
    check("CKV_SECRET_16", "no OAuth secret of Square is written down")
        .problem("this looks like a Square OAuth secret")
        .severity(High)
        .why(
            "The secret is what proves to Square that a request comes from the application: with \
             it, another can take the application's place, and act on the payments, orders and \
             customers of the sellers who trust it.",
        )
        .references(&standards_and(
            "https://developer.squareup.com/docs/oauth-api/best-practices",
        ))
        .rules(&[secret()
            .fix("replace it, and read its successor from a secret store when the program starts")
            .snippet("square_secret: ${file:/run/secrets/square/secret}\n")
            .example(include_str!("CKV_SECRET_16.yaml"))]),
    check("CKV_SECRET_17", "no live key of Stripe is written down")
        .problem("this looks like a Stripe live key")
        .severity(High)
        .why(
            "A live key works with real money: it reads customers and their payments, refunds \
             charges and, unless it is restricted, pays out to others.",
        )
        .references(&standards_and("https://docs.stripe.com/keys"))
        .rules(&[secret()
            .fix("roll the key, and read its successor from a secret store when the program starts")
            .snippet("stripe_key: ${file:/run/secrets/stripe/key}\n")
            .example(include_str!("CKV_SECRET_17.yaml"))]),
    check("CKV_SECRET_18", "no Twilio API key is written down")
        .problem("this looks like a Twilio API key")
        .severity(High)
        .why(
            "The id of a key or an account is half of what signs in to Twilio, and its secret is \
             rarely far away: with both, messages and calls go out at the account's expense and \
             from its numbers, and those of the past can be read, one-time passwords among them.",
        )
        .references(&standards_and("https://www.twilio.com/docs/iam/api-keys"))
        .rules(&[secret()
            .fix(REVOKE)
            .snippet("twilio_key: ${file:/run/secrets/twilio/key}\n")
            .example(include_str!("CKV_SECRET_18.yaml"))]),
];
