"""Code actions: ignore a finding, open its source, take the source's date or figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol import types

from claimcheck.checker.diagnostics import Diagnostic
from claimcheck.render.display import neat, shortened

from .findings import Client, diagnostics_of, protocol_range
from .replace import replacements
from .worker import Checked, key_of

#: The command that opens a source.
OPEN_SOURCE = "claimcheck.openSource"
#: Code points of a text in the title of an action.
SHORT = 60
#: Markup that closes right after a sentence: a comment stands behind it.
_CLOSING = re.compile(r"[*_~`”\"’']*")
#: Findings about comments themselves; they are not taken out by one more comment.
_ABOUT_COMMENTS = "CC-W"


def actions_of(
    checked: Checked, wanted: tuple[int, int], client: Client, *, reasons: tuple[str, ...] = (), rules_url: str = ""
) -> list[types.CodeAction]:
    """
    What can be done about the findings in a stretch of the text.

    Args:
        checked: What was found.
        wanted: The stretch, in code points; it may be empty.
        client: What the client can do.
        reasons: Reasons that are offered for ignoring a finding.
        rules_url: As in `diagnostics_of`.
    """
    if checked.report is None or checked.draft is None:
        return []
    actions: list[types.CodeAction] = []
    shown = diagnostics_of(checked, client, rules_url)
    for found, diagnostic in zip(checked.report.diagnostics, shown, strict=True):
        if found.place.start <= wanted[1] and wanted[0] <= found.place.end:
            actions += _replace(checked, found, diagnostic, client)
            actions += _open(checked, found, diagnostic, client)
            actions += _ignore(checked, found, diagnostic, client, reasons)
    return actions


def _replace(
    checked: Checked, found: Diagnostic, diagnostic: types.Diagnostic, client: Client
) -> Iterator[types.CodeAction]:
    assert checked.draft is not None
    for item in replacements(checked.draft, found):
        where = protocol_range(checked.text.text.range(item.start, item.end))
        title = f"Replace “{_short(item.old)}” by “{_short(item.new)}”, as {_short(item.document)} has it"
        yield _edit(checked, title, diagnostic, client, types.TextEdit(range=where, new_text=item.new))


def _open(
    checked: Checked, found: Diagnostic, diagnostic: types.Diagnostic, client: Client
) -> Iterator[types.CodeAction]:
    if not client.shows_documents:
        return
    seen: set[str] = set()
    for evidence in found.evidence:
        place = checked.places.get(key_of(evidence))
        if place is None or place.uri in seen:
            continue
        seen.add(place.uri)
        title = f"Open the source: {_short(evidence.document)}"
        start, end = ({"line": p.line, "character": p.character} for p in place.range)
        location = {"uri": place.uri, "range": {"start": start, "end": end}}
        yield types.CodeAction(
            title=title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            command=types.Command(title=title, command=OPEN_SOURCE, arguments=[location]),
        )


def _ignore(
    checked: Checked, found: Diagnostic, diagnostic: types.Diagnostic, client: Client, reasons: tuple[str, ...]
) -> Iterator[types.CodeAction]:
    """Put a comment after the sentence, with each of the reasons, and with one that is still to be written."""
    if found.code.startswith(_ABOUT_COMMENTS):
        return
    spot = _after(checked, found)
    where = protocol_range(checked.text.text.range(spot, spot))
    for reason in reasons:
        words = neat(reason).replace("--", "–")
        edit = types.TextEdit(range=where, new_text=_comment(found.code, words))
        yield _edit(checked, f"Ignore {found.code} here: {_short(words)}", diagnostic, client, edit)
    title = f"Ignore {found.code} here, for a reason that you write"
    if client.snippets:
        gap = types.StringValue(value=_comment(found.code, "${1:reason}"))
        yield _edit(checked, title, diagnostic, client, types.SnippetTextEdit(range=where, snippet=gap))
    else:
        edit = types.TextEdit(range=where, new_text=_comment(found.code, ""))
        yield _edit(checked, title, diagnostic, client, edit)


def _comment(code: str, reason: str) -> str:
    return f" <!-- claimcheck: ignore {f'{code} {reason}'.strip()} -->"


def _after(checked: Checked, found: Diagnostic) -> int:
    """Where the sentence of a finding ends in the file, closing markup included."""
    assert checked.report is not None
    places = [c.place for c in checked.report.claims] + [a.place for a in checked.report.aside]
    last = found.place.end - 1
    end = next((p.end for p in places if p.start <= last < p.end), found.place.end)
    closing = _CLOSING.match(checked.text.text.content, end)
    return closing.end() if closing else end


def _edit(
    checked: Checked,
    title: str,
    diagnostic: types.Diagnostic,
    client: Client,
    edit: types.TextEdit | types.SnippetTextEdit,
) -> types.CodeAction:
    """An action that changes the text, in the version that was checked where the client can say so."""
    uri, version = checked.text.uri, checked.text.version
    if client.versions or isinstance(edit, types.SnippetTextEdit):
        document = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
        change = types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(text_document=document, edits=[edit])])
    else:
        change = types.WorkspaceEdit(changes={uri: [edit]})
    return types.CodeAction(title=title, kind=types.CodeActionKind.QuickFix, diagnostics=[diagnostic], edit=change)


def _short(text: str) -> str:
    return shortened(text, SHORT)
