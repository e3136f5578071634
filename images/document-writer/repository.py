"""The git repository that documents come from and go to, over HTTPS."""

import uuid
from urllib.parse import urlsplit

AUTHOR = b"document-writer <document-writer@localhost>"


def checked(address):
    """The address of a repository. Raises ValueError if it is none over HTTPS, or has a key in it."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or not parts.path.strip("/"):
        raise ValueError("the repository is not one over HTTPS")
    if parts.username or parts.password:
        raise ValueError("the address of the repository has a key in it; it belongs into a file of its own")
    return address


def branch():
    """A branch of its own for what is written: people look at it before it becomes part of anything."""
    return f"documents/{uuid.uuid4().hex[:12]}"


class Repository:
    """A copy of a repository in a folder. `git` is `dulwich.porcelain`, or what stands for it."""

    def __init__(self, git, address, token, folder):
        self.git = git
        self.address = checked(address)
        self.login = {"username": "x-access-token", "password": token}
        self.folder = folder

    def fetch(self):
        self.copy = self.git.clone(self.address, self.folder, depth=1, **self.login)

    def publish(self, names, summary):
        """Commits documents and pushes them to a branch of its own, whose name it gives."""
        onto = branch()
        self.git.add(self.copy, paths=[f"{self.folder}/{name}" for name in names])
        self.git.commit(self.copy, message=summary.encode(), author=AUTHOR, committer=AUTHOR)
        self.git.push(self.copy, self.address, f"HEAD:refs/heads/{onto}", **self.login)
        return onto
