"""A calculator agent made with Strands Agents."""

import asyncio
import os

import httpx2
from mcp.client.streamable_http import streamable_http_client
from strands import Agent
from strands.models.openai import OpenAIModel
from strands.tools.mcp import MCPClient

import chat

INSTRUCTIONS = "You answer questions with numbers in them. Calculate with the tools, never in your head."


def ask(asked):
    """Asks an agent of its own for each question, so that nobody sees what others said."""
    model = OpenAIModel(
        client_args={"base_url": os.environ["GATEWAY_URL"], "api_key": chat.secret("GATEWAY_KEY_FILE")},
        model_id=chat.model(),
    )
    headers = {"Authorization": "Bearer " + chat.secret("TOOLS_KEY_FILE")}

    def connection():
        client = httpx2.AsyncClient(headers=headers, follow_redirects=True, timeout=60)
        return streamable_http_client(os.environ["TOOLS_URL"], http_client=client)

    with MCPClient(connection) as tools:
        agent = Agent(
            model=model,
            tools=tools.list_tools_sync(),
            system_prompt=INSTRUCTIONS,
            callback_handler=None,
        )
        return str(agent(asked))


async def answer(asked):
    return await asyncio.to_thread(ask, asked)


if __name__ == "__main__":
    chat.serve("strands-calculator-agent", answer)
