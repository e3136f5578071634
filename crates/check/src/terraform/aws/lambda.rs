//! Lambda.

use bastide_terraform::Resource;

use crate::condition::undecided;
use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_50", "calls of the function are traced")
        .problem("calls of the function are not traced")
        .severity(Low)
        .why(
            "Without a trace it is hard to tell which call of which service led \
             to an error or a leak.",
        )
        .references(&[
            security_hub("Lambda.7"),
            page("https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html"),
        ])
        .rules(&[on(
            &["aws_lambda_function"],
            key("tracing_config.mode").one_of(&[Text("Active"), Text("PassThrough")]),
        )
        .fix("add `tracing_config` with `mode = \"Active\"`")
        .snippet("tracing_config {\n  mode = \"Active\"\n}\n")
        .example(include_str!("CKV_AWS_50.tf"))]),
    check(
        "CKV_AWS_115",
        "the function has a limit of its own on how often it runs at once",
    )
    .problem("the function may use up the concurrency of the account")
    .severity(Low)
    .why("A flood of calls to it then stops every other function in the region.")
    .references(&[page(
        "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
    )])
    .rules(&[on(
        &["aws_lambda_function"],
        key("reserved_concurrent_executions")
            .none_of(&[Int(-1)])
            .and_given(),
    )
    .fix("set `reserved_concurrent_executions`")
    .snippet("reserved_concurrent_executions = 50\n")
    .example(include_str!("CKV_AWS_115.tf"))]),
    check("CKV_AWS_116", "events that the function fails on are kept")
        .problem("events that the function fails on are lost")
        .severity(Low)
        .why(
            "After the last try an event is dropped, and with it the work or the \
             alarm that it stood for.",
        )
        .references(&[page(
            "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html",
        )])
        .rules(&[on(
            &["aws_lambda_function"],
            key("dead_letter_config.target_arn").given(),
        )
        .fix("add `dead_letter_config` with a queue or topic")
        .snippet("dead_letter_config {\n  target_arn = aws_sqs_queue.failed.arn\n}\n")
        .example(include_str!("CKV_AWS_116.tf"))]),
    check("CKV_AWS_117", "the function runs in a VPC")
        .problem("the function runs outside of any VPC")
        .severity(Low)
        .why(
            "Where it may connect to is then not limited by security groups, nor \
             recorded in flow logs.",
        )
        .references(&[
            security_hub("Lambda.3"),
            page("https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"),
        ])
        .rules(&[on(&["aws_lambda_function"], key("vpc_config").given())
            .fix("add `vpc_config` with subnets and security groups")
            .snippet(
                "vpc_config {\n  subnet_ids         = aws_subnet.private[*].id\n  \
             security_group_ids = [aws_security_group.function.id]\n}\n",
            )
            .example(include_str!("CKV_AWS_117.tf"))]),
    check(
        "CKV_AWS_173",
        "environment variables of the function use a customer-managed key",
    )
    .problem("environment variables of the function use no customer-managed key")
    .severity(Low)
    .why(
        "With the key that AWS manages, whoever may read the function's \
             configuration reads its variables in the clear.",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
    )])
    .rules(&[on(
        &["aws_lambda_function"],
        all_of(&[
            when(&key("environment").given(), &key("kms_key_arn").given()),
            when(
                &presumed(&key("kms_key_arn").none_of(&[]).and_given()),
                &key("environment").given(),
            ),
        ]),
    )
    .fix(
        "set `kms_key_arn` to a key of your own where there is an \
             `environment`, and only there",
    )
    .snippet("kms_key_arn = aws_kms_key.functions.arn\n")
    .example(include_str!("CKV_AWS_173.tf"))]),
    check(
        "CKV_AWS_258",
        "the URL of the function asks for credentials",
    )
    .problem("anyone can call the URL of the function")
    .severity(High)
    .why(
        "Whoever finds the URL runs the function, with what its role may do \
             and at your cost.",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    )])
    .rules(&[on(
        &["aws_lambda_function_url"],
        key("authorization_type").none_of(&[Text("NONE")]),
    )
    .fix("set `authorization_type = \"AWS_IAM\"`")
    .snippet("authorization_type = \"AWS_IAM\"\n")
    .example(include_str!("CKV_AWS_258.tf"))]),
    check("CKV_AWS_272", "only signed code runs as the function")
        .problem("code that nobody signed runs as the function")
        .severity(Low)
        .why(
            "Whoever may update the function can put any code there, past every \
             review.",
        )
        .references(&[page(
            "https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html",
        )])
        .rules(&[on(
            &["aws_lambda_function"],
            key("code_signing_config_arn").given(),
        )
        .fix("set `code_signing_config_arn`")
        .snippet("code_signing_config_arn = aws_lambda_code_signing_config.release.arn\n")
        .example(include_str!("CKV_AWS_272.tf"))]),
    check("CKV_AWS_301", "not everyone may call the function")
        .problem("everyone may call the function")
        .severity(High)
        .why(
            "Any AWS account runs the function, with what its role may do and at \
             your cost.",
        )
        .references(&[
            security_hub("Lambda.1"),
            page("https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html"),
        ])
        .rules(&[on(
            &["aws_lambda_permission"],
            key("principal").none_of(&[Text("*")]),
        )
        .fix("name the service or account in `principal`")
        .snippet("principal = \"events.amazonaws.com\"\n")
        .example(include_str!("CKV_AWS_301.tf"))]),
    check("CKV_AWS_363", "the runtime of the function is supported")
        .problem("the runtime of the function is out of support")
        .severity(Medium)
        .why(
            "Flaws that are found in it are no longer mended, and AWS stops \
             updates of such functions.",
        )
        .references(&[
            security_hub("Lambda.2"),
            page("https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"),
        ])
        .rules(&[on(
            &["aws_lambda_function"],
            key("runtime").none_of(&[
                Text("dotnet5.0"),
                Text("dotnet6"),
                Text("dotnet7"),
                Text("dotnetcore1.0"),
                Text("dotnetcore2.0"),
                Text("dotnetcore2.1"),
                Text("dotnetcore3.1"),
                Text("go1.x"),
                Text("java8"),
                Text("nodejs"),
                Text("nodejs10.x"),
                Text("nodejs12.x"),
                Text("nodejs14.x"),
                Text("nodejs16.x"),
                Text("nodejs4.3"),
                Text("nodejs4.3-edge"),
                Text("nodejs6.10"),
                Text("nodejs8.10"),
                Text("provided"),
                Text("python2.7"),
                Text("python3.6"),
                Text("python3.7"),
                Text("python3.9"),
                Text("ruby2.5"),
                Text("ruby2.7"),
            ]),
        )
        .fix("move to a runtime that AWS still updates")
        .snippet("runtime = \"python3.13\"\n")
        .example(include_str!("CKV_AWS_363.tf"))]),
    check("CKV_AWS_364", "a service calls the function for one account or resource")
        .problem("a service calls the function for anyone")
        .severity(Medium)
        .why("A stranger sets up the same service to call this function, and AWS sees nothing wrong with it.")
        .references(&[page("https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html")])
        .rules(&[terraform(&["aws_lambda_permission"], Test::Resource(names_its_source))
            .fix("set `source_arn` or `source_account`")
            .snippet("source_arn = aws_s3_bucket.uploads.arn\n")
            .example(include_str!("CKV_AWS_364.tf"))]),
];

/// A permission of a service names the resource or account for which it calls.
fn names_its_source(permission: &Resource<'_>) -> Outcome {
    let Some(principal) = permission.get("principal") else {
        return Outcome::NotApplicable;
    };
    if principal.value.as_unknown().is_some() {
        return undecided(principal, false);
    }
    let name = principal.value.as_str().unwrap_or_default();
    let domain = name.split_once('.').map_or("", |(_, domain)| domain);
    if domain != "amazonaws.com" && !domain.starts_with("amazonaws.com.") {
        return Outcome::NotApplicable;
    }
    let mut sources = ["source_arn", "source_account"].into_iter();
    let named = sources.any(|source| permission.get(source).is_some());
    Outcome::require(named, || {
        Label::new(principal.span, format!("`{name}` calls for any account"))
    })
}
