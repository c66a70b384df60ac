"""
Sets by phenomenon: short passages, each with claims that turn on one thing that language does.

A file ``NAME.jsonl`` holds the items of the phenomenon NAME, one a line: ``{"id", "title", "published", "passage",
"supported", "contradicted", "open"}``.  The last three are claims, named after the verdict that the passage calls for;
``conflicting`` may take the place of ``contradicted``, and then ``passage`` is a list of ``{"title", "published",
"passage"}``.  ``as_of`` leaves out the passages of a later day.  Each item is a corpus of its own, held in memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from claimcheck.checker import Checker, Corpus
from claimcheck.checker.claims import parse_claims
from claimcheck.checker.pairs import Method
from claimcheck.checker.sources import judge_all
from claimcheck.entailment import Entailment
from claimcheck.errors import EvaluationDataError
from claimcheck.matching.sides import Source
from claimcheck.model import Claim, Document, Failure, Label, Reading, Verdict
from claimcheck.paths import refusal

from .claims import prediction_of
from .gold import GoldClaim, Outcome
from .metrics import measure
from .pairs import STANCES
from .report import scores_object
from .retrieval import by_meaning, likeliest
from .rows import id_of, require, sample, sound_rows
from .run import wrong_object

EXPECTED = {
    "supported": Label.SUPPORTED,
    "contradicted": Label.CONTRADICTED,
    "conflicting": Label.CONFLICTING,
    "open": Label.NOT_ENOUGH_EVIDENCE,
}
"""The keys of the claims, and the right verdicts on them."""

BATCH = 64
"""Items whose passages and claims are read, and judged by the model, at a time."""

LOOKED_AT = 10
"""Lines from which the kind of a file is told."""

_HINT = (
    'a line looks like {"id": "1", "title": "...", "published": "2009-08-06", "passage": "...", '
    '"supported": "a claim", "contradicted": "a claim", "open": "a claim"}'
)
_LABELS = {stance: label for label, stance in STANCES.items()}


@frozen(kw_only=True)
class Item:
    """
    A passage, or several, with the claims about it.

    Args:
        phenomenon: What the claims turn on.
        id: The file's own, else its position from 1.
        documents: The passages.
        claims: Each with its right verdict; their tag is the phenomenon.
        as_of: Ignore passages published after this day.
    """

    phenomenon: str
    id: str
    documents: tuple[Document, ...]
    claims: tuple[GoldClaim, ...]
    as_of: dt.date | None = None


@frozen(kw_only=True)
class PhenomenonSet:
    """The items of a folder or a file, and why some of its lines are none."""

    items: tuple[Item, ...]
    faults: tuple[EvaluationDataError, ...] = ()


# --------------------------------------------------------------------------- reading


def is_phenomenon_set(path: Path) -> bool:
    """Whether *path* is a folder, or a file with a passage in one of its first lines."""
    if not refusal(path) and path.is_dir():
        return True
    rows, _ = sound_rows(path, lines=LOOKED_AT)
    return any("passage" in row and "claim" not in row for _, row in rows)


def load_phenomena(path: Path) -> PhenomenonSet:
    """
    The items of a folder with a file for each phenomenon, or of one such file.

    A line that is no item is a fault of its own, and the others are kept.

    Raises:
        EvaluationDataError: If there is no file, one cannot be read, or there is no item at all.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        msg = f"the folder {path} holds no .jsonl file"
        raise EvaluationDataError(msg, hint="name the folder whose files are called after the phenomena")
    items: list[Item] = []
    faults: list[EvaluationDataError] = []
    for file in files:
        rows, bad = sound_rows(file)
        faults += bad
        known: dict[str, Item] = {}
        for number, (where, row) in enumerate(rows, start=1):
            try:
                item = _item(where, row, file.stem, str(number))
                require(item.id not in known, where, f"the id {item.id!r} was used before", _HINT)
            except EvaluationDataError as error:
                faults.append(error)
            else:
                known[item.id] = item
        items += known.values()
    if not items:
        first = f"; the first fault: {faults[0]}" if faults else ""
        msg = f"the data set {path} holds no items{first}"
        raise EvaluationDataError(msg, hint=_HINT)
    return PhenomenonSet(items=tuple(items), faults=tuple(faults))


def limited(items: Sequence[Item], limit: int | None) -> tuple[Item, ...]:
    """The items with *limit* of their claims, drawn the same way every time; all without a limit."""
    numbered = [(number, gold.id) for number, item in enumerate(items) for gold in item.claims]
    drawn = set(sample(numbered, limit))
    kept = (
        evolve(item, claims=tuple(gold for gold in item.claims if (number, gold.id) in drawn))
        for number, item in enumerate(items)
    )
    return tuple(item for item in kept if item.claims)


def _item(where: str, row: Mapping[str, Any], phenomenon: str, number: str) -> Item:
    identifier = id_of(where, row, default=number, hint=_HINT)
    passage = row.get("passage")
    several = isinstance(passage, list)
    require(not several or bool(passage), where, '"passage" must not be an empty list', _HINT)
    passages = passage if isinstance(passage, list) else [row]
    names = [f"{phenomenon}/{identifier}" + (f"/{n}" if several else "") for n in range(1, len(passages) + 1)]
    claims = tuple(
        GoldClaim(id=f"{identifier}-{key}", text=_text(where, row, key), label=label, tags=(phenomenon,))
        for key, label in EXPECTED.items()
        if key in row
    )
    keys = ", ".join(f'"{key}"' for key in EXPECTED)
    require(bool(claims), where, f"there is no claim under any of {keys}", _HINT)
    return Item(
        phenomenon=phenomenon,
        id=identifier,
        documents=tuple(_document(where, name, part) for name, part in zip(names, passages, strict=True)),
        claims=claims,
        as_of=_day(where, row, "as_of"),
    )


def _document(where: str, name: str, row: Any) -> Document:
    require(isinstance(row, dict), where, 'a "passage" of several must be a list of objects', _HINT)
    title = row.get("title") or ""
    require(isinstance(title, str) and _can_be_written(title), where, 'the "title" must be a text', _HINT)
    return Document(id=name, title=title, text=_text(where, row, "passage"), published=_day(where, row, "published"))


def _text(where: str, row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    is_text = isinstance(value, str) and bool(value.strip()) and _can_be_written(value)
    require(is_text, where, f'the key "{key}" must hold a text', _HINT)
    return str(value)


def _can_be_written(text: str) -> bool:
    """Whether *text* holds no half of a surrogate pair, which JSON can name and nothing can store."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _day(where: str, row: Mapping[str, Any], key: str) -> dt.date | None:
    value = row.get(key)
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        msg = f'{where}: the key "{key}" must hold a day, not {value!r}'
        raise EvaluationDataError(msg, hint="write it as YYYY-MM-DD") from error


# ------------------------------------------------------------------------- verifying


@frozen
class _Question:
    """A claim, read, with what was found for it in the passages of its item."""

    checker: Checker
    gold: GoldClaim
    claim: Claim | Failure
    sources: list[Source]


def verify_items(
    items: Sequence[Item],
    *,
    model: Entailment | None,
    method: Method,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[Outcome, ...]:
    """
    Verify every claim against the passages of its item, as `Checker.verify` does.

    Args:
        items: The passages and claims.
        model: Judges by meaning; without one, the slots judge.
        method: What judges. By meaning, the least neutral of the sentences that the model judged decides, so that
            nothing is *conflicting*.
        on_progress: Called with the numbers of items done and in all, some at a time.
    Returns:
        One outcome a claim, in the order of *items*.
    """
    method = Method.SLOTS if model is None else method
    outcomes: list[Outcome] = []
    for first in range(0, len(items), BATCH):
        batch = items[first : first + BATCH]
        with ExitStack() as open_corpora:
            questions = list(_questions(batch, open_corpora))
            asked = [(q.claim, q.sources) for q in questions if isinstance(q.claim, Claim)]
            judge_all(asked, None if method is Method.SLOTS else model)
            outcomes += [Outcome(gold=q.gold, result=_result(q, method)) for q in questions]
        if on_progress is not None:
            on_progress(first + len(batch), len(items))
    return tuple(outcomes)


def _questions(items: Sequence[Item], open_corpora: ExitStack) -> Iterator[_Question]:
    """The claims of *items*, and what is found for them, with all passages and all claims read at once."""
    from claimcheck.language import read_many  # noqa: PLC0415 - loads the language model's code

    documents = [document for item in items for document in item.documents]
    readings = dict(zip((document.id for document in documents), read_many(documents), strict=True))

    def reading_of(document: Document) -> Reading:
        return readings[document.id]

    claims = [(Claim(text=gold.text, id=gold.id), item.as_of) for item in items for gold in item.claims]
    parsed = iter(parse_claims(claims))
    for item in items:
        corpus = open_corpora.enter_context(Corpus.memory(reader=reading_of))
        corpus.add(*item.documents)
        checker = Checker(corpus, as_of=item.as_of, entailment=None)
        for gold in item.claims:
            claim = next(parsed)
            sources = checker.found(claim) if isinstance(claim, Claim) else []
            yield _Question(checker, gold, claim, sources)


def _result(question: _Question, method: Method) -> Verdict | Failure:
    if isinstance(question.claim, Failure):
        return question.claim
    if method is not Method.MEANING:
        return question.checker.verdict(question.claim, question.sources)
    chances, pieces = by_meaning(question.sources)
    stance = likeliest(chances)
    return Verdict(
        claim=question.claim,
        label=_LABELS[stance],
        confidence=chances.by_stance()[stance],
        probabilities=chances,
        reason=f"judged by meaning: “{pieces[0].span.text}”" if pieces else "no source speaks of this",
    )


# ---------------------------------------------------------------------------- report


def phenomena_report(
    outcomes: Sequence[Outcome], dataset: PhenomenonSet, *, name: str, method: Method | str, show_wrong: bool = False
) -> dict[str, Any]:
    """
    An evaluation by phenomenon as a JSON object.

    Args:
        outcomes: What `verify_items` returned.
        dataset: The items and faults.
        name: Of the data set, for the record.
        method: What judged, likewise.
        show_wrong: Whether to list the claims that went wrong, with their passages.
    """
    by_phenomenon: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_phenomenon.setdefault(outcome.gold.tags[0], []).append(outcome)
    report: dict[str, Any] = {
        "schema_version": "1",
        "kind": "phenomena",
        "dataset": name,
        "method": str(method),
        "items": len(dataset.items),
        "scores": _scores(outcomes),
        "by_phenomenon": {phenomenon: _scores(those) for phenomenon, those in sorted(by_phenomenon.items())},
        "errors": [
            {"code": fault.error_code, "message": fault.message, "hint": fault.hint} for fault in dataset.faults
        ],
    }
    if show_wrong:
        passages = {
            (item.phenomenon, gold.id): "\n\n".join(document.text for document in item.documents)
            for item in dataset.items
            for gold in item.claims
        }
        report["wrong"] = [
            {**wrong_object(o), "evidence": passages[o.gold.tags[0], o.gold.id]} for o in outcomes if not o.right
        ]
    return report


def _scores(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return scores_object(measure(map(prediction_of, outcomes), contradicted=Label.CONTRADICTED))
