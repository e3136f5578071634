//! What of `bastide.yaml` is about AWS alone, and what of it cannot be.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::settings::{ExistingNetwork, SecretStore, Settings, Target};

/// What a platform on EKS needs to know of the account that it is in.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Aws {
    /// The account: twelve digits, in quotes. It keeps Terraform from touching another by mistake,
    /// and becomes part of the names of buckets, so that they are nobody else's.
    #[schemars(regex(pattern = r"^\d{12}$"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The region that holds copies of what must not be lost. Unless given, one that is near.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_region: Option<String>,
    /// The ARNs of the IAM roles and users that administer the cluster.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub administrators: Vec<String>,
    /// Who hears of alarms and of the budget: addresses of e-mail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<String>,
    /// What a month may cost, in US dollars, before somebody is told. Unless given, 5000 in
    /// production and 500 in a demo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<u32>,
    /// Who runs the detectors that an account has once: CloudTrail, GuardDuty, Config and so on.
    #[serde(skip_serializing_if = "Detectors::is_default")]
    pub detectors: Detectors,
    /// Where the zone of the domain comes from.
    #[serde(skip_serializing_if = "HostedZone::is_default")]
    pub hosted_zone: HostedZone,
    /// Whether the load balancer is under Shield Advanced, to which the account must be subscribed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub shield_advanced: bool,
}

/// Who runs the detectors that an account has once for a region.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Detectors {
    /// This platform.
    #[default]
    Here,
    /// The organisation: they are left out here.
    Organisation,
}

/// Where the public zone of a domain in Route 53 comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HostedZone {
    /// It is made.
    #[default]
    New,
    /// It is there already.
    Existing,
}

/// A provider of OpenID Connect that people sign in at before anything answers them. The secret of
/// the client is a variable of Terraform.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Oidc {
    /// The issuer, as `https://login.example.com`.
    pub issuer: String,
    /// The endpoint that people are sent to.
    pub authorization: String,
    /// The endpoint at which codes become tokens.
    pub token: String,
    /// The endpoint that tells who somebody is.
    pub user_info: String,
    /// The id of the client.
    pub client: String,
}

impl Aws {
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Detectors {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl HostedZone {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Zones of regions in which the first three letters are not what everybody has.
const ZONES: [(&str, [char; 3]); 2] = [
    ("ap-northeast-1", ['a', 'c', 'd']),
    ("ca-central-1", ['a', 'b', 'd']),
];

/// For each part of the world a region, and another for what lies in the first.
const NEAR: [(&str, &str, &str); 12] = [
    ("af-", "eu-west-1", "eu-west-2"),
    ("ap-northeast-", "ap-northeast-1", "ap-northeast-3"),
    ("ap-south-", "ap-south-1", "ap-south-2"),
    ("ap-southeast-", "ap-southeast-2", "ap-southeast-4"),
    ("ca-", "ca-central-1", "ca-west-1"),
    ("eu-", "eu-west-1", "eu-central-1"),
    ("il-", "eu-south-1", "eu-central-1"),
    ("me-", "me-central-1", "me-south-1"),
    ("mx-", "us-east-1", "us-east-2"),
    ("sa-", "us-east-1", "us-east-2"),
    ("us-gov-", "us-gov-west-1", "us-gov-east-1"),
    ("us-", "us-west-2", "us-east-1"),
];

impl Settings {
    /// The availability zones of the network that is made.
    pub fn zones(&self) -> Vec<String> {
        if !self.network.zones.is_empty() {
            return self.network.zones.clone();
        }
        let region = self.region.as_deref().unwrap_or_default();
        let known = ZONES.iter().find(|(name, _)| *name == region);
        let letters = known.map_or(['a', 'b', 'c'], |(_, letters)| *letters);
        letters.map(|it| format!("{region}{it}")).to_vec()
    }

    /// The region that holds copies of what must not be lost, if one is given or known.
    pub fn recovery_region(&self) -> Option<&str> {
        if let Some(given) = &self.aws.recovery_region {
            return Some(given);
        }
        let region = self.region.as_deref()?;
        let (_, near, other) = NEAR.iter().find(|(start, ..)| region.starts_with(start))?;
        Some(if *near == region { other } else { near })
    }

    /// Where images are found that are built from sources. On EKS, if the account is known, that is
    /// its own registry unless another is given.
    pub fn registry(&self) -> Option<String> {
        self.registry.clone().or_else(|| self.own_registry())
    }

    /// The part of the account's own registry that is the platform's.
    pub fn own_registry(&self) -> Option<String> {
        let (account, region) = (self.aws.account.as_ref()?, self.region.as_ref()?);
        let suffix = if region.starts_with("cn-") { ".cn" } else { "" };
        Some(format!(
            "{account}.dkr.ecr.{region}.amazonaws.com{suffix}/{}",
            self.name
        ))
    }

    /// Whether the load balancer is made with the cloud under the platform, and not by a controller
    /// for the Ingress objects of a class.
    pub fn has_edge(&self) -> bool {
        self.target == Target::Eks && self.domain.is_some() && self.ingress.class.is_none()
    }
}

/// The longest name of a platform on EKS: AWS allows 32 characters for what is called by it and by
/// a component.
pub(crate) const NAME: usize = 16;

/// Says what cannot be on EKS.
pub(crate) fn mistakes(settings: &Settings, say: &mut dyn FnMut(&str, String, &str)) {
    let Some(region) = &settings.region else {
        return say(
            "target",
            "a platform on EKS needs a region".to_owned(),
            "add `region: us-west-2`",
        );
    };
    if !is_region(region) {
        say(
            "region",
            format!("`{region}` is not the name of a region"),
            "write it as `us-west-2`",
        );
    }
    if settings.name.len() > NAME || settings.name.contains("--") {
        say(
            "name",
            format!("`{}` cannot be part of names in AWS", settings.name),
            "use at most 16 letters, digits and single hyphens",
        );
    }
    account(settings, region, say);
    network(settings, region, say);
    if let Some(login) = &settings.ingress.login {
        let places = [
            ("issuer", &login.issuer),
            ("authorization", &login.authorization),
            ("token", &login.token),
            ("user-info", &login.user_info),
        ];
        for (key, url) in places {
            if !url.starts_with("https://") {
                say(
                    &format!("ingress.login.{key}"),
                    format!("`{url}` is not an address over TLS"),
                    "write it as `https://login.example.com/…`",
                );
            }
        }
    }
}

fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let letters = |it: &&str| !it.is_empty() && it.chars().all(|it| it.is_ascii_lowercase());
    let digits = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit());
    match &parts[..] {
        [names @ .., number] => names.len() >= 2 && names.iter().all(letters) && digits(number),
        [] => false,
    }
}

fn account(settings: &Settings, region: &str, say: &mut dyn FnMut(&str, String, &str)) {
    let aws = &settings.aws;
    if let Some(account) = &aws.account
        && (account.len() != 12 || !account.chars().all(|it| it.is_ascii_digit()))
    {
        say(
            "aws.account",
            format!("`{account}` is not an account"),
            "write its twelve digits in quotes, such as \"111122223333\"",
        );
    }
    match settings.recovery_region() {
        None => say(
            "region",
            format!("nothing is known that is near `{region}`"),
            "say under `aws` which `recovery-region` holds copies",
        ),
        Some(recovery) if !is_region(recovery) => say(
            "aws.recovery-region",
            format!("`{recovery}` is not the name of a region"),
            "write it as `us-east-1`",
        ),
        Some(recovery) if recovery == region => say(
            "aws.recovery-region",
            "a copy in the same region is lost with it".to_owned(),
            "name another region",
        ),
        Some(_) => {}
    }
    for (index, arn) in aws.administrators.iter().enumerate() {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let good = matches!(&parts[..], ["arn", _, "iam", "", _, who]
            if who.starts_with("role/") || who.starts_with("user/"));
        if !good {
            say(
                &format!("aws.administrators.{index}"),
                format!("`{arn}` is not the ARN of a role or a user"),
                "write it as `arn:aws:iam::111122223333:role/platform`",
            );
        }
    }
    for (index, address) in aws.alarms.iter().enumerate() {
        let good = address
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
        if !good {
            say(
                &format!("aws.alarms.{index}"),
                format!("`{address}` is not an address of e-mail"),
                "write it as `platform@example.com`",
            );
        }
    }
    if aws.budget == Some(0) {
        say(
            "aws.budget",
            "a month costs more than nothing".to_owned(),
            "write what it may cost in US dollars",
        );
    }
    if aws.shield_advanced && !settings.has_edge() {
        say(
            "aws.shield-advanced",
            "there is no load balancer to protect".to_owned(),
            "add `domain:`, or remove it",
        );
    }
}

fn network(settings: &Settings, region: &str, say: &mut dyn FnMut(&str, String, &str)) {
    let network = &settings.network;
    if let Some(existing) = &network.existing {
        existing_network(settings, existing, say);
    } else {
        if settings.cluster.existing.is_some() {
            say(
                "cluster.existing",
                "nothing says in which network the cluster is".to_owned(),
                "add `network.existing` with its `vpc` and `subnets`",
            );
        }
        if !(16..=18).contains(&network.cidr.prefix) {
            say(
                "network.cidr",
                format!("`{}` is not a /16 to a /18", network.cidr),
                "write a block such as `10.0.0.0/16`: load balancers need a part of some size",
            );
        }
    }
    if network.existing.is_some() && !network.zones.is_empty() {
        say(
            "network.zones",
            "a network that exists has its zones already".to_owned(),
            "remove it",
        );
    }
    if !network.zones.is_empty() && !(2..=4).contains(&network.zones.len()) {
        say(
            "network.zones",
            format!("{} zones are too few or too many", network.zones.len()),
            "name two to four",
        );
    }
    for (index, zone) in network.zones.iter().enumerate() {
        let place = format!("network.zones.{index}");
        let letter = zone.strip_prefix(region).unwrap_or_default();
        if letter.len() != 1 || !letter.starts_with(|it: char| it.is_ascii_lowercase()) {
            say(
                &place,
                format!("`{zone}` is not a zone of {region}"),
                "write the region and a letter; local zones cannot hold a control plane",
            );
        }
        if network.zones.iter().take(index).any(|it| it == zone) {
            say(
                &place,
                format!("`{zone}` is there twice"),
                "name each zone once",
            );
        }
    }
}

fn existing_network(
    settings: &Settings,
    existing: &ExistingNetwork,
    say: &mut dyn FnMut(&str, String, &str),
) {
    if !existing.vpc.starts_with("vpc-") {
        say(
            "network.existing.vpc",
            format!("`{}` is not the id of a VPC", existing.vpc),
            "write it as `vpc-0123456789abcdef0`",
        );
    }
    let roles = [
        ("subnets", &existing.subnets),
        ("public", &existing.public),
        ("control", &existing.control),
        ("data", &existing.data),
    ];
    for (role, ids) in roles {
        for (index, id) in ids.iter().enumerate() {
            if !id.starts_with("subnet-") {
                say(
                    &format!("network.existing.{role}.{index}"),
                    format!("`{id}` is not the id of a subnet"),
                    "write it as `subnet-0123456789abcdef0`",
                );
            }
        }
        let needed = role == "subnets" || (role == "public" && settings.has_edge());
        if ids.len() == 1 || (needed && ids.is_empty()) {
            say(
                &format!("network.existing.{role}"),
                "subnets have to be in two zones at least".to_owned(),
                match role {
                    "public" => "name those of the load balancer under `public`",
                    _ => "name two or more",
                },
            );
        }
    }
    if settings.has_edge() && settings.ingress.from.is_empty() {
        say(
            "network.existing",
            "nothing says from where the load balancer forwards requests".to_owned(),
            "add `ingress.from` with the blocks of the `public` subnets",
        );
    }
}

/// Says what of AWS is asked for where there is none.
pub(crate) fn elsewhere(settings: &Settings, say: &mut dyn FnMut(&str, String, &str)) {
    let help = "remove it, or write `target: eks`";
    let mut about = |path: &str, what: &str| {
        say(
            path,
            format!("{what} about EKS, but the target is `kubernetes`"),
            help,
        );
    };
    if settings.cluster != crate::Cluster::default() {
        about("cluster", "`cluster` is");
    }
    let network = &settings.network;
    if network.existing.is_some() || !network.zones.is_empty() {
        about("network", "`zones` and `existing` are");
    }
    if settings.region.is_some() {
        about("region", "`region` is");
    }
    if !settings.aws.is_default() {
        about("aws", "`aws` is");
    }
    let ingress = &settings.ingress;
    if ingress.login.is_some() || !ingress.clients.is_empty() {
        about("ingress", "`login` and `clients` are");
    }
    if settings.secrets == Some(SecretStore::Aws) {
        say(
            "secrets",
            "`aws` needs EKS, but the target is `kubernetes`".to_owned(),
            "write `vault` or `cluster`",
        );
    }
    if !(8..=28).contains(&network.cidr.prefix) {
        say(
            "network.cidr",
            format!("`{}` is not the network of a cluster", network.cidr),
            "write a block such as `10.0.0.0/16`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(more: &str) -> Settings {
        let text = format!("name: demo\ntarget: eks\ncomponents: [qdrant]\n{more}");
        Settings::parse(&text, Settings::FILE_NAME).unwrap_or_else(|it| panic!("{it}"))
    }

    #[test]
    fn what_is_not_said_is_near() {
        for (region, zones, recovery) in [
            ("us-west-2", "us-west-2a us-west-2b us-west-2c", "us-east-1"),
            (
                "eu-central-1",
                "eu-central-1a eu-central-1b eu-central-1c",
                "eu-west-1",
            ),
            (
                "ca-central-1",
                "ca-central-1a ca-central-1b ca-central-1d",
                "ca-west-1",
            ),
            (
                "us-gov-east-1",
                "us-gov-east-1a us-gov-east-1b us-gov-east-1c",
                "us-gov-west-1",
            ),
        ] {
            let settings = settings(&format!("region: {region}\n"));
            assert_eq!(settings.zones().join(" "), zones);
            assert_eq!(settings.recovery_region(), Some(recovery));
        }
    }

    #[test]
    fn the_registry_is_the_accounts_own_where_it_is_known() {
        assert_eq!(settings("region: us-west-2\n").registry(), None);
        let own = settings("region: us-west-2\naws: {account: \"111122223333\"}\n");
        let expected = "111122223333.dkr.ecr.us-west-2.amazonaws.com/demo";
        assert_eq!(own.registry().as_deref(), Some(expected));
        let given = settings("region: us-west-2\nregistry: registry.example.com/genai\n");
        assert_eq!(
            given.registry().as_deref(),
            Some("registry.example.com/genai")
        );
    }

    #[test]
    fn names_of_regions() {
        for good in [
            "us-west-2",
            "ap-southeast-10",
            "us-gov-east-1",
            "cn-north-1",
        ] {
            assert!(is_region(good), "{good}");
        }
        for bad in [
            "",
            "us",
            "us-west",
            "us-west-2a",
            "US-WEST-2",
            "us--2",
            "west-2",
        ] {
            assert!(!is_region(bad), "{bad}");
        }
    }
}
