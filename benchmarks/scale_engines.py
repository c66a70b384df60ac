"""Our search and that of others over the same sentences, each as a function from a question to places."""

from __future__ import annotations

import dataclasses
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from attrs import frozen
from scale_corpus import Question, Writer

from claimcheck.index import Query, SqliteIndex

#: Candidates that are asked for.
TOP = 20
#: Sentences up to which an engine that keeps all in memory, or reads all for each claim, is asked too.
IN_MEMORY, READ_EACH_TIME = 1_000_000, 10_000

Search = Callable[[Question], list[tuple[str, int]]]


@frozen
class Engine:
    """
    One engine.

    Args:
        search: From a question to the places of the best sentences, best first.
        questions: How many it is asked, at most; the slow ones fewer.
    """

    search: Search
    questions: int = 1_000


def engines(index: SqliteIndex, path: Path, sentences: int, writer: Writer) -> dict[str, Engine]:
    """Ours, and those of the others that are installed and bear that size."""
    found = {"claimcheck": Engine(ours(index)), "FTS5, any word": Engine(any_word(path), 1 + 20_000_000 // sentences)}
    for name, make, most in (
        ("tantivy", with_tantivy, sentences),
        ("bm25s", with_bm25s, IN_MEMORY),
        ("groundrails", with_groundrails, READ_EACH_TIME),
    ):
        if sentences <= most:
            try:
                found[name] = Engine(make(path, writer), 10 if name == "groundrails" else 1_000)
            except ImportError:
                continue
    return found


def measured(asked_of: Mapping[str, Engine], asked: Sequence[Question]) -> dict[str, dict[str, float]]:
    """CPU milliseconds and recall of each engine, all of them asked each question in turn."""
    times: dict[str, list[float]] = {name: [] for name in asked_of}
    right = dict.fromkeys(asked_of, 0)
    for number, question in enumerate(asked):
        for name, engine in asked_of.items():
            if number < engine.questions:
                began = time.thread_time()
                found = engine.search(question)
                times[name].append(1e3 * (time.thread_time() - began))
                right[name] += (question.document, question.sentence) in found
    return {
        name: {**spread(took), "recall": round(right[name] / len(took), 3), "questions": len(took)}
        for name, took in times.items()
    }


def spread(times: Sequence[float]) -> dict[str, float]:
    """The mean, the middle, and what 95 and 99 of a hundred stay below."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    mean, middle = round(statistics.fmean(times), 2), round(statistics.median(times), 2)
    return {"mean": mean, "p50": middle, "p95": round(cuts[94], 2), "p99": round(cuts[98], 2)}


# ------------------------------------------------------------------------------- engines


def ours(index: SqliteIndex, *, by_name: bool = False) -> Search:
    """Our search; with *by_name* the question's name is known to be one."""

    def search(question: Question) -> list[tuple[str, int]]:
        entities = (question.name,) if by_name and question.name else ()
        terms = tuple(term for term in question.terms if not entities or term not in question.name)
        found = index.candidates(Query(entities=entities, terms=terms), TOP)
        return [(candidate.document, candidate.sentence) for candidate in found]

    return search


def any_word(path: Path) -> Search:
    """SQLite's own ranking of all sentences that hold any of the words, in our file."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def search(question: Question) -> list[tuple[str, int]]:
        found = connection.execute(
            "SELECT d.id, f.rowid - d.first"
            " FROM (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank LIMIT ?) f"
            " JOIN sentences s ON s.id = f.rowid JOIN documents d ON d.number = s.document",
            (" OR ".join(f'"{term}"' for term in question.terms), TOP),
        )
        return found.fetchall()

    return search


def with_tantivy(path: Path, _writer: Writer) -> Search:
    """Tantivy's best sentences that hold any of the terms; its index is kept beside ours."""
    import tantivy  # noqa: PLC0415 - measured where it is installed

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("place", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("terms", stored=False, tokenizer_name="whitespace", index_option="freq")
    folder = path.with_suffix(".tantivy")
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
    searcher = other.searcher()

    def search(question: Question) -> list[tuple[str, int]]:
        wanted = [
            (tantivy.Occur.Should, tantivy.Query.term_query(other.schema, "terms", term)) for term in question.terms
        ]
        hits = searcher.search(tantivy.Query.boolean_query(wanted), TOP).hits
        places = (searcher.doc(address)["place"][0].split("#") for _, address in hits)
        return [(document, int(number)) for document, number in places]

    return search


def with_bm25s(path: Path, _writer: Writer) -> Search:
    """bm25s, which holds all scores in memory and is made anew whenever a document comes."""
    import bm25s  # noqa: PLC0415 - measured where it is installed

    places, corpus = [], []
    for document, number, terms in terms_of(path):
        places.append((document, number))
        corpus.append(terms.split())
    retriever = bm25s.BM25()
    retriever.index(corpus, show_progress=False)
    del corpus

    def search(question: Question) -> list[tuple[str, int]]:
        found, _ = retriever.retrieve([list(question.terms)], k=min(TOP, len(places)), show_progress=False)
        return [places[number] for number in found[0]]

    return search


def with_groundrails(path: Path, writer: Writer) -> Search:
    """groundrails, which reads all sources for each claim; it names a paragraph, here a whole article."""
    import groundrails  # noqa: PLC0415 - measured where it is installed
    from groundrails.config import load_document_processing_config  # noqa: PLC0415
    from loguru import logger  # noqa: PLC0415

    logger.remove()
    groundrails.init(models="none", wordnet=False, home=str(path.parent / "groundrails"))
    config = dataclasses.replace(load_document_processing_config(), lexical_effort="low")
    with SqliteIndex.open(path, read_only=True) as index:
        articles = [writer.article(number)[0] for number in range(index.info().documents)]
    sources = [(article.id, article.text) for article in articles]

    def search(question: Question) -> list[tuple[str, int]]:
        found = groundrails.ground(question.claim.text, sources, config=config, ignore_language=True)
        place = found.exact_location or found.fuzzy_location
        return [(question.document, question.sentence)] if place and place.source_path == question.document else []

    return search


def terms_of(path: Path) -> Iterator[tuple[str, int, str]]:
    """Every sentence as search terms: its document, its number, its terms with those of the title."""
    with closing(sqlite3.connect(path)) as connection:
        yield from connection.execute(
            "SELECT d.id, s.id - d.first, s.terms || ' ' || d.title_terms"
            " FROM sentences s JOIN documents d ON d.number = s.document ORDER BY s.id"
        )
