import os
import tempfile
import unittest
from pathlib import Path

from workspace import LONGEST, Refused, Workspace


class Workspaces(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name) / "copy"
        (self.root / ".git").mkdir(parents=True)
        (self.root / ".git" / "config").write_text("key", encoding="utf-8")
        (self.root / "guide.md").write_text("old", encoding="utf-8")
        (Path(folder.name) / "secret.md").write_text("secret", encoding="utf-8")
        self.workspace = Workspace(self.root)

    def test_documents_are_read_and_written(self):
        self.assertEqual(self.workspace.write("new/page.md", "text"), "new/page.md")
        self.workspace.write("guide.md", "new")
        self.assertEqual(self.workspace.documents(), ["guide.md", "new/page.md"])
        self.assertEqual(self.workspace.read("guide.md"), "new")

    def test_nothing_outside_is_reached(self):
        os.symlink(self.root.parent / "secret.md", self.root / "link.md")
        os.symlink(self.root.parent, self.root / "folder")
        names = ["../secret.md", "/etc/passwd", "a/../../secret.md", "link.md", "folder/secret.md", ".", ""]
        for name in names:
            with self.assertRaises(Refused, msg=name):
                self.workspace.read(name)
            with self.assertRaises(Refused, msg=name):
                self.workspace.write(name, "text")
        self.assertEqual((self.root.parent / "secret.md").read_text(encoding="utf-8"), "secret")
        self.assertNotIn("link.md", self.workspace.documents())

    def test_what_git_keeps_is_not_touched(self):
        for name in (".git/config", ".gitattributes", "sub/.git/hooks/pre-push.txt", ".GIT/config.txt"):
            with self.assertRaises(Refused, msg=name):
                self.workspace.write(name, "text")
            with self.assertRaises(Refused, msg=name):
                self.workspace.read(name)

    def test_only_documents_of_a_limited_length_are_written(self):
        with self.assertRaises(Refused):
            self.workspace.write("run.sh", "text")
        with self.assertRaises(Refused):
            self.workspace.write("long.md", "x" * (LONGEST + 1))
        (self.root / "long.md").write_text("x" * (LONGEST + 1), encoding="utf-8")
        with self.assertRaises(Refused):
            self.workspace.read("long.md")


if __name__ == "__main__":
    unittest.main()
