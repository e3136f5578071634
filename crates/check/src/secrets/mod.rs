//! Detectors of secrets. They are told by the scanner for secrets; here is what is said of them.

mod clouds;
mod services;
mod strings;

use crate::prelude::*;

pub(crate) const CHECKS: &[&[Check]] = &[clouds::CHECKS, services::CHECKS, strings::CHECKS];

/// The way out for a credential that its provider can replace.
const REVOKE: &str =
    "revoke it, and read its successor from a secret store when the program starts";

/// What every secret in a file goes back to.
const STANDARDS: [Reference; 3] = [
    cwe("CWE-798"),
    nist_800_190("4.1.4"),
    owasp_kubernetes("K03:2025"),
];

/// The same, and a page on how to take such a secret back or do without it.
const fn standards_and(address: &'static str) -> [Reference; 4] {
    let [weakness, container, cluster] = STANDARDS;
    [weakness, container, cluster, page(address)]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use bastide_secrets::Detector;

    use super::*;

    #[test]
    fn every_detector_has_a_check_and_every_check_a_detector() {
        let detectors: BTreeSet<_> = Detector::ALL.iter().map(|it| it.id()).collect();
        let checks = CHECKS.iter().copied().flatten();
        let checks: BTreeSet<_> = checks.map(|check| check.id.as_str()).collect();
        assert_eq!(checks, detectors);
    }
}
