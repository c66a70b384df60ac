"""
Articles of our own making for the benchmarks of size: a vocabulary by Zipf's law, names and years, seeded.

Nothing is read by the language model: each article comes with the reading that it was made from.  Article *n* is the
same in every corpus of the same seed, so that a small corpus is the beginning of a large one.

What makes search hard is kept: a few words are in every tenth sentence and most in hardly any; an article has a
subject, so that its words come together; names share their parts; and an article's sentences share words.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import random
from collections.abc import Iterator, Sequence

from attrs import frozen

from claimcheck.model import (
    Argument,
    Claim,
    DateRange,
    Document,
    Entity,
    EntityKind,
    Granularity,
    Mention,
    Reading,
    Sentence,
    Slot,
    Span,
    Statement,
    TimeMention,
)

#: Content words, and how many of them are the subject of one article.
WORDS, SUBJECT = 200_000, 30
#: People and places that are named somewhere, and in one article.
NAMES, NAMED = 60_000, 5
#: Sentences of an article.
SHORTEST, LONGEST = 5, 35
#: Shares: of words that belong to the article's subject, of names that do, and of sentences that give a year.
OWN_WORDS, OWN_NAMES, DATED = 0.3, 0.7, 0.25
#: What stands between content words.  None of it is searched for.
SMALL = ("the", "of", "and", "to", "in", "a", "for", "on", "with", "as", "by", "at", "from", "that", "its", "was")

_ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl qu r s sh sl st t th tr v w y z".split()  # noqa: SIM905 - easier to read
_VOWELS = "a e i o u ai ea io ou".split()  # noqa: SIM905
_CODAS = ["", "", "", "l", "m", "n", "nd", "r", "rk", "s", "st", "t", "x"]


@frozen(kw_only=True)
class Question:
    """
    What somebody looks for, made from one sentence.

    Args:
        document: Id of its article.
        sentence: Its number.
        terms: Search terms, those of names among them.
        name: The words of a name that the sentence holds, ``()`` for none.
        claim: The sentence as a claim.
    """

    document: str
    sentence: int
    terms: tuple[str, ...]
    name: tuple[str, ...]
    claim: Claim


class Writer:
    """
    Makes articles, each from its number alone.

    Args:
        seed: Another seed gives other words and other articles.
    """

    def __init__(self, seed: int = 1) -> None:
        self._seed = seed
        maker = random.Random(f"words {seed}")
        self._words = list(itertools.islice(_invented(maker), WORDS))
        self._weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(1, WORDS + 1)))
        parts = [word.capitalize() for word in itertools.islice(_invented(maker), 22_000)]
        first, last = parts[:2_000], parts[2_000:]
        self._names = [_name(maker, first, last) for _ in range(NAMES)]
        self._name_weights = list(itertools.accumulate(1 / rank**0.95 for rank in range(1, NAMES + 1)))

    def word(self, chance: random.Random) -> str:
        """A word, the frequent ones more often."""
        return _drawn(chance, self._words, self._weights)

    def articles(self, sentences: int) -> Iterator[tuple[Document, Reading]]:
        """Articles until there are *sentences* of them or a few more."""
        made = 0
        for number in itertools.count():
            if made >= sentences:
                return
            document, reading = self.article(number)
            made += len(reading.sentences)
            yield document, reading

    def article(self, number: int) -> tuple[Document, Reading]:
        """Article *number* and its reading."""
        chance = random.Random(f"article {self._seed} {number}")
        subject = [self.word(chance) for _ in range(SUBJECT)]
        people = [_drawn(chance, self._names, self._name_weights) for _ in range(NAMED)]
        year = 2026 - int(70 * chance.random() ** 2)
        entities: dict[str, Entity] = {}
        pieces, sentences, length = [], [], 0
        for index in range(chance.randint(SHORTEST, LONGEST)):
            tokens = self._tokens(chance, subject, people, year)
            text, sentence = _sentence(tokens, index, length, entities)
            pieces.append(text)
            sentences.append(sentence)
            length += len(text) + 1
        document = Document(
            id=f"{number:08}.txt",
            text=" ".join(pieces),
            title=" ".join([people[0], *subject[:4]]),
            published=dt.date(year, 1 + number % 12, 1 + number % 28),
            source=f"Paper {number % 7}",
        )
        return document, Reading(
            sentences=tuple(sentences), entities=tuple(entities.values()), anchor=document.published
        )

    def _tokens(self, chance: random.Random, subject: Sequence[str], people: Sequence[str], year: int) -> list[str]:
        """The words of a sentence, names in one piece with their capitals."""
        content = [
            chance.choice(subject) if chance.random() < OWN_WORDS else self.word(chance)
            for _ in range(chance.randint(6, 14))
        ]
        for _ in range(chance.choice((0, 1, 1, 2))):
            own = chance.random() < OWN_NAMES
            name = chance.choice(people) if own else _drawn(chance, self._names, self._name_weights)
            content.insert(chance.randrange(len(content)), name)
        if chance.random() < DATED:
            content.append(str(year - chance.choice((0, 0, 1, 2, 10))))
        tokens = []
        for word in content:
            tokens += [chance.choice(SMALL), word] if chance.random() < 0.7 else [word]
        return tokens


def questions(writer: Writer, documents: int, count: int, *, seed: int = 2, replaced: float = 0.0) -> list[Question]:
    """
    Questions about the first *documents* articles.

    Five to twelve of a sentence's terms; a tenth of them in a form that nobody uses, and in every second question one
    word from elsewhere.

    Args:
        writer: Made the articles.
        documents: How many there are.
        count: How many questions.
        seed: Another seed gives other questions.
        replaced: Share of the terms that are other words instead.
    """
    chance = random.Random(f"questions {seed}")
    other = random.Random(f"replaced {seed}")
    found: list[Question] = []
    while len(found) < count:
        document, reading = writer.article(chance.randrange(documents))
        sentence = chance.choice(reading.sentences)
        terms = chance.sample(sentence.words, min(len(sentence.words), chance.randint(5, 12)))
        terms = [f"{term}ing" if chance.random() < 0.1 else term for term in terms]
        if chance.random() < 0.5:
            terms[chance.randrange(len(terms))] = writer.word(chance)
        terms = [writer.word(other) if other.random() < replaced else term for term in terms]
        named = sentence.mentions[0].span.text.lower().split() if sentence.mentions else []
        found.append(
            Question(
                document=document.id,
                sentence=sentence.index,
                terms=tuple(dict.fromkeys(terms)),
                name=tuple(named),
                claim=_claim(sentence, reading),
            )
        )
    return found


# ------------------------------------------------------------------------------ making


def _invented(chance: random.Random) -> Iterator[str]:
    """Words that nobody knows, each once, the short ones mostly first."""
    seen: set[str] = set(SMALL)
    for number in itertools.count():
        syllables = 1 + (number > 300) + (number > 20_000) + (chance.random() < 0.3)
        word = "".join(
            chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS) for _ in range(syllables)
        )
        if word not in seen:
            seen.add(word)
            yield word


def _name(chance: random.Random, first: Sequence[str], last: Sequence[str]) -> str:
    """One to three words; some parts are shared by many."""

    def common(parts: Sequence[str]) -> str:
        return parts[int(len(parts) * chance.random() ** 3)]

    kind = chance.random()
    if kind < 0.7:
        return f"{common(first)} {common(last)}"
    return common(last) if kind < 0.85 else f"{common(first)} {common(first)} {common(last)}"


def _drawn(chance: random.Random, items: Sequence[str], weights: Sequence[float]) -> str:
    return items[bisect.bisect(weights, chance.random() * weights[-1], hi=len(items) - 1)]


def _sentence(tokens: Sequence[str], index: int, base: int, entities: dict[str, Entity]) -> tuple[str, Sentence]:
    """A sentence of *tokens* at offset *base*, and what is to be read from it."""
    text = f"{' '.join(tokens)}."
    words: dict[str, None] = {}
    mentions, times, arguments = [], [], []
    start = 0
    for token in tokens:
        span = Span(start=base + start, end=base + start + len(token), text=token)
        start += len(token) + 1
        named: tuple[str, ...] = ()
        if token.isdigit():
            times.append(_year(span))
        elif token not in SMALL:
            words.update(dict.fromkeys(token.lower().split()))
            if token[0].isupper():
                entity = Entity(id=f"e{len(entities)}", name=token, kind=EntityKind.PERSON)
                entity = entities.setdefault(token, entity)
                mentions.append(Mention(span=span, entity=entity.id))
                named = (entity.id,)
        if named or (token not in SMALL and len(arguments) < 3):
            slot = Slot.OBJECT if arguments else Slot.SUBJECT
            lemma = token.lower().split()
            arguments.append(Argument(slot=slot, span=span, head=lemma[-1], words=tuple(lemma), entities=named))
    whole = Span(start=base, end=base + len(text), text=text)
    relation = arguments.pop(1) if len(arguments) > 1 and not arguments[1].entities else arguments[0]
    statement = Statement(
        span=whole, relation=relation.span, lemma=relation.head, arguments=tuple(arguments), times=tuple(times)
    )
    return text, Sentence(
        index=index,
        span=whole,
        words=tuple(words),
        mentions=tuple(mentions),
        statements=(statement,),
        times=tuple(times),
    )


def _year(span: Span) -> TimeMention:
    year = int(span.text)
    value = DateRange(
        earliest=dt.date(year, 1, 1), latest=dt.date(year, 12, 31), granularity=Granularity.YEAR, edtf=span.text
    )
    return TimeMention(span=span, value=value)


def _claim(sentence: Sentence, reading: Reading) -> Claim:
    """*sentence* said by itself."""
    tokens = sentence.span.text.removesuffix(".").split(" ")
    names = {mention.span.start - sentence.span.start: mention.span.text for mention in sentence.mentions}
    whole, place = [], 0
    for token in tokens:
        if place in names:
            whole.append(names[place])
        elif not any(start < place < start + len(name) for start, name in names.items()):
            whole.append(token)
        place += len(token) + 1
    known: dict[str, Entity] = {}
    text, alone = _sentence(whole, 0, 0, known)
    return Claim(text=text, reading=Reading(sentences=(alone,), entities=tuple(known.values()), anchor=reading.anchor))
