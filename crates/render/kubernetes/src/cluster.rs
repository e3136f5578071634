//! What belongs to no namespace.

use bastide_platform::{ClusterMode, Platform, Target};
use k8s_openapi::api::networking::v1::{
    IngressClass, IngressClassParametersReference, IngressClassSpec,
};
use serde::Serialize;

use crate::ingress::default_class;
use crate::labels;
use crate::object::{Custom, Object};

/// What a load balancer is like that an Ingress of the class asks for.
#[derive(Serialize)]
struct IngressClassParams {
    scheme: &'static str,
}

/// On EKS: the class of Ingress, whose load balancer is an internal one unless asked otherwise.
pub(crate) fn objects(platform: &Platform) -> Vec<Object> {
    let settings = &platform.settings;
    let exposed = platform.workloads.iter().any(|it| it.exposed.is_some());
    if settings.target != Target::Eks || settings.ingress.class.is_some() || !exposed {
        return Vec::new();
    }
    let (api_version, group, controller) = match settings.cluster.mode {
        ClusterMode::Auto => (
            "eks.amazonaws.com/v1",
            "eks.amazonaws.com",
            "eks.amazonaws.com/alb",
        ),
        ClusterMode::Standard => (
            "elbv2.k8s.aws/v1beta1",
            "elbv2.k8s.aws",
            "ingress.k8s.aws/alb",
        ),
    };
    let class = default_class(settings.target);
    let parameters = Custom {
        api_version,
        kind: "IngressClassParams",
        metadata: labels::of(platform, None, class),
        spec: IngressClassParams {
            scheme: match settings.ingress.public {
                true => "internet-facing",
                false => "internal",
            },
        },
    };
    let ingress_class = IngressClass {
        metadata: labels::of(platform, None, class),
        spec: Some(IngressClassSpec {
            controller: Some(controller.to_owned()),
            parameters: Some(IngressClassParametersReference {
                api_group: Some(group.to_owned()),
                kind: "IngressClassParams".to_owned(),
                name: class.to_owned(),
                ..IngressClassParametersReference::default()
            }),
        }),
    };
    vec![Object::custom(&parameters), Object::of(ingress_class)]
}
