"""What of a report is wanted: by code, by confidence, and by what the baseline already knows."""

from __future__ import annotations

from attrs import evolve

from .diagnostics import CheckReport, Diagnostic
from .rules import Severity, selected


def filtered(
    report: CheckReport,
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    min_confidence: float = 0.0,
) -> CheckReport:
    """
    *report* with the findings that are wanted.

    Args:
        report: What `Checker.check` returned.
        select: Beginnings of codes to keep; all when empty.
        ignore: Beginnings of codes to leave out.
        min_confidence: Errors and warnings less sure than this are left out and counted in ``unsure``.
    """
    wanted = [d for d in report.diagnostics if selected(d.code, select, ignore)]
    sure = tuple(d for d in wanted if not _unsure(d, min_confidence))
    return evolve(report, diagnostics=sure, unsure=report.unsure + len(wanted) - len(sure))


def _unsure(diagnostic: Diagnostic, least: float) -> bool:
    if diagnostic.severity is Severity.NOTE or diagnostic.confidence is None:
        return False
    return diagnostic.confidence < least
