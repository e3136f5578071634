//! Nothing fails in production; all that fails in a demo is in its register, and nothing else is.

use crate::{sample, written};
use bastide_check::Framework;
use bastide_judge::{Gate, Register, Terms};
use bastide_platform::{Settings, register};
use bastide_render_terraform::{accepted, bootstrap, render};
use bastide_scan::{Request, Threads, examine};

#[test]
fn the_register_covers_what_fails_and_nothing_more() {
    let text = "name: demo\ntarget: kubernetes\ncomponents: []\n";
    let settings = Settings::parse(text, Settings::FILE_NAME).expect("it is valid");
    for (name, cloud) in sample::all() {
        let mut files = render(&cloud);
        for (path, bytes) in bootstrap(&cloud) {
            files.insert(format!("bootstrap/{path}"), bytes);
        }
        let root = written::write(&format!("judged-{name}"), &files);
        let accepted = accepted(&cloud);
        assert_eq!(
            accepted.is_empty(),
            name.starts_with("production"),
            "{name}"
        );
        let text = register(&settings, &accepted, "2027-01-31");
        let register =
            text.map(|text| Register::parse(&text, Register::FILE_NAME).expect("it is valid"));
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
