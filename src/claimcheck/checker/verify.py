"""The checker: claims in, verdicts out, in the same order."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, frozen

from claimcheck.entailment import DEFAULT, Entailment, load_entailment
from claimcheck.errors import ClaimcheckError, ConfigError
from claimcheck.index import Query
from claimcheck.language.aliases import Aliases
from claimcheck.matching.sides import Source
from claimcheck.matching.verdict import abstaining, judge_claim
from claimcheck.model import (
    Claim,
    Document,
    Failure,
    Judgement,
    Reading,
    Verdict,
)

from .ahead import Ahead, Verdicts
from .batches import in_batches
from .claims import parse_claim, parse_claims
from .corpus import Corpus
from .explain import Explanation, explained
from .finding import Finder, Sources
from .kept import Kept
from .memory import ClaimMemory, Entry
from .memory_file import read_memory
from .pairs import Method, Row, judge_pairs, method_of, sources_of_text
from .queries import query_of
from .sources import error_of, failure_of, judge_all, judged, partial, placed, with_aliases

if TYPE_CHECKING:
    from .check import Steps
    from .diagnostics import CheckReport
    from .drafts import Draft

#: Candidate sentences that are aligned with a claim.  On the tuned claims no verdict was better for a longer list:
#: from the ninth on, those that search finds settle nothing that the ones before them do not.
CANDIDATES = 12
#: Share of the best one's search score that a candidate must have to be worth a look, but for the first few.  Of the
#: tuned claims, judged by slots and by meaning, no more than one verdict of 843 changed with it, a wrong one.
LEAST = 0.4
#: Sentences of drafts whose verdicts are kept at hand: a draft that is checked again has mostly not changed.
REMEMBERED = 4096
#: Claims that are verified together.
BATCH = 32
#: Quotations of drafts for which the sentences that search found are kept at hand.
PASSAGES = 64


_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@frozen(kw_only=True, cache_hash=True)
class _Wanted:
    """
    What the verdict on a sentence of a draft depends on.

    Args:
        claim: The sentence.
        said: The same as it would be said alone.
        before: What the draft was before.
        generation: Of the corpus.
    """

    claim: Claim
    said: str
    before: str
    generation: int


class Checker:
    """
    Checks claims against a corpus.

    Args:
        corpus: What the claims are checked against; ``None`` is enough for `judge`.
        as_of: Ignore sources published after this day.
        entailment: The model that judges by meaning: ``"default"`` for the one in the package, a folder, the name of an
            installed plug-in, an object with ``judge``; ``None`` for none.
        method: What `verify` goes by: ``"both"``, the slots weighed with the model; or ``"slots"`` alone.
        min_confidence: Below it, 0 to 1, `verify` abstains: what is not sure enough is not enough evidence.
        cache: Keep what was read of claims and drafts, and what the model said, in the user's cache folder, so that the
            same claim is fast next time. The verdicts are the same. ``CLAIMCHECK_CACHE`` names another folder; set to
            ``off``, it keeps nothing.
        aliases: Names that are one, each with its other name or names: ``{"the Fed": "Federal Reserve"}``. They count
            in claims and articles, not in `judge`.
        memory: Claims that were checked before, or the file with them; a verdict says when a claim is one of them.
    Raises:
        ConfigError: If *method* or *min_confidence* does not make sense, the aliases contradict each other, or the
            memory cannot be read.

    >>> from claimcheck import Checker, Corpus, Document
    >>> corpus = Corpus.memory()
    >>> report = corpus.add(Document(id="note.txt", text="The minister resigned in March 2009."))
    >>> Checker(corpus).verify("The minister resigned in 2009").label
    <Label.SUPPORTED: 'supported'>
    """

    def __init__(
        self,
        corpus: Corpus | None = None,
        *,
        as_of: dt.date | None = None,
        entailment: Entailment | Path | str | None = DEFAULT,
        method: Method | str = Method.BOTH,
        min_confidence: float = 0.0,
        cache: bool = False,
        aliases: Aliases | Mapping[str, str | Sequence[str]] | None = None,
        memory: Iterable[Entry] | os.PathLike[str] | str | None = None,
    ) -> None:
        self._aliases = aliases if isinstance(aliases, Aliases) else Aliases.of(aliases or {})
        entries = read_memory(memory) if isinstance(memory, str | os.PathLike) else memory or ()
        self._memory = ClaimMemory(entries, aliases=self._aliases)
        self._as_of = as_of
        self._spec = entailment
        self._method = method_of(method, Method.SLOTS, Method.BOTH)
        self._min_confidence = _share(min_confidence)
        self._kept = Kept.of_user() if cache else None
        self._finder = Finder(corpus, aliases=self._aliases, as_of=as_of)
        self._passages = functools.lru_cache(maxsize=PASSAGES)(self._search)
        self._remembered = Verdicts(REMEMBERED)

    # ---------------------------------------------------------------------- claims

    def verify(self, claim: Claim | str) -> Verdict:
        """
        Match *claim* against the corpus and say what the sources show.

        Args:
            claim: Text or parsed claim; several parts give several statements.
        Returns:
            The verdict, its evidence ordered by confidence, highest first.
        Raises:
            ClaimParseError: If no statement can be read from *claim*; `NotCheckableError` for a question and the like.
            ConfigError: If there is no such model as the checker was given.
            EngineError: If a model is missing or damaged, or fails.
            StoredIndexError: If the index cannot be read.
        """
        claim = self._read(claim)
        return self._verdict(claim, self._sources(claim))

    def verdict(self, claim: Claim, sources: Sequence[Source]) -> Verdict:
        """The verdict on *claim*, which has been read, from the *sources* that were found for it and judged."""
        assert claim.reading is not None
        verdict = judge_claim(claim, sources, warnings=claim.reading.warnings)
        return self._recalled(placed(abstaining(verdict, self._min_confidence), sources))

    def _recalled(self, verdict: Verdict) -> Verdict:
        """*verdict* with what is remembered about its claim."""
        return evolve(verdict, remembered=self._memory.recall(verdict.claim)) if self._memory else verdict

    def _read(self, claim: Claim | str) -> Claim:
        """*claim* with its reading."""
        if isinstance(claim, str):
            claim = Claim(text=claim)
        if claim.reading is None:
            read = self._kept.read_claim if self._kept is not None else None
            claim = parse_claim(claim.text, identifier=claim.id, as_of=self._as_of, read=read)
        assert claim.reading is not None
        return evolve(claim, reading=self._aliases.in_reading(claim.reading)) if self._aliases else claim

    def verify_many(self, claims: Iterable[Claim | str]) -> Iterator[Verdict | Failure]:
        """
        Verify claims in order, some dozens at a time, which is faster; the verdicts are those of `verify`.

        Args:
            claims: Any number; of those that come one by one, the first is answered before the next is asked for.
        Returns:
            A verdict for each; a claim that cannot be verified gives a `Failure` in its place.
        """
        for batch in in_batches(claims, BATCH):
            asked = [Claim(text=claim) if isinstance(claim, str) else claim for claim in batch]
            try:
                found = self._sources_of_many(asked)
            except ClaimcheckError:  # perhaps because of one of them: each by itself
                yield from _each(self.verify, asked, asked)
            else:
                yield from _each(lambda one: self._verdict(*one), found, asked)

    def _sources_of_many(self, claims: Sequence[Claim]) -> list[tuple[Claim, Sources] | Failure]:
        """
        Each claim, read, with what it is held against, judged by the model; what cannot be read as a `Failure`.

        Raises:
            ClaimcheckError: If it cannot be done for all of them together.
        """
        found = list(_each(lambda claim: (claim, self._found(claim)), self._read_many(claims), claims))
        if self._method is not Method.SLOTS:
            looked_up = [one for one in found if not isinstance(one, Failure)]
            judge_all([(self._spelt(claim), sources.found) for claim, sources in looked_up], self.entailment)
        return found

    def _read_many(self, claims: Sequence[Claim]) -> Iterator[Claim | Failure]:
        """*claims* with their readings."""
        new = [(claim, self._as_of) for claim in claims if claim.reading is None]
        read = iter(parse_claims(new, read=self._kept.read_claims if self._kept is not None else None))
        return _each(self._read, [next(read) if claim.reading is None else claim for claim in claims], claims)

    def explain(self, claim: Claim | str, *, source: Document | str | None = None) -> Explanation:
        """
        Verify *claim*, and keep all that was found on the way: what an engineer needs to mend a wrong verdict.

        Args:
            claim: Text or parsed claim.
            source: A sentence, or a document of a few, that the claim is held against in the place of the corpus.
        Returns:
            The verdict of `verify` with the readings, the candidates, their alignments and their probabilities.
        Raises:
            ClaimParseError: If no statement can be read from *claim*.
            DocumentError: If *source* is empty or too long.

        >>> from claimcheck import Checker
        >>> explanation = Checker().explain("The minister resigned in 2009", source="The minister resigned in 2004.")
        >>> explanation.parts[0].candidates[0].why
        '2009 is not 2004'
        """
        claim = self._read(claim)
        assert claim.reading is not None
        query = query_of(claim.reading, self._aliases)
        model = None if self._method is Method.SLOTS else self.entailment
        found = self._found(claim) if source is None else Sources(found=self._given(source))
        sources = _judged(self._spelt(claim), found, model)
        explanation = explained(
            claim,
            sources.found,
            query=query,
            method=Method.SLOTS if model is None else self._method,
            model="" if model is None else model.name,
            too_new=self._finder.left_out(query, CANDIDATES) if source is None else (),
        )
        return evolve(explanation, verdict=partial(self._recalled(explanation.verdict), sources.missing))

    def _verdict(self, claim: Claim, sources: Sources) -> Verdict:
        """The verdict on *claim*, and on what it could not be held against."""
        return partial(self.verdict(claim, sources.found), sources.missing)

    # ---------------------------------------------------------------------- drafts

    def check(
        self,
        draft: Draft | Document | os.PathLike[str] | str,
        *,
        own: str = "",
        before_each: Callable[[str], None] | None = None,
    ) -> CheckReport:
        """
        Verify every sentence of a draft that sources can settle, each in its context.

        A draft that is itself in the corpus is not taken as its own source.

        Args:
            draft: The file (a path object), the text itself (a string), or a document or draft that was loaded.
            own: Id of the draft in the corpus, for one that has changed since.
            before_each: Called with each sentence before it is verified; what it raises ends the check.
        Returns:
            The claims with their verdicts, what was set aside and why, and the findings with their places in the file.
        Raises:
            DocumentError: If the draft cannot be read.
            EngineError: If a model is missing or damaged, or fails.
            StoredIndexError: If the index cannot be read.
        """
        from .check import finished  # noqa: PLC0415 - only drafts need it

        return finished(self.check_steps(draft, own=own, before_each=before_each))

    def check_steps(
        self,
        draft: Draft | Document | os.PathLike[str] | str,
        *,
        own: str = "",
        before_each: Callable[[str], None] | None = None,
    ) -> Steps:
        """
        `check`, one step at a time, for those who show results as they come.

        Args:
            draft: As for `check`.
            own: Id of the draft in the corpus, for one that has changed since.
            before_each: Called with each sentence before it is verified; what it raises ends the check.
        Yields:
            What is about to be done, then each finding about a quotation, then each sentence that is verified.
        Returns:
            The report that `check` gives.
        Raises:
            DocumentError: If the draft cannot be read.
        """
        from .check import Desk, check_steps  # noqa: PLC0415 - only drafts need them
        from .drafts import Draft, draft_of_document, draft_of_text, load_draft  # noqa: PLC0415

        if isinstance(draft, str):
            draft = draft_of_text(draft, date=self._as_of)
        elif isinstance(draft, Document):
            draft = draft_of_document(draft, date=self._as_of)
        elif not isinstance(draft, Draft):
            draft = load_draft(draft, date=self._as_of)
        self._finder.refresh()
        stored = self._finder.document(own) if own else None
        before = stored.text if stored is not None else ""
        texts = {draft.document.text, before}

        def search(query: Query, most: int) -> list[Source]:
            return list(self._passages(query, most, self._finder.generation).outside(*texts).found)

        ahead: Ahead[Sources] = Ahead()

        def wanted(claim: Claim, said: str) -> _Wanted:
            return _Wanted(claim=evolve(claim, id=""), said=said, before=before, generation=self._finder.generation)

        def verify(claim: Claim, said: str, document: Document) -> Verdict:
            if before_each is not None:
                before_each(claim.text)
            return self._in_draft(claim, wanted(claim, said), document, ahead)

        def foresee(claim: Claim, said: str) -> None:
            self._foresee(wanted(claim, said), ahead)

        desk = Desk(verify=verify, foresee=foresee, find=self._finder.document, search=search)
        try:
            return (yield from check_steps(draft, self._aliases.in_reading(self._read_draft(draft.document)), desk))
        finally:
            ahead.close()

    def _search(self, query: Query, most: int, _generation: int) -> Sources:
        """The sentences that fit *query*, in that state of the corpus."""
        return self._finder.sources(query, most)

    def _read_draft(self, document: Document) -> Reading:
        if self._kept is not None:
            return self._kept.read(document)
        from claimcheck.language.reading import read  # noqa: PLC0415 - loads the language model's code

        return read(document)

    @property
    def verified(self) -> int:
        """How many sentences of drafts were verified so far; those whose verdict was still at hand do not count."""
        return self._remembered.made

    def _in_draft(self, claim: Claim, wanted: _Wanted, document: Document, ahead: Ahead[Sources]) -> Verdict:
        """The verdict on a sentence of *document*, from others than this one and than what it was before."""
        verdict = self._remembered.get(wanted)
        if verdict is None:
            sources = ahead.take(wanted)
            if sources is None:
                sources = self._sources(wanted.claim, said=wanted.said, excluding=wanted.before)
            verdict = self._verdict(wanted.claim, sources)
            self._remembered.put(wanted, verdict)
        if any(
            found is not None and found.text == document.text for found in map(self._finder.document, _ids(verdict))
        ):
            verdict = self._verdict(claim, self._sources(claim, said=wanted.said, excluding=document.text))
        return evolve(verdict, claim=claim)

    def _foresee(self, wanted: _Wanted, ahead: Ahead[Sources]) -> None:
        """Have the model judge a sentence that is verified soon, unless its verdict is at hand or that has begun."""
        if self._method is Method.SLOTS or wanted in self._remembered or wanted in ahead:
            return
        with suppress(ClaimcheckError):  # what is wrong is said when the sentence is verified
            model = self.entailment
            if model is not None:
                found = self._others(wanted.claim, wanted.before)
                claim = self._said(wanted.claim, wanted.said)
                ahead.begin(wanted, lambda: _judged(claim, found, model))

    # ----------------------------------------------------------------------- pairs

    def judge(
        self,
        claim: str,
        evidence: str,
        *,
        title: str = "",
        identifier: str = "",
        method: Method | str = Method.MEANING,
    ) -> Judgement:
        """
        Judge one pair without a corpus.

        Args:
            claim: One statement.
            evidence: The text it is held against, a sentence or a few paragraphs.
            title: Of what the evidence stands in, which often names whom the evidence calls "he".
            identifier: Given back with the result.
            method: ``"meaning"`` (the model alone: fast), ``"slots"`` or ``"both"``.
        Returns:
            The stance of the evidence, and the probabilities of the three stances, which sum to 1.
        Raises:
            PairError: If the model cannot judge it: a side is empty or no English, the claim is too long.
            ClaimParseError: If the slots judge and the claim cannot be read; one that is no checkable statement
                is neutral to them.
            DocumentError: If the slots judge and the evidence is empty or too long.
            ConfigError: If there is no such method, or no such model.
            EngineError: If the model is missing or damaged, or fails.
        """
        (result,) = judge_pairs([(identifier, claim, evidence, title)], self.entailment, method_of(method))
        if isinstance(result, Failure):
            raise error_of(result)
        return result

    def judge_many(
        self, pairs: Iterable[Row], *, method: Method | str = Method.MEANING
    ) -> Iterator[Judgement | Failure]:
        """
        Judge ``(id, claim, evidence)`` or ``(id, claim, evidence, title)`` one by one, in order.

        What cannot be judged gives a `Failure` in its place.

        Raises:
            ConfigError: If there is no such method, or no such model.
            EngineError: If the model is missing or damaged, or fails.
        """
        return judge_pairs(pairs, self.entailment, method_of(method))

    # --------------------------------------------------------------------- sources

    @functools.cached_property
    def entailment(self) -> Entailment | None:
        """The model, loaded when it is first asked for."""
        return load_entailment(self._spec) if self._kept is None else self._kept.entailment(self._spec)

    def sources(self, claim: Claim, *, said: str = "", excluding: str = "") -> list[Source]:
        """
        The sentences that *claim*, which has been read, is held against: best first, the first of them judged.

        Args:
            claim: With its reading.
            said: The claim as it would be said alone, for the entailment model; its text when empty.
            excluding: The text of a document that is no source.
        """
        return list(self._sources(claim, said=said, excluding=excluding).found)

    def _sources(self, claim: Claim, *, said: str = "", excluding: str = "") -> Sources:
        """The same, and the names of the parts of the corpus that were not searched."""
        model = None if self._method is Method.SLOTS else self.entailment
        return _judged(self._said(claim, said), self._others(claim, excluding), model)

    def _said(self, claim: Claim, said: str) -> Claim:
        """*claim* as it would be said alone, for the model."""
        return self._spelt(evolve(claim, text=said or claim.text))

    def _others(self, claim: Claim, excluding: str) -> Sources:
        """The candidates for *claim* that do not stand in a document of that text, if it is one."""
        found = self._found(claim)
        return found.outside(excluding) if excluding else found

    def _spelt(self, claim: Claim) -> Claim:
        """*claim* in the words that the model is given: as the sources, with the fullest name for each alias."""
        return evolve(claim, text=self._aliases.written_out(claim.text)) if self._aliases else claim

    def _given(self, text: Document | str) -> tuple[Source, ...]:
        """The sentences of a text that is no article of the corpus."""
        return tuple(with_aliases(source, self._aliases) for source in sources_of_text(text))

    def found(self, claim: Claim) -> list[Source]:
        """The same sentences, none of them judged by the model."""
        return list(self._found(claim).found)

    def _found(self, claim: Claim) -> Sources:
        assert claim.reading is not None
        return self._finder.sources(query_of(claim.reading, self._aliases), CANDIDATES, least=LEAST)


def _share(least: float) -> float:
    """
    *least*, if a confidence can be so.

    Raises:
        ConfigError: If it cannot.
    """
    if not 0 <= least <= 1:
        msg = f"min_confidence cannot be {least!r}"
        raise ConfigError(msg, hint="min_confidence is a number from 0 to 1")
    return least


def _ids(verdict: Verdict) -> Iterator[str]:
    return (e.document for e in verdict.evidence)


def _each(
    work: Callable[[_Item], _Result], items: Iterable[_Item | Failure], claims: Iterable[Claim]
) -> Iterator[_Result | Failure]:
    """What *work* makes of each item; a failure stays one, and an error of *work* becomes that of its claim."""
    for item, claim in zip(items, claims, strict=True):
        if isinstance(item, Failure):
            yield item
            continue
        try:
            yield work(item)
        except ClaimcheckError as error:
            yield failure_of(claim.id, claim.text, error)


def _judged(claim: Claim, sources: Sources, model: Entailment | None) -> Sources:
    return evolve(sources, found=tuple(judged(claim, sources.found, model)))
