use bastide_platform::{Catalog, Category, Component};

use super::table;

/// The components that there are, by what they are for.
pub fn components(catalog: &Catalog) -> String {
    let mut text = String::new();
    for category in Category::ALL {
        let of_category = catalog.components().filter(|it| it.category == category);
        let rows = of_category.map(|component| {
            let workloads = component.workloads.values();
            let cpu = workloads
                .clone()
                .map(|it| it.resources.cpu)
                .sum::<bastide_platform::Cpu>();
            let memory = workloads
                .clone()
                .map(|it| it.resources.memory_in_all())
                .sum::<bastide_platform::Bytes>();
            let gpus: u32 = workloads.clone().map(|it| it.resources.gpu).sum();
            let mut needs: Vec<&str> = component.stores.values().map(String::as_str).collect();
            needs.extend(workloads.flat_map(|it| &it.needs).map(String::as_str));
            needs.extend(component.requires.iter().map(String::as_str));
            needs.sort_unstable();
            needs.dedup();
            let takes = match gpus {
                0 => format!("{cpu} CPU, {memory}"),
                _ => format!("{cpu} CPU, {memory}, {gpus} GPU"),
            };
            vec![
                format!("  {}", component.component),
                takes,
                about(component, &needs),
            ]
        });
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() {
            text.push_str(&format!("{}\n{}\n", category.name(), table(&rows)));
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// What a component does, what it cannot be without, and whether it should be.
fn about(component: &Component, needs: &[&str]) -> String {
    let mut text = component.about.clone();
    if !needs.is_empty() {
        text.push_str(&format!(" Needs {}.", needs.join(", ")));
    }
    if let Some(why) = &component.deprecated {
        text.push_str(&format!(" Deprecated: {why}"));
    }
    text
}

/// The models that there are, by name, with who serves them and what that takes.
pub fn models(catalog: &Catalog) -> String {
    let mut rows = vec![
        ["model", "served by", "takes", "licence", ""]
            .map(str::to_owned)
            .to_vec(),
    ];
    for model in catalog.models() {
        for (engine, served) in &model.engines {
            let resources = served.resources;
            let takes = match (resources.gpu, resources.neuron) {
                _ if engine == "bedrock" => "nothing".to_owned(),
                (0, 0) => format!("{} CPU, {}", resources.cpu, resources.memory_in_all()),
                (gpus, 0) => format!("{gpus} GPU, {}", resources.memory_in_all()),
                (_, cores) => format!("{cores} Neuron cores, {}", resources.memory_in_all()),
            };
            let mut about = model.about.clone();
            if model.gated {
                about.push_str("; needs a token of Hugging Face");
            }
            if served.default {
                about.push_str(" (default)");
            }
            rows.push(vec![
                model.model.clone(),
                engine.clone(),
                takes,
                model.licence.clone(),
                about,
            ]);
        }
    }
    table(&rows)
}
