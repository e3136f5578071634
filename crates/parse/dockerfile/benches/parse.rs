//! Bytes a second of the parser: on an ordinary Dockerfile, on inputs made to be slow, and on
//! `BASTIDE_BENCH_FILE` if that is set.

use std::hint::black_box;

use bastide_dockerfile::{Arena, parse};
use bastide_source::{FileId, Source};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const STAGES: &str = r#"
# The tools are built apart, so that the image does without a compiler.
FROM --platform=$BUILDPLATFORM golang:1.22-bookworm AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -ldflags="-s -w" -o /out/server ./cmd/server

FROM debian:bookworm-slim
LABEL org.opencontainers.image.source="https://github.com/example/server"
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends \
        # for outgoing TLS
        ca-certificates \
        tzdata \
    && rm -rf /var/lib/apt/lists/*
RUN <<EOF
useradd --uid 10001 --create-home server
install -d -o server /var/lib/server
EOF
COPY --from=build --chown=10001:10001 /out/server /usr/local/bin/server
EXPOSE 8080/tcp
USER 10001
HEALTHCHECK --interval=30s CMD ["/usr/local/bin/server", "health"]
ENTRYPOINT ["/usr/local/bin/server"]
CMD ["--listen", ":8080"]
"#;

fn texts() -> Vec<(String, String)> {
    let texts = [
        ("ordinary", STAGES.to_owned()),
        ("crlf", STAGES.replace('\n', "\r\n")),
        ("many stages", STAGES.repeat(400)),
        ("continuations", format!("RUN a{}", " \\\n".repeat(200_000))),
        ("comments", format!("RUN a \\\n{}", "#\n".repeat(200_000))),
        ("heredocs", "COPY <<A <<B /c\n".repeat(30_000)),
        ("folds", "RUN <<EOF\n".repeat(50_000)),
        ("words", format!("RUN {}", "<<A ".repeat(100_000))),
        ("line", format!("RUN {}", "a".repeat(500_000))),
        ("lines", "A\n".repeat(200_000)),
    ];
    let mut texts: Vec<_> = texts.map(|(name, text)| (name.to_owned(), text)).into();
    if let Ok(path) = std::env::var("BASTIDE_BENCH_FILE") {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        texts.push((path, text));
    }
    texts
}

fn parsing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("dockerfile");
    for (name, text) in texts() {
        let source = Source::new(FileId(0), "Dockerfile", text);
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
