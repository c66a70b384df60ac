"""
Quotations of a draft beside the words of the sources.

A quotation is compared word for word; case, punctuation, omissions that are marked (“…”) and words with square
brackets do not count, nor does what a source says between two parts of a quotation ("she said").  Where no source has
the words, the closest passage is found by aligning the whole quotation with a part of a paragraph (Needleman and Wunsch
1970, on words, with free ends in the source); when that passage is itself a quotation, the draft misquotes it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from claimcheck.index import Query
from claimcheck.language.names import NameRelation
from claimcheck.language.terms import search_forms
from claimcheck.matching.sides import Source, can_differ, compare_entities
from claimcheck.model import (
    Document,
    Entity,
    EntityKind,
    Evidence,
    Reading,
    Sentence,
    Slot,
    SlotAlignment,
    SlotRelation,
    Span,
    Stance,
)

#: A quotation of fewer words is a term or a nickname.
LEAST_WORDS = 4
#: Share of a quotation's words that must be in a passage, in their order, before it is that passage misquoted.
ALIKE = 0.6
#: Words of weight that must be among them.
ALIKE_WORDS = 3
#: A word of fewer letters has no weight of its own.
SHORT = 4
#: Sentences of the corpus that are looked at for each quotation.
CANDIDATES = 16
#: A paragraph is looked at for so many code points on either side of a sentence.
FAR = 3_000
#: Passages whose words are kept at hand, and alignments: a draft that is checked again has mostly the same quotations.
KEPT = 512
#: Surroundings of sentences whose words are kept at hand, which are longer.
KEPT_AROUND = 64
_MATCH, _MISMATCH, _GAP = 2, -1, -1

_QUOTED = re.compile(
    r"“((?:[^“”]|“[^“”]*”)+)”"
    r"|“([^“”\"]+)(?:\"|\Z)"  # closed with the other key, or in another paragraph
    r"|(?<!\w)\"(?!\s)((?:[^\"“”]|“[^“”]*”)+)[\"”]"  # after a word it stands for inches
    r"|«([^«»]+)»"
    r"|„([^„“”]+)[“”]"
    r"|(?<!\w)‘(?!\d\ds\b)([^‘]+?)’(?!\w)"  # ‘90s is a year
    r"|(?<!\w)'(?=\w)((?:[^']|(?<=\w)'(?=\w))+?[,.?!])'(?!\w)"  # without punctuation it may be an apostrophe
)
#: What is left out, or put in or changed by the writer: “[T]he” is no word of the source.
_OMITTED = re.compile(r"(?<![^\W_])[^\W_]{0,40}\[[^\]]{0,80}\][^\W_]*|…|\.\s?\.\s?\.")
_SOFT_HYPHEN = "\u00ad"
#: A word, with accents that are characters of their own.
_WORD = re.compile(rf"[^\W_]+(?:['’][^\W_]+|[{_SOFT_HYPHEN}\u0300-\u036f][^\W_]*)*")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")

#: From a query to the sentences that fit it.
Search = Callable[[Query, int], Sequence[Source]]


@frozen(kw_only=True)
class Quotation:
    """The words between two quotation marks, in the stored text of a draft, and the same with the marks."""

    span: Span
    marked: Span


@frozen(kw_only=True)
class Finding:
    """
    What the sources say about a quotation.

    Args:
        code: ``CC-C09`` misquoted, ``CC-C07`` said by somebody else, ``CC-I03`` not found.
        message: One sentence.
        evidence: The closest passage.
        focus: The words of the draft that differ.
    """

    code: str
    message: str
    evidence: tuple[Evidence, ...] = ()
    focus: Span | None = None


@frozen
class _Word:
    text: str
    start: int
    end: int


@frozen(kw_only=True)
class _Passage:
    """
    A passage of a source and how a quotation fits it.

    Args:
        source: Where it stands.
        words: Of the paragraph.
        pairs: Numbers of words (draft, source) that are the same.
        quoted: From and to where the paragraph has quotations.
    """

    source: Source
    words: tuple[_Word, ...]
    pairs: tuple[tuple[int, int], ...]
    quoted: tuple[tuple[int, int], ...]

    def has_quoted(self, word: _Word) -> bool:
        """Whether a word of the source stands between quotation marks."""
        return any(start <= word.start < end for start, end in self.quoted)


def quotations_of(document: Document, reading: Reading) -> tuple[Quotation, ...]:
    """The quotations of a draft, in text order; those of a few words are left out."""
    found: list[Quotation] = []
    for start, end in _paragraphs(reading):
        for match in _QUOTED.finditer(document.text[start:end]):
            group = match.lastindex
            assert group is not None
            span = document.span(start + match.start(group), start + match.end(group))
            if len(_words(span.text)) >= LEAST_WORDS:
                marked = document.span(start + match.start(), start + match.end())
                found.append(Quotation(span=span, marked=marked))
    return tuple(found)


def _paragraphs(reading: Reading) -> Iterator[tuple[int, int]]:
    """From and to where each paragraph of a draft goes."""
    bounds: dict[int, tuple[int, int]] = {}
    for sentence in reading.sentences:
        start, _ = bounds.get(sentence.paragraph, (sentence.span.start, 0))
        bounds[sentence.paragraph] = (start, sentence.span.end)
    yield from bounds.values()


def compare(quotation: Quotation, reading: Reading, search: Search) -> Finding | None:
    """
    What the sources make of *quotation*: ``None`` when one of them has it word for word, from the same speaker.

    Args:
        quotation: Of the draft.
        reading: Of the draft, which says who speaks.
        search: In the corpus.
    """
    parts = _parts(quotation.span)
    terms = _terms(quotation, parts, reading)
    sources = search(Query(entities=(), terms=terms, years=()), CANDIDATES) if terms else ()
    wanted = [[w.text for w in part] for part in parts]
    exact = [s for s in sources if _has([w.text for w in _paragraph_words(s)], wanted)]
    if exact:
        return _other_speaker(quotation, reading, exact)
    if any(_has(there, wanted) for s in sources for there in _said_around(_around(s))):
        return None
    words = [w for part in parts for w in part]
    passages = [p for s in sources if (p := _closest(words, s)) is not None]
    alike = [p for p in passages if _mostly_quoted(p) and _alike(p, words)]
    if not alike:
        return Finding(code="CC-I03", message="no source has these words")
    best = max(alike, key=lambda p: len(p.pairs))
    return _misquoted(words, best, quotation)


def _terms(quotation: Quotation, parts: Sequence[Sequence[_Word]], reading: Reading) -> tuple[str, ...]:
    """What to search for: the quotation's words of weight, and those of its sentences as sentences are filed."""
    weighty = (f for part in parts for w in part if len(w.text) >= SHORT for f in search_forms(w.text))
    filed = (word for s in reading.sentences if s.span.overlaps(quotation.span) for word in s.words)
    return tuple(dict.fromkeys([*weighty, *filed]))


# ------------------------------------------------------------------------------ words


def _words(text: str, base: int = 0) -> tuple[_Word, ...]:
    return tuple(_Word(_folded(m[0]), base + m.start(), base + m.end()) for m in _WORD.finditer(text))


def _folded(word: str) -> str:
    """A word as it is compared."""
    word = word.casefold().replace("’", "'")
    return word if word.isascii() else unicodedata.normalize("NFKC", word).replace(_SOFT_HYPHEN, "")


def _parts(span: Span) -> list[tuple[_Word, ...]]:
    """The words of a quotation, cut where something is left out or put in by the writer."""
    parts: list[tuple[_Word, ...]] = []
    at = 0
    for match in [*_OMITTED.finditer(span.text), None]:
        end = match.start() if match is not None else len(span.text)
        words = _words(span.text[at:end], span.start + at)
        if words:
            parts.append(words)
        at = match.end() if match is not None else end
    return parts


def _reach(source: Source) -> tuple[int, int]:
    """From and to where is looked for words around a source's sentence."""
    span = source.sentence.span
    return max(0, span.start - FAR), min(len(source.document.text), span.end + FAR)


def _bounds(source: Source) -> tuple[int, int]:
    """From and to where the paragraph of a source's sentence goes."""
    text, span = source.document.text, source.sentence.span
    low, high = _reach(source)
    before = [m.end() for m in _PARAGRAPH.finditer(text, low, span.start)]
    after = _PARAGRAPH.search(text, span.end, high)
    return (before[-1] if before else low), (after.start() if after is not None else high)


def _paragraph_words(source: Source) -> tuple[_Word, ...]:
    start, end = _bounds(source)
    return _kept_words(source.document.text[start:end], start)


@functools.lru_cache(maxsize=KEPT)
def _kept_words(text: str, base: int) -> tuple[_Word, ...]:
    return _words(text, base)


def _around(source: Source) -> str:
    """What stands around a source's sentence, over several paragraphs."""
    low, high = _reach(source)
    return source.document.text[low:high]


@functools.lru_cache(maxsize=KEPT_AROUND)
def _said_around(text: str) -> tuple[list[str], list[str]]:
    """The words of *text*, and those between quotation marks alone: a quotation can go on after "she said"."""
    spoken: list[str] = []
    at = 0
    for found in [*_PARAGRAPH.finditer(text), None]:
        end = found.start() if found is not None else len(text)
        spoken += (w.text for start, stop in _quoted(text, at, end) for w in _words(text[start:stop]))
        at = found.end() if found is not None else end
    return [w.text for w in _words(text)], spoken


def _quoted(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """From and to where ``[start, end)`` of *text*, a paragraph, has quotations."""
    return tuple((start + m.start(), start + m.end()) for m in _QUOTED.finditer(text[start:end]))


def _has(there: Sequence[str], parts: Sequence[Sequence[str]]) -> bool:
    """Whether the words *there* have all *parts*, one after the other."""
    at = 0
    for part in parts:
        found = next((i for i in range(at, len(there) - len(part) + 1) if there[i : i + len(part)] == part), -1)
        if found < 0:
            return False
        at = found + len(part)
    return True


# -------------------------------------------------------------------------- alignment


def _closest(words: Sequence[_Word], source: Source) -> _Passage | None:
    """The part of the paragraph around a source's sentence that is most like *words*, if it can be like enough."""
    there = _paragraph_words(source)
    mine, theirs = tuple(w.text for w in words), tuple(w.text for w in there)
    if not _may_be_alike(mine, theirs):
        return None
    pairs = _aligned(mine, theirs)
    if not pairs:
        return None
    start, end = there[pairs[0][1]].start, there[pairs[-1][1]].end
    if not source.sentence.span.overlaps(source.document.span(start, end)):
        return None  # another sentence has it, and is a candidate itself
    quoted = _quoted(source.document.text, *_bounds(source))
    return _Passage(source=source, words=there, pairs=pairs, quoted=quoted)


def _may_be_alike(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether any alignment of the two could pass `_alike`: no more words can be paired than both have."""
    common = Counter(mine) & Counter(theirs)
    weighty = sum(len(word) >= SHORT for word in common)
    return common.total() >= ALIKE * len(mine) and weighty >= ALIKE_WORDS


@functools.lru_cache(maxsize=KEPT)
def _aligned(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """The pairs of equal words in the best alignment of all of *mine* with a part of *theirs*."""
    score = [[0] * (len(theirs) + 1)]
    for i, word in enumerate(mine, start=1):
        above, row = score[-1], [_GAP * i]
        for j, other in enumerate(theirs, start=1):
            same = _MATCH if word == other else _MISMATCH
            row.append(max(above[j - 1] + same, above[j] + _GAP, row[j - 1] + _GAP))
        score.append(row)
    i, j = len(mine), max(range(len(theirs) + 1), key=score[-1].__getitem__)
    pairs: list[tuple[int, int]] = []
    while i and j:
        same = mine[i - 1] == theirs[j - 1]
        if score[i][j] == score[i - 1][j - 1] + (_MATCH if same else _MISMATCH):
            i, j = i - 1, j - 1
            if same:
                pairs.append((i, j))
        elif score[i][j] == score[i - 1][j] + _GAP:
            i -= 1
        else:
            j -= 1
    return tuple(reversed(pairs))


def _mostly_quoted(passage: _Passage) -> bool:
    """Whether most of what a quotation is like stands between quotation marks itself."""
    start, end = passage.words[passage.pairs[0][1]].start, passage.words[passage.pairs[-1][1]].end
    inside = sum(max(0, min(end, high) - max(start, low)) for low, high in passage.quoted)
    return 2 * inside >= end - start


def _alike(passage: _Passage, words: Sequence[_Word]) -> bool:
    weighty = {words[i].text for i, _ in passage.pairs if len(words[i].text) >= SHORT}
    return len(passage.pairs) >= ALIKE * len(words) and len(weighty) >= ALIKE_WORDS


# --------------------------------------------------------------------------- findings


def _misquoted(words: Sequence[_Word], passage: _Passage, quotation: Quotation) -> Finding | None:
    document = passage.source.document
    mine, theirs = _difference(words, passage)
    if mine is None and theirs is None:
        return None
    draft = _cut(quotation.span, mine)
    there = document.span(*theirs) if theirs is not None else None
    if draft is None:
        message = f"the quotation leaves out “{_plain(there)}”"
    elif there is None:
        message = f"the source does not have “{_plain(draft)}” in the quotation"
    else:
        message = f"quoted as “{_plain(draft)}”, the source has “{_plain(there)}”"
    speaker = _speaker(passage.source)
    said = f", said by {speaker}" if speaker else ""
    return Finding(
        code="CC-C09",
        message=message + said,
        evidence=(_evidence(passage.source, Stance.CONTRADICTS, len(passage.pairs) / len(words), there, message),),
        focus=draft,
    )


def _difference(words: Sequence[_Word], passage: _Passage) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The first stretch in which the two differ: from and to where in the draft, and in the source."""
    there = passage.words
    before = (-1, passage.pairs[0][1] - 1 - passage.pairs[0][0])
    end = (len(words), passage.pairs[-1][1] + len(words) - passage.pairs[-1][0])
    for pair in (*passage.pairs, end):
        mine, theirs = words[before[0] + 1 : pair[0]], there[max(0, before[1] + 1) : pair[1]]
        before = pair
        spoken = tuple(w for w in theirs if passage.has_quoted(w))
        theirs = spoken if mine and spoken else theirs
        if mine or (spoken and pair is not end):
            return (
                (mine[0].start, mine[-1].end) if mine else None,
                (theirs[0].start, theirs[-1].end) if theirs else None,
            )
    return None, None


def _cut(span: Span, part: tuple[int, int] | None) -> Span | None:
    if part is None:
        return None
    start, end = part
    return Span(start=start, end=end, text=span.text[start - span.start : end - span.start])


def _plain(span: Span | None) -> str:
    return " ".join(span.text.split()) if span is not None else ""


def _other_speaker(quotation: Quotation, reading: Reading, exact: Sequence[Source]) -> Finding | None:
    """That all sources which have the words give them to somebody else than the draft does."""
    claimed = _claimed(quotation, reading)
    if claimed is None:
        return None
    first: tuple[Source, Entity] | None = None
    for source in exact:
        speaker = _speaking(source)
        if speaker is None or speaker.kind is not EntityKind.PERSON or not can_differ(claimed, speaker):
            return None
        if compare_entities(claimed, speaker) is not NameRelation.DIFFERENT:
            return None
        first = first or (source, speaker)
    if first is None:
        return None
    source, speaker = first
    message = f"the words are {speaker.name}’s in the source, not {claimed.name}’s"
    return Finding(
        code="CC-C07", message=message, evidence=(_evidence(source, Stance.CONTRADICTS, 1.0, None, message),)
    )


def _claimed(quotation: Quotation, reading: Reading) -> Entity | None:
    """Who says it, by the draft."""
    for sentence in reading.sentences:
        if sentence.span.overlaps(quotation.span) and (found := _attributed(sentence)):
            return reading.entity(found)
    return None


def _speaking(source: Source) -> Entity | None:
    found = _attributed(source.sentence)
    return source.side.entity(found) if found else None


def _attributed(sentence: Sentence) -> str:
    """The id of the one person whom a sentence gives as a speaker, "" when there is none, or several."""
    found = {s.attribution.entity for s in sentence.statements if s.attribution is not None}
    return next(iter(found)) if len(found) == 1 else ""


def _speaker(source: Source) -> str:
    speaker = _speaking(source)
    return speaker.name if speaker is not None else ""


def _evidence(source: Source, stance: Stance, share: float, differing: Span | None, reason: str) -> Evidence:
    rows = (
        (SlotAlignment(slot=Slot.OBJECT, relation=SlotRelation.DIFFERS, source=differing, note="other words"),)
        if differing is not None
        else ()
    )
    return Evidence(
        document=source.document.id,
        span=source.sentence.span,
        stance=stance,
        score=round(share, 4),
        confidence=round(share, 4),
        alignment=rows,
        reason=reason,
        rule="attribution" if share == 1.0 else "quotation",
        attribution=_speaker(source) or None,
        cluster=source.cluster,
        title=source.document.title,
        published=source.document.published,
        kind=source.sentence.kind,
    )
