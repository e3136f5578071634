"""The server of Guardrails AI, with the guards of `guards.py`."""

import uvicorn

if __name__ == "__main__":
    uvicorn.run("guardrails_api.app:create_app", factory=True, host="0.0.0.0", port=8000, server_header=False)
