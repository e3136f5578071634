"""The documents that an agent may read and write: those below one folder, and of a limited size."""

from pathlib import Path

# In bytes: what is longer is no document that somebody wrote.
LONGEST = 200_000
# How many names are told at once.
MOST = 500
WRITABLE = {".adoc", ".csv", ".json", ".md", ".rst", ".txt", ".yaml", ".yml"}


class Refused(ValueError):
    """What an agent asks for is not for it to have."""


class Workspace:
    def __init__(self, root):
        self.root = Path(root).resolve()

    def path(self, name):
        """Where a document is. Raises Refused if that is not below the folder, or what git keeps."""
        path = (self.root / name).resolve()
        if path == self.root or not path.is_relative_to(self.root):
            raise Refused(f"{name!r} is not in the workspace")
        # Also those of modules, and on file systems that do not tell A from a.
        parts = [part.lower() for part in path.relative_to(self.root).parts]
        if any(part.startswith(".git") for part in parts):
            raise Refused(f"{name!r} belongs to git")
        return path

    def documents(self):
        """The names of all documents, sorted."""
        found = []
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root)
            hidden = any(part.startswith(".git") for part in name.parts)
            if path.is_file() and not path.is_symlink() and not hidden:
                found.append(name.as_posix())
            if len(found) == MOST:
                break
        return found

    def read(self, name):
        """The text of a document."""
        path = self.path(name)
        if not path.is_file():
            raise Refused(f"there is no {name!r}")
        if path.stat().st_size > LONGEST:
            raise Refused(f"{name!r} is longer than {LONGEST} bytes")
        return path.read_text(encoding="utf-8", errors="replace")

    def write(self, name, text):
        """Writes a document, a new one or in place of the old one."""
        path = self.path(name)
        if path.suffix.lower() not in WRITABLE:
            raise Refused(f"{name!r} is no document; they end with {', '.join(sorted(WRITABLE))}")
        if len(text.encode()) > LONGEST:
            raise Refused(f"the text is longer than {LONGEST} bytes")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path.relative_to(self.root).as_posix()
