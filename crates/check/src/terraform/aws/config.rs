//! AWS Config.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] =
    &[
        check("CKV_AWS_121", "the aggregator collects from all regions")
            .problem("the aggregator collects from some regions")
            .severity(Low)
            .why("What is set up in a region that is never used stays out of sight.")
            .references(&[page(
                "https://docs.aws.amazon.com/config/latest/developerguide/aggregate-data.html",
            )])
            .rules(&[on(
                &["aws_config_configuration_aggregator"],
                any_of(&[
                    presumed(&key("account_aggregation_source.all_regions").enabled()),
                    presumed(&key("organization_aggregation_source.all_regions").enabled()),
                ]),
            )
            .fix("set `all_regions = true` in the aggregation source")
            .snippet(
                "organization_aggregation_source {\n  all_regions = true\n  \
             role_arn    = aws_iam_role.config.arn\n}\n",
            )
            .example(include_str!("CKV_AWS_121.tf"))]),
    ];
