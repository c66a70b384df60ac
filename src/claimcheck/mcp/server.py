"""
The protocol, on standard input and output.

One thread does all the work, the opening of the corpus first, so that the server always answers; what is asked in the
meantime waits for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from typing import Any

from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

import claimcheck
from claimcheck.errors import ClaimcheckError
from claimcheck.render.objects import json_line

from .tools import Answer, Tools, error_object, tool_specs

_log = logging.getLogger(__name__)

#: Opens the corpus and what answers from it, and closes them afterwards.
Opener = Callable[[], AbstractContextManager[Tools]]

_INSTRUCTIONS = (
    "Checks claims and drafts against the user's own sources, offline. Call verify for one claim and check for a text; "
    "quote evidence word for word, with its document and place. The verdict not_enough_evidence means that the sources "
    "are silent."
)


def run(opener: Opener) -> int:
    """
    Serve an assistant until it closes standard input.

    Args:
        opener: Called once, in the thread that works.
    Returns:
        The exit status.
    """
    asyncio.run(_serve(opener))
    return 0


async def _serve(opener: Opener) -> None:
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="claimcheck") as thread:
        held = ExitStack()
        opened = thread.submit(lambda: held.enter_context(opener()))
        try:
            server = _server(thread, opened)
            async with stdio_server() as (read, write):
                await server.run(read, write, server.create_initialization_options())
        finally:
            thread.submit(held.close)


def _server(thread: ThreadPoolExecutor, opened: Future[Tools]) -> Server[Any]:
    """The server, with what it answers."""

    async def list_tools(_context: Any, _params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(spec) for spec in tool_specs()])

    async def call_tool(_context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        asked = dict(params.arguments or {})
        work = thread.submit(lambda: opened.result().call(params.name, asked))
        try:
            answer = await asyncio.wrap_future(work)
        except ClaimcheckError as error:
            return _result(error_object(error), failed=True)
        except Exception as error:  # noqa: BLE001 - the assistant is told, and the server goes on
            _log.exception("a tool failed")
            kind = f"{type(error).__name__}: {error}"
            fault = ClaimcheckError(
                f"something in claimcheck went wrong: {kind}", hint="please report it", code="CC-E99"
            )
            return _result(error_object(fault), failed=True)
        return _result(answer, failed=False)

    return Server(
        "claimcheck",
        version=claimcheck.__version__,
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _tool(spec: Any) -> types.Tool:
    hints = types.ToolAnnotations(
        title=spec.title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    return types.Tool(
        name=spec.name,
        title=spec.title,
        description=spec.description,
        input_schema=dict(spec.takes),
        output_schema=dict(spec.gives),
        annotations=hints,
    )


def _result(answer: Answer, *, failed: bool) -> types.CallToolResult:
    """*answer* as data, and as text for assistants that read no data."""
    text = types.TextContent(type="text", text=json_line(answer))
    return types.CallToolResult(content=[text], structured_content=None if failed else answer, is_error=failed)
