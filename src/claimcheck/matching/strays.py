"""
What the claim says and the source's statement does not: reasons against a support, never for a contradiction.

A claim's words are looked for in the whole sentence and around it, so that they may belong to something else there.
They do when somebody else fills their place, when they hang on another statement, or when a denial takes them out.
"""

from __future__ import annotations

import re

from claimcheck.language import lexicon
from claimcheck.language.kinship import kin
from claimcheck.language.names import NameRelation, country
from claimcheck.model import Argument, Entity, EntityKind, Slot

from . import words as lexical
from .content import find_word, word_units
from .doers import done_by_another, done_to_the_doer, given_to_another, said_to_be, set_apart
from .entities import named_in, only_excepted
from .kinds import of_another_kind
from .links import attached_otherwise
from .pair import Pair
from .phrases import ORDERING, is_figure, parts_of
from .relations import COPULAS, Bond
from .rows import IN_SENTENCE, IN_TOPIC, STRONG_TIE, Row
from .sides import compare_entities
from .taken import PINNED, indefinite
from .unread import is_time
from .whereabouts import at_another, named_otherwise

#: Links that say why or how: what follows them must hang on the source's own statement.
WITHOUT = "without"
_GROUNDS = frozenset({"because", "through", "due", "despite", WITHOUT, "by"})
#: What stands before something that was told of before.
_KNOWN = frozenset({"the", "this", "that", "these", "those"})
_ORGANISATION = "organisation"
#: Who speaks is nobody whom the sentence describes besides.
_SPEAKERS = frozenset({"i", "we", "you"})
#: What stands for a noun told of before.
_PRO_FORM = "one"
#: How comparatives end.
_MORE = "er"
#: Letters in which a word's forms are alike.
_STEM = 4
_WORD = re.compile(r"[^\W\d_]+")


def misplaced(pair: Pair, argument: Argument, row: Row) -> str:
    """Why a participant of the claim is surely none of the source's, which names it in another role; "" else."""
    if argument.clause:
        return ""
    if row.coverage < PINNED and named_otherwise(pair, argument):
        return f"the source does not say “{argument.link} {argument.span.text}”"
    doer = done_by_another(pair, argument) or done_to_the_doer(pair, argument)
    doer = doer or set_apart(pair, argument) or given_to_another(pair, argument) or _opposed(pair, argument)
    if doer is not None:
        return f"in the source it is “{doer.span.text}”"
    if argument.slot is Slot.SUBJECT and only_excepted(pair, argument.head):
        return f"the source takes “{argument.span.text}” out"
    other = attached_otherwise(pair, argument) or of_another_kind(pair, argument)
    return f"in the source it is “{other}”" if other else ""


def _opposed(pair: Pair, argument: Argument) -> Argument | None:
    """What the source has in the place of the claim's participant, and is called the opposite: "the elder"."""
    there = pair.core_of(argument) if pair.tie.strength >= STRONG_TIE else []
    own = {w for a in there for w in a.words}
    words = [w for w in argument.words if w not in own]
    mine = [w for w in _WORD.findall(argument.span.text.lower()) if w.endswith(_MORE)]
    for other in (a for a in there if " than " not in a.span.text):
        theirs = [w for w in _WORD.findall(other.span.text.lower()) if w.endswith(_MORE)]
        more = any(lexicon.are_antonyms(a, b) for a in mine for b in theirs)
        if more or any(lexicon.are_antonyms(w, other.head) for w in words):
            return other
    return None


def stray(pair: Pair, argument: Argument, row: Row) -> str:
    """Why the claim's participant or clause is not that of the source, for all its words; "" when it may be."""
    if argument.clause:
        return ""
    unsaid = argument.link in _GROUNDS or is_time(argument.head)
    if unsaid and not row.near and not _is_own(pair, argument):
        return f"the source does not say “{argument.link} {argument.span.text}”"
    if argument.link in ORDERING and row.specific and not row.near and _is_of_anybody(pair):
        return f"the source does not say “{argument.link} {argument.span.text}”"
    if (apart := _without(pair, argument) or _owned(pair, argument)) is not None:
        return f"in the source it is “{apart}”"
    if (beside := _of_later_conjunct(pair, argument)) is not None:
        return f"in the source “{beside.span.text}” goes with something else"
    if (part := _nowhere(pair, argument)) is not None:
        return f"the source does not say “{part}”"
    other = _owner(pair, argument) or _in_its_place(pair, argument, row) or _in_the_place_of_lent(pair, argument, row)
    other = other or _with_its_link(pair, argument, row) or _of_its_clause(pair, argument)
    other = other or _like_another(pair, argument, row) or at_another(pair, argument)
    return f"in the source it is “{other.span.text}”" if other is not None else ""


def _of_later_conjunct(pair: Pair, argument: Argument) -> Argument | None:
    """What the claim has of another conjunct with the same verb: "won 40 percent in Oslo and 30 percent in Bremen"."""
    own = pair.source
    values = pair.times() or pair.quantities()
    others = [s for s in pair.conjuncts if (s.times or s.quantities) and (own.times or own.quantities)]
    apart = [a for s in others for a in s.arguments if a not in own.arguments and not a.clause]
    if not apart or not values or argument.slot is Slot.SUBJECT:
        return None
    links = {link for a in own.arguments if a.slot is not Slot.SUBJECT for link in _words_by_link(a)}
    counted = {w for q in pair.quantities() for w in q.span.text.lower().split()}
    words = [w for w in argument.words if not any(c.startswith(w) for c in counted)]
    lost = [w for w in words if not any(lexical.best(w, a.words) for a in own.arguments)]
    said = ((a, found) for a in apart for link, found in _words_by_link(a).items() if link in links)
    return next((a for a, found in said if any(lexical.best(w, found) for w in lost)), None)


def _words_by_link(argument: Argument) -> dict[str, tuple[str, ...]]:
    """The content words of a participant by the preposition before them, its own before those around its head."""
    return {link or argument.link: words for link, words in parts_of(argument).items()}


def _nowhere(pair: Pair, argument: Argument) -> str | None:
    """A part of a description of which no word stands on the page: the "over taxes" of "a dispute over taxes"."""
    if argument.link or argument.slot is Slot.PLACE or pair.mine.head(argument) is not None:
        return None
    units = word_units(pair, argument)
    for link, words in parts_of(argument).items():
        said = link and link != "of" and set(words) <= set(units)
        if said and words and not any(find_word(pair, word, None) for word in words):
            return f"{link} {' '.join(words)}"
    return None


def _without(pair: Pair, argument: Argument) -> str | None:
    """How the source puts it when one side has it, and the other is "without" it."""
    if pair.claim.lemma in lexicon.cues("losing"):
        return None
    has = argument.link != WITHOUT and WITHOUT not in _WORD.findall(argument.span.text.lower())
    there = pair.theirs.participants
    if has and all(a.link != WITHOUT for a in there):
        return None
    for word in argument.words:
        same = [a for a in there if lexical.likeness(a.head, word) > 0]
        if same and all((a.link == WITHOUT) is has for a in same):
            return f"{WITHOUT} {same[0].span.text}" if has else same[0].span.text
    return None


def _owned(pair: Pair, argument: Argument) -> str | None:
    """The words of the source that are about what somebody has, and not about him: "the mayor's mother"."""
    words = _WORD.findall(argument.span.text.lower())
    if "of" not in words or words[-1] in {"s", argument.head}:
        return None
    owner = re.compile(rf"\b{words[-1]}(?:['’]s?) ([^\W\d_]+)", re.IGNORECASE)
    there = [a.span.text for a in pair.source.arguments if words[-1] in _WORD.findall(a.span.text.lower())]
    found = [match for text in there for match in [owner.search(text)] if match is not None]
    if len(found) < len(there) or any(match[1].lower() in words for match in found):
        return None
    return found[0][0] if found else None


def _owner(pair: Pair, argument: Argument) -> Argument | None:
    """Who fills the place of the claim's participant in the source, when that is only whose it is: "Falk's wife"."""
    if argument.link or argument.slot is Slot.PLACE or pair.loose or pair.mine.head(argument) is not None:
        return None
    if pair.claim.lemma in COPULAS or not (
        lexicon.is_role(argument.head) or kin(argument.head) or _ORGANISATION in lexicon.broader(argument.head)
    ):
        return None
    owners = [e for e in pair.mine.inner(argument) if e.kind is not EntityKind.PLACE and not country(e.name)]
    for other in pair.core_of(argument):
        theirs = pair.theirs.side.head(other)
        if theirs is None or lexical.best(argument.head, other.words) or said_to_be(pair, argument, other):
            continue
        if any(compare_entities(e, theirs) is not NameRelation.DIFFERENT for e in owners):
            return other
    return None


def _is_of_anybody(pair: Pair) -> bool:
    """Whether the claim is of somebody unnamed: "a woman led it before Anna Falk"."""
    core = (a for a in pair.claim.arguments if a.slot in {Slot.SUBJECT, Slot.OBJECT} and not a.link)
    return indefinite(next(core, pair.claim.arguments[0]))


def _is_own(pair: Pair, argument: Argument) -> bool:
    """Whether the head of a phrase stands in the source's statement, or in one inside it, by a pronoun too."""
    inner = [a for s in (pair.source, *pair.nested) for a in s.arguments]
    named = pair.mine.head(argument)
    heads = [other for a in inner if not a.clause and (other := pair.theirs.side.head(a)) is not None]
    if named is not None and any(compare_entities(named, h) is not NameRelation.DIFFERENT for h in heads):
        return True
    return bool(pair.best(argument.head) or pair.theirs.best(argument.head, (w for a in inner for w in a.words)))


# --------------------------------------------------------------------- another's place


def _in_its_place(pair: Pair, argument: Argument, row: Row) -> Argument | None:
    """Who or what fills the place of the claim's subject or object in the source's statement, and is another."""
    if argument.link or argument.slot is Slot.PLACE or pair.tie.bond is Bond.NONE or row.coverage <= IN_TOPIC:
        return None
    head = pair.mine.head(argument)
    if pair.source.form == "nominal":
        return _other_of_event(pair, argument, head) if head is not None else None
    if row.near or pair.loose:
        return None
    if {pair.claim.lemma, pair.source.lemma} & COPULAS:
        return _described_by(pair, argument) if argument.slot is Slot.SUBJECT else None
    one = head is None and _is_somebody(argument)
    there = [a for a in pair.core_of(argument) if a.words or a.head in _SPEAKERS or (one and is_figure(a))]
    if not there or any(_may_be(pair, argument, head, other) for other in there):
        return None
    return there[0]


def _is_somebody(argument: Argument) -> bool:
    """Whether a participant is one person in a role, whom a bare number ("15 voted for it") does not name."""
    said = argument.span.text.lower()
    return lexicon.is_role(argument.head) and said.startswith("the ") and said.endswith(argument.head)


def _with_its_link(pair: Pair, argument: Argument, row: Row) -> Argument | None:
    """What the source has behind the claim's preposition, where what the claim has is of another clause."""
    if not argument.link or row.near or pair.mine.head(argument) is not None or argument.link in ORDERING:
        return None
    own = [a for a in pair.source.arguments if a.link == argument.link and a.words and not a.clause]
    if not own or any(lexical.best(w, a.words) for w in argument.words for a in pair.source.arguments):
        return None
    others = (a for s in pair.theirs.statements if s.relation != pair.source.relation for a in s.arguments)
    said = any(a.link and not a.clause and lexical.best(argument.head, a.words) for a in others)
    return own[0] if said else None


def _of_its_clause(pair: Pair, argument: Argument) -> Argument | None:
    """Who does in the source what the claim's object is to do: "ordered the firm to pay the families"."""
    if argument.slot is not Slot.OBJECT or argument.link:
        return None
    below = [s for s in pair.parts if any(a.span == argument.span for a in s.in_slot(Slot.SUBJECT))]
    clauses = [a.span for a in pair.claim.arguments if a.clause]
    asked = {s.lemma for s in below if any(span.contains(s.relation) for span in clauses)}
    there = [a for s in pair.nested if s.lemma in asked for a in s.in_slot(Slot.SUBJECT) if a.words]
    head = pair.mine.head(argument)
    return there[0] if there and not any(_may_be(pair, argument, head, other) for other in there) else None


def _like_another(pair: Pair, argument: Argument, row: Row) -> Argument | None:
    """What the source has of the kind, where the claim's is that of another statement: "the number of teachers"."""
    own = next((a for a in pair.source.arguments if a.slot is argument.slot and a.head == argument.head), None)
    if own is None or own.clause or (row.coverage >= 1.0 and row.near and row.specific):
        return None
    words = [w for w in argument.words if w != argument.head and not lexical.best(w, own.words)]
    if all(w == own.head or lexical.best(w, argument.words) for w in own.words):
        return None  # "the bridge" may be the very one
    others = (a for s in pair.theirs.statements if s is not pair.source for a in s.arguments)
    alike = (a for a in others if a.head == argument.head and not a.clause and not a.span.overlaps(own.span))
    said = any(words and all(lexical.best(w, a.words) for w in words) for a in alike)
    return own if said else None


def _described_by(pair: Pair, argument: Argument) -> Argument | None:
    """The source's subject that only names the claim's to say which one it is: "the road over the bridge is closed"."""
    if pair.source.form == "apposition":
        there = [a for a in pair.source.arguments if not a.clause]
    else:
        there = [a for a in pair.core_of(argument) if not next(iter(a.entities), "")]
    only = (a for a in there if lexical.best(argument.head, a.words) and not lexical.best(argument.head, _own_words(a)))
    return next(only, None)


def _in_the_place_of_lent(pair: Pair, argument: Argument, row: Row) -> Argument | None:
    """
    What the source's statement has in the place of something that only the surroundings of the sentence have.

    "Two men were convicted" says nothing of the dealer of the sentence before; "the work" may well be its painting.
    """
    if row.source is not None or row.coverage > IN_TOPIC:
        return None
    if pair.tie.bond is Bond.NONE or pair.source.form == "nominal":
        return None
    if (pair.loose and not argument.link) or {pair.claim.lemma, pair.source.lemma} & COPULAS:
        return None
    there = [a for a in pair.source.arguments if a.slot is argument.slot and a.link == argument.link and not a.clause]
    there = [a for a in there if a.words]
    if any(q.span.overlaps(argument.span) for q in pair.quantities()):
        return None
    if not there or (argument.link and not all(map(indefinite, there))):
        return None
    head = pair.mine.head(argument)
    if any(_may_be(pair, argument, head, other) or _described(pair, argument, other) for other in there):
        return None
    return there[0]


def _described(pair: Pair, argument: Argument, other: Argument) -> bool:
    """Whether the source's participant can be a description of the claim's: both are known things, none of several."""
    words = _WORD.findall(other.span.text.lower())
    counted = any(q.span.overlaps(other.span) for q in pair.theirs.sentence.quantities)
    known = bool(argument.entities) or not indefinite(argument)
    return bool(words) and words[0] in _KNOWN and known and not counted


def _other_of_event(pair: Pair, argument: Argument, head: Entity) -> Argument | None:
    """Whom an event noun names in the place of the claim's participant: "the appointment of Otto Falk"."""
    if any(named_in(pair, head, a, capital=True, inner=True) for a in pair.source.arguments):
        return None
    side = pair.theirs.side
    there = [a for a in pair.source.in_slot(argument.slot) if a.link == "of" and side.head(a) is not None]
    return there[0] if there else None


def _may_be(pair: Pair, argument: Argument, head: Entity | None, other: Argument) -> bool:
    """Whether the source's participant can be the claim's under another description, or was not read well."""
    if is_figure(other):
        return not _is_somebody(argument)
    if _is_one_of_several(pair, argument, other) or other.head in _SPEAKERS:
        return False
    if other.head == _PRO_FORM and not any(lexical.best(w, argument.words) for w in other.words if w != _PRO_FORM):
        return False  # "the silver one" is no gold medal
    if _is_misread(pair, other) or _is_of(pair, argument, other) or _is_answered(pair, argument, other):
        return True
    if any(lexical.best(w, _own_words(other)) for w in argument.words) or said_to_be(pair, argument, other):
        return True
    theirs = pair.theirs.side.head(other)
    if head is not None and theirs is not None:
        return compare_entities(head, theirs) is not NameRelation.DIFFERENT
    if head is not None:
        others = (
            _named_elsewhere(pair, head, other) or _is_of_whom(pair, head, other) or _is_the_other(pair, head, other)
        )
        return not indefinite(other) and not others and not _is_no_description_of(head, other)
    if theirs is not None:
        return any(lexical.best(argument.head, role.split()) for role in theirs.roles)
    return lexical.likeness(other.head, argument.head) > 0


def _is_misread(pair: Pair, other: Argument) -> bool:
    """Whether a participant holds the predicate, and not in a clause after its head: "the castle, built in 1300"."""
    relation, span = pair.source.relation, other.span
    head = span.text.lower().find(other.head[:_STEM])
    return span.contains(relation) and not 0 <= head < relation.start - span.start


def _own_words(argument: Argument) -> tuple[str, ...]:
    """The words around a participant's head, and no others: who it belongs to, or where it stands, is not it."""
    parts = parts_of(argument)
    text = argument.span.text.lower().replace("’", "'")
    said = _WORD.findall(text)
    behind = next((n for n, w in enumerate(said) if n and w in lexicon.cues("position")), len(said))
    around = [w for w in parts.get("", ()) if w == argument.head or f"{w}'s " not in f"{text} "]
    own = tuple(w for w in around if w == argument.head or lexical.best(w, said[:behind]))
    many = {argument.head, *_WORD.findall(text)[:1]} & lexicon.cues("group")
    several = many or lexicon.is_event_noun(argument.head) or argument.quantifier
    return (*own, *parts.get("of", ()), *parts.get("in", ())) if several else own


def _is_one_of_several(pair: Pair, argument: Argument, other: Argument) -> bool:
    """Whether the claim counts several, and the source has one of them: "two skiers" and "a man"."""
    counted = any(q.value.value > 1 and q.span.overlaps(argument.span) for q in pair.quantities())
    return counted and _WORD.findall(other.span.text.lower())[:1] in (["a"], ["an"])


def _is_the_other(pair: Pair, head: Entity, other: Argument) -> bool:
    """Whether a description is that of another participant of the claim: who wrote "to the minister" is not he."""
    apart = (a for a in pair.claim.arguments if not a.clause and pair.mine.head(a) is not head)
    return pair.claim.lemma not in COPULAS and any(a.head == other.head for a in apart)


def _is_of_whom(pair: Pair, head: Entity, other: Argument) -> bool:
    """Whether a description is of somebody by the claim's own person, who is another: "her successor"."""
    inside = (m for m in pair.theirs.sentence.mentions if other.span.contains(m.span) and m.span != other.span)
    named = (pair.theirs.side.entity(m.entity) for m in inside)
    return any(e is not None and compare_entities(head, e) is not NameRelation.DIFFERENT for e in named)


def _is_no_description_of(head: Entity, other: Argument) -> bool:
    """Whether what somebody is to another is no word for the claim's own: "whose father", of her or of a firm."""
    person = lexicon.is_role(other.head) or kin(other.head)
    told = _WORD.findall(other.span.text.lower())[:1] == ["whose"]
    firm = head.kind is EntityKind.ORGANISATION and " " in head.name
    return bool(person) and (told or firm)


def _is_of(pair: Pair, argument: Argument, other: Argument) -> bool:
    """Whether a clause hangs on the last noun of a phrase whose head is the claim's: "a meeting of the two"."""
    sentence = pair.theirs.sentence.span
    before = _WORD.findall(sentence.text[: max(0, other.span.start - sentence.start)].lower())
    return len(before) > 1 and before[-1] == "of" and lexical.likeness(argument.head, before[-2]) > 0


def _is_answered(pair: Pair, argument: Argument, other: Argument) -> bool:
    """Whether the claim has the source's participant itself, beside the one in question: "Falk and Weiss"."""
    beside = (a for a in pair.claim.in_slot(argument.slot) if a is not argument and not a.link)
    return any(lexical.best(w, other.words) for a in beside for w in a.words)


def _named_elsewhere(pair: Pair, head: Entity, other: Argument) -> bool:
    """Whether a participant in another slot of the same statement is the claim's."""
    return any(
        named_in(pair, head, a, capital=False) >= IN_SENTENCE
        for a in pair.source.arguments
        if a.slot is not other.slot and not a.clause
    )
