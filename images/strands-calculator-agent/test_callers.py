import asyncio
import json
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import callers


def status(path, headers):
    sent = []

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(callers.KnownCallers(app)(scope, None, send))
    return sent[0]["status"]


class Callers(unittest.TestCase):
    def test_who_is_known(self):
        shown = {b"Bearer one": True, b"bearer two": True, b"Bearer on": False, b"Basic one": False, b"": False}
        for header, known in shown.items():
            self.assertIs(callers.is_known(header, [b"one", b"two"]), known, header)

    def test_a_stranger_is_told_nothing_but_that_it_is_well(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "key").write_text("one\n", encoding="utf-8")
            (Path(folder) / "empty").write_text("", encoding="utf-8")
            listed = Path(folder) / "callers.json"
            names = [{"name": name, "file": f"{folder}/{name}"} for name in ("key", "empty")]
            listed.write_text(json.dumps(names), encoding="utf-8")
            with mock.patch.dict(os.environ, {"CALLERS": str(listed)}):
                self.assertEqual(status("/v1/models", []), 401)
                self.assertEqual(status("/healthz", []), 200)
                self.assertEqual(status("/v1/models", [(b"authorization", b"Bearer one")]), 200)
                # A key that is not there yet lets nobody in.
                self.assertEqual(status("/v1/models", [(b"authorization", b"Bearer ")]), 401)


if __name__ == "__main__":
    unittest.main()
