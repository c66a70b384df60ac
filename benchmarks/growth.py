"""
How much longer each stage takes for twice the input: a stage whose time grows with the square of it takes four times.

Usage: ``python benchmarks/growth.py [--stages NAME,...] [--scale X] [--rounds N]``.  Texts are of our own making
(`growth_text`).  Each stage is timed for an input and for one of twice the length, in turn; the shortest processor time
of N rounds counts.  ``--scale`` makes all inputs longer or shorter.  The goal is a ratio of 2.3 at most.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import growth_text as made

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
import tiny_reader
from claimcheck import Checker, Corpus, Document
from claimcheck.checker.drafts import draft_of_bytes, draft_of_text
from claimcheck.cli.inputs import read_claims
from claimcheck.documents import docx, load_bytes
from claimcheck.index import Query, SqliteIndex, prepare
from claimcheck.language import read, sentences
from claimcheck.render.check_html import html_text

#: What twice the input may take.
GOAL = 2.3
CLAIM = "Ada Falk opened the bridge in Oslo in 1932"

Work = Callable[[], object]


def plain(size: int) -> str:
    """*size* code points of plain text, or a few more."""
    return made.plain(made.paragraphs(size))


def loading(media_type: str, shape: Callable[[list[str]], str]) -> Callable[[int], Work]:
    """The loader of a media type on paragraphs in a shape."""

    def prepared(size: int) -> Work:
        data = shape(made.paragraphs(size)).encode()
        return lambda: load_bytes(data, document_id="a", media_type=media_type)

    return prepared


def as_nested_html(parts: list[str]) -> str:
    """Elements that are opened and never closed."""
    return "<article>" + "".join(f"<div><b><p>{part[:40]}" for part in parts)


def as_lines(parts: list[str]) -> str:
    """An article a line."""
    return "\n".join(json.dumps({"id": str(n), "text": part}) for n, part in enumerate(parts))


def piled(work: Callable[[str], Any]) -> Callable[[int], Work]:
    """What is done with a text, for each of the piles of signs after a sentence."""

    def prepared(size: int) -> Work:
        texts = [f"Ada Falk opened the bridge.\n\n{(sign * size)[:size]}\n" for sign in made.SIGNS]
        return lambda: [work(text) for text in texts]

    return prepared


def loaded_as(media_type: str) -> Callable[[str], object]:
    """Loading a text as if it were of a media type."""
    return lambda text: load_bytes(text.encode(), document_id="a", media_type=media_type)


def checked(text: str) -> object:
    """Checking a draft with an empty corpus, from its Markdown to its page."""
    checker = Checker(Corpus.memory(), entailment=None, method="slots")
    return html_text([checker.check(draft_of_bytes(text.encode(), name="a.md"))])


def as_western(size: int) -> Work:
    """Loading a text whose encoding must be guessed."""
    data = plain(size).replace("a", "ä").encode("cp1252", errors="replace")
    return lambda: load_bytes(data, document_id="a")


def word(size: int) -> Work:
    """Loading a Word file."""
    from docx import Document as WordFile  # noqa: PLC0415 - an extra

    file, out = WordFile(), io.BytesIO()
    for part in made.paragraphs(size):
        file.add_paragraph(part)
    file.save(out)
    return lambda: docx.read(out.getvalue(), document_id="a")


def split(size: int) -> Work:
    """Splitting one paragraph into sentences."""
    text = plain(size).replace("\n\n", " ")
    return lambda: sentences.sentence_bounds(text, [])


def reading(size: int) -> Work:
    """Reading an article."""
    document = Document(id="a", text=plain(size))
    return lambda: read(document)


def kin(size: int) -> Work:
    """Reading an article about nothing but relatives."""
    text = " ".join(
        f"{part.split(' ')[0]}'s father met his sister. The brother left." for part in made.paragraphs(size)
    )
    document = Document(id="a", text=text)
    return lambda: read(document)


def put(size: int) -> Work:
    """Storing an article that has been read."""
    document = Document(id="a", text=plain(size))
    found = tiny_reader.read(document)

    def work() -> None:
        with tempfile.TemporaryDirectory() as folder, SqliteIndex.open(Path(folder) / "index") as index:
            index.put_rows(prepare(document, found, digest=""))
            index.check()

    return work


def put_many(size: int) -> Work:
    """Storing many articles, and replacing each of them once."""
    articles = [Document(id=f"{n:06}", text=part) for n, part in enumerate(made.paragraphs(size))]
    ready = [prepare(document, tiny_reader.read(document), digest="") for document in articles]

    def work() -> None:
        with (
            tempfile.TemporaryDirectory() as folder,
            SqliteIndex.open(Path(folder) / "index", durable=False) as index,
        ):
            for document in (*ready, *ready):
                index.put_rows(document)

    return work


def search(size: int) -> Work:
    """Finding candidates in one long article, a hundred times."""
    document = Document(id="a", text=plain(size))
    index = SqliteIndex.open(":memory:")
    index.put_rows(prepare(document, tiny_reader.read(document), digest=""))
    query = Query(terms=("bridge", "oslo", "opened"), years=(1932,))
    return lambda: [index.candidates(query, 40) for _ in range(100)]


def verify(size: int) -> Work:
    """A verdict on one claim by the slots, from one long article."""
    checker = Checker(_corpus(size), entailment=None, method="slots")
    claim = checker.explain(CLAIM).claim
    return lambda: checker.verify(claim)


def draft(size: int) -> Work:
    """Checking a draft against a small corpus."""
    checker = Checker(_corpus(5_000), entailment=None, method="slots")
    text = plain(size)
    return lambda: checker.check(draft_of_text(text))


def quotations(size: int) -> Work:
    """Checking a draft of quotations against the article that they come from."""
    corpus = _corpus(5_000)
    checker = Checker(corpus, entailment=None, method="slots")
    said = [part for part in made.paragraphs(size) if "“" in part]
    text = made.plain([f"“{' '.join(part.replace('“', '').replace('”', '').split()[:20])}” he said." for part in said])
    return lambda: checker.check(draft_of_text(text))


def rendering(size: int) -> Work:
    """The page of a checked draft."""
    checker = Checker(_corpus(2_000), entailment=None, method="slots")
    report = checker.check(draft_of_text(plain(size)))
    return lambda: [html_text([report]) for _ in range(10)]


def claims(size: int) -> Work:
    """Reading a file of claims."""
    lines = [json.dumps({"id": str(n), "claim": part}) for n, part in enumerate(made.paragraphs(size))]
    file = Path(tempfile.mkdtemp()) / "claims.jsonl"
    file.write_text("\n".join(lines))
    return lambda: list(read_claims((), str(file)))


def _corpus(size: int) -> Corpus:
    corpus = Corpus.memory()
    corpus.add(Document(id="a", text=plain(size)))
    return corpus


#: Each stage with the code points of its smaller input, for about a second.
STAGES: dict[str, tuple[Callable[[int], Work], int]] = {
    "text": (loading("text/plain", made.plain), 20_000_000),
    "encoding": (as_western, 400_000),
    "markdown": (loading("text/markdown", made.markdown), 500_000),
    "html": (loading("text/html", made.html), 600_000),
    "html never closed": (loading("text/html", as_nested_html), 300_000),
    "signs in markdown": (piled(loaded_as("text/markdown")), 40_000),
    "signs in html": (piled(loaded_as("text/html")), 100_000),
    "jsonl": (loading("application/jsonl", as_lines), 5_000_000),
    "docx": (word, 600_000),
    "claims": (claims, 3_000_000),
    "sentences": (split, 400_000),
    "reading": (reading, 15_000),
    "reading kin": (kin, 40_000),
    "put": (put, 150_000),
    "put many": (put_many, 150_000),
    "search": (search, 60_000),
    "verify": (verify, 20_000),
    "draft": (draft, 4_000),
    "signs in a draft": (piled(checked), 2_000),
    "quotations": (quotations, 20_000),
    "render": (rendering, 4_000),
}


def ratio(stage: str, scale: float, rounds: int) -> dict[str, Any]:
    """The figures of one stage."""
    prepared, size = STAGES[stage]
    works = [prepared(round(scale * size * factor)) for factor in (1, 2)]
    times: list[list[float]] = [[], []]
    for _ in range(rounds):
        for work, spent in zip(works, times, strict=True):
            began = time.process_time()
            work()
            spent.append(time.process_time() - began)
    once, twice = (min(spent) for spent in times)
    return {
        "stage": stage,
        "code_points": round(scale * size),
        "seconds": round(once, 2),
        "ratio": round(twice / once, 2),
        "good": twice <= GOAL * once,
    }


def main() -> None:
    """Print the figures of each stage as a line of JSON; the exit status is 1 when one grows too fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stages", default=",".join(STAGES))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    read(Document(id="warm", text="Nothing is loaded for the first time while it is measured."))
    good = True
    for stage in options.stages.split(","):
        found = ratio(stage, options.scale, options.rounds)
        good = good and found["good"]
        print(json.dumps(found), flush=True)
    sys.exit(not good)


if __name__ == "__main__":
    main()
