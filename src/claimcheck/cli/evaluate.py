"""``claimcheck evaluate``: verdicts against gold labels."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click
from attrs import frozen

import claimcheck
from claimcheck.checker.pairs import Method
from claimcheck.entailment import load_entailment
from claimcheck.errors import ConfigError, SkippedDocumentWarning
from claimcheck.evaluate import (
    EXPORT_FORMATS,
    document_set,
    documents_report,
    evaluate,
    export_text,
    gold_of,
    is_pair_set,
    is_phenomenon_set,
    judge_document_set,
    judge_pair_set,
    limited,
    load_documents,
    load_phenomena,
    pairs_of,
    pairs_report,
    phenomena_report,
    read_rows,
    report_object,
    sample,
    verify_items,
)
from claimcheck.evaluate.documents import DocumentSet
from claimcheck.evaluate.rows import Row
from claimcheck.model import Reading
from claimcheck.render.objects import json_text
from claimcheck.render.scores import document_scores_text, pair_scores_text, phenomenon_scores_text, scores_text

from .configured import ConfiguredCommand, configured, is_said
from .options import (
    CorpusOptions,
    OutputOptions,
    as_of_option,
    corpus_options,
    entailment_option,
    output_options,
)
from .progress import Advance, progress
from .streams import Output, report_error


@frozen(kw_only=True)
class _Task:
    """
    What is to be evaluated, and how.

    Args:
        path: The data set.
        documents: The file of a document set, else ``None``.
        articles: What claims are checked against.
        as_of: Ignore articles published after this day.
        entailment: What judges by meaning.
        method: What judges pairs; ``None`` when nothing was said.
        limit: How many claims, ``None`` for all.
        wrong: Whether to list what went wrong.
        export: A file for the verdicts, and its shape.
        output: Where the report goes.
    """

    path: Path
    documents: str | None
    articles: CorpusOptions
    as_of: dt.date | None
    entailment: str | None
    method: str | None
    limit: int | None
    wrong: bool
    export: tuple[str | None, str]
    output: OutputOptions

    @property
    def name(self) -> str:
        """Of the data set."""
        return self.path.name

    @functools.cached_property
    def rows(self) -> list[Row]:
        """Of the data set, where it is one file of rows that are all sound."""
        return read_rows(self.path)

    @property
    def judged_by(self) -> Method:
        """What judges pairs and documents: a configured method is for claims."""
        said = self.method if is_said("method") else None
        return Method.SLOTS if self.entailment is None else Method(said or Method.MEANING)

    def bar(self, what: str) -> AbstractContextManager[Advance]:
        """A progress bar."""
        return progress(what, shown=self.articles.shows_progress(self.output))

    @property
    def named_index(self) -> str | None:
        """The index of the command line alone: the one of the configuration holds articles."""
        return self.articles.index if is_said("index") else None

    @property
    def named_corpus(self) -> tuple[str, ...]:
        """The corpus of the command line alone."""
        return self.articles.corpus if is_said("corpus") else ()

    def refuse(self, kind: str, **options: object) -> None:
        """
        Refuse options that do nothing.

        Raises:
            click.UsageError: If one of *options* was given.
        """
        for name, value in options.items():
            if value:
                msg = f"--{name.replace('_', '-')} is of no use for {kind}"
                raise click.UsageError(msg)


@click.command("evaluate", cls=ConfiguredCommand)
@click.argument("dataset", metavar="DATASET")
@corpus_options
@click.option(
    "--documents",
    metavar="FILE",
    help="Documents in JSON Lines (doc_id, title, sentences) that the claims of DATASET are about.",
)
@as_of_option("Ignore articles published after this day (YYYY-MM-DD).")
@entailment_option
@click.option(
    "--method",
    type=click.Choice([m.value for m in Method]),
    help="What judges: the model by meaning, the slots, or both.  [default: meaning; both for claims and passages]",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only N claims, drawn the same way every time.")
@click.option("--export", metavar="FILE", help="Write the verdicts to FILE for another scorer.")
@click.option(
    "--export-format",
    type=click.Choice(EXPORT_FORMATS),
    default=EXPORT_FORMATS[0],
    show_default=True,
    help="Its shape.",
)
@click.option("--show", type=click.Choice(["wrong"]), help="List the claims that went wrong, too.")
@output_options("text", "json")
def command(*, dataset: str, show: str | None, export: str | None, export_format: str, **options: Any) -> int:
    """
    Measure verdicts against the gold labels of a data set.

    DATASET is one of four kinds, told from its content and from --documents.

    Claims to check against a corpus: JSON Lines (ours or FEVER's) or AVeriTeC's JSON. Measured are accuracy, macro
    F1, evidence recall, the FEVER score, the precision of contradictions, the Brier score and the calibration error,
    over all claims and for each tag.

    Pairs: JSON Lines with the text of the evidence in each row (id, claim, evidence, label, and perhaps title). They
    are judged without a corpus and scored on the labels that the set has, with a curve of what abstaining gains.

    Documents split into sentences (--documents), and claims with the numbers of their gold sentences: measured are the
    recall of the search, and verdicts with our own search beside those with the gold sentences given. With --index
    FILE what was read of the documents is kept there for the next time.

    Passages by phenomenon: a folder of JSON Lines files, or one of them, each called after what its claims turn on.
    Each passage is a corpus of its own; the measures stand for each phenomenon and over all.

    \b
    Examples:
      claimcheck evaluate claims/dev.jsonl --corpus corpus/
      claimcheck evaluate claims/dev.jsonl --corpus corpus/ --show wrong --export out.jsonl
      claimcheck evaluate pairs.jsonl --method meaning --limit 1000
      claimcheck evaluate claims.jsonl --documents corpus.jsonl --index corpus.claimcheck
      claimcheck evaluate claims/phenomena/dev --method both
    """  # noqa: D301 - click reads the backspace
    task = _Task(
        path=Path(dataset),
        wrong=show == "wrong",
        export=(export, export_format),
        **options,
    )
    if task.documents is not None:
        report, text = _documents(task, task.documents), document_scores_text
    elif is_phenomenon_set(task.path):
        report, text = _phenomena(task), phenomenon_scores_text
    elif is_pair_set(task.rows):
        report, text = _pairs(task), pair_scores_text
    else:
        report, text = _claims(task), scores_text
    with task.output.opened() as out:
        out.write(json_text(report) + "\n" if task.output.format == "json" else text(report, task.output.look))
    return _status(report)


def _status(report: Mapping[str, Any]) -> int:
    """2 if lines of the data set could not be read, which standard error then says, else 0."""
    errors = report.get("errors", ())
    if errors:
        first = errors[0]
        message = f"{len(errors):,} of the lines could not be read; the first: {first['message']}"
        report_error(first["code"], message, first["hint"])
    return 2 if errors else 0


def _claims(task: _Task) -> dict[str, Any]:
    task.refuse("claims", method=task.method == Method.MEANING)
    gold = sample(gold_of(task.rows), task.limit)
    with task.articles.opened(task.output) as corpus:
        checker = claimcheck.Checker(
            corpus,
            as_of=task.as_of,
            entailment=task.entailment,
            method=task.method or Method.BOTH,
            aliases=configured("aliases"),
        )
        with task.bar("verifying claims") as advance:
            outcomes = evaluate(
                checker, gold, locate=_Sentences(corpus).at, on_progress=lambda done, total: advance(done, total, "")
            )
    path, shape = task.export
    if path is not None:
        with Output(path) as file:
            file.write(export_text(outcomes, shape))
    return report_object(outcomes, dataset=task.name, show_wrong=task.wrong)


def _pairs(task: _Task) -> dict[str, Any]:
    options = {"corpus": task.named_corpus, "index": task.named_index, "as_of": task.as_of and is_said("as_of")}
    task.refuse("pairs", **options, export=task.export[0])
    gold = sample(pairs_of(task.rows), task.limit)
    checker = claimcheck.Checker(entailment=task.entailment)
    with task.bar("judging pairs") as advance:
        outcomes = judge_pair_set(
            checker, gold, method=task.judged_by, on_progress=lambda done, total: advance(done, total, "")
        )
    return pairs_report(outcomes, dataset=task.name, method=task.judged_by, show_wrong=task.wrong)


def _documents(task: _Task, path: str) -> dict[str, Any]:
    options = {
        "corpus": task.named_corpus,
        "as_of": task.as_of and is_said("as_of"),
        "export": task.export[0],
        "show": task.wrong,
    }
    task.refuse("documents", **options)
    documents = document_set(task.rows, load_documents(Path(path)))
    model = load_entailment(task.entailment)
    with claimcheck.Corpus.open(task.named_index or ":memory:") as corpus:
        _refuse_other_documents(corpus, documents, task.named_index)
        with task.bar("reading documents") as advance:
            report = corpus.add(
                *(split.document for split in documents.documents.values()),
                jobs=task.articles.jobs,
                on_progress=advance,
            )
        for fault in report.faults:
            task.output.warn(SkippedDocumentWarning.code, f"left out: {fault.message}", fault.hint)
        with task.bar("checking claims") as advance:
            outcomes = judge_document_set(
                sample(documents.claims, task.limit),
                documents,
                corpus,
                model=model,
                method=task.judged_by,
                on_progress=lambda done, total: advance(done, total, ""),
            )
    return documents_report(outcomes, documents, name=task.name, method=task.judged_by)


def _phenomena(task: _Task) -> dict[str, Any]:
    options = {"corpus": task.named_corpus, "index": task.named_index, "as_of": task.as_of and is_said("as_of")}
    task.refuse("passages, which are a corpus each", **options, export=task.export[0])
    dataset = load_phenomena(task.path)
    method = Method.SLOTS if task.entailment is None else Method(task.method or Method.BOTH)
    model = None if method is Method.SLOTS else load_entailment(task.entailment)
    with task.bar("verifying claims") as advance:
        outcomes = verify_items(
            limited(dataset.items, task.limit),
            model=model,
            method=method,
            on_progress=lambda done, total: advance(done, total, ""),
        )
    return phenomena_report(outcomes, dataset, name=task.name, method=method, show_wrong=task.wrong)


def _refuse_other_documents(corpus: claimcheck.Corpus, dataset: DocumentSet, index: str | None) -> None:
    """
    Keep the documents of a data set out of an index of articles, and the articles out of the search.

    Raises:
        ConfigError: If the index holds other documents.
    """
    other = next((info.id for info in corpus.documents() if info.id not in dataset.documents), None)
    if other is not None:
        msg = f"the index {index} holds other documents, {other!r} among them"
        raise ConfigError(msg, hint="name a file of its own for the documents of this data set")


class _Sentences:
    """Numbers of sentences by their place, for the documents looked at last."""

    def __init__(self, corpus: claimcheck.Corpus) -> None:
        self._reading = functools.lru_cache(maxsize=64)(corpus.reading)

    def at(self, document: str, start: int, end: int) -> int | None:
        """The number of the first sentence that shares a code point with ``[start, end)``."""
        reading: Reading | None = self._reading(document)
        if reading is None:
            return None
        hits = (s.index for s in reading.sentences if s.span.start < end and start < s.span.end)
        return next(hits, None)
