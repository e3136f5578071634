"""A calculator agent made with Agno."""

import asyncio
import os

from agno.agent import Agent
from agno.models.openai.like import OpenAILike
from agno.tools.mcp import MCPTools, StreamableHTTPClientParams

import chat

INSTRUCTIONS = "You answer questions with numbers in them. Calculate with the tools, never in your head."


async def answer(asked):
    """Asks an agent of its own for each question, so that nobody sees what others said."""
    model = OpenAILike(
        id=await asyncio.to_thread(chat.model),
        base_url=os.environ["GATEWAY_URL"],
        api_key=chat.secret("GATEWAY_KEY_FILE"),
    )
    headers = {"Authorization": "Bearer " + chat.secret("TOOLS_KEY_FILE")}
    server = StreamableHTTPClientParams(url=os.environ["TOOLS_URL"], headers=headers)
    async with MCPTools(transport="streamable-http", server_params=server) as tools:
        agent = Agent(model=model, tools=[tools], instructions=INSTRUCTIONS, telemetry=False)
        said = await agent.arun(asked)
        return said.content


if __name__ == "__main__":
    chat.serve("agno-calculator-agent", answer)
