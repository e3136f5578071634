"""An agent that is spoken to as a model is: the part of the OpenAI API that a chat needs."""

import asyncio
import json
import os
import time
import urllib.request
import uuid

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route

from callers import KnownCallers
from conversation import event, preferred, question

def secret(variable):
    """A secret, from the file that a variable of the environment names."""
    with open(os.environ[variable], encoding="utf-8") as file:
        return file.read().strip()


def model():
    """The name of the model to ask, from what the gateway lets this agent use."""
    request = urllib.request.Request(os.environ["GATEWAY_URL"] + "/models")
    request.add_header("Authorization", "Bearer " + secret("GATEWAY_KEY_FILE"))
    with urllib.request.urlopen(request, timeout=10) as listed:
        there = [each["id"] for each in json.load(listed)["data"]]
    return preferred(os.environ.get("MODEL"), there)


def application(name, answer):
    """The server. `answer` is a coroutine from a question to an answer."""

    async def models(_request):
        return JSONResponse({"object": "list", "data": [{"id": name, "object": "model", "owned_by": "platform"}]})

    async def completions(request):
        try:
            body = await request.json()
            asked = question(body)
        except (ValueError, AttributeError) as error:
            return JSONResponse({"error": {"message": str(error), "type": "invalid_request_error"}}, 400)
        try:
            said = await asyncio.wait_for(answer(asked), timeout=120)
        except Exception as error:
            # What went wrong is for the log, not for whoever asks.
            print(f"no answer: {type(error).__name__}: {error}", flush=True)
            return JSONResponse({"error": {"message": "the agent has no answer", "type": "server_error"}}, 502)
        if body.get("stream"):
            parts = [event(name, {"role": "assistant", "content": said}), event(name, {}, "stop"), "data: [DONE]\n\n"]
            return StreamingResponse(iter(parts), media_type="text/event-stream")
        message = {"role": "assistant", "content": said}
        return JSONResponse(
            {
                "id": f"chatcmpl-{uuid.uuid4().hex}",
                "object": "chat.completion",
                "created": int(time.time()),
                "model": name,
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            }
        )

    async def healthz(_request):
        return PlainTextResponse("well\n")

    routes = [
        Route("/healthz", healthz),
        Route("/v1/models", models),
        Route("/v1/chat/completions", completions, methods=["POST"]),
    ]
    return KnownCallers(Starlette(routes=routes))


def serve(name, answer):
    """Serves until it is stopped."""
    uvicorn.run(application(name, answer), host="0.0.0.0", port=8080, server_header=False)
