//! Checks on resources and on how they are joined: each is a policy.

use crate::Check;

mod api_gateway;
mod appsync;
mod cloudfront;
mod codecommit;
mod compute;
mod dynamodb;
mod elasticache;
mod iam;
mod load_balancing;
mod logging;
mod messaging;
mod migration;
mod neptune;
mod opensearch;
mod rds;
mod route53;
mod s3;
mod sagemaker;
mod secrets;
mod storage;
mod vpc;

pub(crate) const CHECKS: &[&[Check]] = &[
    api_gateway::CHECKS,
    appsync::CHECKS,
    cloudfront::CHECKS,
    codecommit::CHECKS,
    compute::CHECKS,
    dynamodb::CHECKS,
    elasticache::CHECKS,
    iam::CHECKS,
    load_balancing::CHECKS,
    logging::CHECKS,
    messaging::CHECKS,
    migration::CHECKS,
    neptune::CHECKS,
    opensearch::CHECKS,
    rds::CHECKS,
    route53::CHECKS,
    s3::CHECKS,
    sagemaker::CHECKS,
    secrets::CHECKS,
    storage::CHECKS,
    vpc::CHECKS,
];
