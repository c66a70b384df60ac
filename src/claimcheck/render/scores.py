"""The screens of `evaluate`: claims against a corpus, pairs, documents, and passages by phenomenon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .display import Look, counted, percent
from .page import Page, Piece

Report = Mapping[str, Any]
"""The JSON object of an evaluation."""


def scores_text(report: Report, look: Look) -> str:
    """
    How the verdicts on claims compare with the gold labels.

    Args:
        report: Of `claimcheck.evaluate.report_object`.
        look: Width, colour and plainness.
    """
    page, scores = Page(look), report["scores"]
    _head(page, report, "claim", "")
    _measures(page, [*_of_labels(scores), *_of_evidence(scores), *_of_probabilities(scores)])
    _classes(page, scores)
    if report["by_tag"]:
        page.blank()
        headers = ("tag", "claims", "accuracy", "macro F1", "evidence@3", "Brier", "ECE")
        page.table(headers, _tags(report), indent=2, figures=headers[1:])
    _wrong(page, report)
    return str(page)


def pair_scores_text(report: Report, look: Look) -> str:
    """
    How the judgements on pairs compare with the gold labels.

    Args:
        report: Of `claimcheck.evaluate.pairs_report`.
        look: Width, colour and plainness.
    """
    page, scores = Page(look), report["scores"]
    _head(page, report, "pair", f", judged by {report['method']}")
    _measures(page, [*_of_labels(scores), *_of_probabilities(scores)])
    _classes(page, scores)
    _curve(page, scores)
    _reliability(page, scores)
    _wrong(page, report)
    return str(page)


def document_scores_text(report: Report, look: Look) -> str:
    """
    How the verdicts on documents compare with the gold labels, with our own search and with the gold sentences.

    Args:
        report: Of `claimcheck.evaluate.documents_report`.
        look: Width, colour and plainness.
    """
    page, scores = Page(look), report["scores"]
    _head(page, report, "claim", f", judged by {report['method']}")
    size = f"{counted(report['sentences'], 'sentence')} of {counted(report['documents'], 'document')}"
    page.write((f"Searched in {size}.", "plain"))
    recall, selection, labelled = (
        report["retrieval"]["recall"],
        report["sentence_selection"],
        report["sentence_selection_and_label"],
    )
    _measures(
        page,
        [
            *(_measure(f"recall@{k}", recall[k], f"a gold sentence among the first {k} found") for k in recall),
            *_of_labels(scores),
            *_of_given(report),
            _measure("FEVER score", report["fever_score"], "label right and a whole gold set in the first 5"),
            _measure(
                "… one of it", report["fever_score_one_sentence"], "label right, one gold sentence in the first 5"
            ),
            _measure("selection F1", selection["f1"], "sentences put forward, as SciFact counts them"),
            _measure("… with label", labelled["f1"], "the same, with the right label"),
            *_of_probabilities(scores),
        ],
    )
    _classes(page, scores)
    _curve(page, scores)
    _reliability(page, scores)
    return str(page)


def phenomenon_scores_text(report: Report, look: Look) -> str:
    """
    How the verdicts on claims compare with the right ones, by what the claims turn on.

    Args:
        report: Of `claimcheck.evaluate.phenomena_report`.
        look: Width, colour and plainness.
    """
    page, scores = Page(look), report["scores"]
    _head(page, report, "claim", f", judged by {report['method']}")
    size = f"{counted(len(report['by_phenomenon']), 'phenomenon', 'phenomena')}"
    page.write((f"About {counted(report['items'], 'item')} of {size}, each item a corpus of its own.", "plain"))
    if report["errors"]:
        page.write((f"{counted(len(report['errors']), 'line')} could not be read and are left out:", "mixed"))
        for error in report["errors"]:
            page.write((f"{error['code']}  ", "mixed"), (error["message"], "plain"), indent=2, hang=2)
    _measures(page, [*_of_labels(scores), *_of_probabilities(scores)])
    _classes(page, scores)
    page.blank()
    headers = ("phenomenon", "claims", "accuracy", "supported", "right", "contradicted", "right")
    rows = [_phenomenon(name, those) for name, those in report["by_phenomenon"].items()]
    page.table(headers, rows, indent=2, figures=headers[1:])
    _wrong(page, report)
    return str(page)


# -------------------------------------------------------------------------------- parts


def _head(page: Page, report: Report, unit: str, how: str) -> None:
    scores = report["scores"]
    page.write((counted(scores["claims"], unit), "strong"), (f"  {report['dataset']}{how}", "quiet"), hang=2)
    if scores["unread"]:
        page.write((f"{scores['unread']:,} could not be judged and count as wrong.", "mixed"))


def _measures(page: Page, rows: Sequence[tuple[Piece, Piece, Piece]]) -> None:
    page.blank()
    page.table(("measure", "value", "what it is"), rows, indent=2)


def _of_labels(scores: Report) -> list[tuple[Piece, Piece, Piece]]:
    (low, high), (least, most) = scores["accuracy_interval"], scores["macro_f1_interval"]
    return [
        _measure("accuracy", scores["accuracy"], f"right labels; {low:.3f} to {high:.3f} in 95 % of resamples"),
        _measure("macro F1", scores["macro_f1"], f"mean over the gold labels; {least:.3f} to {most:.3f}"),
        _measure("contradiction", scores["contradiction_precision"], "precision of “contradicted”"),
    ]


def _of_evidence(scores: Report) -> list[tuple[Piece, Piece, Piece]]:
    found = scores["evidence_recall"]
    return [
        *(_measure(f"evidence@{k}", found[k], f"gold evidence, right stance, among the first {k}") for k in found),
        _measure("FEVER score", scores["fever_score"], "label right and a whole gold set in the first 5"),
    ]


def _of_given(report: Report) -> list[tuple[Piece, Piece, Piece]]:
    given, same = report["with_gold_sentences"], report["same_claims"]
    if given is None:
        return []
    those = counted(given["claims"], "claim")
    return [
        _measure("gold sentence", given["accuracy"], f"accuracy with it given ({those} that have one)"),
        _measure("… own search", same["accuracy"], "accuracy on the same claims, by our own search"),
    ]


def _of_probabilities(scores: Report) -> list[tuple[Piece, Piece, Piece]]:
    return [
        _measure("Brier", scores["brier"], "squared error of the probabilities, 0 is best"),
        _measure("ECE", scores["ece"], "gap between confidence and accuracy, 0 is best"),
    ]


def _measure(name: str, value: float | None, what: str) -> tuple[Piece, Piece, Piece]:
    return (name, "plain"), (_figure(value), "strong"), (what, "quiet")


def _classes(page: Page, scores: Report) -> None:
    page.blank()
    headers = ("label", "gold", "given", "precision", "recall", "F1")
    rows = [
        (
            (row["label"].replace("_", " "), "plain"),
            (f"{row['gold']:,}", "plain"),
            (f"{row['given']:,}", "plain"),
            *((_figure(row[name]), "plain") for name in ("precision", "recall", "f1")),
        )
        for row in scores["labels"]
    ]
    page.table(headers, rows, indent=2, figures=headers[1:])


def _curve(page: Page, scores: Report) -> None:
    """What abstaining gains."""
    if not scores["curve"]:
        return
    page.blank()
    page.write(("When only the surest are answered", "strong"))
    headers = ("answered", "confidence from", "accuracy", "contradictions", "their precision")
    rows = [
        (
            (percent(point["coverage"]), "plain"),
            (_figure(point["threshold"]), "plain"),
            (_figure(point["accuracy"]), "plain"),
            (f"{point['contradicted']:,}", "plain"),
            (_figure(point["contradiction_precision"]), "plain"),
        )
        for point in scores["curve"]
    ]
    page.table(headers, rows, indent=2, figures=headers)


def _reliability(page: Page, scores: Report) -> None:
    page.blank()
    page.write(("Confidence and accuracy", "strong"))
    headers = ("confidence", "number", "mean confidence", "accuracy")
    rows = [
        (
            (f"{held['low']:.1f}–{held['high']:.1f}", "plain"),
            (f"{held['claims']:,}", "plain"),
            (_figure(held["confidence"]), "plain"),
            (_figure(held["accuracy"]), "plain"),
        )
        for held in scores["reliability"]
    ]
    page.table(headers, rows, indent=2, figures=headers[1:])


def _tags(report: Report) -> list[tuple[Piece, ...]]:
    return [
        (
            (tag, "plain"),
            (f"{scores['claims']:,}", "plain"),
            (percent(scores["accuracy"]), "plain"),
            (_figure(scores["macro_f1"]), "plain"),
            (_figure(scores["evidence_recall"]["3"]), "plain"),
            (_figure(scores["brier"]), "plain"),
            (_figure(scores["ece"]), "plain"),
        )
        for tag, scores in report["by_tag"].items()
    ]


def _phenomenon(name: str, scores: Report) -> tuple[Piece, ...]:
    """The row of one phenomenon: accuracy, then how often either side was taken and how much of that is right."""
    labels = {row["label"]: row for row in scores["labels"]}
    sides = [labels.get(side, {"given": 0, "precision": None}) for side in ("supported", "contradicted")]
    counts = [((f"{side['given']:,}", "plain"), (_figure(side["precision"]), "plain")) for side in sides]
    return (
        (name, "plain"),
        (f"{scores['claims']:,}", "plain"),
        (_figure(scores["accuracy"]), "strong"),
        *(piece for pair in counts for piece in pair),
    )


def _wrong(page: Page, report: Report) -> None:
    for wrong in report.get("wrong", ()):
        page.blank()
        page.write((f"{wrong['id']}  ", "quiet"), (wrong["claim"], "strong"), hang=2)
        if "evidence" in wrong:
            page.write((wrong["evidence"], "quiet"), indent=2)
        given = wrong["given"] or f"not checked ({wrong['error']})"
        page.write((f"gold {wrong['gold']}, given {given}", "bad"), indent=2)
        if wrong["reason"]:
            page.write((wrong["reason"], "plain"), indent=2)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
