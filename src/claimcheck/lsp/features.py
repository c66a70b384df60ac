"""What the server answers to: one function for each request and notification, and the loop that runs it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from .actions import OPEN_SOURCE, actions_of
from .findings import SOURCE, protocol_range
from .hover import hover_of, plain
from .server import DraftServer
from .settings import Settings
from .texts import Position

#: The command that reads the corpus anew.
RELOAD = "claimcheck.reload"


def run(settings_for: Callable[[Path], Settings], *, stdin: BinaryIO, stdout: BinaryIO) -> int:
    """
    Serve the editor until it says ``exit`` or goes away.

    Args:
        settings_for: What is in force in a folder, the editor's, until the editor says otherwise.
        stdin: Where its messages come from.
        stdout: Where ours go to; nothing else may write there.
    Returns:
        0 when the editor asked for the end as the protocol wants it, else 1.
    """
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_news)
    server = make_server(settings_for)
    try:
        server.start_io(stdin, stdout)
    finally:
        server.finish()
    return 0 if server.ended else 1


def _is_news(record: logging.LogRecord) -> bool:
    """Whether pygls logs a fault: that a text has changed under a request happens all the time."""
    return not (record.exc_info and isinstance(record.exc_info[1], JsonRpcContentModified))


def make_server(settings_for: Callable[[Path], Settings]) -> DraftServer:
    """A server with its features, not yet running."""
    server = DraftServer(settings_for)
    server.feature(types.INITIALIZE)(initialize)
    server.feature(types.INITIALIZED)(initialized)
    server.feature(types.SHUTDOWN)(shutdown)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(configuration_changed)
    server.feature(types.TEXT_DOCUMENT_HOVER)(hover)
    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(code_actions)
    pulled = types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False, identifier=SOURCE)
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, pulled)(pull_diagnostics)
    server.command(OPEN_SOURCE)(open_source)
    server.command(RELOAD)(reload_corpus)
    return server


def initialize(ls: DraftServer, params: types.InitializeParams) -> None:
    """Learn what the client can do and what it wants."""
    ls.begin(params)


async def initialized(ls: DraftServer, _params: types.InitializedParams) -> None:
    """Set to work."""
    await ls.started()


def shutdown(ls: DraftServer, *_params: object) -> None:
    """Stop working."""
    ls.ended = True
    ls.finish()


async def configuration_changed(ls: DraftServer, params: types.DidChangeConfigurationParams) -> None:
    """Follow the user's configuration."""
    await ls.configure(params.settings)


def hover(ls: DraftServer, params: types.HoverParams) -> types.Hover | None:
    """The verdict on a sentence, with its slots."""
    checked = ls.checked(params.text_document.uri)
    if checked is None:
        return None
    found = hover_of(checked, checked.text.text.offset(Position(params.position.line, params.position.character)))
    if found is None:
        return None
    words, where = found
    kind = types.MarkupKind.Markdown if ls.client.markdown else types.MarkupKind.PlainText
    value = words if ls.client.markdown else plain(words)
    return types.Hover(contents=types.MarkupContent(kind=kind, value=value), range=protocol_range(where))


def code_actions(ls: DraftServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done about the findings in a stretch of a text."""
    checked = ls.checked(params.text_document.uri)
    only = params.context.only
    if checked is None or (only and not any(types.CodeActionKind.QuickFix.value.startswith(str(k)) for k in only)):
        return []
    text = checked.text.text
    start, end = (text.offset(Position(p.line, p.character)) for p in (params.range.start, params.range.end))
    return actions_of(checked, (start, end), ls.client, reasons=ls.settings.reasons, rules_url=ls.settings.rules_url)


async def pull_diagnostics(ls: DraftServer, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    """The diagnostics of a text as it is now, as soon as they are known."""
    checked = await ls.when_checked(params.text_document.uri)
    items = ls.diagnostics(checked) if checked is not None else []
    return types.RelatedFullDocumentDiagnosticReport(items=items)


def open_source(ls: DraftServer, location: types.Location) -> None:
    """Show a sentence of a source in the editor."""
    ls.window_show_document(types.ShowDocumentParams(uri=location.uri, take_focus=True, selection=location.range))


def reload_corpus(ls: DraftServer) -> None:
    """Read the corpus anew: articles have changed."""
    ls.reload()
