"""The rows that say whether it happened and who says so: polarity, modality and attribution."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation
from claimcheck.model import Entity, Modality, Polarity, Slot, SlotRelation, Statement

from . import words as lexical
from .occasions import dates_around
from .pair import Pair
from .relations import CLAUSES, COPULAS, Bond, compare_relations, is_present
from .rows import WEIGHT_ENTITY, Row, open_row, plain_truth_row
from .sides import can_differ, compare_entities, may_be_meant

#: The values of `_truth` that settle whether it happened.
_CLOSED = frozenset({"true", "false"})
#: Words of a description of a speaker that do not tell who it is.
_NOT_DESCRIBING = frozenset({"the", "a", "an", "of", "its", "his", "her", "their", "one", "some", "s"})
_HAVE = frozenset({"have", "has", "had"})
_WORD = re.compile(r"[^\W_]+")
#: What stands before a verb that was planned then.
_WAS_TO = re.compile(r"\b(?:was|were|had been)(?: (?:due|scheduled|meant|supposed|expected|set|planned))? to\s*$")
#: What stands before a verb of what was so before something else happened.
_HAD = re.compile(r"\bhad(?: [a-z]+ly)? $", re.IGNORECASE)
#: What stands behind a verb of what was so up to then.
_UNTIL = re.compile(r"[^,;:.]*( until (?:the |a |an |her |his |its |their )?\w+)")
#: What stands before a verb that was true once.
_USED_TO = re.compile(r"\bused to(?: [a-z]+ly)?\s*$", re.IGNORECASE)


def attribution_rows(pair: Pair) -> Iterator[Row]:
    """The row for whom the claim names as the speaker, when it names one."""
    mine, theirs = pair.claim.attribution, pair.source.attribution
    if mine is None:
        return
    row = open_row(Slot.ATTRIBUTION, mine.speaker, WEIGHT_ENTITY)
    speaker = pair.mine.entity(mine.entity)
    if theirs is None:
        yield row
        return
    other = pair.theirs.side.entity(theirs.entity)
    if speaker is None:
        same = _described_alike(mine.speaker.text, theirs.speaker.text, other)
        found = evolve(row, relation=SlotRelation.AGREES, coverage=1.0, weight=0.0, source=theirs.speaker)
        yield found if same else row
        return
    if other is None:
        yield evolve(row, source=theirs.speaker)
    elif compare_entities(speaker, other) is not NameRelation.DIFFERENT:
        yield evolve(row, relation=SlotRelation.AGREES, coverage=1.0, source=theirs.speaker)
    elif can_differ(speaker, other) and not may_be_meant(speaker, pair.theirs):
        note = f"said by {other.name}, not by {speaker.name}"
        yield evolve(row, relation=SlotRelation.DIFFERS, source=theirs.speaker, note=note, rule="attribution")
    else:
        yield row


def _described_alike(claim: str, source: str, known: Entity | None) -> bool:
    """Whether a speaker without a name ("the police") is the source's, by its words or by what the text calls him."""
    said = [w for w in _WORD.findall(claim.lower()) if w not in _NOT_DESCRIBING]
    roles = known.roles if known is not None else ()
    words = [w for text in (source, *roles) for w in _WORD.findall(text.lower())]
    return bool(said) and all(lexical.best(w, words) >= lexical.FOUND for w in said)


def truth_row(pair: Pair) -> Row:
    """Affirmed, denied, planned or not realised: the claim's way of putting it beside the source's."""
    claim, source = pair.claim, pair.source
    opposite = pair.tie.bond is Bond.OPPOSITE
    mine, theirs = _truth(claim), _truth(source)
    row = plain_truth_row(claim, source)
    if once := _once(pair):
        return evolve(row, slot=Slot.MODALITY, relation=SlotRelation.UNKNOWN, coverage=0.0, note=once)
    if mine in _CLOSED and theirs in _CLOSED:
        return _closed_row(pair, row, negative=mine == "false", same=(mine == theirs) != opposite)
    row = evolve(row, slot=Slot.MODALITY)
    if mine not in _CLOSED and theirs not in _CLOSED:
        if earlier := _planned_before(pair):
            return evolve(row, relation=SlotRelation.UNKNOWN, coverage=0.0, note=earlier)
        if not _as_open(claim.modality, source.modality):
            note = f"the source puts it as {theirs}"
            return evolve(row, relation=SlotRelation.UNKNOWN, coverage=0.0, note=note)
        if (claim.polarity is source.polarity) != opposite:
            return row
        note = _truth_note(source)
        return evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, note=note, rule="polarity")
    possible = claim.modality is Modality.POSSIBLE and claim.polarity is Polarity.POSITIVE
    if possible and theirs == "true" and not opposite:
        return evolve(row, relation=SlotRelation.ENTAILS)
    note = f"the source puts it as {theirs}"
    if mine in _CLOSED:
        note = f"the source only puts it as {source.modality.value}"
    return evolve(row, relation=SlotRelation.UNKNOWN, coverage=0.0, note=note)


def _once(pair: Pair) -> str:
    """That the source gives as over what the claim says somebody is: "the former mayor"; "" when it does not."""
    claim, source = pair.claim, pair.source
    if over := _over(pair):
        return over
    if claim.lemma not in COPULAS or not is_present(claim) or claim.form == "apposition" or claim.cue is not None:
        return ""
    if not any(lexicon.is_role(a.head) for a in claim.in_slot(Slot.OBJECT) if not a.link):
        return ""
    if source.form == "copula" and source.times and not pair.times() and not is_present(source):
        return f"the source says so of {source.times[0].span.text} only"
    former = lexicon.role_markers("former")
    said = [w for a in claim.in_slot(Slot.OBJECT) for w in _WORD.findall(a.span.text.lower())]
    roles = source.in_slot(Slot.OBJECT) if source.lemma == "be" else ()
    cues = [w for a in roles if not a.clause and not a.link for w in _WORD.findall(a.span.text.lower()) if w in former]
    return f"in the source it is “{cues[0]}”" if cues and former.isdisjoint(said) else ""


def _over(pair: Pair) -> str:
    """That what the claim says of today was so once in the source: "used to employ", "was closed and reopened"."""
    claim, source = pair.claim, pair.source
    told = claim.span.text[: claim.relation.start - claim.span.start].lower().split()
    now = is_present(claim) or (claim.form == "passive" and told[-1:] in (["is"], ["are"]))
    if not now or claim.polarity is Polarity.NEGATIVE or source.polarity is Polarity.NEGATIVE:
        return ""
    before = pair.theirs.document.text[pair.theirs.sentence.span.start : source.relation.start]
    if _is_simple_present(claim) and source.attribution is None and _HAD.search(before):
        return f"in the source it is “had {source.relation.text}”"
    if source.form == "active" and _is_simple_past(source) and (end := _UNTIL.match(_after(pair))):
        return f"in the source it is “{source.relation.text} …{end[1]}”"
    if used := _USED_TO.search(before):
        return f"in the source it is “{used[0].strip()} {source.relation.text}”"
    if (once := before.lower().split()[-1:]) and once[0] in lexicon.cues("once"):
        return f"in the source it is “{once[0]} {source.relation.text}”"
    things = {w for a in claim.arguments if not (a.link or a.clause) for w in a.words}
    later = (s for s in pair.theirs.statements if s.relation.start > source.relation.start and s.form in CLAUSES)
    undone = (s for s in later if s.lemma in lexicon.cues("undone") and _truth(s) == "true")
    turned = (s for s in undone if compare_relations(claim, s).bond is Bond.OPPOSITE)
    same = (s for s in turned if any(not things.isdisjoint(a.words) for a in s.arguments if not (a.link or a.clause)))
    other = next(same, None) if not is_present(source) else None
    return f"the source says that it was undone (“{other.relation.text}”)" if other is not None else ""


def _after(pair: Pair) -> str:
    """What follows the source's verb in its own clause, up to the next verb."""
    sentence, own = pair.theirs.sentence.span, pair.source
    later = [s.relation.start for s in pair.theirs.statements if s.relation.start > own.relation.end]
    ends = [start for start in later if not sentence.text[: start - sentence.start].rstrip().endswith("until")]
    return sentence.text[own.relation.end - sentence.start : min([own.span.end, *ends]) - sentence.start]


def _is_simple_past(statement: Statement) -> bool:
    """Whether a verb stands alone and in the past: "taught", and neither "teaches" nor "will teach"."""
    alone = statement.modality is Modality.ACTUAL and " " not in statement.relation.text
    return alone and not is_present(statement)


def _is_simple_present(statement: Statement) -> bool:
    """Whether a verb can only be in the simple present: "leads", and neither "has led" nor "let"."""
    verb = statement.relation.text.lower()
    return " " not in verb and verb != statement.lemma and is_present(statement)


def _planned_before(pair: Pair) -> str:
    """That the source's plan was given up, where the claim's stands: "was to open in May but will not before June"."""
    sentence, relation = pair.theirs.sentence.span, pair.source.relation
    before = sentence.text[: relation.start - sentence.start]
    after = sentence.text[relation.end - sentence.start :].lower().split()
    planned = _WAS_TO.search(before)
    if (
        planned is None
        or lexicon.cues("turn").isdisjoint(after)
        or _WAS_TO.search(pair.claim.span.text[: pair.claim.relation.start - pair.claim.span.start])
    ):
        return ""
    return f"in the source it is “{planned[0].strip()} {relation.text}”"


def _as_open(claim: Modality, source: Modality) -> bool:
    """Whether what the source leaves open in its way is open in the claim's way too: what is planned is possible."""
    return claim is source or (claim, source) == (Modality.POSSIBLE, Modality.PLANNED)


def _closed_row(pair: Pair, row: Row, *, negative: bool, same: bool) -> Row:
    """The row when both sides say plainly whether it happened; *negative* of the claim, *same* of the two."""
    source = pair.source
    if not same and negative and _first_since(pair):
        note = "the source speaks of the first since then"
        return evolve(row, relation=SlotRelation.UNKNOWN, coverage=0.0, note=note)
    if not same:
        opposite = pair.tie.bond is Bond.OPPOSITE
        note = "the source says the opposite" if opposite else _truth_note(source)
        rule = "relation" if opposite else "polarity"
        return evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, note=note, rule=rule)
    if not negative:
        return row
    times = source.times
    if not times and source.polarity is Polarity.POSITIVE:
        times = tuple(dates_around(pair))
    cue = pair.claim.cue.text.lower() if pair.claim.cue is not None else ""
    turned_down = pair.tie.bond is Bond.OPPOSITE or source.modality is Modality.UNREALISED
    plain = cue == "never" or not turned_down
    if plain and times and not pair.times():
        note = f"the source says so of {times[0].span.text} only"
        return evolve(row, relation=SlotRelation.UNKNOWN, coverage=0.0, note=note)
    return row


def _first_since(pair: Pair) -> bool:
    """Whether the claim denies it of the time since a day, and the source tells of the first one since that day."""
    bound = any(t.value.bound for t in pair.times())
    told = [*pair.source.exclusive, *(w for a in pair.source.arguments for w in a.span.text.lower().split())]
    return bound and "first" in told


def _truth(statement: Statement) -> str:
    """``true``, ``false``, or the modality that leaves it open."""
    negative = statement.polarity is Polarity.NEGATIVE and not _excepts(statement)
    if statement.attribution is not None and statement.attribution.lemma in lexicon.cues("denial"):
        negative = not negative
    if statement.modality is Modality.ACTUAL:
        return "false" if negative else "true"
    if statement.modality is Modality.UNREALISED:
        return "true" if negative else "false"
    if statement.modality is Modality.REQUIRED and negative and statement.cue and statement.cue.text.lower() in _HAVE:
        return "false"  # "never had to"; what must not be done may be done
    return statement.modality.value


def _excepts(statement: Statement) -> bool:
    """Whether what is denied of all others is said of somebody: "no one but the cook saw him"."""
    if statement.cue is None:
        return False
    words = statement.span.text[statement.cue.start - statement.span.start :].lower()
    return words.startswith(tuple(f"{cue} " for cue in lexicon.cues("exception")))


def _truth_note(source: Statement) -> str:
    words = f" (“{source.cue.text}”)" if source.cue is not None else ""
    if source.modality is Modality.UNREALISED:
        return f"the source says that it did not come about{words}"
    if source.polarity is Polarity.NEGATIVE:
        return f"the source denies it{words}"
    return "the source affirms it"
