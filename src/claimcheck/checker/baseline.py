"""
The baseline: findings that are known and accepted, each with the reason, who accepted it and when.

A JSON file that people edit and keep under version control.  An entry is known by its draft and by the fingerprint of
its finding, which survives edits elsewhere in the draft; one that fits no finding of its draft any more is reported.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from claimcheck.documents.metadata import clean
from claimcheck.documents.offsets import line_starts
from claimcheck.errors import ConfigError
from claimcheck.model import Document
from claimcheck.paths import reason_of

from .diagnostics import CheckReport, Diagnostic, Suppressed, fingerprint, place_in
from .rules import rule

#: Of the baseline file.
VERSION = "1"


@frozen(kw_only=True)
class Accepted:
    """
    One entry: a finding that somebody has accepted.

    Args:
        fingerprint: Of the finding.
        code: Its rule.
        path: The draft, as it was named when the entry was written.
        claim: The draft's words, for people.
        reason: Why it is accepted.
        who: Who accepted it.
        date: When, as YYYY-MM-DD.
    """

    fingerprint: str
    code: str = ""
    path: str = ""
    claim: str = ""
    reason: str = ""
    who: str = ""
    date: str = ""


@frozen(kw_only=True)
class Baseline:
    """A baseline file: its name, its text, and its entries."""

    path: str
    text: str = ""
    entries: tuple[Accepted, ...] = ()


def read_baseline(path: str | os.PathLike[str]) -> Baseline:
    """
    The baseline in *path*.

    Raises:
        ConfigError: If it cannot be read or is no baseline.
    """
    name = os.fspath(path)
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
        data = json.loads(text)
        entries = tuple(_entry(item) for item in data["entries"])
    except OSError as error:
        msg = f"the baseline {name} cannot be read: {reason_of(error)}"
        raise ConfigError(msg, hint="make one with --write-baseline --reason WHY") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        msg = f"{name} is no baseline: {error}"
        raise ConfigError(msg, hint="write it anew with --write-baseline --reason WHY") from error
    if data.get("schema_version") != VERSION:
        msg = f"{name} is a baseline of version {data.get('schema_version')!r}, not {VERSION!r}"
        raise ConfigError(msg, hint="write it anew with --write-baseline --reason WHY")
    return Baseline(path=name, text=text, entries=entries)


def _entry(item: Any) -> Accepted:
    known = {a.name for a in Accepted.__attrs_attrs__}
    if not isinstance(item, dict) or not isinstance(item.get("fingerprint"), str):
        msg = "an entry has no fingerprint"
        raise ValueError(msg)  # noqa: TRY004 - the caller says that the file is no baseline
    return Accepted(**{key: clean(str(value)) for key, value in item.items() if key in known})


def baseline_text(entries: Iterable[Accepted]) -> str:
    """The text of a baseline file, its entries in order of draft and fingerprint, each once."""
    once = {(entry.path, entry.fingerprint): entry for entry in entries}
    rows = sorted(once.values(), key=lambda e: (e.path, e.code, e.fingerprint))
    data = {
        "schema_version": VERSION,
        "entries": [{a.name: getattr(row, a.name) for a in Accepted.__attrs_attrs__} for row in rows],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def accepted(diagnostic: Diagnostic, *, reason: str, who: str, date: str) -> Accepted:
    """The entry that accepts *diagnostic*."""
    return Accepted(
        fingerprint=diagnostic.fingerprint,
        code=diagnostic.code,
        path=diagnostic.path,
        claim=" ".join(diagnostic.text.split()),
        reason=reason,
        who=who,
        date=date,
    )


def without_accepted(report: CheckReport, baseline: Baseline, *, path: str = "") -> CheckReport:
    """
    *report* without the findings that *baseline* accepts in its draft.

    Args:
        report: What `Checker.check` returned.
        baseline: The entries.
        path: The draft's file, where the report has only a name for it.
    """
    drafts = _drafts_of(baseline, path or report.path)
    known = {entry.fingerprint: entry for entry in baseline.entries if entry.path in drafts}
    out = [d for d in report.diagnostics if d.fingerprint in known]
    return evolve(
        report,
        diagnostics=tuple(d for d in report.diagnostics if d.fingerprint not in known),
        suppressed=(
            *report.suppressed,
            *(Suppressed(diagnostic=d, by="baseline", reason=known[d.fingerprint].reason) for d in out),
        ),
    )


def used_entries(baseline: Baseline, reports: Sequence[CheckReport]) -> tuple[Accepted, ...]:
    """The entries that took a finding out, or whose drafts were not checked."""
    used: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for report in reports:
        drafts = _drafts_of(baseline, report.path)
        seen |= drafts
        found = {s.diagnostic.fingerprint for s in report.suppressed if s.by == "baseline"}
        used.update((path, one) for path in drafts for one in found)
    return tuple(e for e in baseline.entries if (e.path, e.fingerprint) in used or e.path not in seen)


def _drafts_of(baseline: Baseline, path: str) -> set[str]:
    """What the entries of *baseline* call the draft at *path*."""
    return {named for named in {entry.path for entry in baseline.entries} if _same_file(named, path)}


def _same_file(named: str, path: str) -> bool:
    """
    Whether *named*, by an entry that was perhaps written in another folder, is the draft at *path*.

    An entry without a path counts for every draft.  Where both are files, seen from here, they must be the same one;
    where one is not, the longer path must end as the shorter one.
    """
    one, other = Path(os.path.normpath(named)), Path(os.path.normpath(path))
    if not named or one == other:
        return True
    with suppress(OSError, ValueError):  # one is not there, or no path at all
        return one.samefile(other)
    shorter, longer = sorted((one.parts, other.parts), key=len)
    return longer[-len(shorter) :] == shorter


def report_on(baseline: Baseline, reports: Sequence[CheckReport]) -> CheckReport:
    """What is wrong with the baseline itself: entries that fit no finding of their draft any more."""
    kept = {(e.path, e.fingerprint) for e in used_entries(baseline, reports)}
    stale = [(e, start) for e, start in _places(baseline) if (e.path, e.fingerprint) not in kept]
    return CheckReport(
        path=baseline.path,
        text=baseline.text,
        document=Document(id=baseline.path, text=baseline.text, media_type="application/json"),
        diagnostics=tuple(_stale(baseline, entry, start) for entry, start in stale),
    )


def _places(baseline: Baseline) -> Iterator[tuple[Accepted, int]]:
    """The entries, each with the place of its fingerprint in the file; that of two drafts stands there twice."""
    last: dict[str, int] = {}
    for entry in baseline.entries:
        last[entry.fingerprint] = baseline.text.find(entry.fingerprint, last.get(entry.fingerprint, -1) + 1)
        yield entry, max(last[entry.fingerprint], 0)


def _stale(baseline: Baseline, entry: Accepted, start: int) -> Diagnostic:
    end = start + len(entry.fingerprint)
    return Diagnostic(
        path=baseline.path,
        place=place_in(line_starts(baseline.text), start, end),
        text=baseline.text[start:end],
        code="CC-W13",
        severity=rule("CC-W13").severity,
        message=f"no finding in {entry.path} has this fingerprint any more ({entry.code} “{entry.claim[:60]}”)",
        fingerprint=fingerprint("CC-W13", entry.fingerprint),
    )
