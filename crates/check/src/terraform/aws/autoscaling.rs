//! Auto Scaling.

use crate::prelude::*;

const GROUP: &[&str] = &["aws_autoscaling_group"];

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_153", "instances of the group carry tags")
        .problem("instances of the group carry no tags")
        .severity(Low)
        .why("Rules on access, cost and ownership that go by tags pass over them.")
        .references(&[page(
            "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html",
        )])
        .rules(&[
            on(GROUP, any_of(&[key("tag").given(), key("tags").given()]))
                .fix("add a `tag` with `propagate_at_launch = true`")
                .snippet(
                    "tag {\n  key                 = \"team\"\n  value               = \
             \"search\"\n  propagate_at_launch = true\n}\n",
                )
                .example(include_str!("CKV_AWS_153.tf")),
        ]),
    check(
        "CKV_AWS_315",
        "the group starts instances from a launch template",
    )
    .problem("the group starts instances from no launch template")
    .severity(Low)
    .why(
        "Launch configurations have no versions and know nothing of newer \
             protections.",
    )
    .references(&[security_hub("AutoScaling.9")])
    .rules(&[on(
        GROUP,
        any_of(&[
            key("launch_template").given(),
            key("mixed_instances_policy.launch_template").given(),
        ]),
    )
    .fix("write an `aws_launch_template` and name it in `launch_template`")
    .snippet(
        "launch_template {\n  id      = aws_launch_template.workers.id\n  \
             version = aws_launch_template.workers.latest_version\n}\n",
    )
    .example(include_str!("CKV_AWS_315.tf"))]),
];
