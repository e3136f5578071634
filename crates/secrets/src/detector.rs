/// What kind of secret a string looks like.
///
/// The order of the variants is the order in which verdicts about one string on one line are
/// weighed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Detector {
    /// The id or the secret of an AWS access key.
    Aws,
    /// A token or an encrypted password of Artifactory.
    Artifactory,
    /// The access key of an Azure storage account.
    AzureStorage,
    /// A random-looking string over the base64 alphabet.
    Base64Entropy,
    /// A password within a URL.
    BasicAuth,
    /// A password or an API key of IBM Cloudant.
    Cloudant,
    /// A random-looking string over the hexadecimal alphabet.
    HexEntropy,
    /// The secret of an HMAC credential of IBM Cloud Object Storage.
    IbmCosHmac,
    /// An API key of IBM Cloud.
    IbmCloudIam,
    /// A JSON Web Token.
    JsonWebToken,
    /// An API key of Mailchimp.
    Mailchimp,
    /// A token of the npm registry.
    Npm,
    /// A private key in PEM or PuTTY format.
    PrivateKey,
    /// A token or a webhook of Slack.
    Slack,
    /// An API key of IBM SoftLayer.
    SoftLayer,
    /// An OAuth secret of Square.
    Square,
    /// A live API key of Stripe.
    Stripe,
    /// An API key of Twilio.
    Twilio,
}

impl Detector {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Aws,
        Self::Artifactory,
        Self::AzureStorage,
        Self::Base64Entropy,
        Self::BasicAuth,
        Self::Cloudant,
        Self::HexEntropy,
        Self::IbmCosHmac,
        Self::IbmCloudIam,
        Self::JsonWebToken,
        Self::Mailchimp,
        Self::Npm,
        Self::PrivateKey,
        Self::Slack,
        Self::SoftLayer,
        Self::Square,
        Self::Stripe,
        Self::Twilio,
    ];

    /// The id of the check, which is Checkov's. `CKV_SECRET_10`, a keyword alone, is not among
    /// them: Checkov does not run it without its service.
    pub fn id(self) -> &'static str {
        match self {
            Self::Artifactory => "CKV_SECRET_1",
            Self::Aws => "CKV_SECRET_2",
            Self::AzureStorage => "CKV_SECRET_3",
            Self::BasicAuth => "CKV_SECRET_4",
            Self::Cloudant => "CKV_SECRET_5",
            Self::Base64Entropy => "CKV_SECRET_6",
            Self::IbmCloudIam => "CKV_SECRET_7",
            Self::IbmCosHmac => "CKV_SECRET_8",
            Self::JsonWebToken => "CKV_SECRET_9",
            Self::Mailchimp => "CKV_SECRET_11",
            Self::Npm => "CKV_SECRET_12",
            Self::PrivateKey => "CKV_SECRET_13",
            Self::Slack => "CKV_SECRET_14",
            Self::SoftLayer => "CKV_SECRET_15",
            Self::Square => "CKV_SECRET_16",
            Self::Stripe => "CKV_SECRET_17",
            Self::Twilio => "CKV_SECRET_18",
            Self::HexEntropy => "CKV_SECRET_19",
        }
    }

    /// What it finds, in a few words, to be read after *looks like*.
    pub fn name(self) -> &'static str {
        match self {
            Self::Artifactory => "an Artifactory credential",
            Self::Aws => "an AWS access key",
            Self::AzureStorage => "an Azure storage account key",
            Self::BasicAuth => "a password in a URL",
            Self::Cloudant => "a Cloudant credential",
            Self::Base64Entropy => "a random string",
            Self::IbmCloudIam => "an IBM Cloud API key",
            Self::IbmCosHmac => "an IBM Cloud Object Storage HMAC secret",
            Self::JsonWebToken => "a JSON Web Token",
            Self::Mailchimp => "a Mailchimp API key",
            Self::Npm => "an npm token",
            Self::PrivateKey => "a private key",
            Self::Slack => "a Slack token or webhook",
            Self::SoftLayer => "a SoftLayer API key",
            Self::Square => "a Square OAuth secret",
            Self::Stripe => "a Stripe live key",
            Self::Twilio => "a Twilio API key",
            Self::HexEntropy => "a random hexadecimal string",
        }
    }

    /// Whether it judges by randomness alone.
    pub fn is_entropy(self) -> bool {
        matches!(self, Self::Base64Entropy | Self::HexEntropy)
    }

    /// Whether a verdict of this detector gives way to one of `other` on the same string: the
    /// specific beats randomness, and what names a product beats what names only a kind.
    pub(crate) fn yields_to(self, other: Self) -> bool {
        let kind_only = |it| matches!(it, Self::BasicAuth | Self::JsonWebToken | Self::PrivateKey);
        !other.is_entropy() && (self.is_entropy() || kind_only(self) && !kind_only(other))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_detector_is_listed_once_in_order() {
        assert!(Detector::ALL.is_sorted());
        let ids: BTreeSet<_> = Detector::ALL.iter().map(|it| it.id()).collect();
        let names: BTreeSet<_> = Detector::ALL.iter().map(|it| it.name()).collect();
        assert_eq!(ids.len(), Detector::ALL.len());
        assert_eq!(names.len(), Detector::ALL.len());
    }

    #[test]
    fn the_specific_beats_the_general() {
        assert!(Detector::Base64Entropy.yields_to(Detector::BasicAuth));
        assert!(Detector::BasicAuth.yields_to(Detector::Twilio));
        assert!(!Detector::BasicAuth.yields_to(Detector::PrivateKey));
        assert!(!Detector::BasicAuth.yields_to(Detector::HexEntropy));
        assert!(!Detector::Aws.yields_to(Detector::Twilio));
        assert!(!Detector::HexEntropy.yields_to(Detector::Base64Entropy));
    }
}
