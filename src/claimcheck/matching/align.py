"""
Alignment: a statement of the claim beside a statement of a source, slot by slot.

Every slot of the claim gives one `Row` that says what stands in the source's slot and how the two relate.
A participant is looked for in the same statement first, then in the rest of the sentence, then in what
surrounds it; how far away it was found lowers how much it counts, and only the same statement can make it differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from claimcheck.language import lexicon
from claimcheck.language.names import NameRelation, country, name_words
from claimcheck.language.terms import search_forms, stem
from claimcheck.model import (
    Argument,
    DateRange,
    Entity,
    EntityKind,
    Granularity,
    Modality,
    Polarity,
    QuantityKind,
    QuantityMention,
    Slot,
    SlotRelation,
    Span,
    Statement,
    TimeMention,
)
from . import words as lexical
from .relations import COPULAS, LIGHT, Bond, Tie, compare_relations
from .sides import Side, Source, can_differ, compare_entities
from .values import compare_dates, compare_quantities
from .whole import RANKS

#: What a slot weighs in the share of the claim that is covered.
WEIGHT_ENTITY = 2.0
WEIGHT_VALUE = 1.6
WEIGHT_RELATION = 1.5
WEIGHT_WORD = 1.0
WEIGHT_ADVERB = 0.5
#: How much counts what was found only in the rest of the sentence, in what the article is about, or on its page.
IN_SENTENCE = 0.85
IN_TOPIC = 0.72
#: How much counts a date or a figure that the source gives more vaguely than the claim: not enough for support.
PARTLY = 0.55
#: How much counts a participant found in the other's role.
WRONG_SLOT = 0.4
IN_CONTEXT = 0.6

#: Share of a clause that must agree before one of its values contradicts, and from which it counts as said.
CLAUSE_ANCHOR = 0.7
FULL = 0.95
#: A report without a date is about the days before it was printed, at most so many.
RECENT = dt.timedelta(days=31)
_VALUES = frozenset({"time", "place", "quantity"})

_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion "
    "trillion percent per cent half third quarter tenth about roughly around nearly almost approximately some "
    "more less than least most over under".split()
)
_MARKED_TIMES = frozenset({"when", "after", "before", "while", "since", "until", "as", "once"})


@frozen(kw_only=True)
class Row:
    """
    One line of the slot table, with what the decision needs.

    ``coverage`` is the share of the claim's slot that was found (0-1), ``weight`` what the slot weighs,
    ``specific`` whether it pins the event (a name, a value), ``near`` whether it was found in the same statement,
    ``dated`` whether only the date of the article answers it, ``clause`` whether it is a whole clause, ``core`` whether
    it is the subject or the object, ``rule`` the kind of difference.
    """

    slot: Slot
    relation: SlotRelation
    coverage: float
    weight: float
    claim: Span | None = None
    source: Span | None = None
    note: str = ""
    specific: bool = False
    near: bool = True
    dated: bool = False
    clause: bool = False
    core: bool = False
    rule: str = ""


@frozen(kw_only=True)
class Alignment:
    """A claim statement beside a source statement."""

    claim: Statement
    source: Statement
    tie: Tie
    rows: tuple[Row, ...]

    @property
    def coverage(self) -> float:
        """The weighted share of the claim that the source accounts for, 0-1."""
        total = sum(r.weight for r in self.rows)
        return sum(r.weight * r.coverage for r in self.rows) / total if total else 0.0

    @property
    def differing(self) -> tuple[Row, ...]:
        """The rows in which the two exclude each other."""
        return tuple(r for r in self.rows if r.relation is SlotRelation.DIFFERS)


def align(claim: Statement, mine: Side, source: Statement, theirs: Source, parts: Sequence[Statement] = ()) -> Alignment:
    """
    Align one statement of a claim with one statement of a source sentence.

    Args:
        claim: The claim's statement.
        mine: The claim's names.
        source: The source's statement.
        theirs: The sentence it stands in.
        parts: All statements of the claim, for the clauses inside it.
    """
    if claim.form == source.form == "kinship":
        return align_kin(claim, mine, source, theirs)
    return _Aligner(claim, mine, source, theirs, parts).run()


def align_kin(claim: Statement, mine: Side, source: Statement, theirs: Source) -> Alignment:
    """
    Align two family ties: "A is the father of B" with "Y is the son of X", whichever way round each is put.

    One father, one mother: another name for the same tie to the same person differs; so does a tie that the same
    two people cannot have at once (father, grandfather).
    """
    tied = lexicon.kin(source.lemma)
    options = [(source.lemma, *(theirs.side.head(a) for a in source.arguments))]
    if tied is not None:
        options += [(word, options[0][2], options[0][1]) for _, word in tied.inverse]
    best = max((_kin_rows(claim, mine, source, option) for option in options), key=_kin_rank)
    truth = Row(
        slot=Slot.POLARITY,
        relation=SlotRelation.AGREES if claim.polarity is source.polarity else SlotRelation.DIFFERS,
        coverage=1.0,
        weight=0.0,
        claim=claim.cue,
        source=source.cue,
        note="" if claim.polarity is source.polarity else "the source affirms it",
        rule="" if claim.polarity is source.polarity else "polarity",
    )
    return Alignment(claim=claim, source=source, tie=Tie(bond=Bond.SAME), rows=(*best, truth))


def _kin_rank(rows: tuple[Row, ...]) -> tuple[float, int]:
    return sum(r.coverage for r in rows), sum(r.relation is SlotRelation.DIFFERS for r in rows)


def _kin_rows(
    claim: Statement, mine: Side, source: Statement, option: tuple[str, Entity | None, Entity | None]
) -> tuple[Row, ...]:
    """The three rows for one way to put the source's tie."""
    word, relative, person = option
    asked = [mine.head(a) for a in claim.arguments]
    same = [
        0.0 if a is None or b is None or compare_entities(a, b) is NameRelation.DIFFERENT else 1.0
        for a, b in ((asked[0], relative), (asked[1], person))
    ]
    kin = lexicon.kin(claim.lemma)
    fits = word == claim.lemma or claim.lemma in lexicon.broader_kin(word)
    rows = [
        Row(slot=s, relation=_grade(v), coverage=v, weight=WEIGHT_ENTITY, claim=a.span, source=source.span, specific=True)
        for s, v, a in zip((Slot.SUBJECT, Slot.OBJECT), same, claim.arguments, strict=False)
    ]
    tie = Row(
        slot=Slot.RELATION,
        relation=SlotRelation.AGREES if fits else SlotRelation.UNKNOWN,
        coverage=float(fits),
        weight=WEIGHT_RELATION,
        claim=claim.relation,
        source=source.relation,
        specific=True,
    )
    if min(same) == 1.0 and not fits and lexicon.kin_exclude(claim.lemma, word):
        note = f"the source calls {relative.name if relative else ''} the {word}, not the {claim.lemma}"
        rows[0] = evolve(rows[0], relation=SlotRelation.DIFFERS, coverage=0.0, note=note, rule="role")
        tie = evolve(tie, relation=SlotRelation.OVERLAPS, coverage=1.0)
    elif same == [0.0, 1.0] and fits and kin is not None and kin.exclusive and relative is not None and asked[0] is not None:
        note = f"{asked[0].name} is not {relative.name}"
        rows[0] = evolve(rows[0], relation=SlotRelation.DIFFERS, note=note, rule="role")
    return (tie, *rows)


class _Aligner:
    def __init__(
        self, claim: Statement, mine: Side, source: Statement, theirs: Source, parts: Sequence[Statement]
    ) -> None:
        self.claim, self.mine, self.source, self.theirs = claim, mine, source, theirs
        self.parts = parts
        self.tie = compare_relations(claim, source)
        self.loose = (
            source.form in {"nominal", "kinship"}
            or claim.form == "nominal"
            or self.tie.bond is Bond.INVERSE
            or (self.tie.name != "" and _symmetric(self.tie.name))
        )
        self.local = [w for a in source.arguments for w in a.words] + source.lemma.split()
        self.everywhere = [w for s in theirs.statements for a in s.arguments for w in a.words]
        self.everywhere += [w for s in theirs.statements for w in s.lemma.split()]
        self.nested = [s for s in theirs.statements if s is not source and source.span.contains(s.span)]

    def run(self) -> Alignment:
        rows = [self._relation_row()]
        rows += [row for argument in self.claim.arguments for row in [self._argument_row(argument)] if row]
        rows += [self._time_row(t) for t in self._claim_times()]
        rows += [self._quantity_row(q) for q in self._claim_quantities()]
        rows += list(self._exclusive_rows())
        rows += list(self._attribution_rows())
        rows.append(self._truth_row())
        rows = self._swap(rows)
        return Alignment(claim=self.claim, source=self.source, tie=self.tie, rows=tuple(rows))

    # ------------------------------------------------------------------------ relation

    def _relation_row(self) -> Row:
        strength = self.tie.strength
        note = ""
        weight = WEIGHT_WORD if self.claim.lemma in LIGHT else WEIGHT_RELATION
        source: Span | None = self.source.relation
        relation = SlotRelation.AGREES
        if self.tie.bond is Bond.OPPOSITE:
            relation = SlotRelation.DIFFERS
            note = f"“{self.source.relation.text}” is the opposite of “{self.claim.relation.text}”"
        elif self.tie.bond in {Bond.ENTAILS, Bond.CLASS, Bond.INVERSE}:
            relation = SlotRelation.ENTAILS
        elif self.tie.bond is Bond.GENERAL:
            relation = SlotRelation.OVERLAPS
        elif self.tie.bond is Bond.NONE:
            strength, _ = lexical.best(self.claim.lemma, self.everywhere)
            strength *= IN_SENTENCE
            relation = SlotRelation.OVERLAPS if strength else SlotRelation.UNKNOWN
            source = self.source.relation if strength else None
        return Row(
            slot=Slot.RELATION,
            relation=relation,
            coverage=0.0 if relation is SlotRelation.DIFFERS else strength,
            weight=weight,
            claim=self.claim.relation,
            source=source,
            note=note,
            rule="relation" if relation is SlotRelation.DIFFERS else "",
        )

    # -------------------------------------------------------------------- participants

    def _argument_row(self, argument: Argument) -> Row | None:
        if argument.clause:
            return self._clause_row(argument)
        head = self.mine.head(argument)
        units = list(self._word_units(argument))
        inner = [e for e in self.mine.inner(argument) if e is not head]
        if head is None and not units and not inner:
            return None
        found, weight, near = 0.0, 0.0, True
        source: Span | None = None
        name_row: Row | None = None
        if head is not None:
            name_row = self._entity_row(argument, head)
            found += name_row.coverage * WEIGHT_ENTITY
            weight += WEIGHT_ENTITY
            near, source = name_row.near, name_row.source
            if name_row.relation is SlotRelation.DIFFERS:
                return name_row
        lowest = 1.0
        for entity in inner:
            value, span, close = self._find_entity(entity, None)
            if self._owned_by_other(argument, value):
                value = min(value, WRONG_SLOT)
            if value <= IN_CONTEXT and country(entity.name) and head is None and not self._other_land(argument):
                value = IN_CONTEXT
            lowest = min(lowest, value)
            found += value * WEIGHT_ENTITY
            weight += WEIGHT_ENTITY
            near = near and (close or head is not None)
            source = source or span
        counterpart = self._counterpart(argument)
        role = self._is_role(argument)
        shared = counterpart is not None and lexical.likeness(argument.head, counterpart.head) >= lexical.FOUND
        near = near if head is not None else shared or (near and bool(inner))
        for word in units:
            value = self._find_word(word, counterpart) if not role else self._find_in_role(word, counterpart)
            if f" {word.capitalize()}" in argument.span.text:
                lowest = min(lowest, value)
            share = WEIGHT_WORD
            found += value * share
            weight += share
        if source is None and counterpart is not None and found:
            source = counterpart.span
        coverage = min(found / weight, lowest)
        if head is None and argument.slot is not Slot.PLACE and not argument.link and not self._has_head(argument, units):
            coverage = min(coverage, WRONG_SLOT)
        clash = self._clash(argument, units, inner, counterpart)
        if clash is not None:
            return evolve(clash, weight=weight)
        return Row(
            slot=argument.slot,
            relation=_grade(coverage),
            coverage=coverage,
            weight=weight,
            claim=argument.span,
            source=source,
            note=name_row.note if name_row is not None else "",
            specific=head is not None or bool(inner),
            near=near,
            core=not argument.link and argument.slot is not Slot.PLACE and self.source.form != "nominal",
        )

    def _has_head(self, argument: Argument, units: Sequence[str]) -> bool:
        """Whether the head of a described participant is in the source's own statement, or is nothing to look for."""
        if argument.head not in units or lexical.best(argument.head, self.local)[0] > 0:
            return True
        if self._described(argument) and any(a.slot is argument.slot and not a.clause for a in self.source.arguments):
            return True
        inner = self.mine.inner(argument)
        if any(a.clause and a.slot is argument.slot and not a.link for a in self.source.arguments):
            return False
        rivals = [a for a in self._same_slot(argument) if a.slot is argument.slot and not a.link and a.words]
        if not rivals or all(self.theirs.side.head(a) is not None and argument.slot is Slot.OBJECT for a in rivals):
            return True
        return any(
            compare_entities(mine, theirs) is not NameRelation.DIFFERENT
            for other in self._same_slot(argument)
            if (theirs := self.theirs.side.head(other)) is not None
            for mine in inner
        )

    def _other_land(self, argument: Argument) -> bool:
        """Whether the source's counterpart names a country of its own."""
        counterpart = self._counterpart(argument)
        return counterpart is not None and any(country(e.name) for e in self.theirs.side.inner(counterpart))

    def _owned_by_other(self, argument: Argument, value: float) -> bool:
        """Whether a role belongs to somebody else in the source: "the White House spokesman" is not "Mr Gore's"."""
        if value > IN_TOPIC or not self._is_role(argument):
            return False
        counterpart = self._counterpart(argument)
        return counterpart is not None and bool(self.theirs.side.inner(counterpart))

    def _entity_row(self, argument: Argument, head: Entity) -> Row:
        """Look for whom the claim names: in the slot, in the statement, in the sentence, around it."""
        value, span, near = self._find_entity(head, argument)
        row = Row(
            slot=argument.slot,
            relation=_grade(value),
            coverage=value,
            weight=WEIGHT_ENTITY,
            claim=argument.span,
            source=span,
            specific=True,
            near=near,
        )
        if value >= IN_SENTENCE and near:
            return row
        rival = self._rival(argument, head)
        if rival is None:
            return row
        other, rival_argument = rival
        rule = "place" if argument.slot is Slot.PLACE else "participant"
        return evolve(
            row,
            relation=SlotRelation.DIFFERS,
            coverage=0.0,
            source=rival_argument.span,
            note=f"{head.name} is not {other.name}",
            rule=rule,
            near=True,
        )

    def _find_entity(self, entity: Entity, argument: Argument | None) -> tuple[float, Span | None, bool]:
        """How surely the entity is there, where, and whether in the same statement."""
        place = argument is not None and argument.slot is Slot.PLACE
        best: tuple[float, Span | None, bool] = (0.0, None, False)
        for theirs in self.source.arguments:
            if theirs.clause:
                continue
            value = self._names(entity, theirs, capital=not place, inner=argument is None)
            if not value and _in_words(entity, theirs.words):
                value = 0.9
            if argument is not None and not self._slot_fits(argument, theirs):
                value *= WRONG_SLOT
            if value > best[0]:
                best = (value, theirs.span, True)
        if best[0]:
            return best
        if argument is not None and self._rival(argument, entity) is not None:
            return best
        for mention in self.theirs.sentence.mentions:
            value = self._is(entity, mention.entity, mention.candidates, capital=not place)
            if value * IN_SENTENCE > best[0]:
                best = (value * IN_SENTENCE, mention.span, self.source.form == "nominal")
        if not best[0] and _in_words(entity, self.theirs.sentence.span.text.casefold().replace("’", " ").split()):
            best = (IN_SENTENCE * 0.9, self.theirs.sentence.span, self.source.form == "nominal")
        if best[0]:
            return best
        core = argument is not None and not argument.link and argument.slot is not Slot.PLACE
        if core and not (self._referred_to(argument) if entity.kind is EntityKind.PERSON else self._described(argument)):
            return best
        value = self._around(entity)
        return value, None, core and value >= IN_TOPIC

    def _slot_fits(self, argument: Argument, theirs: Argument) -> bool:
        """Whether a participant of the source can answer one of the claim: subject for subject, the rest for the rest."""
        if self.loose or self.tie.bond is Bond.NONE or argument.slot is Slot.PLACE or argument.link:
            return True
        return (argument.slot is Slot.SUBJECT) == (theirs.slot is Slot.SUBJECT)

    def _names(self, entity: Entity, theirs: Argument, *, capital: bool, inner: bool = False) -> float:
        """How surely a participant is the entity; a person's possessions and relatives are not the person."""
        best = 0.0
        for number, identifier in enumerate(theirs.entities):
            if number and entity.kind is EntityKind.PERSON and not inner:
                break
            value = self._is(entity, identifier, (), capital=capital)
            best = max(best, value if number == 0 else value * 0.95)
        for other in self.theirs.side.open(theirs):
            if compare_entities(entity, other) is not NameRelation.DIFFERENT:
                best = max(best, 0.75)
        return best

    def _is(self, entity: Entity, identifier: str, candidates: Sequence[str], *, capital: bool) -> float:
        side = self.theirs.side
        other = side.entity(identifier) if identifier else None
        if other is not None:
            relation = compare_entities(entity, other, capital=capital)
            if relation is NameRelation.SAME:
                return 1.0
            if relation is NameRelation.COMPATIBLE and not self._has_namesake(entity, other):
                return 0.9
        for candidate in candidates:
            other = side.entity(candidate)
            if other is not None and compare_entities(entity, other) is not NameRelation.DIFFERENT:
                return 0.75
        return 0.0

    def _other_than(self, entity: Entity, other: Entity) -> bool:
        """Whether the source's *other* is somebody else than the claim's *entity*."""
        relation = compare_entities(entity, other)
        if relation is NameRelation.COMPATIBLE:
            return self._has_namesake(entity, other)
        return relation is NameRelation.DIFFERENT

    def _has_namesake(self, entity: Entity, other: Entity) -> bool:
        """Whether the document names somebody whose name fits the claim's better than *other*'s."""
        return any(
            e is not other and compare_entities(entity, e) is NameRelation.SAME for e in self.theirs.side.entities.values()
        )

    def _referred_to(self, argument: Argument | None) -> bool:
        """Whether a pronoun that could not be resolved stands in the slot."""
        if argument is None:
            return False
        there = [a for a in self._same_slot(argument) if a.slot is argument.slot and not a.link]
        return bool(there) and all(self.theirs.side.head(a) is None and not a.words for a in there)

    def _described(self, argument: Argument | None) -> bool:
        """Whether the source's statement has a description without a name in the slot ("the company")."""
        if argument is None:
            return True
        there = [a for a in self._same_slot(argument) if a.slot is argument.slot and not a.link]
        if not there:
            return argument.slot is Slot.OBJECT and self.tie.bond in {Bond.SAME, Bond.CLASS}
        return all(self.theirs.side.head(a) is None for a in there)

    def _around(self, entity: Entity) -> float:
        """How far the article as a whole is about the entity: in its headline and first lines, or anywhere on its page."""
        stems = {form for word in name_words(entity.name) for form in search_forms(word)}
        land = country(entity.name)
        if stems <= self.theirs.topics:
            return IN_TOPIC
        near = any(self._is(entity, m.entity, (), capital=True) for s in self.theirs.before for m in s.mentions)
        if near:
            return IN_TOPIC
        if stems <= self.theirs.page or (land and any(country(e.name) == land for e in self.theirs.side.entities.values())):
            return IN_CONTEXT
        return 0.0

    def _rival(self, argument: Argument, head: Entity) -> tuple[Entity, Argument] | None:
        """Who stands in the claim's slot instead, when the source names somebody else of the same sort there."""
        if self.tie.strength < STRONG_TIE:
            return None
        for theirs in self._same_slot(argument):
            other = self.theirs.side.head(theirs)
            if other is None or self.theirs.side.open(theirs) or not can_differ(head, other):
                continue
            if not self._other_than(head, other):
                continue
            if self._taken(other, argument) or self._unsure(other, theirs):
                continue
            return other, theirs
        return None

    def _unsure(self, other: Entity, argument: Argument) -> bool:
        """Whether *other* is only a pronoun's likeliest meaning, with somebody else spoken of nearby."""
        spoken = [m for m in self.theirs.sentence.mentions if argument.span.overlaps(m.span) and m.entity == other.id]
        if not spoken or any(m.how != "pronoun" for m in spoken):
            return False
        near = [*self.theirs.sentence.mentions, *(m for s in self.theirs.before for m in s.mentions)]
        people = {m.entity for m in near if is_person(self.theirs.side.entity(m.entity))}
        return len(people - {other.id}) > 0

    def _taken(self, other: Entity, argument: Argument) -> bool:
        """Whether the claim itself puts *other* into another slot: then it is no rival."""
        for mine in self.claim.arguments:
            if mine is argument:
                continue
            head = self.mine.head(mine)
            if head is not None and compare_entities(head, other) is not NameRelation.DIFFERENT:
                return True
        return False

    def _same_slot(self, argument: Argument) -> Iterator[Argument]:
        core = {Slot.SUBJECT, Slot.OBJECT}
        for theirs in self.source.arguments:
            if theirs.clause:
                continue
            if argument.slot is Slot.PLACE:
                if theirs.slot is Slot.PLACE and (theirs.link == argument.link or {theirs.link, argument.link} <= {"in", "at"}):
                    yield theirs
            elif theirs.slot is argument.slot and _links_fit(argument.link, theirs.link):
                yield theirs
            elif self.loose and {theirs.slot, argument.slot} <= core:
                yield theirs

    def _counterpart(self, argument: Argument) -> Argument | None:
        """The source's participant that shares most words with the claim's."""
        best: tuple[float, Argument | None] = (0.0, None)
        for theirs in self.source.arguments:
            if theirs.clause:
                continue
            shared = sum(lexical.best(w, theirs.words)[0] for w in argument.words)
            shared += 0.5 if theirs.slot is argument.slot and shared else 0.0
            if shared > best[0]:
                best = (shared, theirs)
        return best[1]

    def _word_units(self, argument: Argument) -> Iterator[str]:
        """The words of an argument that are not names, dates or numbers."""
        names = {w for e in self.mine.inner(argument) for n in (e.name, *e.aliases) for w in name_words(n)}
        lands = {country(e.name) for e in self.mine.inner(argument)} - {""}
        dated = {w for t in self._all_times() for w in t.span.text.lower().replace(".", " ").replace(",", " ").split()}
        for word in argument.words:
            if word in names or word in dated or (country(word) and country(word) in lands):
                continue
            if any(c.isdigit() for c in word) or (word in _NUMBER_WORDS and self.claim.quantities):
                continue
            if word in self.claim.exclusive:
                continue
            yield word

    def _find_word(self, word: str, counterpart: Argument | None) -> float:
        if counterpart is not None:
            value = lexical.best(word, counterpart.words)[0]
            if value:
                return value
        value = lexical.best(word, self.local)[0]
        if value:
            return value
        value = lexical.best(word, self.everywhere)[0] * IN_SENTENCE
        if value:
            return value
        land = country(word)
        if land and any(country(e.name) == land for m in self.theirs.sentence.mentions if (e := self.theirs.side.entity(m.entity))):
            return IN_SENTENCE
        for entity in (self.theirs.side.entity(m.entity) for m in self.theirs.sentence.mentions):
            if entity is not None and any(lexical.best(word, role.split())[0] for role in entity.roles):
                return IN_SENTENCE
        if stem(word) in self.theirs.sentence.words:
            return IN_SENTENCE
        around = [w for s in self.theirs.before[-1:] for st in s.statements for a in st.arguments for w in a.words]
        forms = set(search_forms(word))
        if forms <= self.theirs.topics or lexical.best(word, around)[0]:
            return IN_TOPIC
        return IN_CONTEXT if forms <= self.theirs.page else 0.0

    def _is_role(self, argument: Argument) -> bool:
        """Whether the argument says what somebody is: its words must then stand together in the source."""
        copular = self.claim.lemma in COPULAS and argument.slot is Slot.OBJECT and not argument.link
        return copular and lexicon.is_role(argument.head)

    @staticmethod
    def _role_phrase(argument: Argument) -> str:
        """The role with the word before it: "foreign minister"."""
        words = [w for w in argument.words if not country(w)]
        place = words.index(argument.head) if argument.head in words else 0
        return " ".join(words[max(0, place - 1) : place + 1])

    def _find_in_role(self, word: str, counterpart: Argument | None) -> float:
        if counterpart is None:
            return 0.0
        words = [*counterpart.words, *(w for e in self.theirs.side.inner(counterpart) for w in name_words(e.name))]
        return lexical.best(word, words)[0]

    def _clash(
        self, argument: Argument, units: Sequence[str], inner: Sequence[Entity], counterpart: Argument | None
    ) -> Row | None:
        """Two modifiers of one noun that exclude each other: Russian and Chinese, guilty and innocent."""
        if counterpart is None or self.tie.strength < STRONG_TIE:
            return None
        note, rule = "", ""
        theirs = self.theirs.side.inner(counterpart)
        shares_head = lexical.likeness(argument.head, counterpart.head) >= lexical.FOUND
        for entity in inner:
            land = country(entity.name)
            lands = {country(o.name) for o in theirs} - {""}
            if shares_head and land and lands and land not in lands:
                note, rule = f"{entity.name} is not {', '.join(sorted(o.name for o in theirs if country(o.name)))}", "role"
        for word in units:
            if lexical.best(word, self.local)[0] >= lexical.FOUND:
                continue
            other = lexical.opposite(word, counterpart.words)
            if other and (shares_head or word == argument.head):
                note, rule = f"“{word}” is the opposite of “{other}”", "relation"
        if not note and shares_head and self._is_role(argument):
            words = [w for w in argument.words if not any(c.isdigit() for c in w)]
            mine_extra = [w for w in words if w != argument.head and lexical.best(w, counterpart.words)[0] == 0]
            their_extra = [
                w
                for w in counterpart.words
                if w != counterpart.head and not w.isdigit() and lexical.best(w, argument.words)[0] == 0
            ]
            shared = [w for w in words if w != argument.head and w not in mine_extra]
            if len(mine_extra) == len(their_extra) == 1 and (shared or self._claim_times()):
                if mine_extra[0] not in self.everywhere:
                    note, rule = f"“{mine_extra[0]}” is not “{their_extra[0]}”", "role"
        if not note and shares_head and self._is_role(argument):
            mine_phrase, their_phrase = self._role_phrase(argument), self._role_phrase(counterpart)
            if mine_phrase != their_phrase and lexicon.single_holder(mine_phrase) and lexicon.single_holder(their_phrase):
                note, rule = f"“{mine_phrase}” is not “{their_phrase}”", "role"
        if not note:
            return None
        return Row(
            slot=argument.slot,
            relation=SlotRelation.DIFFERS,
            coverage=0.0,
            weight=WEIGHT_WORD,
            claim=argument.span,
            source=counterpart.span,
            note=note,
            rule=rule,
            specific=True,
        )

    def _clause_row(self, argument: Argument) -> Row:
        """A clause inside the claim: covered by the best statement for its predicate, else word by word."""
        inner = [s for s in self.parts if s is not self.claim and s.lemma.split()[0] == argument.head and argument.span.overlaps(s.relation)]
        value, source = 0.0, None
        truth: Row | None = None
        other_value: Row | None = None
        for statement in inner[:1]:
            for other in self.theirs.statements:
                nested = _Aligner(statement, self.mine, other, self.theirs, ())
                if nested.tie.strength < STRONG_TIE:
                    continue
                rows = [r for r in nested.run().rows if r.slot not in {Slot.ATTRIBUTION, Slot.MODALITY}]
                clash = [r for r in rows if r.relation is SlotRelation.DIFFERS and r.slot is not Slot.POLARITY]
                got = sum(r.weight * r.coverage for r in rows) / max(1e-9, sum(r.weight for r in rows))
                if len(clash) == 1 and clash[0].rule in _VALUES:
                    rest = [r for r in rows if r is not clash[0] and r.weight]
                    share = sum(r.weight * r.coverage for r in rest) / max(1e-9, sum(r.weight for r in rest))
                    if share >= CLAUSE_ANCHOR and (len(rest) > 1 or nested.tie.bond is Bond.SAME):
                        other_value = clash[0]
                if got > value and not clash:
                    value, source = got, other.span
                    truth = next((r for r in rows if r.slot is Slot.POLARITY), None)
        units = list(self._word_units(argument))
        entities = self.mine.inner(argument)
        got = sum(v if (v := self._find_word(w, None)) > IN_TOPIC else 0.4 * v for w in units) + sum(
            WEIGHT_ENTITY * self._find_entity(e, None)[0] for e in entities
        )
        total = len(units) + WEIGHT_ENTITY * len(entities)
        by_words = got / total if total else 1.0
        weight = max(WEIGHT_WORD, min(4.0, 0.8 * total))
        row = Row(
            slot=argument.slot,
            relation=_grade(max(value, by_words)),
            coverage=max(value, by_words),
            weight=weight,
            claim=argument.span,
            source=source or self.source.span,
            near=value > 0,
            clause=True,
        )
        if other_value is not None and value < FULL and by_words < FULL:
            return evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, rule=other_value.rule, note=other_value.note,
                          claim=other_value.claim, source=other_value.source, specific=True, near=True)
        if truth is not None and truth.relation is SlotRelation.DIFFERS and value >= by_words:
            return evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, rule="polarity", note=truth.note, specific=True)
        return row

    def _swap(self, rows: list[Row]) -> list[Row]:
        """Roles exchanged: both participants are there, each in the other's slot, and the relation is not symmetric."""
        if self.loose or self.tie.bond not in {Bond.SAME, Bond.CLASS} or self.claim.lemma == "be":
            return rows
        subject = self._sole(self.claim, Slot.SUBJECT)
        target = self._sole(self.claim, Slot.OBJECT)
        if subject is None or target is None:
            return rows
        mine = self.mine.head(subject), self.mine.head(target)
        if mine[0] is None or mine[1] is None:
            return rows
        there = [self._names(e, a, capital=True) for e, s in ((mine[0], Slot.OBJECT), (mine[1], Slot.SUBJECT)) for a in self.source.in_slot(s)[:1]]
        right = [self._names(e, a, capital=True) for e, s in ((mine[0], Slot.SUBJECT), (mine[1], Slot.OBJECT)) for a in self.source.in_slot(s)]
        if len(there) == 2 and min(there) >= IN_SENTENCE and not any(v >= IN_SENTENCE for v in right):
            note = f"in the source {mine[1].name}, not {mine[0].name}, is the one who does it"
            swapped = {
                (Slot.SUBJECT, subject.span): {"relation": SlotRelation.DIFFERS, "coverage": 0.0, "rule": "roles", "note": note},
                (Slot.OBJECT, target.span): {"relation": SlotRelation.OVERLAPS, "coverage": 1.0},
            }
            return [evolve(r, **swapped.get((r.slot, r.claim), {})) for r in rows]
        return rows

    @staticmethod
    def _sole(statement: Statement, slot: Slot) -> Argument | None:
        found = [a for a in statement.in_slot(slot) if not a.clause and (slot is Slot.SUBJECT or not a.link)]
        return found[0] if len(found) == 1 else None

    # --------------------------------------------------------------------------- values

    def _all_times(self) -> list[TimeMention]:
        return [t for s in (self.claim, *self.parts) for t in s.times]

    def _claim_times(self) -> list[TimeMention]:
        """The claim's own dates, and those of phrases below it that are no clauses of their own."""
        found = list(self.claim.times)
        for statement in self.parts:
            if statement is self.claim or statement.depth == 0 or not self.claim.span.contains(statement.span):
                continue
            if any(a.clause and a.link in _MARKED_TIMES and a.span.overlaps(statement.relation) for a in self.claim.arguments):
                continue
            found += [t for t in statement.times if t not in found]
        return found

    def _claim_quantities(self) -> list[QuantityMention]:
        found = list(self.claim.quantities)
        for statement in self.parts:
            if statement is self.claim or statement.depth == 0 or not self.claim.span.contains(statement.span):
                continue
            found += [q for q in statement.quantities if q not in found]
        return [q for q in found if q.value.kind is not QuantityKind.ORDINAL]

    def _time_row(self, time: TimeMention) -> Row:
        row = Row(slot=Slot.TIME, relation=SlotRelation.UNKNOWN, coverage=0.0, weight=WEIGHT_VALUE, claim=time.span, specific=True)
        own = self._own_times()
        nested = [t for s in self.nested for t in s.times]
        for pool, factor, firm in ((own, 1.0, True), (nested, 0.95, True), (self._other_times(), IN_SENTENCE, False)):
            graded = [(compare_dates(time.value, t.value), t) for t in pool]
            graded = [g for g in graded if g[0][0] is not SlotRelation.UNKNOWN]
            if not graded:
                continue
            (relation, note), best = min(graded, key=lambda g: _ORDER[g[0][0]])
            if relation is SlotRelation.DIFFERS:
                if firm or (len(graded) == 1 and self._nearest(best.span)):
                    return evolve(row, relation=relation, source=best.span, note=note, rule="time", near=firm)
                continue
            value = factor * (PARTLY if relation is SlotRelation.OVERLAPS else 1.0)
            if _open_ended(best.value) and not _open_ended(time.value):
                value = min(value, PARTLY)
            return evolve(row, relation=relation, coverage=value, source=best.span, note=note, near=firm)
        return self._dated_by_page(time, row)

    def _own_times(self) -> list[TimeMention]:
        """The statement's dates; where it lists several participants with a date each, those of the claim's one."""
        own = list(self.source.times)
        subject = self._sole(self.claim, Slot.SUBJECT)
        head = self.mine.head(subject) if subject is not None else None
        if len(own) < 2 or head is None:  # noqa: PLR2004
            return own
        side = self.theirs.side
        named = sorted(
            (
                m
                for m in self.theirs.sentence.mentions
                if m.how != "pronoun" and (e := side.entity(m.entity)) is not None and e.kind is head.kind
            ),
            key=lambda m: m.span.start,
        )
        for number, mention in enumerate(named):
            if self._is(head, mention.entity, (), capital=False):
                end = named[number + 1].span.start if number + 1 < len(named) else self.theirs.sentence.span.end
                mine = [t for t in own if mention.span.start < t.span.start < end]
                others = [t for t in own if t not in mine]
                if mine and others:
                    return mine
        return own

    def _nearest(self, span: Span) -> bool:
        """Whether the source's statement is the last event named before *span*."""
        events = [s.relation.start for s in self.theirs.statements if s.form not in {"kinship", "apposition"}]
        before = [start for start in events if start < span.start]
        return not before or self.source.relation.start == max(before)

    def _other_times(self) -> list[TimeMention]:
        """Dates elsewhere in the sentence, unless another statement with the same predicate owns them."""
        owned = {
            id(t)
            for s in self.theirs.statements
            if s is not self.source and s.lemma == self.source.lemma and not self.source.span.contains(s.span)
            for t in s.times
        }
        return [t for t in self.theirs.sentence.times if id(t) not in owned]

    def _dated_by_page(self, time: TimeMention, row: Row) -> Row:
        """A report without a date of its own happened about when it was printed."""
        day = self.theirs.anchor
        value = time.value
        if day is None or value.earliest is None or value.latest is None:
            return row
        if self.theirs.sentence.times and self.source.form != "apposition":
            return row
        coarse = value.granularity in {Granularity.YEAR, Granularity.DECADE, Granularity.CENTURY, Granularity.MONTH}
        whole = coarse and value.granularity is not Granularity.MONTH
        years = {str(year) for year in range(value.earliest.year, value.latest.year + 1)} if whole else set()
        if not self.theirs.sentence.times and len(years) == 1 and years <= self.theirs.topics:
            return evolve(row, relation=SlotRelation.OVERLAPS, coverage=0.7, note="the article is about that year", near=False, dated=True)
        if coarse and value.earliest <= day and value.latest >= day - RECENT:
            return evolve(row, relation=SlotRelation.OVERLAPS, coverage=0.7, note=f"the article is dated {day.isoformat()}", near=False, dated=True)
        return row

    def _quantity_row(self, quantity: QuantityMention) -> Row:
        row = Row(slot=Slot.QUANTITY, relation=SlotRelation.UNKNOWN, coverage=0.0, weight=WEIGHT_VALUE, claim=quantity.span, specific=True)
        own = list(self.source.quantities)
        nested = [q for s in self.nested for q in s.quantities]
        rest = [q for q in self.theirs.sentence.quantities if q not in own and q not in nested]
        differing = row
        for pool, factor, firm in ((own, 1.0, True), (nested, 0.95, True), (rest, IN_SENTENCE, False)):
            graded = [(compare_quantities(quantity.value, q.value), q) for q in pool]
            graded = [g for g in graded if g[0][0] is not SlotRelation.UNKNOWN]
            if not graded:
                continue
            (relation, note), best = min(graded, key=lambda g: _ORDER[g[0][0]])
            if relation is not SlotRelation.DIFFERS:
                value = factor * (0.8 if relation is SlotRelation.OVERLAPS else 1.0)
                if relation is SlotRelation.OVERLAPS and (best.value.high is None or best.value.low is None):
                    value = PARTLY
                near = firm and differing is row
                return evolve(row, relation=relation, coverage=value, source=best.span, note=note, near=near)
            if differing is row and (firm or len(rest) == 1):
                differing = evolve(row, relation=relation, source=best.span, note=note, rule="quantity", near=firm)
        return differing

    def _exclusive_rows(self) -> Iterator[Row]:
        """ "First", "only" and superlatives must be in the source as well; another rank for the same thing differs."""
        theirs = {w for s in self.theirs.statements for w in s.exclusive} | set(self.everywhere)
        ordinals = {q.span.text.lower() for q in self.theirs.sentence.quantities}
        for word in self.claim.exclusive:
            there = word in theirs or word in ordinals or any(lexical.likeness(word, t) >= lexical.FOUND for t in theirs)
            there = there or (word == "first" and bool({"first", "firsts"} & {w.lower() for w in self.theirs.sentence.span.text.split()}))
            span = self.claim.relation
            other = next((w for w in self.source.exclusive if w in RANKS and w != word), "") if word in RANKS else ""
            if other and not there:
                yield Row(
                    slot=Slot.QUANTITY,
                    relation=SlotRelation.DIFFERS,
                    coverage=0.0,
                    weight=WEIGHT_VALUE,
                    claim=span,
                    source=self.source.span,
                    note=f"“{word}” is not “{other}”",
                    specific=True,
                    rule="role",
                )
                continue
            yield Row(
                slot=Slot.OBJECT,
                relation=SlotRelation.AGREES if there else SlotRelation.UNKNOWN,
                coverage=1.0 if there else 0.0,
                weight=WEIGHT_VALUE,
                claim=span,
                source=self.source.span if there else None,
                note=f"“{word}”" if there else f"the source does not say “{word}”",
                specific=True,
            )

    # ----------------------------------------------------------------- truth and source

    def _attribution_rows(self) -> Iterator[Row]:
        mine, theirs = self.claim.attribution, self.source.attribution
        if mine is None:
            return
        row = Row(slot=Slot.ATTRIBUTION, relation=SlotRelation.UNKNOWN, coverage=0.0, weight=WEIGHT_ENTITY, claim=mine.speaker, specific=True)
        speaker = self.mine.entity(mine.entity)
        if theirs is None or speaker is None:
            yield row
            return
        other = self.theirs.side.entity(theirs.entity)
        if other is None:
            yield evolve(row, source=theirs.speaker)
            return
        relation = compare_entities(speaker, other)
        if relation is NameRelation.DIFFERENT:
            if can_differ(speaker, other):
                note = f"said by {other.name}, not by {speaker.name}"
                yield evolve(row, relation=SlotRelation.DIFFERS, source=theirs.speaker, note=note, rule="attribution")
            else:
                yield row
        else:
            yield evolve(row, relation=SlotRelation.AGREES, coverage=1.0, source=theirs.speaker)

    def _truth_row(self) -> Row:
        """Affirmed, denied, planned or not realised: the claim's way of putting it beside the source's."""
        opposite = self.tie.bond is Bond.OPPOSITE
        mine, theirs = _truth(self.claim), _truth(self.source)
        slot = Slot.POLARITY
        row = Row(slot=slot, relation=SlotRelation.AGREES, coverage=1.0, weight=0.0, claim=self.claim.cue, source=self.source.cue)
        if mine in _CLOSED and theirs in _CLOSED:
            if (mine == theirs) != opposite:
                times = self.source.times or (self.theirs.sentence.times if self.source.polarity is Polarity.POSITIVE else ())
                if mine == "false" and times and not self._claim_times():
                    note = f"the source says so of {times[0].span.text} only"
                    return evolve(row, relation=SlotRelation.UNKNOWN, coverage=0.0, note=note)
                return row
            note = "the source says the opposite" if opposite else _truth_note(self.source)
            return evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, note=note, rule="relation" if opposite else "polarity")
        row = evolve(row, slot=Slot.MODALITY)
        if mine not in _CLOSED and theirs not in _CLOSED:
            same = (self.claim.polarity is self.source.polarity) != opposite
            if same:
                return row
            return evolve(row, relation=SlotRelation.DIFFERS, coverage=0.0, note=_truth_note(self.source), rule="polarity")
        if self.claim.modality in {Modality.POSSIBLE, Modality.PLANNED} and theirs == "true" and not opposite:
            return evolve(row, relation=SlotRelation.ENTAILS)
        note = f"the source only puts it as {self.source.modality.value}" if mine in _CLOSED else f"the source puts it as {theirs}"
        return evolve(row, relation=SlotRelation.UNKNOWN, coverage=0.0, note=note)


_CLOSED = frozenset({"true", "false"})
_DENIALS = frozenset({"deny", "dispute", "refute"})
_ORDER = {
    SlotRelation.AGREES: 0,
    SlotRelation.ENTAILS: 1,
    SlotRelation.OVERLAPS: 2,
    SlotRelation.DIFFERS: 3,
    SlotRelation.UNKNOWN: 4,
}
#: From this strength of the predicates' tie on, a slot that differs can contradict.
STRONG_TIE = 0.85


def _truth(statement: Statement) -> str:
    negative = statement.polarity is Polarity.NEGATIVE
    if statement.attribution is not None and statement.attribution.lemma in _DENIALS:
        negative = not negative
    if statement.modality is Modality.ACTUAL:
        return "false" if negative else "true"
    if statement.modality is Modality.UNREALISED:
        return "true" if negative else "false"
    if statement.modality is Modality.REQUIRED and negative:
        return "false"  # "never had to"
    return statement.modality.value


def _truth_note(source: Statement) -> str:
    words = f" (“{source.cue.text}”)" if source.cue is not None else ""
    if source.modality is Modality.UNREALISED:
        return f"the source says that it did not come about{words}"
    if source.polarity is Polarity.NEGATIVE:
        return f"the source denies it{words}"
    return "the source affirms it"


def _grade(coverage: float) -> SlotRelation:
    if coverage >= 0.97:  # noqa: PLR2004 - everything found as it stands
        return SlotRelation.AGREES
    if coverage >= 0.8:  # noqa: PLR2004 - found in other words
        return SlotRelation.ENTAILS
    if coverage > 0:
        return SlotRelation.OVERLAPS
    return SlotRelation.UNKNOWN


def _open_ended(date: DateRange) -> bool:
    """Whether a date is only a limit ("until 1994")."""
    return (date.earliest is None) != (date.latest is None)


def _in_words(entity: Entity, words: Sequence[str]) -> bool:
    """Whether all words of a name stand among *words*: the tagger may have missed the name."""
    name = name_words(entity.name)
    return bool(name) and all(len(w) > 2 for w in name) and set(name) <= {w.strip(",.;:\"()") for w in words}  # noqa: PLR2004


def _links_fit(a: str, b: str) -> bool:
    return a == b or {a, b} <= {"", "with", "of", "by", "as"} or not a or not b


def _symmetric(name: str) -> bool:
    return lexicon.relation_class(name).symmetric


def is_person(entity: Entity | None) -> bool:
    """Whether an entity is a person."""
    return entity is not None and entity.kind is EntityKind.PERSON
