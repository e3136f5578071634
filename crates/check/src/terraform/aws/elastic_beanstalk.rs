//! Elastic Beanstalk.

use crate::prelude::*;

const ENVIRONMENT: &[&str] = &["aws_elastic_beanstalk_environment"];

pub(crate) const CHECKS: &[Check] = &[
    check(
        "CKV_AWS_312",
        "the environment streams reports on its health",
    )
    .problem("the environment streams no reports on its health")
    .severity(Low)
    .why("A failure or an attack that slows it down is noticed late.")
    .references(&[security_hub("ElasticBeanstalk.1")])
    .rules(&[on(
        ENVIRONMENT,
        exists(
            "setting",
            &all_of(&[
                key("namespace").one_of(&[Text("aws:elasticbeanstalk:healthreporting:system")]),
                key("name").one_of(&[Text("HealthStreamingEnabled")]),
                key("value").one_of(&[Bool(true), Text("True")]),
            ]),
        ),
    )
    .fix("add the `setting` `HealthStreamingEnabled` with the value `True`")
    .snippet(
        "setting {\n  namespace = \
             \"aws:elasticbeanstalk:healthreporting:system\"\n  name      = \
             \"HealthStreamingEnabled\"\n  value     = \"True\"\n}\n",
    )
    .example(include_str!("CKV_AWS_312.tf"))]),
    check(
        "CKV_AWS_340",
        "the environment takes platform updates by itself",
    )
    .problem("the environment takes no platform updates by itself")
    .severity(Medium)
    .why(
        "Flaws that have been mended in the platform stay open until \
             somebody thinks of it.",
    )
    .references(&[security_hub("ElasticBeanstalk.2")])
    .rules(&[on(
        ENVIRONMENT,
        exists(
            "setting",
            &all_of(&[
                key("namespace").one_of(&[Text("aws:elasticbeanstalk:managedactions")]),
                key("name").one_of(&[Text("ManagedActionsEnabled")]),
                key("value").one_of(&[Bool(true), Text("True")]),
            ]),
        ),
    )
    .fix("add the `setting` `ManagedActionsEnabled` with the value `True`")
    .snippet(
        "setting {\n  namespace = \"aws:elasticbeanstalk:managedactions\"\n  \
             name      = \"ManagedActionsEnabled\"\n  value     = \"True\"\n}\n",
    )
    .example(include_str!("CKV_AWS_340.tf"))]),
];
