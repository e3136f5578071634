import asyncio
import json

import pytest

import callers
import operations


def test_the_operations():
    assert [operation(6, 3) for operation in operations.ALL] == [9, 3, 18, 2]


def test_nothing_is_divided_by_zero():
    with pytest.raises(ValueError):
        operations.divide(1, 0)


@pytest.mark.parametrize(
    ("shown", "known"),
    [(b"Bearer one", True), (b"bearer two", True), (b"Bearer on", False), (b"Basic one", False), (b"", False)],
)
def test_who_is_known(shown, known):
    assert callers.is_known(shown, [b"one", b"two"]) is known


def status(path, headers):
    sent = []

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(callers.KnownCallers(app)(scope, None, send))
    return sent[0]["status"]


def test_a_stranger_is_told_nothing_but_that_it_is_well(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("one\n", encoding="utf-8")
    listed = tmp_path / "callers.json"
    listed.write_text(json.dumps([{"name": "gateway", "file": str(tmp_path / "key")}]), encoding="utf-8")
    monkeypatch.setenv("CALLERS", str(listed))
    assert status("/mcp", []) == 401
    assert status("/healthz", []) == 200
    assert status("/mcp", [(b"authorization", b"Bearer one")]) == 200
