"""
Written articles: news of our own writing, with claims that each supports, contradicts and leaves open.

``training/articles/*.txt`` are of our own writing, and blind to the rules: whoever wrote them had seen neither ``src/``
nor ``claims/``.  By a hash of its title an article is trained on, tuned with (`PARTS`: the weights and thresholds of
`claimcheck.matching` are fitted to these) or only ever measured.  ``python -m training.articles PART FOLDER`` writes
one part as ``claimcheck evaluate`` takes it.  The form of the files is told in ``training/articles/README.md``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import field, frozen

from claimcheck import Checker, ClaimcheckError, Corpus
from claimcheck.checker.claims import parse_claim
from claimcheck.checker.pairs import Method
from claimcheck.evaluate.metamorphic import breaking
from claimcheck.model import Document
from training.newsroom import in_views
from training.pairs import VERDICTS, TrainingPair

FOLDER = Path(__file__).parent / "articles"
#: The parts, and the share of the articles (of 256) up to which each goes.
PARTS = {"train": 180, "tune": 218, "measure": 256}
#: How the files of twins are named.
TWINS = "twins-"
LABELS = {"+": "SUPPORTS", "-": "REFUTES", "?": "NEI"}
STANCES = {"SUPPORTS": "supports", "REFUTES": "contradicts"}
#: Sentences of a paragraph.
PARAGRAPH = 2
#: Further sentences of an article that settle nothing, for an open claim and for one that another sentence settles.
FURTHER_OPEN, FURTHER = 2, 1
#: The share of supported claims that are given denied too, so that "not" alone says nothing.
DENIED = 0.3
#: What has no more sentences than this is a passage.
SHORT = 3
#: Gold sentences that stand further apart than this make no passage.
NEAR = 3

_CLAIM = re.compile(r"([+?-]) (.+) \[(\d+(?:, ?\d+)*)\] (\S+)")
_SENTENCE = re.compile(r"(\d+) (.+)")


@frozen(kw_only=True)
class WrittenClaim:
    """A claim, its label (SUPPORTS, REFUTES or NEI), the numbers of the sentences that settle it, what it turns on."""

    text: str
    label: str
    evidence: tuple[int, ...]
    kind: str


@frozen(kw_only=True)
class Article:
    """
    An article: ``sentences`` in order, and the claims about it.

    A ``twin`` differs by a word or two from another one, with the same claims: both are trained on, so that neither
    is measured by a model that knows the other.
    """

    title: str
    published: dt.date
    sentences: tuple[str, ...] = field(converter=tuple)
    claims: tuple[WrittenClaim, ...] = field(converter=tuple)
    twin: bool = False

    @property
    def name(self) -> str:
        """Its file name: its day and the words of its title."""
        return "-".join([str(self.published), *re.findall(r"\w+", self.title.lower())]) + ".md"

    @property
    def part(self) -> str:
        """Which of `PARTS` it belongs to."""
        if self.twin:
            return "train"
        drawn = hashlib.blake2b(self.title.encode(), digest_size=4).digest()[0]
        return next(part for part, end in PARTS.items() if drawn < end)

    @property
    def short(self) -> bool:
        """Whether it is a passage of a few sentences: its claims are judged by it alone, and nothing is searched."""
        return len(self.sentences) <= SHORT

    def document(self) -> Document:
        """The article as it is stored, without markup."""
        return Document(id=self.name, title=self.title, text=self._text()[0], published=self.published)

    def places(self) -> list[tuple[int, int]]:
        """From where to where each sentence stands in the text of `document`."""
        return self._text()[1]

    def _text(self) -> tuple[str, list[tuple[int, int]]]:
        text, places = "", []
        for number, sentence in enumerate(self.sentences):
            if number:
                text += " " if number % PARAGRAPH else "\n\n"
            places.append((len(text), len(text) + len(sentence)))
            text += sentence
        return text, places


def read_articles(folder: Path = FOLDER) -> list[Article]:
    """All articles of *folder*, in the order of its files."""
    return [one for path in sorted(folder.glob("*.txt")) for one in _parsed(path)]


def _parsed(path: Path) -> Iterator[Article]:
    for block in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, day, *lines = (line.strip() for line in block.splitlines() if line.strip())
        sentences = [match[2] for line in lines if (match := _SENTENCE.fullmatch(line))]
        claims = [match for line in lines if (match := _CLAIM.fullmatch(line))]
        if len(sentences) + len(claims) != len(lines):
            wrong = next(line for line in lines if not _SENTENCE.fullmatch(line) and not _CLAIM.fullmatch(line))
            message = f"{path.name}: neither a sentence nor a claim: {wrong}"
            raise ValueError(message)
        yield Article(
            title=title,
            published=dt.date.fromisoformat(day.removeprefix("@ ")),
            sentences=sentences,
            twin=path.name.startswith(TWINS),
            claims=[
                WrittenClaim(
                    text=match[2],
                    label=LABELS[match[1]],
                    evidence=tuple(int(number) - 1 for number in match[3].split(",")),
                    kind=match[4],
                )
                for match in claims
            ],
        )


def article_pairs(articles: Iterable[Article], seed: int) -> Iterator[TrainingPair]:
    """
    The pairs of *articles*: each claim with what settles it, in all the views of `claimcheck.matching.spoken`.

    An open claim is paired with the sentences that come nearest, as is every claim with one that settles nothing.
    Of a short article only `passage_pairs` are made.
    """
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    for article in articles:
        if article.short:
            for written in article.claims:
                yield from _passage(article, written, rng)
            continue
        with Corpus.memory() as corpus:
            corpus.add(article.document())
            checker = Checker(corpus, method=Method.SLOTS)
            for written in article.claims:
                yield from _of_claim(article, written, checker, rng)


def _of_claim(article: Article, written: WrittenClaim, checker: Checker, rng: random.Random) -> Iterator[TrainingPair]:
    try:
        claim = parse_claim(written.text)
    except ClaimcheckError:
        return
    gold = {article.places()[number] for number in written.evidence}
    settling, others = [], []
    for source in checker.sources(claim):
        span = source.sentence.span
        (settling if any(span.start < end and start < span.end for start, end in gold) else others).append(source)
    for source in settling if len(written.evidence) == 1 else ():
        yield from in_views(claim, source, written.label, "articles/found")
    yield from _passage(article, written, rng)
    further = FURTHER if written.label != "NEI" else FURTHER_OPEN
    for source in others[:further]:
        yield from in_views(claim, source, "NEI", "articles/found")


def passage_pairs(articles: Iterable[Article], seed: int) -> Iterator[TrainingPair]:
    """Each claim of *articles* beside the sentences from the first to the last that settle it, as they are printed."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    for article in articles:
        for written in article.claims:
            yield from _passage(article, written, rng)


def _passage(article: Article, written: WrittenClaim, rng: random.Random) -> Iterator[TrainingPair]:
    first, last = min(written.evidence), max(written.evidence)
    if last - first >= NEAR:
        return
    text = " ".join(article.sentences[first : last + 1])
    source = "articles/short" if article.short else "articles/passage"
    given = [(written.text, written.label)]
    if written.label == "SUPPORTS" and rng.random() < DENIED:
        given += [(variant.text, "REFUTES") for variant in breaking(written.text) if variant.kind == "polarity"][:1]
    for said, label in given:
        yield TrainingPair(claim=said, evidence=text, title=article.title, label=label, source=source)


def write_set(articles: Iterable[Article], folder: Path) -> None:
    """Write *articles* and their claims to *folder*, as ``claimcheck evaluate`` reads them."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    rows = []
    for article in articles:
        head = f"---\ntitle: {json.dumps(article.title, ensure_ascii=False)}\npublished: {article.published}\n---\n\n"
        text = f"{head}{article.document().text}\n"
        (folder / "articles" / article.name).write_text(text, encoding="utf-8")
        rows += [_row(article, number, len(head)) for number in range(len(article.claims))]
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    (folder / "claims.jsonl").write_text(lines, encoding="utf-8")


def _row(article: Article, number: int, head: int) -> dict[str, object]:
    """The claim of one number, as a line of a set; its evidence, which belongs together, after *head* code points."""
    claim, places = article.claims[number], article.places()
    evidence = [
        {
            "document": article.name,
            "start": head + places[at][0],
            "end": head + places[at][1],
            "text": article.sentences[at],
            "stance": STANCES[claim.label],
            "set": 1,
        }
        for at in claim.evidence
        if claim.label in STANCES
    ]
    verdict = next(verdict for verdict, label in VERDICTS.items() if label == claim.label)
    name = f"{article.name.removesuffix('.md')}-{number + 1:02}"
    return {"id": name, "claim": claim.text, "verdict": verdict, "evidence": evidence, "tags": [claim.kind]}


def main() -> None:
    """Write one part as a corpus and its claims."""
    parser = argparse.ArgumentParser(prog="python -m training.articles", description="Write one part to a folder.")
    parser.add_argument("part", choices=tuple(PARTS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--short", action="store_true", help="the short passages, in place of the articles")
    options = parser.parse_args()
    chosen = [a for a in read_articles() if a.part == options.part and a.short == options.short]
    write_set(chosen, options.folder)


if __name__ == "__main__":
    main()
