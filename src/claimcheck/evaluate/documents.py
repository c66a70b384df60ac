"""
Document sets: documents that come split into sentences, and claims whose evidence is named by sentence number.

The shape is SciFact's (Wadden et al. 2020, "Fact or Fiction: Verifying Scientific Claims"): a corpus of
``{"doc_id", "title", "sentences"}``, perhaps with the ``sections`` that the sentences stand in, and claims with
``{"id", "claim", "label", "evidence": [{"doc_id", "sentences": [3, 4]}]}``, each piece of evidence a set of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from attrs import frozen

from claimcheck.errors import EvaluationDataError
from claimcheck.model import Block, Document, Span

from .gold import GoldClaim, GoldEvidence
from .labels import label_of
from .pairs import STANCES
from .rows import Row, claim_of, id_of, read_rows, require

_CLAIM_HINT = (
    'a line looks like {"id": "1", "claim": "...", "label": "SUPPORTS", '
    '"evidence": [{"doc_id": "a", "sentences": [0]}]}'
)
_DOCUMENT_HINT = 'a line looks like {"doc_id": "a", "title": "...", "sentences": ["...", "..."]}'

SentenceId = tuple[str, int]
"""A document's id and the number of a sentence as the data set counts them, from 0."""


@frozen(kw_only=True)
class SplitDocument:
    """
    A document that came in sentences.

    Args:
        document: Its text is the sentences, a space between two of one paragraph.
        starts: Where each sentence begins.
        sentences: The sentences.
    """

    document: Document
    starts: tuple[int, ...]
    sentences: tuple[str, ...]

    def at(self, start: int, end: int) -> range:
        """The numbers of the sentences that share a code point with ``[start, end)`` of the text."""
        return range(max(0, bisect_right(self.starts, start) - 1), bisect_right(self.starts, end - 1))


@frozen(kw_only=True)
class DocumentSet:
    """The documents by their ids, and the claims about them."""

    documents: Mapping[str, SplitDocument]
    claims: tuple[GoldClaim, ...]

    def sentences_at(self, document: str, span: Span) -> list[SentenceId]:
        """The sentences that share a code point with *span* of the text of *document*."""
        return [(document, number) for number in self.documents[document].at(span.start, span.end)]

    def text_of(self, gold: Iterable[GoldEvidence]) -> tuple[str, str]:
        """The sentences of one gold set as one text, and the title of the first one's document."""
        pieces = [(self.documents[piece.document], piece.sentence or 0) for piece in gold]
        return " ".join(found.sentences[number] for found, number in pieces), pieces[0][0].document.title


def load_documents(path: Path) -> dict[str, SplitDocument]:
    """
    The documents of a corpus file, by id.

    Raises:
        EvaluationDataError: If the file is missing or a line is no document; it names the line.
    """
    found: dict[str, SplitDocument] = {}
    for where, row in read_rows(path):
        made = _document(where, row)
        require(made.document.id not in found, where, f"the id {made.document.id!r} was used before", _DOCUMENT_HINT)
        found[made.document.id] = made
    return found


def document_set(rows: Iterable[Row], documents: Mapping[str, SplitDocument]) -> DocumentSet:
    """
    The claims of a data set, with the documents that they are about.

    Raises:
        EvaluationDataError: If a row is no claim, or its evidence is not in *documents*; it names the line.
    """
    claims = tuple(_claim(where, row, str(number), documents) for number, (where, row) in enumerate(rows, start=1))
    return DocumentSet(documents=documents, claims=claims)


def _document(where: str, row: Mapping[str, Any]) -> SplitDocument:
    identifier, title, sentences = row.get("doc_id"), row.get("title", ""), row.get("sentences")
    is_named = isinstance(identifier, str | int) and not isinstance(identifier, bool)
    require(is_named, where, 'the key "doc_id" must hold a text or a whole number', _DOCUMENT_HINT)
    require(isinstance(title, str), where, 'the "title" must be a text', _DOCUMENT_HINT)
    require(_are_texts(sentences), where, '"sentences" must be a list of texts, none of them empty', _DOCUMENT_HINT)
    assert isinstance(sentences, list)
    sections = row.get("sections", [""] * len(sentences))
    is_parallel = isinstance(sections, list) and len(sections) == len(sentences)
    require(is_parallel, where, '"sections" must have one item a sentence', _DOCUMENT_HINT)
    text, starts, layout = "", [], []
    for _, group in groupby(zip(sections, sentences, strict=True), key=lambda pair: pair[0]):
        text += "\n\n" if text else ""
        first = len(text)
        for number, (_, sentence) in enumerate(group):
            text += " " if number else ""
            starts.append(len(text))
            text += sentence
        layout.append(Block(start=first, end=len(text), kind="paragraph"))
    document = Document(id=str(identifier), title=title, text=text, layout=tuple(layout))
    return SplitDocument(document=document, starts=tuple(starts), sentences=tuple(sentences))


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item.strip() for item in value)


def _claim(where: str, row: Mapping[str, Any], number: str, documents: Mapping[str, SplitDocument]) -> GoldClaim:
    label = label_of(where, row, hint=_CLAIM_HINT)
    if label not in STANCES:
        msg = f"{where}: the label {label.value!r} has no place in a document set"
        raise EvaluationDataError(msg, hint="use SUPPORTS, REFUTES or NEI")
    evidence = row.get("evidence", [])
    require(isinstance(evidence, list), where, '"evidence" must be a list', _CLAIM_HINT)
    return GoldClaim(
        id=id_of(where, row, default=number, hint=_CLAIM_HINT),
        text=claim_of(where, row, hint=_CLAIM_HINT),
        label=label,
        evidence=tuple(tuple(_pieces(where, item, documents)) for item in evidence),
    )


def _pieces(where: str, item: Any, documents: Mapping[str, SplitDocument]) -> Iterator[GoldEvidence]:
    is_set = isinstance(item, dict) and isinstance(item.get("sentences"), list) and bool(item["sentences"])
    require(is_set, where, 'evidence needs a "doc_id" and the numbers of its "sentences"', _CLAIM_HINT)
    identifier = str(item.get("doc_id"))
    require(identifier in documents, where, f"there is no document {identifier!r} in the corpus", _CLAIM_HINT)
    for number in item["sentences"]:
        is_known = type(number) is int and 0 <= number < len(documents[identifier].sentences)
        require(is_known, where, f"the document {identifier!r} has no sentence {number!r}", _CLAIM_HINT)
        yield GoldEvidence(document=identifier, sentence=number)
