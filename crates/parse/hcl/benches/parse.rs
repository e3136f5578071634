//! Bytes a second of the parser, on a generated file and on `BASTIDE_BENCH_FILE` if that is set.

use std::hint::black_box;

use bastide_hcl::{Arena, parse};
use bastide_source::{FileId, Source};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const BLOCK: &str = r#"
resource "aws_security_group" "app" {
  name        = "app-${var.environment}"
  description = "Traffic to the application"
  vpc_id      = module.network.vpc_id

  dynamic "ingress" {
    for_each = { for rule in var.rules : rule.name => rule if rule.enabled }
    content {
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = [var.public ? "0.0.0.0/0" : "10.0.0.0/8"]
    }
  }

  tags = merge(local.tags, { Name = "app", Tier = 2 })
}
"#;

fn parsing(criterion: &mut Criterion) {
    let mut texts = vec![("generated".to_owned(), BLOCK.repeat(500))];
    if let Ok(path) = std::env::var("BASTIDE_BENCH_FILE") {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        texts.push((path, text));
    }
    let mut group = criterion.benchmark_group("hcl");
    for (name, text) in texts {
        let source = Source::new(FileId(0), "main.tf", text);
        group.throughput(Throughput::Bytes(source.text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let arena = Arena::new();
                black_box(parse(black_box(&source), &arena));
            });
        });
    }
    group.finish();
}

criterion_group!(benches, parsing);
criterion_main!(benches);
