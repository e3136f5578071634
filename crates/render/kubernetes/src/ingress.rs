//! How requests come in from outside: over TLS, to what asks who one is.

use std::collections::BTreeMap;

use bastide_platform::{Platform, Target, Workload};
use k8s_openapi::api::networking::v1::{
    HTTPIngressPath, HTTPIngressRuleValue, Ingress, IngressBackend, IngressRule,
    IngressServiceBackend, IngressSpec, IngressTLS, ServiceBackendPort,
};

use crate::labels;
use crate::object::Object;

/// TLS 1.2 and 1.3, with the ciphers that are still good.
const ALB_POLICY: &str = "ELBSecurityPolicy-TLS13-1-2-2021-06";

pub(crate) fn objects(platform: &Platform, workload: &Workload) -> Vec<Object> {
    let Some(exposed) = &workload.exposed else {
        return Vec::new();
    };
    let settings = &platform.settings;
    if settings.has_edge() {
        // The cloud under the platform has a load balancer, which pods are entered into.
        return Vec::new();
    }
    let mut metadata = labels::metadata(platform, workload, &workload.id.name);
    let mut annotations = BTreeMap::new();
    let mut annotate =
        |key: &str, value: &str| annotations.insert(key.to_owned(), value.to_owned());
    // The load balancer of AWS finds a certificate for the host in ACM; elsewhere it is a Secret.
    let mut secret = None;
    match settings.target {
        Target::Eks => {
            let health = workload
                .containers
                .first()
                .and_then(|it| it.health.as_ref());
            let path = health.and_then(|it| it.ready.as_deref().or(it.live.as_deref()));
            annotate(
                "alb.ingress.kubernetes.io/listen-ports",
                "[{\"HTTPS\":443}]",
            );
            annotate("alb.ingress.kubernetes.io/ssl-policy", ALB_POLICY);
            annotate("alb.ingress.kubernetes.io/target-type", "ip");
            annotate(
                "alb.ingress.kubernetes.io/healthcheck-path",
                path.unwrap_or("/"),
            );
        }
        Target::Kubernetes => {
            if let Some(issuer) = &settings.ingress.issuer {
                annotate("cert-manager.io/cluster-issuer", issuer);
            }
            secret = Some(format!("{}-tls", workload.id.name));
        }
    }
    metadata.annotations = Some(annotations).filter(|it| !it.is_empty());
    let class = settings.ingress.class.as_deref().unwrap_or("nginx");
    let backend = IngressBackend {
        service: Some(IngressServiceBackend {
            name: workload.id.name.clone(),
            port: Some(ServiceBackendPort {
                number: Some(exposed.port.into()),
                name: None,
            }),
        }),
        resource: None,
    };
    vec![Object::of(Ingress {
        metadata,
        spec: Some(IngressSpec {
            ingress_class_name: Some(class.to_owned()),
            rules: Some(vec![IngressRule {
                host: Some(exposed.host.clone()),
                http: Some(HTTPIngressRuleValue {
                    paths: vec![HTTPIngressPath {
                        backend,
                        path: Some("/".to_owned()),
                        path_type: "Prefix".to_owned(),
                    }],
                }),
            }]),
            tls: Some(vec![IngressTLS {
                hosts: Some(vec![exposed.host.clone()]),
                secret_name: secret,
            }]),
            ..IngressSpec::default()
        }),
        ..Ingress::default()
    })]
}
