import unittest

from repository import Repository, checked


class Git:
    """Notes what is asked of it."""

    def __init__(self):
        self.asked = []

    def __getattr__(self, name):
        def ask(*arguments, **named):
            self.asked.append((name, arguments, named))
            return "copy"

        return ask


class Repositories(unittest.TestCase):
    def test_only_https_and_no_key_in_the_address(self):
        self.assertEqual(checked("https://git.example.com/a/b.git"), "https://git.example.com/a/b.git")
        wrong = ["http://git.example.com/a", "ssh://git.example.com/a", "/etc", "file:///etc", "https://git.example.com", "https://me:key@git.example.com/a"]
        for address in wrong:
            with self.assertRaises(ValueError, msg=address):
                checked(address)

    def test_what_is_written_goes_to_a_branch_of_its_own(self):
        git = Git()
        repository = Repository(git, "https://git.example.com/a/b.git", "key", "/work/x")
        repository.fetch()
        first = repository.publish(["a.md", "b/c.md"], "Documents")
        second = repository.publish(["a.md"], "Documents")
        self.assertNotEqual(first, second)
        names = [name for name, _, _ in git.asked]
        self.assertEqual(names, ["clone", "add", "commit", "push", "add", "commit", "push"])
        _, _, added = git.asked[1]
        self.assertEqual(added["paths"], ["/work/x/a.md", "/work/x/b/c.md"])
        _, (_, address, refs), login = git.asked[3]
        self.assertEqual(refs, f"HEAD:refs/heads/{first}")
        self.assertTrue(first.startswith("documents/"))
        self.assertNotIn("key", address)
        self.assertEqual(login["password"], "key")


if __name__ == "__main__":
    unittest.main()
