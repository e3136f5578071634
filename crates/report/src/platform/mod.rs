//! Platforms for people: what there is to choose from, and what would be installed.

mod catalog;
mod difference;
mod graph;
mod plan;

pub use catalog::{components, models};
pub use difference::difference;
pub use graph::{GraphFormat, graph};
pub use plan::{CloudPlan, Plan, plan};

/// Rows as text, in columns. The last column is as wide as it is.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&format!("{cell:width$}  "));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
