"""
Search at 10,000, 100,000 and 1,000,000 sentences: time, recall, disk, and one verdict without the model.

Usage: ``python benchmarks/scale.py [--sizes N ...] [--folder FOLDER] [--questions N] [--jobs N]``.  The articles are of
our own making (`scale_corpus`).  The indexes are made in FOLDER and kept there, so that a second run only measures.
All engines are asked the same question one after the other, in one process; times are CPU times of the thread.  Where
the package ``tantivy`` is installed it is measured beside ours, on the same terms.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from scale_corpus import Question, Writer, questions

from claimcheck.checker import Checker, Corpus
from claimcheck.index import DocumentRows, Query, SqliteIndex, prepare

try:
    import tantivy
except ImportError:
    tantivy = None

#: Candidates that are asked for.
TOP = 20
#: Share of the terms that are other words in the harder questions.
REPLACED = 0.25

Search = Callable[[Question], list[tuple[str, int]]]

_writer: Writer | None = None


# -------------------------------------------------------------------------------- making


def _start() -> None:
    global _writer  # noqa: PLW0603 - each process makes its words once
    _writer = Writer()


def _prepared(number: int) -> DocumentRows:
    assert _writer is not None
    document, reading = _writer.article(number)
    return prepare(document, reading, digest=str(number))


def build(path: Path, sentences: int, jobs: int) -> float:
    """Make the index; return the seconds it took."""
    began, made = time.perf_counter(), 0
    with SqliteIndex.open(path, durable=False) as index, multiprocessing.Pool(jobs, initializer=_start) as pool:
        for rows in pool.imap(_prepared, range(sentences), chunksize=16):
            index.put_rows(rows)
            made += len(rows.sentences)
            if made >= sentences:
                pool.terminate()
                break
        index.seal()
    return time.perf_counter() - began


def terms_of(path: Path) -> Iterator[tuple[str, int, str]]:
    """Every sentence as search terms: its document, its number, its terms with those of the title."""
    with closing(sqlite3.connect(path)) as connection:
        yield from connection.execute(
            "SELECT d.id, s.id - d.first, s.terms || ' ' || d.title_terms"
            " FROM sentences s JOIN documents d ON d.number = s.document ORDER BY s.id"
        )


def build_tantivy(folder: Path, path: Path) -> Any:
    """The same sentences for tantivy, or what was made before."""
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("place", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("terms", stored=False, tokenizer_name="whitespace", index_option="freq")
    made = folder.is_dir()
    folder.mkdir(exist_ok=True)
    other = tantivy.Index(schema.build(), path=str(folder))
    if not made:
        writer = other.writer(heap_size=256_000_000, num_threads=1)
        for document, number, terms in terms_of(path):
            writer.add_document(tantivy.Document(place=f"{document}#{number}", terms=terms))
        writer.commit()
        writer.wait_merging_threads()
    other.reload()
    return other


# ------------------------------------------------------------------------------ searching


def ours(index: SqliteIndex, *, by_name: bool = False) -> Search:
    """Our search; with *by_name* the question's name is known to be one."""

    def search(question: Question) -> list[tuple[str, int]]:
        entities = (question.name,) if by_name and question.name else ()
        terms = tuple(term for term in question.terms if not entities or term not in question.name)
        found = index.candidates(Query(entities=entities, terms=terms), TOP)
        return [(candidate.document, candidate.sentence) for candidate in found]

    return search


def with_tantivy(other: Any) -> Search:
    """Tantivy's best sentences that hold any of the terms."""
    searcher = other.searcher()

    def search(question: Question) -> list[tuple[str, int]]:
        wanted = [
            (tantivy.Occur.Should, tantivy.Query.term_query(other.schema, "terms", term)) for term in question.terms
        ]
        hits = searcher.search(tantivy.Query.boolean_query(wanted), TOP).hits
        places = (searcher.doc(address)["place"][0].split("#") for _, address in hits)
        return [(document, int(number)) for document, number in places]

    return search


def measured(engines: dict[str, Search], asked: Sequence[Question]) -> dict[str, dict[str, float]]:
    """CPU milliseconds and recall of each engine, all of them asked each question in turn."""
    times: dict[str, list[float]] = {name: [] for name in engines}
    right = dict.fromkeys(engines, 0)
    for question in asked:
        for name, search in engines.items():
            began = time.thread_time()
            found = search(question)
            times[name].append(1e3 * (time.thread_time() - began))
            right[name] += (question.document, question.sentence) in found
    return {name: {**_spread(times[name]), "recall": round(right[name] / len(asked), 3)} for name in engines}


def verdicts(path: Path, asked: Sequence[Question]) -> dict[str, float]:
    """CPU milliseconds of whole verdicts on claims that have been read, without the model."""
    with Corpus.open(path, read_only=True) as corpus:
        checker = Checker(corpus, entailment=None, method="slots")
        times = []
        for question in asked:
            began = time.thread_time()
            checker.verify(question.claim)
            times.append(1e3 * (time.thread_time() - began))
    return _spread(times[len(times) // 10 :])  # the first ones load what all need


def _spread(times: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=20)
    return {"p50": round(statistics.median(times), 2), "p95": round(cuts[-1], 2)}


# ---------------------------------------------------------------------------------- size


def measure(folder: Path, sentences: int, count: int, jobs: int, writer: Writer) -> dict[str, Any]:
    """All figures for one size."""
    path = folder / f"{sentences}.claimcheck"
    seconds = None if path.is_file() else build(path, sentences, jobs)
    with SqliteIndex.open(path, read_only=True) as index:
        info = index.info()
        characters = sum(found.characters for found in index.documents())
        engines = {"ours": ours(index)}
        if tantivy is not None:
            engines["tantivy"] = with_tantivy(build_tantivy(folder / f"{sentences}.tantivy", path))
        plain = questions(writer, info.documents, count)
        named = [question for question in plain if question.name]
        found: dict[str, Any] = {
            "sentences": info.sentences,
            "documents": info.documents,
            "build_seconds": seconds and round(seconds),
            "bytes_over_text": round((info.bytes - characters) / info.sentences),
            "terms": measured(engines, plain),
            "replaced": measured(engines, questions(writer, info.documents, count, replaced=REPLACED)),
            "by_name": measured({"ours": ours(index, by_name=True)}, named),
        }
    return found | {"verdict": verdicts(path, plain[: max(20, count // 2)])}


def main() -> None:
    """Print the figures of each size as a line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    writer = Writer()
    with tempfile.TemporaryDirectory() as place:
        folder = options.folder or Path(place)
        for sentences in options.sizes:
            print(json.dumps(measure(folder, sentences, options.questions, options.jobs, writer)))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
