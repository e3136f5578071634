//! The picture of a platform: namespaces, workloads, and who may talk to whom.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bastide_platform::{Platform, Workload, WorkloadId};

/// How a picture is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GraphFormat {
    /// As a drawing.
    Svg,
    /// For Graphviz.
    Dot,
    /// For Markdown.
    Mermaid,
}

/// The picture of a platform.
pub fn graph(platform: &Platform, format: GraphFormat) -> String {
    match format {
        GraphFormat::Svg => svg(platform),
        GraphFormat::Dot => dot(platform),
        GraphFormat::Mermaid => mermaid(platform),
    }
}

/// The edges with the ports of each pair together.
fn edges(platform: &Platform) -> BTreeMap<(&WorkloadId, &WorkloadId), String> {
    let mut edges: BTreeMap<_, String> = BTreeMap::new();
    for edge in &platform.edges {
        let ports = edges.entry((&edge.from, &edge.to)).or_default();
        if !ports.is_empty() {
            ports.push_str(", ");
        }
        ports.push_str(&edge.port.to_string());
    }
    // Those that talk to each other on every port do so both ways: one arrow is enough.
    for workload in &platform.workloads {
        for other in platform.together(workload).filter(|it| workload.id < it.id) {
            edges.insert((&workload.id, &other.id), "all".to_owned());
        }
    }
    edges
}

fn dot(platform: &Platform) -> String {
    let mut text = format!(
        "digraph \"{}\" {{\n  rankdir=LR;\n  node [shape=box];\n",
        platform.settings.name
    );
    for (index, namespace) in platform.namespaces.iter().enumerate() {
        let _ = writeln!(
            text,
            "  subgraph cluster_{index} {{\n    label=\"{}\";",
            namespace.name
        );
        for workload in sorted(platform, &namespace.name) {
            let _ = writeln!(
                text,
                "    \"{}\" [label=\"{}\"];",
                workload.id, workload.id.name
            );
        }
        text.push_str("  }\n");
    }
    for ((from, to), ports) in edges(platform) {
        let _ = writeln!(text, "  \"{from}\" -> \"{to}\" [label=\"{ports}\"];");
    }
    text.push_str("}\n");
    text
}

fn mermaid(platform: &Platform) -> String {
    let numbers: BTreeMap<_, _> = platform
        .workloads
        .iter()
        .enumerate()
        .map(|(at, it)| (&it.id, at))
        .collect();
    let mut text = String::from("flowchart LR\n");
    for namespace in &platform.namespaces {
        let _ = writeln!(text, "  subgraph {}", namespace.name);
        for workload in sorted(platform, &namespace.name) {
            let _ = writeln!(
                text,
                "    w{}[\"{}\"]",
                numbers[&workload.id], workload.id.name
            );
        }
        text.push_str("  end\n");
    }
    for ((from, to), ports) in edges(platform) {
        let _ = writeln!(text, "  w{} -->|{ports}| w{}", numbers[from], numbers[to]);
    }
    text
}

fn sorted<'a>(platform: &'a Platform, namespace: &'a str) -> Vec<&'a Workload> {
    let mut workloads: Vec<_> = platform.in_namespace(namespace).collect();
    workloads.sort_by(|one, two| one.id.cmp(&two.id));
    workloads
}

/// Sizes in the drawing, in pixels.
const WIDTH: usize = 210;
const HEIGHT: usize = 26;
const GAP: usize = 10;
const COLUMN: usize = WIDTH + 150;
const MARGIN: usize = 30;

/// Namespaces stand in columns, those that are called to the right of those that call.
fn svg(platform: &Platform) -> String {
    let columns = columns(platform);
    let mut places: BTreeMap<&WorkloadId, (usize, usize)> = BTreeMap::new();
    let (mut boxes, mut deepest) = (String::new(), 0);
    for (column, namespaces) in columns.iter().enumerate() {
        let x = MARGIN + column * COLUMN;
        let mut y = MARGIN + 30;
        for namespace in namespaces {
            let workloads = sorted(platform, namespace);
            let height = workloads.len() * (HEIGHT + GAP) + 34;
            let _ = writeln!(
                boxes,
                "<rect class=\"namespace\" x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{height}\" rx=\"6\"/>\n\
                 <text class=\"title\" x=\"{}\" y=\"{}\">{namespace}</text>",
                WIDTH + 2 * GAP,
                x + GAP,
                y + 18
            );
            for (row, workload) in workloads.iter().enumerate() {
                let (left, top) = (x + GAP, y + 28 + row * (HEIGHT + GAP));
                places.insert(&workload.id, (left, top + HEIGHT / 2));
                let class = if workload.exposed.is_some() {
                    "workload exposed"
                } else {
                    "workload"
                };
                let _ = writeln!(
                    boxes,
                    "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"4\"/>\n\
                     <text x=\"{}\" y=\"{}\">{}</text>",
                    left + 8,
                    top + 17,
                    workload.id.name
                );
            }
            y += height + 2 * GAP;
        }
        deepest = deepest.max(y);
    }
    let mut lines = String::new();
    for ((from, to), ports) in edges(platform) {
        let (Some(from_place), Some(to_place)) = (places.get(from), places.get(to)) else {
            continue;
        };
        let (start, end) = (from_place.0 + WIDTH, to_place.0);
        // Within a column the line bows out to the right and comes back.
        let (x, bow) = match from_place.0 == to_place.0 {
            true => (end + WIDTH, 60),
            false => (end, (end.abs_diff(start) / 2).max(60)),
        };
        let second = if from_place.0 == to_place.0 {
            x + bow
        } else {
            x.saturating_sub(bow)
        };
        let _ = writeln!(
            lines,
            "<path d=\"M{start} {} C{} {}, {second} {}, {x} {}\"><title>{from} to {to}: {ports}</title></path>",
            from_place.1,
            start + bow,
            from_place.1,
            to_place.1,
            to_place.1
        );
    }
    let width = 2 * MARGIN + columns.len() * COLUMN;
    let settings = &platform.settings;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"ui-sans-serif, sans-serif\" font-size=\"12\">\n\
         <style>\n\
         .back {{ fill: #ffffff }}\n\
         .namespace {{ fill: #f3f5f8; stroke: #c3cad5 }}\n\
         .title {{ font-weight: bold; fill: #46536a }}\n\
         .workload {{ fill: #ffffff; stroke: #8794a8 }}\n\
         .exposed {{ fill: #fff6df; stroke: #c08a1e }}\n\
         path {{ fill: none; stroke: #5b7db1; stroke-opacity: 0.55; stroke-width: 1.2; marker-end: url(#arrow) }}\n\
         text {{ fill: #1f2733 }}\n\
         </style>\n\
         <defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" style=\"fill: #5b7db1; stroke: none; marker-end: none\"/></marker></defs>\n\
         <rect class=\"back\" width=\"{width}\" height=\"{height}\"/>\n\
         <text class=\"title\" x=\"{MARGIN}\" y=\"{}\">{}: {} on {}. Each line is let through; everything else is denied. What is exposed is yellow.</text>\n\
         {lines}{boxes}</svg>\n",
        MARGIN,
        settings.name,
        settings.profile.name(),
        settings.target.name(),
        height = deepest + MARGIN,
    )
}

/// Namespaces by how far they are from those that nobody calls.
fn columns(platform: &Platform) -> Vec<Vec<&str>> {
    let mut depth: BTreeMap<&str, usize> = platform
        .namespaces
        .iter()
        .map(|it| (it.name.as_str(), 0))
        .collect();
    // As often as there are namespaces is enough; where they call each other in a circle, it ends.
    for _ in 0..platform.namespaces.len() {
        let mut changed = false;
        for edge in &platform.edges {
            let (from, to) = (edge.from.namespace.as_str(), edge.to.namespace.as_str());
            let wanted = depth.get(from).copied().unwrap_or_default() + 1;
            if from != to
                && wanted < platform.namespaces.len()
                && depth.get(to).is_some_and(|it| *it < wanted)
            {
                depth.insert(to, wanted);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let mut columns: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (namespace, depth) in depth {
        columns.entry(depth).or_default().push(namespace);
    }
    columns.into_values().collect()
}
