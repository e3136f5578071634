//! Systems Manager.

use crate::prelude::*;

use super::encryption::own_key;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_303", "the document is not shared with everyone")
        .problem("the document is shared with everyone")
        .severity(High)
        .why("Any AWS account reads what the document does, and what is written \
             into it.")
        .references(&[security_hub("SSM.4")])
        .rules(&[on(&["aws_ssm_document"], key("permissions.account_ids").none_of(&[Text("All")]))
            .fix("name the accounts in `account_ids`, or remove `permissions`")
            .snippet("permissions = {\n  type        = \"Share\"\n  account_ids = \
             \"111122223333\"\n}\n")
            .example(include_str!("CKV_AWS_303.tf"))]),
    own_key("CKV_AWS_337", "the secret parameter uses a customer-managed key", "the secret parameter uses no customer-managed key")
        .references(&[page("https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-securestring.html")])
        .rules(&[on(&["aws_ssm_parameter"], any_of(&[
                key("key_id").given(),
                key("type").none_of(&[Text("SecureString")]).and_given(),
            ]))
            .fix("set `key_id` to a key of your own")
            .snippet("key_id = aws_kms_key.parameters.arn\n")
            .example(include_str!("CKV_AWS_337.tf"))]),
];
