"""
The server: what the editor sends and what it is sent, over standard input and output.

Everything here runs in one event loop and is short; the worker's outcomes come in through
``loop.call_soon_threadsafe``.  Texts are kept in code points by `claimcheck.lsp.texts`, not by pygls, which ends lines
at more characters than the protocol does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve
from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcContentModified
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

import claimcheck
from claimcheck.errors import ClaimcheckError, SkippedDocumentWarning
from claimcheck.render.display import counted

from .findings import SOURCE, Client, diagnostics_of
from .progress import CorpusProgress
from .settings import SECTION, Settings, with_options
from .texts import Change, OpenText, Position, Text, Units, path_of
from .worker import Checked, Failed, Opened, Outcome, Progressed, Stopped, Worker

#: Seconds to wait for the client's configuration.
PATIENCE = 5.0
#: Folder of articles when none is named.
DEFAULT_CORPUS = "corpus"


class _Protocol(LanguageServerProtocol):
    """pygls' protocol, without its own copies of the texts."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Begin with a text."""
        self.server.text_opened(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Follow a change."""
        self.server.text_changed(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """End with a text."""
        self.server.text_closed(params.text_document.uri)

    @property
    def server(self) -> DraftServer:
        """The server that this belongs to."""
        assert isinstance(self._server, DraftServer)
        return self._server


class DraftServer(LanguageServer):
    """
    The language server.

    Args:
        settings_for: What is in force in a folder until the editor says otherwise.
    """

    def __init__(self, settings_for: Callable[[Path], Settings]) -> None:
        super().__init__(
            SOURCE,
            claimcheck.__version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=_Protocol,
        )
        self.client = Client()
        self.ended = False
        self._settings_for = settings_for
        self._settings: Settings | None = None
        self._options: Any = None
        self._root = Path.cwd()
        self._worker: Worker | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._progress = CorpusProgress(self)
        self._texts: dict[str, OpenText] = {}
        self._checked: dict[str, Checked] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._awaited: dict[str, list[asyncio.Future[Checked | None]]] = {}
        self._said: set[tuple[str, str]] = set()

    # ------------------------------------------------------------------------ start

    def begin(self, params: types.InitializeParams) -> None:
        """Learn what the client can do and what it wants."""
        self.client = client_of(params.capabilities)
        self._options = params.initialization_options
        folders = [path_of(folder.uri) for folder in params.workspace_folders or ()]
        root = next((f for f in folders if f), None) or (path_of(params.root_uri) if params.root_uri else None)
        self._root = Path(root or params.root_path or Path.cwd())

    async def started(self) -> None:
        """Set to work, by the client's configuration where it can be asked for it."""
        self._loop = asyncio.get_running_loop()
        self._worker = Worker(self._deliver, self.units)
        await self.configure(None)
        if self._settings is None:  # what the editor gave is wrong, and was said to be
            self._apply(self._configured() or Settings())

    async def configure(self, changed: Any) -> None:
        """
        Follow the user's configuration.

        Args:
            changed: What the client sent along, ``None`` when it did not.
        """
        if not changed or _of_others(changed):
            changed = await self._asked()
        configured = self._configured()
        if configured is None:
            return
        try:
            settings = with_options(with_options(configured, self._options), changed)
        except ClaimcheckError as error:
            self.tell(error)
            return
        self._apply(settings)

    def _configured(self) -> Settings | None:
        """What is in force without the editor's settings; ``None``, said to the user, when that is wrong."""
        try:
            return self._settings_for(self._root)
        except ClaimcheckError as error:
            self.tell(error)
            return None

    async def _asked(self) -> Any:
        """The section of the client's configuration, ``None`` when it has none or cannot be asked."""
        if not self.client.configuration:
            return None
        items = [types.ConfigurationItem(section=SECTION)]
        request = self.workspace_configuration_async(types.ConfigurationParams(items=items))
        try:
            found = await asyncio.wait_for(request, PATIENCE)
        except Exception:  # noqa: BLE001 - a client that cannot answer has no configuration
            return None
        return found[0] if found else None

    def _apply(self, settings: Settings) -> None:
        if not settings.corpus and settings.index is None and (self._root / DEFAULT_CORPUS).is_dir():
            settings = evolve(settings, corpus=(DEFAULT_CORPUS,))
        try:
            settings = settings.under(self._root)
        except ClaimcheckError as error:
            self.tell(error)
            return
        if settings != self._settings:
            self._settings = settings
            self.reload()

    def reload(self) -> None:
        """Read the corpus anew and check every text again."""
        self._said.clear()
        if self._worker is not None and self._settings is not None:
            self._worker.configure(self._settings)

    def finish(self) -> None:
        """Let go of everything."""
        for timer in self._timers.values():
            timer.cancel()
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    # ------------------------------------------------------------------------ texts

    def text_opened(self, item: types.TextDocumentItem) -> None:
        """Keep a new text, and check it at once."""
        text = Text(content=item.text, units=self.units)
        self._keep(OpenText(uri=item.uri, language=item.language_id, version=item.version, text=text), delay=0.0)

    def text_changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Change a text, and check it when it has rested for a while."""
        known = self._texts.get(params.text_document.uri)
        if known is None:
            return
        text = known.text.changed(map(_change, params.content_changes))
        delay = self._settings.delay if self._settings is not None else 0.0
        self._keep(evolve(known, version=params.text_document.version, text=text), delay=delay)

    def text_closed(self, uri: str) -> None:
        """Forget a text and take its diagnostics away."""
        if self._texts.pop(uri, None) is None:
            return
        self._checked.pop(uri, None)
        self._give_up(uri)
        self._publish(uri, None, [])

    def checked(self, uri: str) -> Checked | None:
        """What is known of the text as it is now, ``None`` while it is being checked."""
        text, checked = self._texts.get(uri), self._checked.get(uri)
        return checked if checked is not None and text is not None and checked.text == text else None

    async def when_checked(self, uri: str) -> Checked | None:
        """
        What is known of the text as it is now, as soon as it is known.

        Raises:
            JsonRpcContentModified: If the text changes before that.
        """
        known = self.checked(uri)
        if known is not None or uri not in self._texts or self._texts[uri].name is None:
            return known
        future: asyncio.Future[Checked | None] = asyncio.get_running_loop().create_future()
        self._awaited.setdefault(uri, []).append(future)
        return await future

    def _keep(self, text: OpenText, *, delay: float) -> None:
        self._texts[text.uri] = text
        self._give_up(text.uri)
        if text.name is None:
            return
        loop = self._loop or asyncio.get_event_loop()
        self._timers[text.uri] = loop.call_later(delay, self._submit, text)

    def _submit(self, text: OpenText) -> None:
        self._timers.pop(text.uri, None)
        if self._worker is not None:
            self._worker.submit(text)

    def _give_up(self, uri: str) -> None:
        """Neither begin nor go on with the check of an older version."""
        if (timer := self._timers.pop(uri, None)) is not None:
            timer.cancel()
        if self._worker is not None:
            self._worker.stop(uri)
        for future in self._awaited.pop(uri, ()):
            if not future.done():
                future.set_exception(JsonRpcContentModified())

    # --------------------------------------------------------------------- outcomes

    def _deliver(self, outcome: Outcome) -> None:
        """Hand an outcome from the worker's thread to the event loop."""
        assert self._loop is not None
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._take, outcome)

    def _take(self, outcome: Outcome) -> None:
        match outcome:
            case Progressed():
                self._progress.report(outcome)
            case Opened():
                self._progress.end()
                self._trace(f"corpus of {outcome.documents} articles, {len(outcome.faults)} left out")
                if outcome.faults:
                    self.tell(_left_out(outcome.faults), types.MessageType.Warning)
                self._again()
            case Checked():
                self._show(outcome)
            case Failed():
                self._progress.end()
                self.tell(outcome.error)
                if outcome.text is None:
                    self._again()
                else:
                    self._show(Checked(text=outcome.text))
            case Stopped():
                self._trace(f"stopped {outcome.text.uri} version {outcome.text.version}")

    def _again(self) -> None:
        """Check every text: the corpus is another one."""
        self._checked.clear()
        for text in self._texts.values():
            if text.name is not None and text.uri not in self._timers:
                self._submit(text)
        if self.client.refreshes:
            self.workspace_diagnostic_refresh(None)

    def _show(self, checked: Checked) -> None:
        uri = checked.text.uri
        claims = len(checked.report.claims) if checked.report is not None else 0
        self._trace(f"checked {uri} version {checked.text.version}: {claims} claims, {checked.verified} verified")
        if self._texts.get(uri) != checked.text:
            return
        self._checked[uri] = checked
        for future in self._awaited.pop(uri, ()):
            if not future.done():
                future.set_result(checked)
        self._publish(uri, checked.text.version, self.diagnostics(checked))

    def _publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        if not self.client.pulls:
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found)
            )

    def diagnostics(self, checked: Checked) -> list[types.Diagnostic]:
        """What to show for a text that was checked."""
        return diagnostics_of(checked, self.client, self.settings.rules_url)

    @property
    def units(self) -> Units:
        """How the client counts."""
        encoding = self.server_capabilities.position_encoding or types.PositionEncodingKind.Utf16
        return Units(str(getattr(encoding, "value", encoding)))

    @property
    def settings(self) -> Settings:
        """What is in force."""
        return self._settings or Settings()

    # ---------------------------------------------------------------------- messages

    def tell(self, error: ClaimcheckError, kind: types.MessageType = types.MessageType.Error) -> None:
        """Show an error with its code and its hint, once until something changes."""
        text = f"claimcheck[{error.error_code}]: {error.message}"
        if error.hint:
            text += f"\nhint: {error.hint}"
        if (error.error_code, text) not in self._said:
            self._said.add((error.error_code, text))
            self.window_show_message(types.ShowMessageParams(type=kind, message=text))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Show a fault of ours, or a message that could not be read, and go on; requests answer with theirs."""
        if source is FeatureRequestError:
            return
        kind = f"{type(error).__name__}: {error}"
        hint = "please report it with the lines in the server's log"
        self.tell(ClaimcheckError(f"something in claimcheck went wrong: {kind}", hint=hint, code="CC-E99"))

    def _trace(self, message: str) -> None:
        if self.protocol.trace != types.TraceValue.Off:
            self.log_trace(types.LogTraceParams(message=message))


def client_of(capabilities: types.ClientCapabilities) -> Client:
    """What a client with these capabilities can do."""
    texts = capabilities.text_document or types.TextDocumentClientCapabilities()
    space = capabilities.workspace or types.WorkspaceClientCapabilities()
    window = capabilities.window or types.WindowClientCapabilities()
    published, hover, edits = texts.publish_diagnostics, texts.hover, space.workspace_edit
    return Client(
        related=bool(published and published.related_information),
        markdown=types.MarkupKind.Markdown in ((hover.content_format if hover else None) or ()),
        shows_documents=bool(window.show_document and window.show_document.support),
        snippets=bool(edits and edits.document_changes and edits.snippet_edit_support),
        versions=bool(edits and edits.document_changes),
        progress=bool(window.work_done_progress),
        configuration=bool(space.configuration),
        pulls=texts.diagnostic is not None,
        refreshes=bool(texts.diagnostic and space.diagnostics and space.diagnostics.refresh_support),
    )


def _left_out(faults: Sequence[ClaimcheckError]) -> ClaimcheckError:
    """One message about all articles that could not be read."""
    first = faults[0]
    message = f"{counted(len(faults), 'article')} left out; the first: {first.message}"
    return ClaimcheckError(message, hint=first.hint, code=SkippedDocumentWarning.code)


def _of_others(settings: Any) -> bool:
    """Whether *settings* are sections of a configuration, and ours is not among them or is empty."""
    if not isinstance(settings, dict):
        return False
    if SECTION in settings:
        return not settings[SECTION]
    return all(isinstance(section, dict) for section in settings.values())


def _change(event: types.TextDocumentContentChangeEvent) -> Change:
    if isinstance(event, types.TextDocumentContentChangePartial):
        return (_position(event.range.start), _position(event.range.end)), event.text
    return None, event.text


def _position(position: types.Position) -> Position:
    return Position(position.line, position.character)
