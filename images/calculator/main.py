"""An MCP server with the four basic operations, over streamable HTTP at /mcp."""

import uvicorn
from fastmcp import FastMCP
from starlette.responses import PlainTextResponse

import operations
from callers import KnownCallers

server = FastMCP("calculator")
for operation in operations.ALL:
    server.tool(operation)


@server.custom_route("/healthz", methods=["GET"])
async def healthz(_request):
    return PlainTextResponse("well\n")


if __name__ == "__main__":
    # Without sessions, so that any replica can answer.
    app = KnownCallers(server.http_app(path="/mcp", stateless_http=True))
    uvicorn.run(app, host="0.0.0.0", port=8000, server_header=False)
