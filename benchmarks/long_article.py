"""
Peak memory while one long article is loaded and stored, and of a verdict on a claim from it.

Usage: ``python benchmarks/long_article.py [--format plain|markdown|html] [--mib N] [--read] [--check]``.  A text of our
own making is read by the language model once.  Again and again it is written to one file of N MiB, which is loaded and
stored as one article with what was read as many times; then a process gives a verdict on one claim from it, by the
slots, and with ``--check`` the index is checked.  With ``--read`` all of a text of N MiB is read by the language model
from its file, as ``claimcheck index add`` does it: some two minutes for each MiB.  Each step is a process of its own,
which prints a line.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import growth_text as made
from attrs import evolve, frozen

from claimcheck import Checker, Corpus, Document
from claimcheck.documents import discover, load_file
from claimcheck.index import Spool, SqliteIndex, prepare, prepare_on, rows
from claimcheck.language import read

#: Code points that are read by the language model.
BLOCK = 100_000
CLAIM = "Ada Falk opened the bridge in Oslo in 1932"
#: Where Linux says how much memory a process has had at most.
_STATUS = Path("/proc/self/status")
_INDEX = "long.claimcheck"


@frozen
class Format:
    """How a file is written: its suffix, its paragraphs, and what stands before and after them all."""

    suffix: str
    shape: Callable[[Sequence[str]], str]
    head: str = ""
    tail: str = ""

    def body(self, parts: Sequence[str]) -> str:
        """Paragraphs as they are written in the midst of a file."""
        return self.shape(parts).removeprefix(self.head).removesuffix(self.tail)

    def file(self, folder: Path) -> Path:
        """The article in *folder*."""
        return folder / f"long{self.suffix}"


FORMATS = {
    "plain": Format(".txt", lambda parts: made.plain(parts) + "\n"),
    "markdown": Format(".md", made.markdown, made.MARKDOWN_HEAD),
    "html": Format(".html", made.html, made.HTML_HEAD, made.HTML_TAIL),
}


def load(folder: Path, _mib: int, form: Format) -> dict[str, object]:
    """Load the article."""
    return {"code_points": len(_loaded(form.file(folder)).text)}


def store(folder: Path, _mib: int, form: Format) -> dict[str, object]:
    """Load the article, and store it with what was read of one block of it."""
    body = form.body(made.paragraphs(BLOCK))
    once, twice = (_loaded_text(form, body * times) for times in (1, 2))
    length = len(twice.text) - len(once.text)
    reading = read(once)
    block = prepare(once, reading, digest="long")
    document = _loaded(form.file(folder))
    times = (len(document.text) - len(once.text)) // length + 1
    assert len(document.text) == len(once.text) + (times - 1) * length
    entities = (evolve(e, id=e.id if not n else f"{e.id}.{n}") for n in range(times) for e in reading.entities)
    sentences = Spool()
    whole = prepare_on(sentences, document, [evolve(reading, sentences=(), entities=tuple(entities))], digest="long")
    for n, sentence in itertools.product(range(times), block.sentences):
        sentences.append(evolve(sentence, start=sentence.start + n * length))
    whole = evolve(
        whole,
        counts=(block.counts[0] * times, whole.counts[1], block.counts[2] * times),
        checksum=rows.checksum(whole.head, whole.text, whole.title_terms, sentences),
    )
    with SqliteIndex.open(folder / _INDEX) as index:
        index.put_rows(whole)
        index.seal()
    return {"sentences": len(sentences)}


def _loaded(path: Path) -> Document:
    (source,) = discover(path)
    (document,) = load_file(source).documents
    return document


def _loaded_text(form: Format, body: str) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        path = form.file(Path(folder))
        path.write_text(form.head + body + form.tail, encoding="utf-8")
        return _loaded(path)


def repeated(path: Path, form: Format, mib: int) -> None:
    """Write the same block again and again, *mib* together."""
    body = form.body(made.paragraphs(BLOCK))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(form.head)
        for _ in range(max(1, mib * 2**20 // len(body.encode()))):
            file.write(body)
        file.write(form.tail)


def all_different(path: Path, form: Format, mib: int) -> None:
    """Write another text for each paragraph, *mib* together."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(form.head)
        parts, length = made.parts(), 0
        while length < mib * 2**20:
            length += file.write(form.body([next(parts)]))
        file.write(form.tail)


def index(folder: Path, _mib: int, form: Format) -> dict[str, object]:
    """Read and store the article."""
    with Corpus.open(folder / _INDEX) as corpus:
        corpus.add(form.file(folder))
        return {"sentences": corpus.info().sentences}


def check(folder: Path, _mib: int, _form: Format) -> dict[str, object]:
    """Prove the index."""
    with Corpus.open(folder / _INDEX) as corpus:
        return {"faults": len(corpus.check().faults)}


def verdict(folder: Path, _mib: int, _form: Format) -> dict[str, object]:
    """Give a verdict."""
    with Corpus.open(folder / _INDEX, read_only=True) as corpus:
        found = Checker(corpus, entailment=None, method="slots").verify(CLAIM)
    return {"verdict": found.label.value, "evidence": len(found.evidence)}


STEPS: dict[str, Callable[[Path, int, Format], dict[str, object]]] = {
    "load": load,
    "store": store,
    "index": index,
    "check": check,
    "verdict": verdict,
}


def peak() -> int:
    """The most memory that this process has had, in MiB."""
    if _STATUS.exists():  # the other figure counts what the process was before it became this program
        lines = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) // 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mib", type=int, default=50)
    parser.add_argument("--format", choices=list(FORMATS), default="plain")
    parser.add_argument("--read", action="store_true", help="read all of the article")
    parser.add_argument("--check", action="store_true", help="check the index too")
    parser.add_argument("--step", choices=list(STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    form = FORMATS[options.format]
    if options.step:
        found = STEPS[options.step](options.folder, options.mib, form)
        spent = {"processor_seconds": round(time.process_time(), 1), "peak_mib": peak()}
        print(json.dumps({"step": options.step, "format": options.format, "mib": options.mib, **found, **spent}))
        return
    steps = ("index",) if options.read else ("load", "store")
    with tempfile.TemporaryDirectory() as folder:
        (all_different if options.read else repeated)(form.file(Path(folder)), form, options.mib)
        for step in (*steps, "verdict", *(("check",) if options.check else ())):
            command = [sys.executable, __file__, "--format", options.format, "--mib", str(options.mib)]
            subprocess.run([*command, "--step", step, "--folder", folder], check=True)  # noqa: S603 - this file


if __name__ == "__main__":
    main()
