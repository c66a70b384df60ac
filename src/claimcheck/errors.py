"""
The exception tree.

Every error has a stable `code` that can be searched for, a `hint` that says what
to do, and, where it is known, the `span` it is about.  Subclasses also derive
from the builtin that fits them best, so ``except ValueError`` keeps working.

Codes: ``CC-E0x`` claims and configuration, ``CC-E1x`` documents, ``CC-E2x``
the stored index, ``CC-E3x`` engines, ``CC-E4x`` evaluation data, ``CC-E5x`` pairs,
``CC-E6x`` the server, ``CC-E7x`` requests to it, ``CC-E8x`` clusters.
"""

from __future__ import annotations

from typing import ClassVar


class ClaimcheckError(Exception):
    """
    Base of everything claimcheck raises on purpose.

    Args:
        message: What went wrong, lower-case, one sentence.
        hint: What the reader can do about it.
        code: A more specific code than the class's own.
        span: ``(start, end)`` code points of the text the error is about.
    """

    code: ClassVar[str] = "CC-E00"

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        code: str | None = None,
        span: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.span = span
        self._code = code

    @property
    def error_code(self) -> str:
        """The stable code, for example ``CC-E01``."""
        return self._code or self.code

    def __str__(self) -> str:
        return self.message


class ClaimParseError(ClaimcheckError, ValueError):
    """A claim from which no statement can be read."""

    code = "CC-E01"


class NotCheckableError(ClaimParseError):
    """A question, an opinion, a wish or a command: nothing that sources could settle."""

    code = "CC-E02"


class ConfigError(ClaimcheckError, ValueError):
    """A setting that is unknown or does not make sense."""

    code = "CC-E03"


class SpanError(ClaimcheckError, ValueError):
    """A span that does not lie inside its text, or does not say what it claims to say."""

    code = "CC-E04"


class CorpusError(ClaimcheckError, ValueError):
    """A corpus that is missing or cannot be used as a whole."""

    code = "CC-E10"


class DocumentError(CorpusError):
    """One document that cannot be read."""

    code = "CC-E11"


class DuplicateIdError(CorpusError):
    """Two documents with one id."""

    code = "CC-E12"


class StoredIndexError(ClaimcheckError, OSError):
    """An index file that cannot be opened, read or written."""

    code = "CC-E20"


class IndexFormatError(StoredIndexError):
    """A file that is not a claimcheck index, or is damaged."""

    code = "CC-E21"


class IndexVersionError(StoredIndexError):
    """An index written by another version of claimcheck."""

    code = "CC-E22"


class IndexLockedError(StoredIndexError):
    """An index that another process is writing, or that may not be written."""

    code = "CC-E23"


class EngineError(ClaimcheckError, RuntimeError):
    """A language or entailment model that is missing, damaged or fails."""

    code = "CC-E30"


class EvaluationDataError(ClaimcheckError, ValueError):
    """Gold data that cannot be scored."""

    code = "CC-E40"


class PairError(ClaimcheckError, ValueError):
    """A pair of claim and evidence that an entailment model cannot judge."""

    code = "CC-E50"


class ServerError(ClaimcheckError, RuntimeError):
    """A server that cannot start, or work that it could not bring to its end."""

    code = "CC-E60"


class TokenFileError(ServerError):
    """A file of tokens that cannot be read or written, or is not valid."""

    code = "CC-E63"


class RequestError(ClaimcheckError, ValueError):
    """A request to the server that cannot be answered as it is."""

    code = "CC-E70"


class ClusterError(ClaimcheckError, RuntimeError):
    """A cluster that cannot be used, or work in it that could not be brought to its end."""

    code = "CC-E80"


class ClaimcheckWarning(UserWarning):
    """Base of the warnings; each has a `code` too."""

    code: ClassVar[str] = "CC-W00"


class UnanchoredDateWarning(ClaimcheckWarning):
    """A relative date in a text whose own date is unknown."""

    code = "CC-W01"


class AmbiguousDateWarning(ClaimcheckWarning):
    """A date that can be read in two ways, such as 03/04/2009."""

    code = "CC-W02"


class AmbiguousNameWarning(ClaimcheckWarning):
    """A name that can mean several people, and the text does not settle it."""

    code = "CC-W03"


class SkippedDocumentWarning(ClaimcheckWarning):
    """A document that could not be read and was left out."""

    code = "CC-W04"


class PartialSearchWarning(ClaimcheckWarning):
    """A part of the corpus that could not be searched: what it holds counts for nothing in the verdict."""

    code = "CC-W08"


class LongSentenceWarning(ClaimcheckWarning):
    """A sentence longer than people write any: it is found by its words and names, but nothing else is read from it."""

    code = "CC-W09"


class GuessedEncodingWarning(ClaimcheckWarning):
    """A file that was not UTF-8 and whose encoding was guessed."""

    code = "CC-W05"
