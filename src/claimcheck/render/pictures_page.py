"""One HTML page with the pictures of a corpus and of claims, and the same in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources

from claimcheck.index import DocumentInfo
from claimcheck.model import Evidence, Failure, Verdict

from .display import LABEL_WORDS, counted, percent
from .markup import text
from .pictures import STANCE_WORDS, coverage_svg, timeline_svg

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_TITLE = "claimcheck: sources and evidence"


def pictures_page(documents: Sequence[DocumentInfo], results: Sequence[Verdict | Failure]) -> str:
    """
    The page: how the corpus covers time and, where there are claims, when their evidence was published.

    Args:
        documents: The articles of the corpus.
        results: Verdicts, and what stands in their place.
    """
    style = (resources.files(__package__) / "style" / "pictures.css").read_text(encoding="utf-8")
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f"<title>{_TITLE}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{_TITLE}</h1>\n",
        _corpus(documents),
        *_claims(results),
        "</main>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def _corpus(documents: Sequence[DocumentInfo]) -> str:
    sentences = sum(document.sentences for document in documents)
    dated = [document.published for document in documents if document.published is not None]
    span = f", from {min(dated).isoformat()} to {max(dated).isoformat()}" if dated else ""
    return (
        f"<h2>The sources</h2>\n<figure>\n{coverage_svg(documents)}"
        f"<figcaption>{counted(len(documents), 'article')}, {counted(sentences, 'sentence')}{span}. A time without a "
        "bar has no article: a claim about it may find no evidence.</figcaption>\n</figure>\n"
    )


def _claims(results: Sequence[Verdict | Failure]) -> Iterator[str]:
    verdicts = [result for result in results if isinstance(result, Verdict)]
    if not results:
        return
    yield (
        f"<h2>The evidence</h2>\n<figure>\n{timeline_svg(verdicts)}"
        "<figcaption>Each mark is a sentence, at the day of its article: a disc supports the claim, a cross "
        "contradicts it, a small square decides nothing.</figcaption>\n</figure>\n"
        "<table>\n<thead><tr><th>claim</th><th>verdict</th><th>evidence</th></tr></thead>\n<tbody>\n"
    )
    for result in results:
        if isinstance(result, Verdict):
            label = f"{LABEL_WORDS[result.label]}, {percent(result.confidence)}"
            lines = "".join(f"<li>{_evidence(e)}</li>" for e in result.evidence)
            yield _row(result.claim.text, label, f"<ul>{lines}</ul>" if lines else "none")
        else:
            yield _row(result.text, f"not checked ({result.code})", text(result.message))
    yield "</tbody>\n</table>\n"


def _row(claim: str, label: str, evidence: str) -> str:
    return f"<tr><td>{text(claim)}</td><td>{text(label)}</td><td>{evidence}</td></tr>\n"


def _evidence(evidence: Evidence) -> str:
    line = f", line {evidence.position.line}" if evidence.position else ""
    day = evidence.published.isoformat() if evidence.published else "no date"
    where = f"{STANCE_WORDS[evidence.stance]} · {day} · {evidence.document}{line}"
    return f'<span class="quiet">{text(where)}</span><br>{text(evidence.span.text)}'
