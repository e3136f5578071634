//! From the text of a `bastide.yaml` that has everything to its manifests: how long that takes, and
//! its parts.

use std::hint::black_box;

use bastide_platform::{Catalog, Lock, Platform, Settings, resolve};
use bastide_render_kubernetes::render;
use criterion::{Criterion, criterion_group, criterion_main};

const WHOLE: &str = "name: whole\ntarget: eks\nregion: us-west-2\ndomain: example.com\nregistry: registry.example.com/genai\ncomponents: all\n";

fn catalog() -> Catalog {
    Catalog::built_in().expect("the built-in files are right")
}

fn resolved(catalog: &Catalog) -> Platform {
    let settings = Settings::parse(WHOLE, "bastide.yaml").expect("it is one");
    resolve(&settings, catalog, &Lock::default()).expect("it resolves")
}

fn whole(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("whole");
    group.bench_function("catalog", |bencher| bencher.iter(|| black_box(catalog())));
    let all = catalog();
    group.bench_function("resolve", |bencher| {
        bencher.iter(|| black_box(resolved(&all)));
    });
    let platform = resolved(&all);
    group.bench_function("render", |bencher| {
        bencher.iter(|| black_box(render(&platform)));
    });
    group.bench_function("all", |bencher| {
        bencher.iter(|| black_box(render(&resolved(&catalog()))));
    });
    group.finish();
}

criterion_group!(benches, whole);
criterion_main!(benches);
