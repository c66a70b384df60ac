"""
What is worth checking: which sentences sources can settle, and why the others cannot be.

Questions, instructions and opinions are refused wherever they come from (`refusal`).  A sentence of a draft can also be
a forecast, a judgement of value, or something that only the writer can know (`unfit`); as a claim by itself that is
taken as the user's own wish to have it checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from attrs import frozen

from claimcheck.model import Modality, Sentence, SentenceKind, Slot, Statement

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[\w'’]+")
#: What may stand after the question mark.
_AFTER_QUESTION = "\"'” "
_QUESTION_WORDS = frozenset(
    {"who", "what", "when", "where", "why", "how", "which", "whose", "whom", "is", "are", "was", "were", "do", "does"}
    | {"did", "has", "have", "had", "can", "could", "will", "would", "should"}
)
_FIRST_PERSON = frozenset({"i", "we"})
_COPULA = "be"
_PERSONS = frozenset({"he", "she"})
_THINGS = frozenset({"it", "they"})
_CRIES = ("what a ", "what an ", "how ")
_QUOTES = '"“”«»'


class Unfit(StrEnum):
    """Why sources cannot settle a sentence."""

    QUESTION = "question"
    INSTRUCTION = "instruction"
    OPINION = "opinion"
    PREDICTION = "prediction"
    EXPERIENCE = "first_person"
    FRAGMENT = "fragment"
    UNCLEAR = "unclear"
    QUOTATION = "quotation"


@frozen(kw_only=True)
class Refusal:
    """What a sentence is instead of a claim, in words, and what to write instead."""

    kind: Unfit
    reason: str
    hint: str = ""


#: Of a sentence that stands wholly inside a quotation.
QUOTED = Refusal(kind=Unfit.QUOTATION, reason="inside a quotation, whose words are compared with the sources")


def refusal(text: str, statements: Sequence[Statement]) -> Refusal | None:
    """
    Why *text* is no claim at all: a question, an instruction, or an opinion put in the first person or as a duty.

    Args:
        text: One sentence, or a few.
        statements: What was read from it.
    """
    from claimcheck.language import lexicon  # noqa: PLC0415 - loads the word lists

    plain = _SPACES.sub(" ", text.strip()).lower()
    words = _WORD.findall(plain)
    asks = bool(words) and words[0] in _QUESTION_WORDS and plain.rstrip(_AFTER_QUESTION).endswith("?")
    if asks or plain.endswith("?"):
        return Refusal(kind=Unfit.QUESTION, reason="a question", hint="write it as a statement")
    if _instructs(words, statements):
        return Refusal(kind=Unfit.INSTRUCTION, reason="an instruction", hint="write who did what, as a statement")
    padded = f" {' '.join(words)} "
    for phrase in sorted(lexicon.cues("first_person_opinion")):
        if f" {phrase} " in padded and not _attributed(statements):
            reason = f"an opinion (“{phrase}”): sources cannot settle it"
            return Refusal(kind=Unfit.OPINION, reason=reason, hint="check what somebody said or did instead")
    return None


def unfit(sentence: Sentence) -> Refusal | None:
    """
    Why a sentence of a draft is set aside, ``None`` when it is worth checking.

    What somebody else is said to ask, want or expect is worth checking: that he said so.
    """
    text = sentence.span.text
    statements = sentence.statements
    heading = sentence.kind is not SentenceKind.BODY
    if all(s.form == "nominal" or (heading and not s.arguments) for s in statements):
        return Refusal(kind=Unfit.FRAGMENT, reason=_furniture(sentence))
    refused = refusal(text, statements)
    if text.endswith("!") and _plain(text).startswith(_CRIES):
        return Refusal(kind=Unfit.OPINION, reason="an exclamation")
    main = _main(statements)
    if refused is not None and not (refused.kind is Unfit.OPINION and _of_others(main)):
        return refused
    if main is not None and (pronoun := _unresolved(main)):
        return unclear(pronoun)
    if main is None or _of_others(main) or text[0] in _QUOTES:
        return None
    if _own(main):
        return Refusal(kind=Unfit.EXPERIENCE, reason="the writer’s own experience: sources cannot know it")
    cue = _plain(main.cue.text) if main.cue is not None else ""
    if main.modality is Modality.REQUIRED and cue in _list("duty"):
        return Refusal(kind=Unfit.OPINION, reason=f"an opinion (“{cue}”): sources cannot settle it")
    if forecast := _forecast(main, statements, cue):
        return Refusal(kind=Unfit.PREDICTION, reason=f"about what is still to come (“{forecast}”)")
    if taste := _taste(main):
        return Refusal(kind=Unfit.OPINION, reason=f"a judgement of value (“{taste}”)")
    return None


def vague(sentence: Sentence) -> str:
    """
    The pronoun that a sentence is about, "" when it names what it is about.

    Whom it stands for is the likeliest reading at best; "it" may also stand for what has no name ("the bridge").
    """
    main = _main(sentence.statements)
    if main is None:
        return ""
    spoken = (a.span.text for a in main.arguments if not a.link and a.span.start <= main.relation.start)
    return next((word for word in spoken if word.lower() in _PERSONS | _THINGS), "")


def unclear(pronoun: str) -> Refusal:
    """That nobody can tell what a sentence is about."""
    return Refusal(kind=Unfit.UNCLEAR, reason=f"who or what “{pronoun}” is cannot be told from the draft")


# ------------------------------------------------------------------------------ kinds


def _attributed(statements: Sequence[Statement]) -> bool:
    """Whether the sentence only says that somebody else holds the opinion."""
    said = (s.attribution for s in statements)
    return any(a is not None and a.speaker.text.lower() not in _FIRST_PERSON for a in said)


def _instructs(words: Sequence[str], statements: Sequence[Statement]) -> bool:
    """Whether somebody is told to do something: "please sign", or a plain verb first and nobody who does it."""
    if words[:1] == ["please"]:
        return True
    main = next((s for s in statements if s.depth == 0), None)
    if main is None or main.form != "active" or any(a.slot is Slot.SUBJECT for a in main.arguments):
        return False
    if main.relation.start != main.span.start or main.relation.text.lower() != main.lemma:
        return False
    return words[:1] == [main.lemma]  # of signs alone there are no words


def _of_others(main: Statement | None) -> bool:
    """Whether the main clause is somebody else's word, or reports it."""
    if main is None:
        return False
    if main.attribution is not None:
        return main.attribution.speaker.text.lower() not in _FIRST_PERSON
    from claimcheck.language import lexicon  # noqa: PLC0415 - loads the word lists

    return lexicon.is_reporting(main.lemma) and main.modality is Modality.ACTUAL and not _own(main)


def _unresolved(main: Statement) -> str:
    """The "he" or "she" that the main clause is about when nothing says who that is, else ""."""
    for argument in main.arguments:
        alone = argument.span.text.lower() in _PERSONS and not argument.link and not any(argument.entities)
        if alone and argument.span.start <= main.relation.start:
            return argument.span.text
    return ""


def _own(main: Statement) -> bool:
    """Whether the writer speaks of himself or of what is his."""
    subjects = [a for a in main.in_slot(Slot.SUBJECT) if not a.clause]
    return any(
        _plain(a.span.text).split()[:1] and _plain(a.span.text).split()[0] in _list("first_person") for a in subjects
    )


def _forecast(main: Statement, statements: Sequence[Statement], cue: str) -> str:
    """The words that make the main clause a forecast, "" when it is none."""
    if main.modality is Modality.PLANNED and cue in _list("forecast"):
        return cue
    for argument in main.in_slot(Slot.OBJECT):
        words = _plain(f"{main.relation.text} {argument.span.text}")
        found = next((f for f in _list("forecast") if " " in f and f" {f} " in f" {words} "), "")
        if found and main.lemma in {_COPULA, "go"} and len(statements) > 1:
            return found
    return ""


def _taste(main: Statement) -> str:
    """The word of value that a plain sentence "X is ..." predicates, "" when there is none."""
    if main.lemma != _COPULA or main.times or main.quantities:
        return ""
    for argument in main.in_slot(Slot.OBJECT):
        named = bool(argument.entities)
        if (
            not named
            and not argument.link
            and (found := next((w for w in (argument.head, *argument.words) if w in _list("taste")), ""))
        ):
            return found
    return ""


def _main(statements: Sequence[Statement]) -> Statement | None:
    return next((s for s in statements if s.depth == 0), None)


def _furniture(sentence: Sentence) -> str:
    if sentence.kind in {SentenceKind.BYLINE, SentenceKind.DATELINE, SentenceKind.BOILERPLATE}:
        return f"{sentence.kind.value}, no statement"
    return "no statement can be read from it"


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.replace("’", "'")).strip().lower()


@cache
def _list(name: str) -> frozenset[str]:
    from claimcheck.language.wordlists import read_list, words_of  # noqa: PLC0415 - read when first asked

    return next(frozenset(words_of(entry["words"])) for entry in read_list("worth")["list"] if entry["name"] == name)
