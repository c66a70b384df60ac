"""
Predicates compared: whether two relations report the same event or state.

The knowledge is data (``language/data/relations.toml``); a predicate is looked up by its longest phrase first,
so that "take power" is not "take".
"""

from __future__ import annotations

import functools
from enum import StrEnum

from attrs import frozen

from claimcheck.language import lexicon
from claimcheck.language.predicates import predicate_phrases
from claimcheck.model import Argument, Slot, Statement

#: Verbs that say little by themselves: agreement on them alone is no agreement.
LIGHT = frozenset(
    {"be", "have", "do", "make", "take", "get", "give", "go", "come", "become", "hold", "see", "put", "keep", "set"}
    | {"say", "call", "use", "show", "work", "begin", "start", "continue", "include", "involve", "remain"}
)
#: Statements of which is kept at hand what was worked out: those of the sentences that one claim is held against.
KEPT = 2_048
#: Verbs that say what somebody is: they stand for each other.
COPULAS = frozenset({"be", "become", "remain", "serve"})
_PRESENT = frozenset({"is", "are", "has", "does"})
#: Forms of statements that clauses make, as event nouns and descriptions do not.
CLAUSES = frozenset({"active", "passive", "copula"})


class Bond(StrEnum):
    """How the source's predicate stands to the claim's."""

    SAME = "same"
    CLASS = "class"
    ENTAILS = "entails"
    GENERAL = "general"
    INVERSE = "inverse"
    OPPOSITE = "opposite"
    NONE = "none"


#: How far a bond carries the claim's predicate, 0-1.
STRENGTH = {
    Bond.SAME: 1.0,
    Bond.CLASS: 0.95,
    Bond.ENTAILS: 0.9,
    Bond.INVERSE: 0.9,
    Bond.OPPOSITE: 0.9,
    Bond.GENERAL: 0.5,
    Bond.NONE: 0.0,
}


@frozen(kw_only=True)
class Tie:
    """A bond, the class that carries it ("" when it is the word itself), and whether the roles are exchanged."""

    bond: Bond
    name: str = ""

    @property
    def strength(self) -> float:
        """See `STRENGTH`."""
        return STRENGTH[self.bond]


@functools.lru_cache(maxsize=20_000)
def _classes_of(all_phrases: tuple[str, ...]) -> tuple[frozenset[str], str]:
    """The classes of the longest phrase that has any, with those of its verb and object, and that phrase."""
    for phrase in all_phrases:
        found = lexicon.relation_classes(phrase)
        if found:
            stem = phrase.rpartition(" ")[0]
            if " " in stem and stem in all_phrases:
                found |= lexicon.relation_classes(stem)  # "take place in" is also "take place"
            return found, phrase
    return frozenset(), ""


def in_predicate(statement: Statement, argument: Argument, tie: Tie) -> bool:
    """Whether a participant is only a part of the phrase that ties the predicates: the "place" of "take place"."""
    if not tie.name or tie.bond is Bond.OPPOSITE:
        return False
    found, phrase = _classes_of(predicate_phrases(statement))
    if tie.name not in found:
        return False
    bare = bool(argument.words) and not argument.entities and not argument.clause
    return bare and " " in phrase and set(argument.words) <= set(phrase.split()[1:])


def is_predicate_noun(statement: Statement, argument: Argument, tie: Tie) -> bool:
    """
    Whether the head of a participant is what ties the predicates: "winner" in "is the winner of the race".

    Of what somebody is only for what was done: who leads a house need not be its director.
    """
    if not tie.name or tie.bond is Bond.OPPOSITE or argument.clause:
        return False
    found, phrase = _classes_of(predicate_phrases(statement))
    if tie.name in found and argument.head in phrase.split()[1:]:
        return True  # the "charge" of "took charge of the bank"
    if statement.lemma not in COPULAS or argument.slot is not Slot.OBJECT or argument.link:
        return False
    if tie.name in lexicon.relation_classes(f"be {argument.head}"):
        return True
    return tie.name in lexicon.agent_classes(argument.head) and lexicon.relation_class(tie.name).event


@functools.lru_cache(maxsize=KEPT)
def classes(statement: Statement) -> frozenset[str]:
    """
    The relation classes of a statement.

    Those of a copula are those of its complement ("was the founder of", "is in charge of").
    """
    if statement.lemma in COPULAS or statement.form == "apposition":
        found = set(_said_by_phrase(statement))
        for argument in statement.arguments:
            if argument.slot is Slot.OBJECT and not argument.link:
                found |= lexicon.relation_classes(f"be {argument.head}")
                found |= lexicon.agent_classes(argument.head)
        return frozenset(found)
    said = _classes_of(predicate_phrases(statement))[0]
    if statement.form == "nominal":
        return said - _of_verb_alone(statement.lemma)
    return said | passive_classes(statement)


def _of_verb_alone(word: str) -> frozenset[str]:
    """The classes that a word has as a verb, and not as a noun: a match does not match anything."""
    return lexicon.relation_classes(word, pos="verb") - lexicon.relation_classes(word, pos="noun")


def _said_by_phrase(statement: Statement) -> frozenset[str]:
    """The classes of "be" with a preposition and its noun: "is in charge of", "were on strike"."""
    found, phrase = _classes_of(predicate_phrases(statement)) if statement.lemma == "be" else (frozenset(), "")
    said = set(phrase.split())
    return found if any(a.link and a.head in said for a in statement.arguments) else frozenset()


def patient_classes(statement: Statement) -> frozenset[str]:
    """The classes that a copula's subject undergoes: "was the pupil of" is being taught by."""
    if statement.lemma not in COPULAS and statement.form != "apposition":
        return frozenset()
    nouns = (a.head for a in statement.in_slot(Slot.OBJECT) if not a.link)
    return frozenset(name for noun in nouns for name in lexicon.patient_classes(noun))


@functools.lru_cache(maxsize=KEPT)
def passive_classes(statement: Statement) -> frozenset[str]:
    """The classes of what is done to somebody by nobody named, put as a state: "was born", "was sworn in"."""
    if statement.form != "passive" or statement.in_slot(Slot.SUBJECT):
        return frozenset()
    words = statement.relation.text.lower().split()
    particle = statement.lemma.split()[1:]
    verb = " ".join(("be", words[-1], *particle)) if words[-1] not in particle else f"be {' '.join(words[-2:])}"
    return lexicon.relation_classes(verb, pos="verb")


@functools.lru_cache(maxsize=4 * KEPT)
def compare_relations(claim: Statement, source: Statement) -> Tie:
    """Compare the predicates of two statements, the claim's first."""
    if _once_more(claim.lemma) is not _once_more(source.lemma) and _bare(claim.lemma) == _bare(source.lemma):
        return Tie(bond=Bond.NONE)  # who was re-elected was elected on another day
    mine, theirs = classes(claim), classes(source)
    shared = mine & theirs
    same_word = claim.lemma == source.lemma or _derived(claim.lemma, source.lemma)
    if same_word and claim.lemma not in LIGHT:
        return Tie(bond=Bond.SAME, name=min(shared, default=""))
    if shared:
        return Tie(bond=Bond.CLASS, name=min(shared))
    undergone = (patient_classes(claim) & theirs) | (mine & patient_classes(source))
    if undergone:
        return Tie(bond=Bond.INVERSE, name=min(undergone))
    if mine and theirs and (tie := _between_classes(mine, theirs)) is not None:
        return tie
    return Tie(bond=_between_words(claim.lemma, source.lemma))


def _once_more(lemma: str) -> bool:
    """Whether a verb says that it is done again: "re-elect"."""
    return lemma.startswith("re-")


def _bare(lemma: str) -> str:
    return lemma.removeprefix("re-")


def _between_classes(mine: frozenset[str], theirs: frozenset[str]) -> Tie | None:
    """How classes of two predicates that share none stand to each other, ``None`` when they are not related."""
    for name in sorted(mine):
        record = lexicon.relation_class(name)
        if theirs & record.opposite:
            return Tie(bond=Bond.OPPOSITE, name=name)
        if theirs & record.inverse:
            return Tie(bond=Bond.INVERSE, name=name)
    entailing = [name for name in theirs if mine & lexicon.implied(name)]
    if entailing:
        return Tie(bond=Bond.ENTAILS, name=min(entailing))
    entailed = [name for name in mine if theirs & lexicon.implied(name)]
    return Tie(bond=Bond.GENERAL, name=min(entailed)) if entailed else None


def is_present(statement: Statement) -> bool:
    """Whether a verb is in the present tense, as far as its form tells."""
    verb = statement.relation.text.lower().split()[0]
    return verb in _PRESENT or verb in {statement.lemma, f"{statement.lemma}s", f"{statement.lemma}es"}


def is_contest(name: str, source: Statement) -> bool:
    """
    Whether the source's predicate is both the inverse of the claim's, of class *name*, and its opposite.

    Who loses to somebody is beaten by him, and does not beat him.
    """
    if not name:
        return False
    mine = lexicon.relation_class(name)
    theirs = {n: lexicon.relation_class(n) for n in classes(source)}
    inverse = any(n in mine.inverse or name in record.inverse for n, record in theirs.items())
    return inverse and any(n in mine.opposite or name in record.opposite for n, record in theirs.items())


def is_between_rivals(statement: Statement) -> bool:
    """Whether who does it to somebody excludes that the other does it to him: to beat, to lose to."""
    return any(lexicon.relation_class(name).contest for name in classes(statement))


@functools.lru_cache(maxsize=50_000)
def _between_words(claim: str, source: str) -> Bond:
    """How two predicates of unrelated classes, or of none, stand to each other by their words."""
    if lexicon.are_antonyms(claim, source):
        return Bond.OPPOSITE
    if claim == source or _derived(claim, source):
        return Bond.SAME
    alike = {claim, source} <= COPULAS or lexicon.same_sense(claim, source)
    return Bond.CLASS if alike else Bond.NONE


@functools.lru_cache(maxsize=50_000)
def _derived(a: str, b: str) -> bool:
    """Whether one word is the noun of the other verb: "assassination", "assassinate"."""
    return a in lexicon.derivations(b) or b in lexicon.derivations(a)
