"""An editor for tests: pygls' own client, with the server as a process on its standard input and output."""

from __future__ import annotations

import ast
import asyncio
import os
import sys
import threading
from concurrent.futures import Future
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

#: Seconds that the slowest machine may take.
PATIENCE = 300
SOURCES = Path(__file__).resolve().parents[1] / "src"


class Editor:
    """
    An editor with one workspace.

    Args:
        root: The workspace's folder.
        options: Initialization options.
        encoding: The position encoding that it offers, ``None`` to offer none.
        pulls: Whether it asks for diagnostics itself.
        configuration: What it answers when it is asked for its configuration; ``None`` when it cannot be.
        arguments: Of ``claimcheck lsp``.
        snippets: Whether edits may have a gap.
    """

    def __init__(
        self,
        root,
        *,
        options=None,
        encoding="utf-16",
        pulls=False,
        configuration=None,
        arguments=(),
        snippets=False,
    ):
        self.published: list[types.PublishDiagnosticsParams] = []
        self.messages: list[types.ShowMessageParams] = []
        self.traces: list[str] = []
        self.progress: list[types.ProgressParams] = []
        self.shown: list[types.ShowDocumentParams] = []
        self.refreshed = 0
        self.root = root
        self._changed = threading.Condition()
        self._configuration = configuration
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._client = _Client("editor", "1")
        self._listen()
        self._run(
            self._client.start_io(
                sys.executable,
                "-m",
                "claimcheck",
                "lsp",
                *arguments,
                cwd=str(root),
                env={**os.environ, "PYTHONPATH": str(SOURCES)},
            )
        )
        self.server = self._run(
            self._client.initialize_async(
                types.InitializeParams(
                    capabilities=_capabilities(encoding, pulls, configuration is not None, snippets),
                    root_uri=root.as_uri(),
                    initialization_options=options,
                )
            )
        )
        self.notify("set_trace", types.SetTraceParams(value=types.TraceValue.Messages))
        self.notify("initialized", types.InitializedParams())

    # -------------------------------------------------------------------------- doing

    def open(self, uri, text, language="markdown", version=1):
        self.notify(
            "text_document_did_open",
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(uri=uri, language_id=language, version=version, text=text)
            ),
        )

    def change(self, uri, version, *changes):
        """Each change is a whole text, or a range (of lines and code units) and what is there now."""
        events = [
            types.TextDocumentContentChangeWholeDocument(text=change)
            if isinstance(change, str)
            else types.TextDocumentContentChangePartial(range=change[0], text=change[1])
            for change in changes
        ]
        identifier = types.VersionedTextDocumentIdentifier(uri=uri, version=version)
        self.notify("text_document_did_change", types.DidChangeTextDocumentParams(identifier, events))

    def close_text(self, uri):
        self.notify("text_document_did_close", types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri=uri)))

    def hover(self, uri, position):
        return self.request(
            "text_document_hover",
            types.HoverParams(text_document=types.TextDocumentIdentifier(uri=uri), position=position),
        )

    def actions(self, uri, where):
        found = self.request(
            "text_document_code_action",
            types.CodeActionParams(
                text_document=types.TextDocumentIdentifier(uri=uri),
                range=where,
                context=types.CodeActionContext(diagnostics=[]),
            ),
        )
        # lsprotocol reads an action that has a command as if it were one, with the text of the command as its name.
        return [
            types.CodeAction(title=item.title, command=types.Command(**ast.literal_eval(item.command)))
            if isinstance(item, types.Command)
            else item
            for item in found
        ]

    def pull(self, uri):
        identifier = types.TextDocumentIdentifier(uri=uri)
        asked = types.DocumentDiagnosticParams(text_document=identifier)
        return list(self.request("text_document_diagnostic", asked).items)

    def configure(self, settings):
        self.notify("workspace_did_change_configuration", types.DidChangeConfigurationParams(settings=settings))

    def notify(self, name, params):
        async def send():
            getattr(self._client, name)(params)

        self._run(send())

    def request(self, name, params):
        return self._run(getattr(self._client, f"{name}_async")(params))

    def send(self, name, params):
        """A request whose answer is not waited for."""

        async def call():
            return await getattr(self._client, f"{name}_async")(params)

        return asyncio.run_coroutine_threadsafe(call(), self._loop)

    def quit(self):
        """Shut the server down as the protocol wants it; its exit status."""

        async def end():
            await self._client.shutdown_async(None)
            self._client.exit(None)
            return await asyncio.wait_for(self._client.ended.wait(), PATIENCE)

        self._run(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        return self._client.status

    # ------------------------------------------------------------------------- seeing

    def diagnostics(self, uri, version=1):
        """The diagnostics of that version, as soon as they are published."""

        def found():
            return next((p for p in reversed(self.published) if p.uri == uri and p.version == version), None)

        return list(self.wait(found).diagnostics)

    def wait(self, look):
        """What *look* sees as soon as it sees something."""
        with self._changed:
            found = self._changed.wait_for(look, PATIENCE)
        assert found, (self.messages, self.traces[-3:])
        return found

    def message(self):
        """The next message that is shown."""
        return self.wait(lambda: self.messages and self.messages.pop(0))

    # ------------------------------------------------------------------------ plumbing

    def _run(self, coroutine):
        if isinstance(coroutine, Future):
            coroutine = asyncio.wrap_future(coroutine, loop=self._loop)

        async def call():
            return await coroutine

        return asyncio.run_coroutine_threadsafe(call(), self._loop).result(PATIENCE)

    def _listen(self):
        keep = self._keep
        feature = self._client.feature
        feature("textDocument/publishDiagnostics")(lambda params: keep(self.published, params))
        feature("window/showMessage")(lambda params: keep(self.messages, params))
        feature("$/logTrace")(lambda params: keep(self.traces, params.message))
        feature("$/progress")(lambda params: keep(self.progress, params))
        feature("window/workDoneProgress/create")(lambda _params: None)

        def configuration(_params):
            return [self._configuration]

        def show(params):
            keep(self.shown, params)
            return types.ShowDocumentResult(success=True)

        def refresh(_params):
            with self._changed:
                self.refreshed += 1
                self._changed.notify_all()

        feature("workspace/configuration")(configuration)
        feature("window/showDocument")(show)
        feature("workspace/diagnostic/refresh")(refresh)

    def _keep(self, where, what):
        with self._changed:
            where.append(what)
            self._changed.notify_all()


class _Client(LanguageClient):
    """Knows how the server ended."""

    def __init__(self, *names):
        super().__init__(*names)
        self.ended = asyncio.Event()
        self.status = None

    async def server_exit(self, server):
        self.status = server.returncode
        self.ended.set()


def _capabilities(encoding, pulls, configuration, snippets):
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=[encoding] if encoding else None),
        text_document=types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True),
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
            diagnostic=types.DiagnosticClientCapabilities() if pulls else None,
        ),
        window=types.WindowClientCapabilities(
            work_done_progress=True, show_document=types.ShowDocumentClientCapabilities(support=True)
        ),
        workspace=types.WorkspaceClientCapabilities(
            configuration=configuration,
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
            workspace_edit=types.WorkspaceEditClientCapabilities(
                document_changes=True, snippet_edit_support=snippets or None
            ),
        ),
    )
