"""
What was checked, what came of it, and what people decided: kept in the index's database.

Everything that a request or a stream was answered with is on the disk before the answer goes out.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from claimcheck.errors import ClaimcheckError, RequestError, ServerError

from . import tables
from .database import Database
from .faults import CONFLICT, CUT_SHORT, NOT_FOUND, error_object
from .sessions import Principal

DONE, FAILED, RUNNING, WAITING = "done", "failed", "running", "waiting"
#: Kinds of the events after which nothing more comes.
LAST = frozenset({DONE, FAILED})

_CHECK = "id, name, created, author, state, digest, versions, summary"
_DECISION = "number, claim, action, verdict, comment, author, made, found, evidence_hash, versions"


@frozen(kw_only=True)
class Event:
    """
    Something that happened in a check.

    Args:
        kind: ``draft``, ``quotation``, ``claim``, ``progress``, ``done`` or ``failed``.
        data: Its JSON object, as text on one line.
        claim: Number of the sentence that it is about.
        number: Its number in the check, from 1; 0 before it is kept.
    """

    kind: str
    data: str
    claim: int | None = None
    number: int = 0


def now() -> str:
    """The time, UTC, in ISO 8601 to the millisecond."""
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class History:
    """
    The history of a newsroom.

    Args:
        database: The index's file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.writing() as connection:
            tables.prepare(connection, database.path)

    # ---------------------------------------------------------------------- checks

    def begin(self, name: str, author: Principal, digest: str) -> str:
        """Keep a new check, which waits for its turn; its id."""
        identifier = secrets.token_hex(8)
        with self._database.writing() as connection:
            connection.execute(
                f"INSERT INTO newsroom_checks ({_CHECK}) VALUES (?, ?, ?, ?, ?, ?, '{{}}', '{{}}')",  # noqa: S608
                (identifier, name, now(), author.name, WAITING, digest),
            )
            _log(connection, author, "check", identifier, {"name": name, "sha256": digest})
        return identifier

    def started(self, identifier: str, versions: Mapping[str, Any]) -> None:
        """A check is being worked at, by these versions."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE newsroom_checks SET state = ?, versions = ? WHERE id = ? AND state = ?",
                (RUNNING, json.dumps(versions), identifier, WAITING),
            )

    def append(self, identifier: str, events: Iterable[Event]) -> bool:
        """Keep events of a check; ``False`` when the check is over or gone, and they are not kept."""
        with self._database.writing() as connection:
            number = _open_number(connection, identifier)
            if number is None:
                return False
            _append(connection, number, events)
            return True

    def finish(
        self,
        identifier: str,
        last: Event,
        *,
        summary: Mapping[str, Any] | None = None,
        exports: Mapping[str, str] | None = None,
    ) -> bool:
        """
        End a check, once: what comes later is not kept.

        Args:
            identifier: Of the check.
            last: ``done`` or ``failed``.
            summary: Its figures.
            exports: The report in each format.
        Returns:
            Whether it was still under way.
        """
        with self._database.writing() as connection:
            number = _open_number(connection, identifier)
            if number is None:
                return False
            _append(connection, number, (last,))
            connection.execute(
                "UPDATE newsroom_checks SET state = ?, summary = ? WHERE number = ?",
                (last.kind, json.dumps(summary or {}), number),
            )
            connection.executemany(
                "INSERT INTO newsroom_exports (check_number, format, body) VALUES (?, ?, ?)",
                ((number, name, zlib.compress(body.encode())) for name, body in (exports or {}).items()),
            )
            _log_end(connection, number, last)
            return True

    def cut_short(self, why: str) -> list[str]:
        """End every check that is under way as failed, because of a stop; their ids."""
        error = ServerError(why, hint="check the draft again", code=CUT_SHORT)
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id FROM newsroom_checks WHERE state IN ('waiting', 'running')")
            found = [str(row[0]) for row in rows]
        return [one for one in found if self.finish(one, failed_event(error))]

    def checks(self, *, limit: int, before: int | None = None) -> tuple[list[dict[str, Any]], int | None]:
        """Checks, newest first, and the cursor of the next page, ``None`` on the last."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT number, {_CHECK} FROM newsroom_checks WHERE number < ? ORDER BY number DESC LIMIT ?",  # noqa: S608
                (_MOST if before is None else before, limit + 1),
            ).fetchall()
        page = rows[:limit]
        return [_check(row[1:]) for row in page], page[-1][0] if len(rows) > limit else None

    def check(self, identifier: str) -> dict[str, Any]:
        """
        One check in brief.

        Raises:
            RequestError: If there is none of that id.
        """
        with self._database.reading() as connection:
            return _check(_row(connection, identifier)[1:])

    def whole(self, identifier: str) -> tuple[dict[str, Any], list[Event], list[dict[str, Any]]]:
        """One check with its events and its decisions, as they are at one moment."""
        with self._database.reading() as connection:
            row = _row(connection, identifier)
            return _check(row[1:]), _events(connection, row[0], 0), _decisions(connection, row[0])

    def events(self, identifier: str, after: int) -> list[Event]:
        """The events of a check that come after number *after*."""
        with self._database.reading() as connection:
            return _events(connection, _row(connection, identifier)[0], after)

    def is_heard(self, identifier: str, after: int) -> bool:
        """Whether the check is over, and none of its events comes after number *after*."""
        with self._database.reading() as connection:
            row = _row(connection, identifier)
            return _check(row[1:])["state"] in LAST and not _events(connection, row[0], after)

    def remove(self, identifier: str, by: Principal) -> None:
        """Remove a check with all that belongs to it; the audit log keeps that it was there."""
        with self._database.writing() as connection:
            row = _row(connection, identifier)
            connection.execute("DELETE FROM newsroom_checks WHERE number = ?", (row[0],))
            _log(connection, by, "check removed", identifier, {"name": row[2], "sha256": row[6]})

    def export(self, identifier: str, name: str) -> tuple[dict[str, Any], str, list[dict[str, Any]]]:
        """A check in brief, its report in the format *name*, and its decisions."""
        with self._database.reading() as connection:
            row = _row(connection, identifier)
            body = connection.execute(
                "SELECT body FROM newsroom_exports WHERE check_number = ? AND format = ?", (row[0], name)
            ).fetchone()
            decisions = _decisions(connection, row[0])
        if body is None:
            msg = f"there is no report on check {identifier}: it is {row[5]}"
            raise RequestError(msg, hint="wait until it is done, or check the draft again", code=CONFLICT)
        return _check(row[1:]), zlib.decompress(body[0]).decode(), decisions

    # ------------------------------------------------------------------- decisions

    def decide(
        self, identifier: str, claim: int, by: Principal, *, action: str, verdict: str | None, comment: str
    ) -> dict[str, Any]:
        """
        Keep what somebody decided about a claim, with the verdict and the evidence that it was decided on.

        Raises:
            RequestError: If there is no such check, or no such claim in it.
        """
        with self._database.writing() as connection:
            row = _row(connection, identifier)
            found = connection.execute(
                "SELECT data FROM newsroom_events WHERE check_number = ? AND claim = ?"
                " AND kind IN ('claim', 'quotation') ORDER BY kind, number DESC LIMIT 1",
                (row[0], claim),
            ).fetchone()
            if found is None:
                msg = f"check {identifier} has no claim {claim} with a result"
                raise RequestError(msg, hint="the numbers are those of the events", code=NOT_FOUND)
            data = json.loads(found[0])
            result = data.get("result") or {}
            values = (claim, action, verdict, comment, by.name, now(), result.get("verdict"), data.get("evidence_hash"))
            connection.execute(
                f"INSERT INTO newsroom_decisions (check_number, {_DECISION.removeprefix('number, ')})"  # noqa: S608
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (row[0], *values, row[7]),
            )
            made = _decisions(connection, row[0])[-1]
            _log(connection, by, f"decision: {action}", f"{identifier}/{claim}", made)
            return made

    # ----------------------------------------------------------------------- audit

    def log(self, by: Principal, action: str, target: str, detail: Mapping[str, Any]) -> None:
        """Write a line of the audit log."""
        with self._database.writing() as connection:
            _log(connection, by, action, target, detail)

    def audit(self, *, limit: int, before: int | None = None) -> tuple[list[dict[str, Any]], int | None]:
        """Lines of the audit log, newest first, and the cursor of the next page."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT number, made, author, role, action, target, detail FROM newsroom_audit WHERE number < ?"
                " ORDER BY number DESC LIMIT ?",
                (_MOST if before is None else before, limit + 1),
            ).fetchall()
        page = rows[:limit]
        keys = ("number", "made", "who", "role", "action", "target")
        found = [dict(zip(keys, row, strict=False)) | {"detail": json.loads(row[6])} for row in page]
        return found, page[-1][0] if len(rows) > limit else None


#: Larger than every number of a row.
_MOST = 2**63 - 1


def failed_event(error: ClaimcheckError) -> Event:
    """The last event of a check that could not be brought to its end."""
    return Event(kind=FAILED, data=json.dumps(error_object(error)))


def _row(connection: sqlite3.Connection, identifier: str) -> Sequence[Any]:
    row: Sequence[Any] | None = connection.execute(
        f"SELECT number, {_CHECK} FROM newsroom_checks WHERE id = ?",  # noqa: S608 - names of ours
        (identifier,),
    ).fetchone()
    if row is None:
        msg = "there is no such check"
        raise RequestError(msg, hint="it may have been removed; see the list of checks", code=NOT_FOUND)
    return row


def _check(row: Sequence[Any]) -> dict[str, Any]:
    identifier, name, created, author, state, digest, versions, summary = row
    return {
        "id": identifier,
        "name": name,
        "created": created,
        "author": author,
        "state": state,
        "sha256": digest,
        "versions": json.loads(versions),
        "summary": json.loads(summary),
    }


def _open_number(connection: sqlite3.Connection, identifier: str) -> int | None:
    row = connection.execute(
        "SELECT number FROM newsroom_checks WHERE id = ? AND state IN ('waiting', 'running')", (identifier,)
    ).fetchone()
    return None if row is None else int(row[0])


def _append(connection: sqlite3.Connection, check: int, events: Iterable[Event]) -> None:
    last = connection.execute(
        "SELECT coalesce(max(number), 0) FROM newsroom_events WHERE check_number = ?", (check,)
    ).fetchone()[0]
    connection.executemany(
        "INSERT INTO newsroom_events (check_number, number, kind, claim, data) VALUES (?, ?, ?, ?, ?)",
        ((check, number, e.kind, e.claim, e.data) for number, e in enumerate(events, start=last + 1)),
    )


def _events(connection: sqlite3.Connection, check: int, after: int) -> list[Event]:
    rows = connection.execute(
        "SELECT number, kind, claim, data FROM newsroom_events WHERE check_number = ? AND number > ? ORDER BY number",
        (check, after),
    )
    return [Event(number=number, kind=kind, claim=claim, data=data) for number, kind, claim, data in rows]


def _decisions(connection: sqlite3.Connection, check: int) -> list[dict[str, Any]]:
    rows = connection.execute(
        f"SELECT {_DECISION} FROM newsroom_decisions WHERE check_number = ? ORDER BY number",  # noqa: S608
        (check,),
    )
    keys = ("number", "claim", "action", "verdict", "comment", "who", "when", "found", "evidence_hash")
    return [dict(zip(keys, row, strict=False)) | {"versions": json.loads(row[9])} for row in rows]


def _log(connection: sqlite3.Connection, by: Principal, action: str, target: str, detail: Mapping[str, Any]) -> None:
    connection.execute(
        "INSERT INTO newsroom_audit (made, author, role, action, target, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (now(), by.name, by.role.value, action, target, json.dumps(detail, ensure_ascii=False)),
    )


def _log_end(connection: sqlite3.Connection, check: int, last: Event) -> None:
    """One line of the audit log for a check that has ended: each verdict with the hash of its evidence."""
    rows = connection.execute(
        "SELECT claim, json_extract(data, '$.result.verdict'), json_extract(data, '$.evidence_hash')"
        " FROM newsroom_events WHERE check_number = ? AND kind = 'claim' ORDER BY number",
        (check,),
    )
    verdicts = [{"claim": claim, "verdict": v, "evidence_hash": h} for claim, v, h in rows if v is not None]
    row = connection.execute("SELECT id, author, versions FROM newsroom_checks WHERE number = ?", (check,)).fetchone()
    detail: dict[str, Any] = {"verdicts": verdicts, "versions": json.loads(row[2])}
    if last.kind == FAILED:
        detail |= json.loads(last.data)
    connection.execute(
        "INSERT INTO newsroom_audit (made, author, role, action, target, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (now(), row[1], "", f"check {last.kind}", row[0], json.dumps(detail, ensure_ascii=False)),
    )
