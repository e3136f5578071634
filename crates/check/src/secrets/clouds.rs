//! Keys to the accounts of cloud providers.

use super::{REVOKE, standards_and};
use crate::prelude::*;

pub(super) const CHECKS: &[Check] = &[
    check("CKV_SECRET_2", "no AWS access key is written down")
        .problem("this looks like an AWS access key")
        .severity(Critical)
        .why(
            "Whoever has an id and its secret signs requests as the IAM user from anywhere, \
             without a second factor: reads its data, and starts machines that the account pays \
             for. Public repositories are searched for such keys within minutes.",
        )
        .references(&standards_and(
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
        ))
        .rules(&[secret()
            .fix("deactivate and delete the key, and give the workload an IAM role instead")
            .snippet(IAM_ROLE)
            .example(include_str!("CKV_SECRET_2.yaml"))]),
    check("CKV_SECRET_3", "no Azure storage account key is written down")
        .problem("this looks like an Azure storage account key")
        .severity(Critical)
        .why(
            "An account key grants everything in the storage account: to read, change and delete \
             every blob, file, queue and table, and to sign access for others. It does not expire.",
        )
        .references(&standards_and(
            "https://learn.microsoft.com/en-us/azure/storage/common/storage-account-keys-manage",
        ))
        .rules(&[secret()
            .fix("rotate the key, and give the workload a managed identity instead")
            .snippet(MANAGED_IDENTITY)
            .example(include_str!("CKV_SECRET_3.yaml"))]),
    check("CKV_SECRET_5", "no Cloudant credential is written down")
        .problem("this looks like a Cloudant credential")
        .severity(Critical)
        .why(
            "A password or an API key of Cloudant opens databases from anywhere: their documents \
             can be copied, changed and deleted, and no log tells who it was.",
        )
        .references(&standards_and(
            "https://cloud.ibm.com/docs/Cloudant?topic=Cloudant-managing-access-for-cloudant",
        ))
        .rules(&[secret()
            .fix(REVOKE)
            .snippet("cloudant_password: ${file:/run/secrets/cloudant/password}\n")
            .example(include_str!("CKV_SECRET_5.yaml"))]),
    check("CKV_SECRET_7", "no IBM Cloud API key is written down")
        .problem("this looks like an IBM Cloud API key")
        .severity(Critical)
        .why(
            "An API key may do what its user or service may do, in every account that they may \
             enter, and is exchanged for access tokens without a second factor.",
        )
        .references(&standards_and(
            "https://cloud.ibm.com/docs/account?topic=account-userapikey",
        ))
        .rules(&[secret()
            .fix(REVOKE)
            .snippet("ibm_cloud_api_key: ${file:/run/secrets/ibm-cloud/api-key}\n")
            .example(include_str!("CKV_SECRET_7.yaml"))]),
    check(
        "CKV_SECRET_8",
        "no HMAC secret of IBM Cloud Object Storage is written down",
    )
    .problem("this looks like an IBM Cloud Object Storage HMAC secret")
    .severity(Critical)
    .why(
        "With the key id beside it, the secret signs requests to the buckets, as an access key \
         does in S3: their objects can be copied, replaced by others and deleted.",
    )
    .references(&standards_and(
        "https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-uhc-hmac-credentials-main",
    ))
    .rules(&[secret()
        .fix(REVOKE)
        .snippet("cos_hmac_secret_access_key: ${file:/run/secrets/cos/secret-access-key}\n")
        .example(include_str!("CKV_SECRET_8.yaml"))]),
    check("CKV_SECRET_15", "no SoftLayer API key is written down")
        .problem("this looks like a SoftLayer API key")
        .severity(Critical)
        .why(
            "The key commands the classic infrastructure of an IBM Cloud account in its user's \
             name: orders and cancels servers, reads their passwords, and opens their firewalls.",
        )
        .references(&standards_and(
            "https://cloud.ibm.com/docs/account?topic=account-classic_keys",
        ))
        .rules(&[secret()
            .fix(REVOKE)
            .snippet("softlayer_api_key: ${file:/run/secrets/softlayer/api-key}\n")
            .example(include_str!("CKV_SECRET_15.yaml"))]),
];

const IAM_ROLE: &str = "\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: backup
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/backup
";

const MANAGED_IDENTITY: &str = "\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: backup
  annotations:
    azure.workload.identity/client-id: ${BACKUP_IDENTITY}
";
