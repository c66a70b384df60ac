"""Progress while the corpus is read, in the client's own way of showing it."""

from __future__ import annotations

import itertools
from concurrent.futures import Future
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from claimcheck.render.display import shortened

from .worker import Progressed

#: Code points of a file name that are shown.
SHORT = 60


class CorpusProgress:
    """
    One bar: it appears with the first report, and goes away with `end`.

    Args:
        server: What sends it, if the client wants it.
    """

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        self._numbers = itertools.count()
        self._token = ""
        self._created = False
        self._shown = -1

    def report(self, progressed: Progressed) -> None:
        """Say how far it is; at most once for each percent."""
        window = self._server.client_capabilities.window
        if window is None or not window.work_done_progress:
            return
        if not self._token:
            self._create()
        share = 100 * progressed.done // max(progressed.total, 1)
        if not self._created or share == self._shown:
            return
        self._shown = share
        words = f"{progressed.done:,} of {progressed.total:,}: {shortened(progressed.name, SHORT)}"
        self._send(types.WorkDoneProgressReport(message=words, percentage=share))

    def end(self) -> None:
        """The corpus is read, or cannot be."""
        if self._created:
            self._send(types.WorkDoneProgressEnd())
        self._token, self._created, self._shown = "", False, -1

    def _create(self) -> None:
        """Ask the client for a bar; it may be used when the client has answered."""
        self._token = token = f"claimcheck-corpus-{next(self._numbers)}"

        def created(answer: Future[Any]) -> None:
            if answer.exception() is None and token == self._token:
                self._created = True
                self._send(types.WorkDoneProgressBegin(title="claimcheck: reading articles", percentage=0))

        params = types.WorkDoneProgressCreateParams(token=token)
        request = self._server.protocol.send_request(types.WINDOW_WORK_DONE_PROGRESS_CREATE, params)
        request.add_done_callback(created)

    def _send(
        self, value: types.WorkDoneProgressBegin | types.WorkDoneProgressReport | types.WorkDoneProgressEnd
    ) -> None:
        self._server.progress(types.ProgressParams(token=self._token, value=value))
