"""
Putting articles into an index: find, load, read, store.

Reading costs nearly all of the time, so it is shared out to processes, which also make ready what is to be stored;
finding, loading and storing stay in the one that asked, the only one that writes.  Only a few documents a process are
on their way at a time, so memory stays bounded however fast one side is; what is far longer than an article is read in
sections by the one that writes, so that none of it but the text is ever in memory as a whole; a pool of a cluster reads
it in sections where the pool is.  Results are stored in the order of the sources whatever the number of processes, so
the index is the same.  Each document is stored in a
transaction of its own when it has been read: an interrupted run has lost nothing that it reported, and the next one
skips what is there.
"""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from attrs import define, evolve, field, frozen

from claimcheck import documents
from claimcheck.documents import SourceFile
from claimcheck.errors import ClaimcheckError, ConfigError, DocumentError, DuplicateIdError, EngineError
from claimcheck.index import DocumentRows, Index, Spool, prepare, prepare_on, serial
from claimcheck.model import Document, Reading

#: Reads one document: `claimcheck.language.read`, or something of the same shape.
Reader = Callable[[Document], Reading]
#: Called with the number of documents done, the number known of so far, and the id of the last one.
Progress = Callable[[int, int, str], None]
#: Reads documents elsewhere: gives the items that come in, in their order, those with a document made ready.
Pool = Callable[[Iterator["Item"]], Iterator["Item"]]
#: Something to add: a path of a file or folder, or a document.
Source = str | os.PathLike[str] | Document

#: Documents waiting for each process, so that none runs dry and memory stays bounded.
_WAITING = 4

_log = logging.getLogger(__name__)


@frozen(kw_only=True)
class AddReport:
    """
    What became of the documents that were to be added.

    Args:
        added: New documents.
        updated: Documents that were there with another content.
        unchanged: Documents that were there with the same content.
        faults: Why the others were left out; each names its document.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: tuple[ClaimcheckError, ...] = ()


@frozen(kw_only=True)
class Item:
    """A document on its way: to be read (``document``), to be stored (``rows``), left out (``fault``), or unchanged."""

    id: str
    digest: str = ""
    document: Document | None = None
    rows: DocumentRows | None = None
    fault: ClaimcheckError | None = None


def gather(sources: Iterable[Source]) -> list[SourceFile | Document]:
    """
    The files and documents that *sources* stand for, in order.

    Raises:
        CorpusError: If a path leads nowhere or to nothing readable.
    """
    found: list[SourceFile | Document] = []
    for source in sources:
        if isinstance(source, Document):
            found.append(source)
        else:
            found.extend(documents.discover(source))
    return found


def ingest(
    index: Index,
    sources: Sequence[SourceFile | Document],
    *,
    reader: Reader | None = None,
    jobs: int = 1,
    max_bytes: int = documents.MAX_BYTES,
    on_progress: Progress | None = None,
    pool: Pool | None = None,
) -> AddReport:
    """
    Read *sources* and store them in *index*.

    Args:
        index: The store; only this process writes to it.
        sources: Files and documents, in the order in which they are stored.
        reader: What reads a document, `claimcheck.language.read` when nothing is said; with several jobs it must
            be importable by name.
        jobs: Processes that read.
        max_bytes: Largest article that is read from a file.
        on_progress: Called after each document.
        pool: Reads in the place of processes of this machine; *reader* and *jobs* count for nothing then.
    Returns:
        What became of the documents.  One that cannot be read is a fault of its own and does not stop the rest.
    Raises:
        ConfigError: If *jobs* or *max_bytes* is less than 1.
        EngineError: If the language model cannot be used, or a reading process dies.
        StoredIndexError: If the index cannot be written; what was stored before stays.
    """
    if max_bytes < 1:
        msg = f"the largest article must have at least 1 byte, not {max_bytes}"
        raise ConfigError(msg)
    tally = _Tally(total=len(sources))
    items = _items(index, sources, tally, max_bytes)
    return _take(index, items, tally, reader=reader, jobs=jobs, on_progress=on_progress, pool=pool)


def reread(
    index: Index,
    stored: Iterable[tuple[Document, str]],
    *,
    total: int,
    reader: Reader | None = None,
    jobs: int = 1,
    on_progress: Progress | None = None,
) -> AddReport:
    """
    Read documents that were stored before, and store them in *index* under the digests that they had.

    Args:
        index: The store; only this process writes to it.
        stored: Documents with their digests, in the order in which they are stored.
        total: How many there are.
        reader: As for `ingest`.
        jobs: As for `ingest`.
        on_progress: As for `ingest`.
    Returns:
        What became of the documents.
    Raises:
        ConfigError: If *jobs* is less than 1.
        EngineError: If the language model cannot be used, or a reading process dies.
        StoredIndexError: If the index cannot be written.
    """
    items = (Item(id=document.id, document=document, digest=digest) for document, digest in stored)
    return _take(index, items, _Tally(total=total), reader=reader, jobs=jobs, on_progress=on_progress)


def _take(
    index: Index,
    items: Iterator[Item],
    tally: _Tally,
    *,
    reader: Reader | None,
    jobs: int,
    on_progress: Progress | None,
    pool: Pool | None = None,
) -> AddReport:
    """Read and store *items*, counting in *tally*."""
    if jobs < 1:
        msg = f"the number of jobs must be at least 1, not {jobs}"
        raise ConfigError(msg)
    for item in pool(items) if pool is not None else _read_all(items, reader, jobs):
        _store(index, item, tally)
        tally.done += 1
        if on_progress is not None:
            on_progress(tally.done, tally.total, item.id)
    return AddReport(added=tally.added, updated=tally.updated, unchanged=tally.unchanged, faults=tuple(tally.faults))


def record_digest(document: Document) -> str:
    """SHA-256 of a document as a record, for one that is not a file of its own."""
    data = serial.dumps(serial.unstructure(document, document.text))
    return hashlib.sha256(data.encode(errors="surrogatepass")).hexdigest()


# ------------------------------------------------------------------- finding and loading


@define
class _Tally:
    total: int
    done: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[ClaimcheckError] = field(factory=list)


def _items(index: Index, sources: Iterable[SourceFile | Document], tally: _Tally, max_bytes: int) -> Iterator[Item]:
    """Every document of *sources*, loaded where it has to be read."""
    seen: set[str] = set()
    for source in sources:
        found = [_of_document(source)] if isinstance(source, Document) else _of_file(index, source, max_bytes)
        tally.total += len(found) - 1
        for item in found:
            if item.fault is not None:
                yield item
            elif item.id in seen:
                yield Item(id=item.id, fault=_duplicate(item.id))
            else:
                seen.add(item.id)
                unchanged = index.digest(item.id) == item.digest
                yield evolve(item, document=None) if unchanged else item


def _of_document(document: Document) -> Item:
    try:
        document.id.encode()
    except UnicodeEncodeError:
        msg = f"document id {document.id!r} holds half of a surrogate pair, which is no character"
        return Item(id=document.id, fault=DocumentError(msg, hint="give it another id"))
    return Item(id=document.id, document=document, digest=record_digest(document))


def _of_file(index: Index, source: SourceFile, max_bytes: int) -> list[Item]:
    """
    The documents of one file, and its faults.

    A file that is one document is known by the digest of its bytes, so that it need not be loaded when it has not
    changed; the documents of a file of many are each known by their own.
    """
    try:
        digest = documents.digest(source)
    except ClaimcheckError as error:
        return [Item(id=source.id, fault=error)]
    if source.media_type != "application/jsonl" and index.digest(source.id) == digest:
        return [Item(id=source.id, digest=digest)]
    loaded = documents.load_file(source, max_bytes=max_bytes)
    items = [
        Item(id=document.id, document=document, digest=loaded.digest)  # it may have changed since it was looked at
        if source.media_type != "application/jsonl"
        else _of_document(document)
        for document in loaded.documents
    ]
    return items + [Item(id=source.id, fault=fault) for fault in loaded.faults]


def _duplicate(document_id: str) -> DuplicateIdError:
    msg = f"{document_id}: another article has this id already; the later one was left out"
    return DuplicateIdError(msg, hint="rename one of them, or give each an id of its own")


# ------------------------------------------------------------------------------ reading


def _read_all(items: Iterator[Item], reader: Reader | None, jobs: int) -> Iterator[Item]:
    """*items* in their order, those with a document made ready to be stored."""
    if jobs == 1:
        for item in items:
            yield read_item(item, reader)
        return
    # Fresh processes: a copy of one that has threads or an open index can hang.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_process, initargs=(reader,))
    waiting: deque[Item | Future[Item]] = deque()
    try:
        for item in items:
            is_here = item.document is None or _is_long(item, reader)
            waiting.append(item if is_here else pool.submit(_read_in_process, item))
            if len(waiting) >= jobs * _WAITING:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    except BrokenProcessPool as error:
        msg = "a process that was reading articles has died"
        hint = "it may have run out of memory: try again with fewer jobs; documents stored before are kept"
        raise EngineError(msg, hint=hint, code="CC-E33") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _result(item: Item | Future[Item]) -> Item:
    return item.result() if isinstance(item, Future) else read_item(item)


def _is_long(item: Item, reader: Reader | None) -> bool:
    """Whether a document is read in sections, which only the language model's reader can do."""
    from claimcheck.language.sections import SECTION  # noqa: PLC0415 - loads the language room's code

    return reader is None and item.document is not None and len(item.document.text) > SECTION


def language_reader() -> Reader:
    """`claimcheck.language.read`."""
    from claimcheck.language import read  # noqa: PLC0415 - loads the language model

    return read


_process_reader: Reader | None = None


def _start_process(reader: Reader | None) -> None:
    """Make ready a process that reads: Ctrl-C is for the one that writes, and nothing is read when that has gone."""
    global _process_reader  # noqa: PLW0603 - the way to hand something to all tasks of a process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _process_reader = reader or language_reader()


def _end_with_parent() -> None:
    """End this process when the one that started it has ended, however that was: its queue would keep it for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _read_in_process(item: Item) -> Item:
    assert _process_reader is not None
    return read_item(item, _process_reader)


def read_item(item: Item, reader: Reader | None = None) -> Item:
    """
    *item* ready to be stored, or with the fault that stopped it; as it is without a document.

    Args:
        item: What may have a document.
        reader: What reads it; when nothing is said, `claimcheck.language.read`, and a long article is read in sections.
    Raises:
        EngineError: If the language model cannot be used.
    """
    if item.document is None:
        return item
    try:
        if _is_long(item, reader):
            rows = _rows_of_sections(item.document, item.digest)
        else:
            rows = _rows(item.document, item.digest, reader or language_reader())
        return Item(id=item.id, digest=item.digest, rows=rows)
    except (EngineError, MemoryError):
        raise
    except ClaimcheckError as error:
        return Item(id=item.id, fault=error)
    except Exception as error:  # noqa: BLE001 - one odd article must not stop an archive
        _log.warning("reading %s failed", item.id, exc_info=True)
        msg = f"{item.id}: reading failed: {type(error).__name__}: {error}"
        return Item(id=item.id, fault=DocumentError(msg, hint="please report this with the article"))


def _rows(document: Document, digest: str, reader: Reader) -> DocumentRows:
    reading = reader(document)
    dated = evolve(document, published=document.published or reading.anchor)
    return prepare(dated, reading, digest=digest)


def _rows_of_sections(document: Document, digest: str) -> DocumentRows:
    """The same, section by section, by way of a file."""
    from claimcheck.language import read_sections  # noqa: PLC0415 - loads the language model
    from claimcheck.language.layout import published_in_text  # noqa: PLC0415

    dated = evolve(document, published=document.published or published_in_text(document))
    return prepare_on(Spool(), dated, read_sections(dated), digest=digest)


# ------------------------------------------------------------------------------ storing


def _store(index: Index, item: Item, tally: _Tally) -> None:
    if item.fault is not None:
        tally.faults.append(item.fault)
    elif item.rows is None:
        tally.unchanged += 1
    else:
        known = index.digest(item.id) is not None
        index.put_rows(item.rows)
        if known:
            tally.updated += 1
        else:
            tally.added += 1
