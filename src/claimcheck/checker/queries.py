"""What to look for in a corpus, from what was read of a claim."""

from __future__ import annotations

from claimcheck.index import Query
from claimcheck.index.analysis import years_in
from claimcheck.language import terms
from claimcheck.language.aliases import NO_ALIASES, Aliases
from claimcheck.language.predicates import predicate_phrases
from claimcheck.model import Reading


def query_of(reading: Reading, aliases: Aliases = NO_ALIASES) -> Query:
    """What to look for: the claim's names, by all their aliases, its words and years."""
    names = (name for e in reading.entities for name in (aliases.forms(e.name) or (e.name,)))
    entities = tuple(dict.fromkeys(terms.name_terms(name) for name in names))
    words: dict[str, None] = {}
    for sentence in reading.sentences:
        words.update(dict.fromkeys(sentence.words))
        for statement in sentence.statements:
            words.update(dict.fromkeys(terms.class_terms(predicate_phrases(statement))))
    years = years_in(time for sentence in reading.sentences for time in sentence.times)
    return Query(entities=tuple(e for e in entities if e), terms=tuple(words), years=years)
