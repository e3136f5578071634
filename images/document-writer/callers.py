"""Lets those in who show a key that the platform gave them."""

import hmac
import json
import os


def keys():
    """The keys of those who may call, read anew each time, so that a key can be changed."""
    with open(os.environ["CALLERS"], encoding="utf-8") as file:
        callers = json.load(file)
    found = []
    for caller in callers:
        with open(caller["file"], "rb") as file:
            found.append(file.read().strip())
    return [key for key in found if key]


def is_known(authorization, known):
    """Whether an `Authorization` header, as bytes, bears one of the keys."""
    scheme, _, shown = authorization.partition(b" ")
    if scheme.lower() != b"bearer":
        return False
    # All are compared, so that the time it takes tells nothing.
    return any([hmac.compare_digest(shown.strip(), key) for key in known])


class KnownCallers:
    """ASGI: answers 401 to everybody else, but for the question whether it is well."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and scope["path"] != "/healthz":
            shown = dict(scope["headers"]).get(b"authorization", b"")
            if not is_known(shown, keys()):
                headers = [(b"content-type", b"text/plain"), (b"www-authenticate", b"Bearer")]
                await send({"type": "http.response.start", "status": 401, "headers": headers})
                await send({"type": "http.response.body", "body": b"a key is needed\n"})
                return
        await self.app(scope, receive, send)
