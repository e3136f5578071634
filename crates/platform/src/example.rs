/// A platform to look at, as `bastide.yaml`.
pub const EXAMPLE: &str = include_str!("../../../examples/platform/bastide.yaml");
