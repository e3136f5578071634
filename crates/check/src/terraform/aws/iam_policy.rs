//! What policies of IAM allow.

use bastide_terraform::Resource;
use bastide_value::Value;

use crate::condition::undecided;
use crate::outcome::Undecided;
use crate::prelude::*;

use super::actions::{Action, Level, is_restrictable};
use super::policy_document::{
    Statement, Unread, no_statement, of_document, statements, without_flaw,
};

const DOCUMENTS: &[&str] = &["data.aws_iam_policy_document"];

const POLICIES: &[&str] = &[
    "aws_iam_role_policy",
    "aws_iam_user_policy",
    "aws_iam_group_policy",
    "aws_iam_policy",
    "aws_ssoadmin_permission_set_inline_policy",
];

const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

const LEAST_PRIVILEGE: Reference = page(
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
);

const PRINCIPALS: Reference = page(
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
);

const EVERYTHING: &str = "Whoever gets hold of the identity, through a leaked key or a hole in a program, owns the account.";

const ALL_ACTIONS: &str = "It grants what nobody thought of, actions that AWS adds later included.";

const ADMINISTRATORS: &str =
    "Any mistake with that identity, and any theft of it, reaches the whole account.";

const NAME_ACTIONS: &str =
    "actions   = [\"s3:GetObject\"]\nresources = [\"${aws_s3_bucket.data.arn}/*\"]\n";

const NAME_ACTIONS_JSON: &str =
    "Action   = [\"s3:GetObject\"]\nResource = [\"${aws_s3_bucket.data.arn}/*\"]\n";

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_1", "no policy document allows everything")
        .problem("the policy document allows every action on every resource")
        .severity(Critical)
        .why(EVERYTHING)
        .references(&[cis_aws("1.16"), security_hub("IAM.1"), LEAST_PRIVILEGE])
        .rules(&[terraform(DOCUMENTS, Test::Resource(document_allows_less_than_all))
            .fix("name the actions and resources that are needed")
            .snippet(NAME_ACTIONS)
            .example(include_str!("CKV_AWS_1.tf"))]),
    check("CKV_AWS_49", "no policy document allows all actions")
        .problem("the policy document allows every action")
        .severity(High)
        .why(ALL_ACTIONS)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(DOCUMENTS, Test::Resource(document_names_actions))
            .fix("name the actions that are needed")
            .snippet(NAME_ACTIONS)
            .example(include_str!("CKV_AWS_49.tf"))]),
    check("CKV_AWS_60", "the role is not for everyone to assume")
        .problem("anyone on AWS may assume the role")
        .severity(Critical)
        .why("An account anywhere, a stranger's too, becomes this role and does what it may do.")
        .references(&[PRINCIPALS])
        .rules(&[terraform(&["aws_iam_role"], Test::Resource(not_assumed_by_anyone))
            .fix("name the services, roles or accounts in `Principal`")
            .snippet("Principal = { Service = \"ec2.amazonaws.com\" }\n")
            .example(include_str!("CKV_AWS_60.tf"))]),
    check("CKV_AWS_61", "the role is not for a whole account to assume")
        .problem("a whole account may assume the role")
        .severity(Medium)
        .why("Who may become this role is then decided by whoever writes policies in that account.")
        .references(&[PRINCIPALS])
        .rules(&[terraform(&["aws_iam_role"], Test::Resource(not_assumed_by_account))
            .fix("name the roles or services in `Principal`")
            .snippet("Principal = { AWS = aws_iam_role.deployer.arn }\n")
            .example(include_str!("CKV_AWS_61.tf"))]),
    check("CKV_AWS_62", "no policy allows everything")
        .problem("the policy allows every action on every resource")
        .severity(Critical)
        .why(EVERYTHING)
        .references(&[cis_aws("1.16"), security_hub("IAM.1"), LEAST_PRIVILEGE])
        .rules(&[terraform(POLICIES, Test::Resource(policy_allows_less_than_all))
            .fix("name the actions and resources that are needed")
            .snippet(NAME_ACTIONS_JSON)
            .example(include_str!("CKV_AWS_62.tf"))]),
    check("CKV_AWS_63", "no policy allows all actions")
        .problem("the policy allows every action")
        .severity(High)
        .why(ALL_ACTIONS)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(POLICIES, Test::Resource(policy_names_actions))
            .fix("name the actions that are needed")
            .snippet(NAME_ACTIONS_JSON)
            .example(include_str!("CKV_AWS_63.tf"))]),
    check("CKV_AWS_107", "no policy document gives out credentials")
        .problem("the policy document gives out credentials without limit")
        .severity(High)
        .why(CREDENTIALS_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(DOCUMENTS, Test::Resource(document_gives_no_credentials))
            .fix("limit these actions with `resources` or a `condition`")
            .snippet(NAME_ACTIONS)
            .example(include_str!("CKV_AWS_107.tf"))]),
    check("CKV_AWS_108", "no policy document lets all data be read")
        .problem("the policy document lets all data or secrets be read")
        .severity(High)
        .why(DATA_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(DOCUMENTS, Test::Resource(document_does_not_read_all))
            .fix("name the buckets, parameters and secrets in `resources`")
            .snippet(NAME_ACTIONS)
            .example(include_str!("CKV_AWS_108.tf"))]),
    check("CKV_AWS_109", "no policy document lets all permissions be managed")
        .problem("the policy document lets permissions of every resource be managed")
        .severity(High)
        .why(PERMISSIONS_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(DOCUMENTS, Test::Resource(document_limits_permissions))
            .fix("name the resources, or add a `condition`")
            .snippet(NAME_ACTIONS)
            .example(include_str!("CKV_AWS_109.tf"))]),
    check("CKV_AWS_110", "no policy document lets its holder take more rights")
        .problem("the holder of the policy document can take more rights")
        .severity(High)
        .why(ESCALATION_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(DOCUMENTS, Test::Resource(document_does_not_escalate))
            .fix("limit these actions with `resources` or a `condition`")
            .snippet(NAME_ACTIONS)
            .example(include_str!("CKV_AWS_110.tf"))]),
    check("CKV_AWS_111", "no policy document lets everything be written")
        .problem("the policy document lets every resource be changed")
        .severity(Medium)
        .why(WRITING_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(DOCUMENTS, Test::Resource(document_limits_writing))
            .fix("name the resources, or add a `condition`")
            .snippet(NAME_ACTIONS)
            .example(include_str!("CKV_AWS_111.tf"))]),
    check("CKV_AWS_274", "nobody is an administrator by AWS's own policy")
        .problem("`AdministratorAccess` is attached")
        .severity(High)
        .why(ADMINISTRATORS)
        .references(&[cis_aws("1.16"), LEAST_PRIVILEGE])
        .rules(&[on(
            &[
                "aws_iam_role",
                "aws_iam_policy_attachment",
                "aws_iam_role_policy_attachment",
                "aws_iam_user_policy_attachment",
                "aws_iam_group_policy_attachment",
                "aws_ssoadmin_managed_policy_attachment",
            ],
            presumed(&all_of(&[
                key("policy_arn").none_of(&[Text(ADMINISTRATOR)]),
                key("managed_policy_arn").none_of(&[Text(ADMINISTRATOR)]),
                key("managed_policy_arns").none_of(&[Text(ADMINISTRATOR)]),
            ])),
        )
        .fix("attach a policy that names what is needed")
        .snippet("policy_arn = aws_iam_policy.deploy.arn\n")
        .example(include_str!("CKV_AWS_274.tf"))]),
    check("CKV_AWS_275", "AWS's policy for administrators is not looked up")
        .problem("`AdministratorAccess` is looked up")
        .severity(High)
        .why(ADMINISTRATORS)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[on(
            &["data.aws_iam_policy"],
            presumed(&all_of(&[
                key("name").none_of(&[Text("AdministratorAccess")]),
                key("arn").none_of(&[Text(ADMINISTRATOR)]),
            ])),
        )
        .fix("look up a policy that names what is needed")
        .snippet("name = \"ReadOnlyAccess\"\n")
        .example(include_str!("CKV_AWS_275.tf"))]),
    check("CKV_AWS_283", "no policy document is for everyone")
        .problem("the policy document is for everyone")
        .severity(High)
        .why("Any account on AWS, a stranger's too, may then do what it says.")
        .references(&[PRINCIPALS])
        .rules(&[terraform(DOCUMENTS, Test::Resource(document_names_principals))
            .fix("name the principals, or add a `condition`")
            .snippet("principals {\n  type        = \"AWS\"\n  identifiers = [aws_iam_role.reader.arn]\n}\n")
            .example(include_str!("CKV_AWS_283.tf"))]),
    check("CKV_AWS_286", "no policy lets its holder take more rights")
        .problem("the holder of the policy can take more rights")
        .severity(High)
        .why(ESCALATION_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(POLICIES, Test::Resource(policy_does_not_escalate))
            .fix("limit these actions with `Resource` or a `Condition`")
            .snippet(NAME_ACTIONS_JSON)
            .example(include_str!("CKV_AWS_286.tf"))]),
    check("CKV_AWS_287", "no policy gives out credentials")
        .problem("the policy gives out credentials without limit")
        .severity(High)
        .why(CREDENTIALS_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(POLICIES, Test::Resource(policy_gives_no_credentials))
            .fix("limit these actions with `Resource` or a `Condition`")
            .snippet(NAME_ACTIONS_JSON)
            .example(include_str!("CKV_AWS_287.tf"))]),
    check("CKV_AWS_288", "no policy lets all data be read")
        .problem("the policy lets all data or secrets be read")
        .severity(High)
        .why(DATA_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(POLICIES, Test::Resource(policy_does_not_read_all))
            .fix("name the buckets, parameters and secrets in `Resource`")
            .snippet(NAME_ACTIONS_JSON)
            .example(include_str!("CKV_AWS_288.tf"))]),
    check("CKV_AWS_289", "no policy lets all permissions be managed")
        .problem("the policy lets permissions of every resource be managed")
        .severity(High)
        .why(PERMISSIONS_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(POLICIES, Test::Resource(policy_limits_permissions))
            .fix("name the resources, or add a `Condition`")
            .snippet(NAME_ACTIONS_JSON)
            .example(include_str!("CKV_AWS_289.tf"))]),
    check("CKV_AWS_290", "no policy lets everything be written")
        .problem("the policy lets every resource be changed")
        .severity(Medium)
        .why(WRITING_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(POLICIES, Test::Resource(policy_limits_writing))
            .fix("name the resources, or add a `Condition`")
            .snippet(NAME_ACTIONS_JSON)
            .example(include_str!("CKV_AWS_290.tf"))]),
    check("CKV_AWS_355", "policies name the resources of actions that can be limited to them")
        .problem("the policy allows actions on every resource")
        .severity(Medium)
        .why(UNLIMITED_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(POLICIES, Test::Resource(policy_limits_actions))
            .fix("name the resources")
            .snippet(NAME_ACTIONS_JSON)
            .example(include_str!("CKV_AWS_355.tf"))]),
    check("CKV_AWS_356", "policy documents name the resources of actions that can be limited to them")
        .problem("the policy document allows actions on every resource")
        .severity(Medium)
        .why(UNLIMITED_WHY)
        .references(&[LEAST_PRIVILEGE])
        .rules(&[terraform(DOCUMENTS, Test::Resource(document_limits_actions))
            .fix("name the resources")
            .snippet(NAME_ACTIONS)
            .example(include_str!("CKV_AWS_356.tf"))]),
];

const ESCALATION_WHY: &str = "With these actions an identity gives itself, or a service that it controls, rights it was never granted.";

const PERMISSIONS_WHY: &str = "The holder opens any resource to itself or to strangers, whatever other policies were meant to keep.";

const WRITING_WHY: &str = "A mistake, or whoever steals the identity, changes and deletes what has nothing to do with its work.";

const UNLIMITED_WHY: &str = "Resources that belong to others, and those made later, are within reach though nobody decided it.";

const CREDENTIALS_WHY: &str =
    "The holder makes or fetches credentials of others and goes on in their name.";

const DATA_WHY: &str =
    "One stolen identity is then enough to copy every object, parameter or secret of the account.";

/// Actions that read what is stored.
const READING: &[&[&str]] = &[
    &["s3:getobject"],
    &["ssm:getparameter"],
    &["ssm:getparameters"],
    &["ssm:getparametersbypath"],
    &["secretsmanager:getsecretvalue"],
];

/// Actions whose answer is a credential.
const CREDENTIALS: &[&[&str]] = &[
    &["airflow:createclitoken"],
    &["airflow:createweblogintoken"],
    &["appsync:createapikey"],
    &["chime:createapikey"],
    &["cloud9:createenvironmenttoken"],
    &["codeartifact:getauthorizationtoken"],
    &["codepipeline:pollforjobs"],
    &["cognito-identity:getcredentialsforidentity"],
    &["cognito-identity:getopenidtoken"],
    &["cognito-identity:getopenidtokenfordeveloperidentity"],
    &["cognito-idp:getsigningcertificate"],
    &["connect:getfederationtoken"],
    &["ec2:getpassworddata"],
    &["ecr-public:getauthorizationtoken"],
    &["emr-containers:getmanagedendpointsessioncredentials"],
    &["finspace-api:getprogrammaticaccesscredentials"],
    &["gamelift:getinstanceaccess"],
    &["gamelift:requestuploadcredentials"],
    &["grafana:createworkspaceapikey"],
    &["iam:createaccesskey"],
    &["iam:createloginprofile"],
    &["iam:createservicespecificcredential"],
    &["iam:resetservicespecificcredential"],
    &["iam:updateaccesskey"],
    &["license-manager:getaccesstoken"],
    &["lightsail:createbucketaccesskey"],
    &["lightsail:downloaddefaultkeypair"],
    &["lightsail:getinstanceaccessdetails"],
    &["lightsail:getrelationaldatabasemasteruserpassword"],
    &["mediapackage:rotatechannelcredentials"],
    &["mediapackage:rotateingestendpointcredentials"],
    &["rds-db:connect"],
    &["redshift-serverless:getcredentials"],
    &["redshift:getclustercredentials"],
    &["redshift:getclustercredentialswithiam"],
    &["sts:assumerole"],
    &["sts:assumerolewithsaml"],
    &["sts:assumerolewithwebidentity"],
    &["sts:getfederationtoken"],
    &["sts:getsessiontoken"],
];

/// Actions that together give more rights, as Rhino Security Labs described them.
const ESCALATIONS: &[&[&str]] = &[
    &["iam:createaccesskey"],
    &["iam:createloginprofile"],
    &["iam:updateloginprofile"],
    &["iam:addusertogroup"],
    &["iam:createpolicyversion"],
    &["iam:setdefaultpolicyversion"],
    &["iam:attachuserpolicy"],
    &["iam:attachgrouppolicy"],
    &["iam:attachrolepolicy", "sts:assumerole"],
    &["iam:putuserpolicy"],
    &["iam:putgrouppolicy"],
    &["iam:putrolepolicy", "sts:assumerole"],
    &["iam:updateassumerolepolicy", "sts:assumerole"],
    &["iam:passrole", "ec2:runinstances"],
    &[
        "iam:passrole",
        "lambda:createfunction",
        "lambda:invokefunction",
    ],
    &[
        "iam:passrole",
        "lambda:createfunction",
        "lambda:createeventsourcemapping",
    ],
    &["iam:passrole", "glue:createdevendpoint"],
    &["iam:passrole", "cloudformation:createstack"],
    &["iam:passrole", "datapipeline:createpipeline"],
    &["glue:updatedevendpoint"],
    &["lambda:updatefunctioncode"],
];

fn document_allows_less_than_all(document: &Resource<'_>) -> Outcome {
    no_block(document, allows_all)
}

fn document_names_actions(document: &Resource<'_>) -> Outcome {
    no_block(document, allows_all_actions)
}

fn document_names_principals(document: &Resource<'_>) -> Outcome {
    no_block(document, |statement| {
        let anyone = statement.aws_principals().any(|principal| principal == "*");
        let open = anyone && !statement.denies() && !statement.has_condition();
        open.then(|| "`*` is everyone on AWS".to_owned())
    })
}

fn document_does_not_escalate(document: &Resource<'_>) -> Outcome {
    no_flaw_in_document(document, escalation)
}

fn document_gives_no_credentials(document: &Resource<'_>) -> Outcome {
    no_flaw_in_document(document, credentials)
}

fn document_does_not_read_all(document: &Resource<'_>) -> Outcome {
    no_flaw_in_document(document, reading)
}

fn document_limits_permissions(document: &Resource<'_>) -> Outcome {
    no_flaw_in_document(document, permissions)
}

fn document_limits_writing(document: &Resource<'_>) -> Outcome {
    no_flaw_in_document(document, writing)
}

fn document_limits_actions(document: &Resource<'_>) -> Outcome {
    no_flaw_in_document(document, unlimited)
}

fn policy_allows_less_than_all(policy: &Resource<'_>) -> Outcome {
    no_statement(policy, text_of(policy), Unread::Passes, allows_all)
}

fn policy_names_actions(policy: &Resource<'_>) -> Outcome {
    no_statement(policy, text_of(policy), Unread::Passes, allows_all_actions)
}

fn policy_does_not_escalate(policy: &Resource<'_>) -> Outcome {
    no_flaw_in_policy(policy, escalation)
}

fn policy_gives_no_credentials(policy: &Resource<'_>) -> Outcome {
    no_flaw_in_policy(policy, credentials)
}

fn policy_does_not_read_all(policy: &Resource<'_>) -> Outcome {
    no_flaw_in_policy(policy, reading)
}

fn policy_limits_permissions(policy: &Resource<'_>) -> Outcome {
    no_flaw_in_policy(policy, permissions)
}

fn policy_limits_writing(policy: &Resource<'_>) -> Outcome {
    no_flaw_in_policy(policy, writing)
}

fn policy_limits_actions(policy: &Resource<'_>) -> Outcome {
    no_flaw_in_policy(policy, unlimited)
}

fn not_assumed_by_anyone(role: &Resource<'_>) -> Outcome {
    no_statement(role, "assume_role_policy", Unread::Passes, |statement| {
        let anyone = statement.aws_principals().any(|principal| principal == "*");
        let open = anyone && !statement.denies();
        open.then(|| "`*` is everyone on AWS".to_owned())
    })
}

fn not_assumed_by_account(role: &Resource<'_>) -> Outcome {
    if role.get("assume_role_policy").is_none() {
        return Outcome::NotApplicable;
    }
    no_statement(role, "assume_role_policy", Unread::Passes, |statement| {
        let mut principals = statement.aws_principals();
        let account = principals.find(|principal| is_account(principal))?;
        let open = !statement.denies();
        open.then(|| format!("`{account}` is a whole account"))
    })
}

/// Whether a principal is an account: its number, or the ARN of its root user.
fn is_account(principal: &str) -> bool {
    let number = principal.strip_prefix("arn:aws:iam::").unwrap_or(principal);
    let Some((digits, rest)) = number.split_at_checked(12) else {
        return false;
    };
    let of_arn = number.len() < principal.len();
    digits.bytes().all(|byte| byte.is_ascii_digit()) && (!of_arn || rest.starts_with(":root"))
}

/// The attribute in which a resource holds its policy.
fn text_of(policy: &Resource<'_>) -> &'static str {
    match policy.get("policy") {
        Some(_) => "policy",
        None => "inline_policy",
    }
}

fn allows_all(statement: &Statement) -> Option<String> {
    let all = statement.allows() && statement.has_all_actions() && statement.has_all_resources();
    all.then(|| "every action is allowed on every resource".to_owned())
}

fn allows_all_actions(statement: &Statement) -> Option<String> {
    let all = statement.allows() && statement.has_all_actions();
    all.then(|| "every action is allowed".to_owned())
}

/// No block `statement` of a document has a flaw.
fn no_block(document: &Resource<'_>, flaw: fn(&Statement) -> Option<String>) -> Outcome {
    let statements = of_document(document);
    pass_unless(statements.iter().find_map(|statement| {
        let flaw = flaw(statement)?;
        Some(Label::new(statement.span(), flaw))
    }))
}

/// What is wrong with the statements of a policy together.
type Flaw = fn(&[Statement]) -> Option<Label>;

fn no_flaw_in_policy(policy: &Resource<'_>, flaw: Flaw) -> Outcome {
    let attribute = text_of(policy);
    match statements(policy, attribute, Unread::Silent) {
        Ok(statements) if statements.iter().all(Statement::is_whole) => match flaw(&statements) {
            Some(label) => Outcome::Fail(vec![label]),
            None => without_flaw(policy, attribute, Unread::Silent),
        },
        Ok(_) => Outcome::NotApplicable,
        Err(outcome) => outcome,
    }
}

fn no_flaw_in_document(document: &Resource<'_>, flaw: Flaw) -> Outcome {
    if let Some(node) = document.get("statement") {
        // Anything else than blocks is a mistake, or not known.
        let Value::Blocks(blocks) = node.value else {
            return undecided(node, false);
        };
        if let Some(vague) = blocks.iter().find(|block| block.value.as_map().is_none()) {
            return undecided(vague, false);
        }
    }
    let statements = of_document(document);
    if let Some(vague) = statements.iter().find(|statement| !statement.is_whole()) {
        return Outcome::Undecided(Undecided {
            label: Label::new(vague.span(), "the actions of this statement are not known"),
            // Checkov takes a text for an action, and stops at an item that is none.
            presumed: !vague.lists_actions(),
        });
    }
    pass_unless(flaw(&statements))
}

fn escalation(statements: &[Statement]) -> Option<Label> {
    combination(statements, ESCALATIONS)
}

fn credentials(statements: &[Statement]) -> Option<Label> {
    combination(statements, CREDENTIALS)
}

fn reading(statements: &[Statement]) -> Option<Label> {
    combination(statements, READING)
}

/// The first combination of actions of which every one is allowed without limit.
fn combination(statements: &[Statement], combinations: &[&[&str]]) -> Option<Label> {
    let granting = |action: &str| {
        let granting = statements.iter().find(|statement| {
            let names = statement.actions().next().is_some();
            let free = || names && !statement.has_condition() && !is_restrictable(action);
            statement.allows() && statement.covers(action) && (statement.is_unlimited() || free())
        })?;
        (!is_denied(statements, action)).then_some(granting)
    };
    combinations.iter().find_map(|actions| {
        let mut granted = actions.iter().map(|action| granting(action));
        let span = granted.next()??.span();
        granted.all(|granting| granting.is_some()).then_some(())?;
        let named = actions.join("` and `");
        Some(Label::new(
            span,
            format!("`{named}` is allowed without limit"),
        ))
    })
}

/// An action that decides who may do what, on every resource.
fn permissions(statements: &[Statement]) -> Option<Label> {
    on_every_resource(statements, |action, _| action.level == Level::Permissions)
}

/// An action that makes, changes or deletes, on every resource.
fn writing(statements: &[Statement]) -> Option<Label> {
    on_every_resource(statements, |action, _| action.level == Level::Write)
}

/// An action that could be limited to resources and is not.
fn unlimited(statements: &[Statement]) -> Option<Label> {
    on_every_resource(statements, |_, name| !is_denied(statements, name))
}

fn on_every_resource(
    statements: &[Statement],
    wanted: impl Fn(Action, &str) -> bool,
) -> Option<Label> {
    let mut unlimited = statements.iter().filter(|one| one.is_unlimited());
    unlimited.find_map(|statement| {
        let action = statement.restrictable_action(&wanted)?;
        let text = format!("`{action}` is allowed on every resource");
        Some(Label::new(statement.span(), text))
    })
}

/// Whether a statement denies an action by name, wherever and whenever.
fn is_denied(statements: &[Statement], action: &str) -> bool {
    let mut denying = statements.iter().filter(|statement| statement.denies());
    denying.any(|statement| statement.actions().next().is_some() && statement.covers(action))
}

fn pass_unless(flaw: Option<Label>) -> Outcome {
    flaw.map_or(Outcome::Pass, |label| Outcome::Fail(vec![label]))
}
