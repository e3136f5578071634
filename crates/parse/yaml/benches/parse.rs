//! Bytes a second of the parsers, on generated files and on `BASTIDE_BENCH_FILE` if that is set.

use std::hint::black_box;

use bastide_source::{FileId, Source};
use bastide_value::Arena;
use bastide_yaml::{json, parse};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const MANIFEST: &str = r#"---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: gateway
  namespace: llm
  labels:
    app.kubernetes.io/name: gateway
    app.kubernetes.io/version: "1.4.2"
spec:
  replicas: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: gateway
  template:
    metadata:
      labels:
        app.kubernetes.io/name: gateway
    spec:
      automountServiceAccountToken: false
      # The gateway keeps nothing on disk.
      containers:
        - name: gateway
          image: registry.example.com/llm/gateway:1.4.2@sha256:0c1f5e2b
          args: ["--port", "8080", "--log-level", "info"]
          env:
            - name: LOG_FORMAT
              value: json
            - name: API_KEY
              valueFrom:
                secretKeyRef: {name: gateway, key: api-key}
          ports:
            - containerPort: 8080
              protocol: TCP
          resources:
            requests:
              cpu: 250m
              memory: 512Mi
            limits:
              memory: 1Gi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            runAsNonRoot: true
            capabilities:
              drop:
                - ALL
          livenessProbe:
            httpGet:
              path: /health/live
              port: 8080
            initialDelaySeconds: 10
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: gateway
data:
  config.ini: |
    [server]
    port = 8080
    workers = 4
"#;

const OBJECT: &str = r#"{
    "address": "module.app.aws_instance.web[0]",
    "mode": "managed",
    "count": 12,
    "change": {
      "actions": ["create"],
      "before": null,
      "after": {
        "ami": "ami-0c1f5e2b",
        "ebs_optimized": true,
        "tags": {"Name": "web", "Note": "a \"quoted\" word"},
        "weights": [0.25, 1.5e3, -7]
      }
    }
  }"#;

fn parsing(criterion: &mut Criterion) {
    let objects = vec![OBJECT; 1000].join(",\n  ");
    let mut texts = vec![
        ("manifests.yaml".to_owned(), MANIFEST.repeat(300)),
        ("objects.json".to_owned(), format!("[{objects}]\n")),
    ];
    if let Ok(path) = std::env::var("BASTIDE_BENCH_FILE") {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        texts.push((path, text));
    }
    let mut group = criterion.benchmark_group("parse");
    for (name, text) in texts {
        let is_json = name.ends_with(".json");
        let source = Source::new(FileId(0), name.as_str(), text);
        group.throughput(Throughput::Bytes(source.text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let arena = Arena::new();
                if is_json {
                    let _ = black_box(json::parse(black_box(&source), &arena));
                } else {
                    black_box(parse(black_box(&source), &arena));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, parsing);
criterion_main!(benches);
