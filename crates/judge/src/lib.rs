//! What verdicts mean for whoever has to decide: which are findings, which were asked to be left
//! alone, which are documented exceptions, and whether the scan fails.
//!
//! The way of the data: [`Examined`] is what the stages before found out; [`Terms`] are the register
//! of exceptions, the baseline and the day; they make the [`Posture`], which is all that a report
//! shows, and on which the [`Gate`] decides.
//!
//! ```
//! use bastide_judge::{Examined, Gate, Register, Terms};
//!
//! let register = Register::parse("exceptions: []\n", Register::FILE_NAME).expect("it is valid");
//! let terms = Terms {
//!     register: Some(register),
//!     today: jiff::civil::date(2027, 1, 15),
//!     ..Terms::default()
//! };
//! let posture = terms.judge(Examined::default());
//! let decision = Gate::default().decide(&posture);
//! assert_eq!(decision.code, 0);
//! assert_eq!(decision.because, ["nothing fails"]);
//! ```
//!
//! Nothing here reads a file or a clock: the register and the baseline come as text, the day as a
//! date.

mod audit;
mod baseline;
mod cover;
mod coverage;
mod evidence;
#[cfg(test)]
mod example;
mod except;
mod gate;
mod glob;
mod inline;
mod judge;
mod posture;
mod register;
mod spanned;
mod successor;

pub use baseline::{Baseline, InvalidBaseline};
pub use coverage::{Coverage, FileStatus, MissingModule};
pub use except::Draft;
pub use gate::{Decision, Gate};
pub use glob::Glob;
pub use judge::{Terms, judge};
pub use posture::{Examined, Finding, Listed, Posture, Problem, Root, Status};
pub use register::{
    Attestation, Evidence, Exception, Expect, Inline, InvalidRegister, Kind, Register,
};
pub use spanned::Spanned;
