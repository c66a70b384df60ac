"""
Plain English of our own making, of any length: sentences that the whole reader has work with, seeded.

People come and go as they do in a long text: a new one every few sentences, later named by the surname or as "he" or
"she".  Years, sums, places and quotations vary, so that hardly any sentence is written twice.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence

#: Sentences of a paragraph.
PARAGRAPH = 5
#: A sentence in this many brings somebody new.
NEWCOMER = 12

_FIRST = "Ada Bruno Clara Dmitri Elena Felix Greta Henrik Ines Jonas Karin Lorenz Mira Nils Olga Rosa Stefan".split()  # noqa: SIM905
_ONSETS = "B Br D F G H K Kr L M N P R S St T V W".split()  # noqa: SIM905 - easier to read
_MIDDLES = "a an ar e el er i in o ol or u".split()  # noqa: SIM905
_CODAS = "berg dal feld holm ley lund man mark ner sen ski son stein ton vik".split()  # noqa: SIM905
_PLACES = ("Lisbon", "Vienna", "Oslo", "Prague", "Turin", "Geneva", "Riga", "Ghent", "Bergen", "Graz")
_THINGS = ("bridge", "library", "harbour", "railway", "museum", "hospital", "theatre", "mill", "school", "canal")
_PATTERNS = (
    "{name} opened the {thing} in {place} in {year}.",
    "{surname} met {other} in {place} on {day} {month} {year}.",
    "The {thing} cost {number} million dollars and was finished by {surname}.",
    "“We have waited {number} years for the {thing},” {surname} said.",
    "{pronoun} was born in {place} in {year} and studied law there.",
    "About {number} percent of the workers left the {thing} after {year}.",
    "{other} was appointed director of the {thing} in {month} {year}.",
    "The council of {place} refused to pay for the {thing}, and {name} resigned.",
)
#: What stands before and after the paragraphs of a file.
MARKDOWN_HEAD = "---\ntitle: All of it\n---\n\n"
HTML_HEAD, HTML_TAIL = "<html><body><article>", "</article></body></html>"
#: What is piled up thousands of times, without anything between.
SIGNS = (
    *(
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "*",
        "_",
        "`",
        "|",
        "#",
        "&",
        "!",
        "=",
        "-",
        "~",
        ".",
        ",",
        ":",
        "'",
        '"',
        "“",
        "\\",
    ),
    *(
        "- ",
        "> ",
        "1. ",
        "# ",
        "![",
        "](",
        "[a](",
        "![a](b) ",
        "[a]",
        "[a]: x\n",
        "*a ",
        "`a",
        "&amp;",
        "<a>",
        "<!--",
        "x\n",
    ),
    *("\n", " ", "A. ", "1,", "é", "🎉", "[(<*_`>|- "),
)
_MONTHS = ("January", "March", "April", "June", "September", "November")


def sentences(seed: int = 1) -> Iterator[str]:
    """Sentences without end."""
    chance = random.Random(f"growth {seed}")
    people: list[tuple[str, str]] = []
    for number in itertools.count():
        if number % NEWCOMER == 0:
            people.append((chance.choice(_FIRST), _surname(chance)))
        first, surname = chance.choice(people[-6:])
        other = " ".join(chance.choice(people[-20:]))
        yield chance.choice(_PATTERNS).format(
            name=f"{first} {surname}",
            surname=surname,
            other=other,
            pronoun="She" if first.endswith("a") else "He",
            place=chance.choice(_PLACES),
            thing=chance.choice(_THINGS),
            year=chance.randint(1850, 2020),
            month=chance.choice(_MONTHS),
            day=chance.randint(1, 28),
            number=chance.randint(2, 98),
        )


def parts(seed: int = 1) -> Iterator[str]:
    """Paragraphs without end."""
    source = sentences(seed)
    while True:
        yield " ".join(itertools.islice(source, PARAGRAPH))


def paragraphs(characters: int, seed: int = 1) -> list[str]:
    """Paragraphs of *characters* code points together, or a few more."""
    made: list[str] = []
    length = 0
    for part in parts(seed):
        if length >= characters:
            break
        made.append(part)
        length += len(part) + 2
    return made


def plain(parts: Sequence[str]) -> str:
    """Paragraphs as plain text."""
    return "\n\n".join(parts) + "\n"


def markdown(parts: Sequence[str]) -> str:
    """Paragraphs with emphasis, links, lists and headings."""
    marked = (
        f"## Part {n}\n\n- *{part[:30]}*{part[30:60]}**{part[60:]}** [more](x{n})" for n, part in enumerate(parts)
    )
    return MARKDOWN_HEAD + "".join(f"{part}\n\n" for part in marked)


def html(parts: Sequence[str]) -> str:
    """Paragraphs with entities and tags in an article."""
    marked = (
        f"<div><h2>Part {n}</h2><p>{part[:50]}&amp;<em>{part[50:]}</em></p></div>" for n, part in enumerate(parts)
    )
    return f"{HTML_HEAD}{''.join(marked)}{HTML_TAIL}"


def _surname(chance: random.Random) -> str:
    return chance.choice(_ONSETS) + chance.choice(_MIDDLES) + chance.choice(_ONSETS).lower() + chance.choice(_CODAS)
