//! Bytes a second of the scanner: on files with nothing in them, on files that talk of secrets but
//! hold none, on files with secrets, and on `BASTIDE_BENCH_FILE` if that is set.

use std::hint::black_box;

use bastide_secrets::{Options, Scanner};
use bastide_source::{FileId, Source};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const TERRAFORM: &str = r#"
resource "aws_security_group" "app" {
  name        = "app-${var.environment}"
  description = "Traffic to the application, see https://docs.bastide.dev/network"
  vpc_id      = module.network.vpc_id

  dynamic "ingress" {
    for_each = { for rule in var.rules : rule.name => rule if rule.enabled }
    content {
      from_port   = ingress.value.port
      cidr_blocks = [var.public ? "0.0.0.0/0" : "10.0.0.0/8"]
    }
  }
}
"#;

const DEPLOYMENT: &str = r#"
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: gateway
    labels: {app.kubernetes.io/name: gateway}
  spec:
    template:
      spec:
        containers:
          - name: gateway
            image: registry.bastide.dev/gateway:v1.19.0
            args: ["--listen", ":8080", "--config=/etc/gateway/config.yaml"]
            resources:
              limits: {cpu: "2", memory: 2Gi}
"#;

const REFERENCE: &str = r#"
            env:
              - name: DATABASE_PASSWORD
                valueFrom:
                  secretKeyRef: {name: database, key: password}
"#;

fn scanning(criterion: &mut Criterion) {
    let large = |block: &str| block.repeat((1 << 20) / block.len());
    let secret = "db_password = \"mZ8qLx03vKt7\"\n";
    let mut sources = vec![
        ("clean", "main.tf", large(TERRAFORM)),
        ("clean", "all.yaml", large(DEPLOYMENT)),
        (
            "references",
            "all.yaml",
            large(&format!("{DEPLOYMENT}{REFERENCE}")),
        ),
        ("secrets", "main.tf", large(&format!("{TERRAFORM}{secret}"))),
    ];
    let file = std::env::var("BASTIDE_BENCH_FILE");
    if let Ok(path) = &file {
        let text = std::fs::read_to_string(path).expect("a readable file");
        sources.push(("file", path, text));
    }
    let scanner = Scanner::new(Options::default());
    let mut group = criterion.benchmark_group("secrets");
    for (kind, path, text) in sources {
        let source = Source::new(FileId(0), path, text);
        group.throughput(Throughput::Bytes(source.text.len() as u64));
        group.bench_function(format!("{kind}/{path}"), |bencher| {
            bencher.iter(|| scanner.scan(black_box(&source)));
        });
    }
    group.finish();
}

criterion_group!(benches, scanning);
criterion_main!(benches);
