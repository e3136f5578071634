//! What somebody may have meant.

/// The candidate that takes the fewest changes to become `wanted`, if they are few for its length:
/// one in three characters. Of several, the first.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best = None;
    for candidate in candidates {
        let longer = wanted.chars().count().max(candidate.chars().count());
        let limit = best.map_or(longer / 3, |(distance, _): (usize, _)| {
            distance.saturating_sub(1).min(longer / 3)
        });
        if let Some(distance) = distance(wanted, candidate, limit) {
            if distance == 0 {
                return Some(candidate);
            }
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many characters must be put in, taken out or replaced to make one of the other; `None` if
/// more than `limit`.
fn distance(one: &str, other: &str, limit: usize) -> Option<usize> {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, char) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, wanted) in other.iter().enumerate() {
            let above = row[column + 1];
            let replaced = diagonal + usize::from(char != *wanted);
            row[column + 1] = replaced.min(above + 1).min(row[column] + 1);
            diagonal = above;
        }
        if row.iter().all(|changes| *changes > limit) {
            return None;
        }
    }
    row.last().copied().filter(|changes| *changes <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_enough() {
        let keys = ["check", "reason", "recommendation", "resources"];
        assert_eq!(nearest("recomendation", keys), Some("recommendation"));
        assert_eq!(nearest("resource", keys), Some("resources"));
        assert_eq!(nearest("check", keys), Some("check"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("", keys), None);
    }

    #[test]
    fn distances() {
        assert_eq!(distance("kitten", "sitting", 9), Some(3));
        assert_eq!(distance("kitten", "sitting", 2), None);
        assert_eq!(distance("", "añb", 3), Some(3));
    }
}
