//! Checks on Bitbucket Pipelines.

use bastide_pipelines::{Entity, Pipeline};

use super::Finding;
use crate::Framework;
use crate::check::pipeline;
use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check(
    "CKV_BITBUCKETPIPELINES_1",
    "no step runs in an image tagged `latest`",
)
.problem("steps run in whatever image is the latest")
.severity(Medium)
.why(
    "Whoever can push to the name decides what the next step runs in, with all its secrets, and a \
     build that worked yesterday cannot be repeated.",
)
.references(&[
    owasp_cicd("CICD-SEC-3"),
    page("https://support.atlassian.com/bitbucket-cloud/docs/use-docker-images-as-build-environments/"),
])
.rules(&[pipeline(
    Framework::BitbucketPipelines,
    &["image"],
    image_is_not_latest,
)
.fix("name a version, better a digest")
.snippet("image: node:22.11.0\n")
.example(include_str!("CKV_BITBUCKETPIPELINES_1.yaml"))])];

fn image_is_not_latest<'a>(_: &Pipeline<'a>, holder: &Entity<'a>) -> Finding<'a> {
    let Some(image) = holder.get("image").filter(|it| !it.value.is_falsy()) else {
        return Outcome::NotApplicable.into();
    };
    let name = image.value.as_str().unwrap_or_default();
    let label = || Label::new(image.span, "this is another image tomorrow");
    Outcome::require(!name.ends_with(":latest"), label).into()
}
