"""
Data sets in and out: our own JSON Lines, FEVER and AVeriTeC.

Shapes: FEVER as described by Thorne et al. (2018) and
read by its scorer; AVeriTeC as described by Schlichtkrull et al. (2023).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from claimcheck.errors import EvaluationDataError
from claimcheck.model import Failure, Label, Stance, Verdict

from .gold import GoldClaim, GoldEvidence, Outcome
from .labels import AVERITEC, FEVER, label_of
from .rows import Row, claim_of, id_of, read_rows, require

_SHAPE_HINT = 'a line looks like {"id": "1", "claim": "...", "verdict": "supported", "evidence": [], "tags": []}'


# --------------------------------------------------------------------------- reading


def load_gold(path: Path) -> tuple[GoldClaim, ...]:
    """
    Gold claims from a file.

    The shape is told from the content: a JSON array is AVeriTeC; JSON Lines are ours
    (evidence as objects with document, start and end; those with one ``set`` number belong
    together, the others each stand alone) or FEVER's (evidence as lists of lists).

    Args:
        path: A UTF-8 file.
    Raises:
        EvaluationDataError: If the file is missing or a line cannot be scored; it names the line.
    """
    return gold_of(read_rows(path))


def gold_of(rows: Iterable[Row]) -> tuple[GoldClaim, ...]:
    """
    Gold claims from the rows of a file, as `load_gold` reads them.

    Raises:
        EvaluationDataError: If a row cannot be scored; it names the line.
    """
    claims: list[GoldClaim] = []
    places: dict[str, str] = {}
    for where, item in rows:
        claim = _gold_claim(where, item, default_id=str(len(claims) + 1))
        if claim.id in places:
            msg = f"{where}: the id {claim.id!r} was already used in {places[claim.id]}"
            raise EvaluationDataError(msg, hint="give every claim an id of its own")
        places[claim.id] = where
        claims.append(claim)
    return tuple(claims)


def _gold_claim(where: str, item: Mapping[str, Any], *, default_id: str) -> GoldClaim:
    tags = item.get("tags", [])
    _require(_is_list_of(tags, str), where, '"tags" must be a list of words')
    return GoldClaim(
        id=id_of(where, item, default=default_id, hint=_SHAPE_HINT),
        text=claim_of(where, item, hint=_SHAPE_HINT),
        label=label_of(where, item, hint=_SHAPE_HINT),
        evidence=_evidence_sets(where, item.get("evidence", [])),
        tags=tuple(tags),
    )


def _evidence_sets(where: str, items: Any) -> tuple[tuple[GoldEvidence, ...], ...]:
    _require(isinstance(items, list), where, '"evidence" must be a list')
    if items and all(isinstance(item, list) for item in items):
        return tuple(pieces for group in items if (pieces := _fever_set(where, group)))
    groups: dict[object, list[GoldEvidence]] = {}
    for number, item in enumerate(items):
        _require(isinstance(item, dict), where, "each piece of evidence must be a JSON object")
        groups.setdefault(item.get("set", ("alone", number)), []).append(_piece(where, item))
    return tuple(tuple(pieces) for pieces in groups.values())


def _piece(where: str, item: Mapping[str, Any]) -> GoldEvidence:
    document, start, end, text = item.get("document"), item.get("start"), item.get("end"), item.get("text", "")
    _require(isinstance(document, str) and bool(document), where, 'evidence needs the id of its "document"')
    sound = _is_whole(start) and _is_whole(end) and 0 <= start < end  # type: ignore[operator]  # both are whole numbers
    _require(sound, where, 'evidence needs "start" and "end", code points with 0 <= start < end')
    _require(isinstance(text, str), where, 'the "text" of evidence must be text')
    fits = not text or len(text) == end - start  # type: ignore[operator]  # checked two lines above
    _require(fits, where, f'the "text" of the evidence is {len(text)} code points long, not the end minus the start')
    stance = item.get("stance")
    _require(stance is None or stance in set(Stance), where, f"{stance!r} is not a stance")
    return GoldEvidence(document=document or "", start=start, end=end, stance=stance and Stance(stance), text=text)


def _fever_set(where: str, group: Sequence[Any]) -> tuple[GoldEvidence, ...]:
    """One FEVER evidence set: lists of annotation id, evidence id, page, sentence number; empty pages are none."""
    pieces = []
    for item in group:
        _require(isinstance(item, list) and len(item) == 4, where, "FEVER evidence must be lists of four")
        page, sentence = item[2], item[3]
        if page is None or sentence is None:
            continue
        sound = isinstance(page, str) and _is_whole(sentence)
        _require(sound, where, "FEVER evidence names a page and a sentence number")
        pieces.append(GoldEvidence(document=page, sentence=sentence))
    return tuple(pieces)


def _require(condition: bool, where: str, message: str) -> None:  # noqa: FBT001
    require(condition, where, message, _SHAPE_HINT)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_list_of(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


# --------------------------------------------------------------------------- writing


def export_text(outcomes: Sequence[Outcome], export_format: str) -> str:
    """
    Verdicts in the shape that another data set's scorer reads.

    ``fever``: JSON Lines with the prediction and, where sentence numbers are known, the gold label and evidence
    beside it; sources in conflict become whichever side is more probable, since FEVER has no word for them.
    ``averitec``: one JSON array; each piece of evidence is an answer whose question is the claim.

    Args:
        outcomes: In the order of the data set.
        export_format: One of `EXPORT_FORMATS`.
    """
    return _WRITERS[export_format](outcomes)


def _fever_text(outcomes: Sequence[Outcome]) -> str:
    pages = {piece.document for outcome in outcomes for group in outcome.gold.evidence for piece in group}
    return "".join(json.dumps(_fever_line(outcome, pages)) + "\n" for outcome in outcomes)


def _fever_line(outcome: Outcome, pages: set[str]) -> dict[str, Any]:
    gold = outcome.gold
    line = {
        "id": int(gold.id) if gold.id.isascii() and gold.id.isdigit() else gold.id,
        "claim": gold.text,
        "predicted_label": FEVER[_three_way(outcome.result)],
        "predicted_evidence": [
            [_page(place.document, pages), place.sentence] for place in outcome.places if place.sentence is not None
        ],
    }
    known = all(piece.sentence is not None for group in gold.evidence for piece in group)
    if gold.label in FEVER and known:
        line["label"] = FEVER[gold.label]
        line["evidence"] = [[[None, None, p.document, p.sentence] for p in group] for group in gold.evidence]
    return line


def _page(document: str, pages: set[str]) -> str:
    stem = PurePosixPath(document).stem
    return stem if document not in pages and stem in pages else document


def _three_way(result: Verdict | Failure) -> Label:
    if isinstance(result, Failure):
        return Label.NOT_ENOUGH_EVIDENCE
    if result.label is not Label.CONFLICTING:
        return result.label
    chances = result.probabilities
    return Label.SUPPORTED if chances.supported >= chances.contradicted else Label.CONTRADICTED


def _averitec_text(outcomes: Sequence[Outcome]) -> str:
    items = [_averitec_item(number, outcome) for number, outcome in enumerate(outcomes)]
    return json.dumps(items, indent=2) + "\n"


def _averitec_item(number: int, outcome: Outcome) -> dict[str, Any]:
    verdict = outcome.result if isinstance(outcome.result, Verdict) else None
    return {
        "claim_id": number,
        "claim": outcome.gold.text,
        "pred_label": AVERITEC[verdict.label if verdict else Label.NOT_ENOUGH_EVIDENCE],
        "evidence": [
            {"question": outcome.gold.text, "answer": piece.span.text, "url": piece.document}
            for piece in (verdict.evidence if verdict else ())
        ],
    }


_WRITERS: dict[str, Callable[[Sequence[Outcome]], str]] = {"fever": _fever_text, "averitec": _averitec_text}

EXPORT_FORMATS = tuple(_WRITERS)
"""The shapes that `export_text` writes."""
