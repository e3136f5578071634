//! Nothing fails in production; all that fails in a demo is in its register, and nothing else is.

use crate::{sample, written};
use bastide_check::Framework;
use bastide_judge::{Gate, Register, Terms};
use bastide_render_terraform::{exceptions, register, render};
use bastide_scan::{Request, Threads, examine};

#[test]
fn the_register_covers_what_fails_and_nothing_more() {
    for (name, cloud) in sample::all() {
        let root = written::write(&format!("judged-{name}"), &render(&cloud));
        let exceptions = exceptions(&cloud);
        assert_eq!(
            exceptions.is_empty(),
            name.starts_with("production"),
            "{name}"
        );
        let text = register(&exceptions, "platform-team", "2027-01-31");
        let register = (!text.is_empty())
            .then(|| Register::parse(&text, Register::FILE_NAME).expect("it is valid"));
        let request = Request {
            paths: vec![root],
            frameworks: vec![Framework::Terraform, Framework::Secrets],
            ..Request::default()
        };
        let posture = Terms {
            register,
            today: jiff::civil::date(2027, 1, 1),
            ..Terms::default()
        }
        .judge(examine(&request, &Threads::new(0).unwrap()).unwrap());
        let decision = Gate::default().decide(&posture);
        assert_eq!(decision.code, 0, "{name}: {:#?}", decision.because);
    }
}
