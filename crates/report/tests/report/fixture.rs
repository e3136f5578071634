use std::fs;

use bastide_judge::{Posture, Register, Terms, judge};
use bastide_report::{Format, Options};
use bastide_scan::{Request, Selection, Threads, examine};
use tempfile::TempDir;

/// The checks that run: what is shown must not change with each check that is added.
const CHECKS: [&str; 15] = [
    "CKV_TF_1",
    "CKV_SECRET_6",
    "CKV2_K8S_6",
    "CKV_K8S_8",
    "CKV_K8S_9",
    "CKV_K8S_11",
    "CKV_K8S_22",
    "CKV_K8S_23",
    "CKV_K8S_35",
    "CKV_K8S_37",
    "CKV_K8S_40",
    "CKV_AWS_51",
    "CKV_AWS_184",
    "CKV_DOCKER_2",
    "CKV_DOCKER_3",
];

/// A repository that is scanned by the real engine.
pub(crate) struct Fixture {
    folder: TempDir,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        Self { folder }
    }

    /// A small stack for generative AI with some mistakes in it.
    pub(crate) fn stack() -> Self {
        Self::new()
            .file("vllm/qwen3-8b.yaml", include_str!("stack/qwen3-8b.yaml"))
            .file("storage.tf", include_str!("stack/storage.tf"))
            .file("registry/main.tf", include_str!("stack/registry.tf"))
            .file(
                "broken.tf",
                "resource \"aws_vpc\" \"main\" {\n  cidr_block = \n",
            )
            .file("agent/Dockerfile", include_str!("stack/agent.Dockerfile"))
            .file("values.yaml", include_str!("stack/values.yaml"))
    }

    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        let path = self.folder.path().join(path);
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
        self
    }

    /// What a scan finds.
    pub(crate) fn posture(&self) -> Posture {
        judge(self.examined())
    }

    /// What a scan finds, with a register of exceptions.
    pub(crate) fn posture_with(&self, register: &str) -> Posture {
        let register = Register::parse(register, Register::FILE_NAME).expect("it is valid");
        let terms = Terms {
            register: Some(register),
            today: jiff::civil::date(2027, 1, 15),
            ..Terms::default()
        };
        terms.judge(self.examined())
    }

    fn examined(&self) -> bastide_judge::Examined {
        let request = Request {
            paths: vec![self.folder.path().to_owned()],
            checks: Selection::new(&CHECKS.map(str::to_owned), &[]),
            ..Request::default()
        };
        let threads = Threads::new(1).expect("a thread can be started");
        let mut examined = examine(&request, &threads).expect("the folder is there");
        // As if these were all checks.
        examined.complete = true;
        // As if it had been scanned from within.
        for root in &mut examined.roots {
            root.given = ".".into();
            root.absolute = "/home/me/stack".into();
        }
        examined
    }
}

/// The options of a person who started the scan in the folder of [`Fixture`].
pub(crate) fn options() -> Options {
    Options {
        working_directory: "/home/me/stack".into(),
        ..Options::default()
    }
}

/// A posture in a format, as it is by default.
pub(crate) fn rendered(format: Format, posture: &Posture) -> String {
    format.render(posture, &options())
}
