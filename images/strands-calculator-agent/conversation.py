"""What is said between whoever asks and an agent, in the form of the OpenAI API."""

import json
import time
import uuid


def preferred(wanted, there):
    """The model that is wanted if the gateway has it, else the first that is not for embeddings.

    Raises ValueError if there is none.
    """
    if wanted in there:
        return wanted
    for name in there:
        if "embed" not in name:
            return name
    raise ValueError("the gateway has no model to chat with")


def question(body):
    """What is asked: the conversation as one text. Each request bears all of it, so none is kept.

    Raises ValueError if there is no question.
    """
    lines = []
    for message in body.get("messages") or []:
        content = message.get("content") or ""
        if isinstance(content, list):
            content = " ".join(part.get("text", "") for part in content)
        if message.get("role") in ("user", "assistant") and content:
            lines.append(f"{message['role']}: {content}")
    if not lines:
        raise ValueError("`messages` has no question")
    return "\n".join(lines)


def event(model, delta, finish=None):
    """A part of an answer, as a server-sent event."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    part = {"object": "chat.completion.chunk", "id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time())}
    return "data: " + json.dumps({**part, "model": model, "choices": [choice]}) + "\n\n"
