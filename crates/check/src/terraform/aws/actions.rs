//! Which actions of AWS can be limited to resources, and what those do.

use std::sync::LazyLock;

/// The facts, one service and level a line. They are read where a policy is judged, and then only
/// the lines of the services that it names.
const TABLE: &str = include_str!("actions.txt");

/// The lines of the table without the comment.
static LINES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = TABLE.lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// What an action does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Level {
    /// It decides who may do what.
    Permissions,
    /// It makes, changes or deletes.
    Write,
    /// It reads, lists or tags.
    Other,
}

/// An action that can be limited to resources.
#[derive(Clone, Copy, Debug)]
pub(super) struct Action {
    /// The prefix of its service: `s3`.
    pub(super) service: &'static str,
    /// Its name: `GetObject`.
    pub(super) name: &'static str,
    /// What it does.
    pub(super) level: Level,
}

impl Action {
    /// The action as policies name it.
    pub(super) fn full_name(self) -> String {
        [self.service, ":", self.name].concat()
    }
}

/// The actions that a pattern may stand for: those of its service, or all if it names none.
pub(super) fn of_pattern(pattern: &str) -> impl Iterator<Item = Action> {
    let service = match pattern.split_once(':') {
        Some((service, _)) => service,
        None if pattern == "*" => "",
        None => pattern,
    };
    let lines = lines_of(&service.to_ascii_lowercase());
    lines.iter().copied().flat_map(actions)
}

/// Whether an action can be limited to resources.
pub(super) fn is_restrictable(action: &str) -> bool {
    let name = action.split_once(':').map_or("", |(_, name)| name);
    of_pattern(action).any(|known| known.name.eq_ignore_ascii_case(name))
}

/// The lines of a service, or all where its name is empty. They lie together.
fn lines_of(service: &str) -> &'static [&'static str] {
    let lines = LINES.as_slice();
    if service.is_empty() {
        return lines;
    }
    let start = lines.partition_point(|line| service_of(line) < service);
    let rest = lines.get(start..).unwrap_or_default();
    let count = rest.partition_point(|line| service_of(line) == service);
    rest.get(..count).unwrap_or_default()
}

fn service_of(line: &str) -> &str {
    line.split(' ').next().unwrap_or_default()
}

fn actions(line: &'static str) -> impl Iterator<Item = Action> {
    let mut words = line.split(' ');
    let service = words.next().unwrap_or_default();
    let level = match words.next() {
        Some("permissions") => Level::Permissions,
        Some("write") => Level::Write,
        _ => Level::Other,
    };
    words.map(move |name| Action {
        service,
        name,
        level,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        assert!(LINES.is_sorted_by_key(|line| service_of(line)));
        for line in LINES.iter() {
            let level = line.split(' ').nth(1);
            assert!(
                matches!(level, Some("permissions" | "write" | "other")),
                "{line}"
            );
            let names: Vec<String> = actions(line)
                .map(|action| action.name.to_ascii_lowercase())
                .collect();
            assert!(!names.is_empty() && names.is_sorted(), "{line}");
        }
    }

    #[test]
    fn actions_are_found_by_service() {
        assert!(is_restrictable("s3:getobject") && is_restrictable("iam:PassRole"));
        assert!(!is_restrictable("s3:ListAllMyBuckets") && !is_restrictable("none:Such"));
        assert!(of_pattern("S3:*").all(|action| action.service == "s3"));
        let level = |wanted| of_pattern("s3:*").any(|action| action.level == wanted);
        assert!(level(Level::Permissions) && level(Level::Write) && level(Level::Other));
        assert!(
            of_pattern("*")
                .map(|action| action.service)
                .any(|service| service == "xray")
        );
        assert_eq!(of_pattern("s3*").count(), 0);
    }
}
