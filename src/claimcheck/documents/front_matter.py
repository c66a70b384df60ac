"""
Front matter: the YAML mapping between ``---`` lines at the start of a Markdown file.

What is not valid YAML is read line by line as ``key: value``, with a warning, so that a colon in a headline
does not cost the article its date.
"""

from __future__ import annotations

import re

import yaml
from attrs import frozen

from claimcheck.model import Span, Warned

from .metadata import clean

_START = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_LINE = re.compile(r"([A-Za-z_][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(.*))?", re.ASCII)
_LONGEST = 1 << 16


@frozen(kw_only=True)
class FrontMatter:
    """What stands before the article; ``end`` is where the article's own text begins."""

    end: int = 0
    fields: tuple[tuple[str, str], ...] = ()
    warnings: tuple[Warned, ...] = ()


def split(text: str) -> FrontMatter:
    """
    The front matter of *text*, an empty one when it has none.

    A first line ``---`` that no field follows is a rule across the page, not front matter.
    """
    found = _found(text)
    if found is None:
        return FrontMatter()
    start, body, end = found
    fields, warnings = _fields(body, text, start)
    return FrontMatter(end=end, fields=fields, warnings=warnings)


def article_start(text: str) -> int:
    """Where the article's own text begins, which is the ``end`` of its front matter; the fields are not read."""
    found = _found(text)
    return found[2] if found is not None else 0


def _found(text: str) -> tuple[int, str, int] | None:
    """Where the mapping starts, the mapping, and where the article's own text begins; ``None`` without one."""
    start = _START.match(text)
    if start is None:
        return None
    head = text[start.end() : start.end() + _LONGEST].replace("\r\n", " \n").replace("\r", "\n")
    end = _END.search(head)
    if end is None:
        return None
    body = head[: end.start()]
    lines = [line for line in body.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    if lines and _LINE.fullmatch(lines[0].rstrip()) is None:
        return None
    return start.end(), body, start.end() + end.end()


def _fields(body: str, text: str, offset: int) -> tuple[tuple[tuple[str, str], ...], tuple[Warned, ...]]:
    """The fields of the mapping *body*, which starts at *offset* of *text*."""
    try:
        node = yaml.compose(body, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:  # the last two of numbers too large
        mark = getattr(error, "problem_mark", None)
        place = min(mark.index, len(body)) if mark is not None else 0
        line = body.count("\n", 0, place) + 2
        at = min(offset + place, len(text))
        message = f"the front matter is not valid YAML near line {line}; it was read line by line"
        return _by_line(body), (Warned(code="CC-W06", message=message, span=Span.of(text, at, at)),)
    if not isinstance(node, yaml.MappingNode):
        return (), ()
    named = ((key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode))
    return tuple((clean(key.value), _value(value, body)) for key, value in named), ()


def _value(node: yaml.Node, body: str) -> str:
    """A value as text: a plain one as written, a list of plain ones with commas, any other as its YAML."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else clean(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return clean(", ".join(item.value for item in node.value))
    return clean(body[node.start_mark.index : node.end_mark.index].strip())


def _by_line(body: str) -> tuple[tuple[str, str], ...]:
    """The lines of *body* that look like ``key: value``, quotation marks around the value removed."""
    found = (_LINE.fullmatch(line.rstrip()) for line in body.split("\n"))
    return tuple((match[1], _unquoted(match[2] or "")) for match in found if match is not None)


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
