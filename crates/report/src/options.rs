use std::path::PathBuf;
use std::time::Duration;

use bastide_check::Standard;

/// What to show, and how. The default shows everything, without colours.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// Show failures alone.
    pub quiet: bool,
    /// Show no lines of files: on a terminal, one line a finding.
    pub compact: bool,
    /// On a terminal, show the checks that one resource fails together.
    pub group: bool,
    /// Tell what the findings mean for each control of a standard.
    pub standard: Option<Standard>,
    /// On a terminal, name each file that was passed over.
    pub coverage: bool,
    /// Colours for a terminal.
    pub color: bool,
    /// What could not be decided counts as failed.
    pub strict: bool,
    /// Whether files were named, not folders. Checkov gives other paths then.
    pub named_files: bool,
    /// The folder that the program was started in, from the root of the file system. Paths of the
    /// formats for other programs are relative to it. Empty if it is not known.
    pub working_directory: PathBuf,
    /// How long the scan took. Without it the report is the same each time.
    pub elapsed: Option<Duration>,
}
