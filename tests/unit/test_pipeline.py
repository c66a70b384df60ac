"""The adapter to the language model: exact offsets, a tree that holds together, and faults that say what to do."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import EngineError
from claimcheck.language import pipeline
from claimcheck.language.pipeline import check_files, model_name, parse, plain

SENTENCES = [
    "Otto Falk signed the treaty in 1998.",
    "“It’s over,” Clara Weiss said — and left.",
    "Zażółć gęślą 🎉 jaźń.",
    "",
    "Line one\nLine two\t\tend",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It’s over”", '"It\'s over"'),
        ("‘Over’", "'Over'"),
        ("left — at last", "left , at last"),
        ("left--at last", "left, at last"),
        ("10\u00a0km", "10 km"),
        ("plain words", "plain words"),
        ("half \ud83c of a pair", "half \ufffd of a pair"),
        ("", ""),
    ],
)
def test_plain_text_is_as_long_as_it_was(text, expected):
    assert expected == plain(text)
    assert len(text) == len(plain(text))


# ------------------------------------------------------------------------------- parses


@pytest.fixture(scope="module")
def parses():
    return list(parse(SENTENCES))


def test_parses_come_in_order_with_the_text_as_it_was_given(parses):
    assert SENTENCES == [p.text for p in parses]


def test_tokens_are_exact_and_in_order(parses):
    for parsed in parses:
        end = 0
        for number, token in enumerate(parsed.tokens):
            assert (number, True) == (token.i, token.start >= end)
            assert plain(parsed.text)[token.start : token.end] == token.text
            end = token.end


def test_every_token_hangs_below_a_root_and_is_its_heads_child(parses):
    for parsed in parses:
        for token in parsed.tokens:
            top = [token, *token.ancestors()][-1]
            assert top.head is top
            assert token.head is token or token in token.head.children


def test_a_subtree_is_in_text_order_and_holds_its_top(parses):
    root = next(t for t in parses[0].tokens if t.head is t)
    assert list(parses[0].tokens) == root.subtree()


def test_names_and_sentence_starts_lie_in_the_text(parses):
    for parsed in parses:
        assert all(0 <= n.first < n.last <= len(parsed.tokens) for n in parsed.names)
        assert set(parsed.starts) <= {t.start for t in parsed.tokens}


def test_a_cut_off_lemma_gets_its_letter_back():
    tokens = next(parse(["Clara Weiss hopes to win."])).tokens
    assert "hope" == next(t.lemma for t in tokens if t.text == "hopes")


# ---------------------------------------------------------------- words without a space

#: What the tokenizer cuts off at the ends of words, and what it cuts in their midst, piled up.
PILES = (
    "[",
    ")",
    "*",
    ".",
    "..",
    "…",
    "“",
    "'s",
    "km",
    "$",
    "1.",
    "a.",
    "A.",
    "-",
    "é",
    "🎉",
    "](",
    "a)",
    "a....",
    "http://x.y/",
)


@pytest.fixture(scope="module")
def unlimited():
    """The tokenizer as spaCy makes it, but for our words of one piece."""
    tokenizer = spacy.blank("en").tokenizer
    tokenizer.token_match = pipeline.PREFIXED.match
    return tokenizer


@given(
    st.lists(st.tuples(st.sampled_from((*PILES, "a", "Oslo", "n't")), st.integers(1, 200)), min_size=1, max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_words_are_cut_where_spacy_cuts_them_however_long_they_are(unlimited, parts):
    text = "".join(part * times for part, times in parts)
    limited = pipeline._tokenizer(unlimited)  # noqa: SLF001
    assert [t.text for t in unlimited(text)] == [t.text for t in limited(text)]


@pytest.mark.parametrize("sign", ["[", "(", "<", "*", "_", "`", ">", "#"])
def test_a_pile_of_signs_is_a_token_each(sign):
    (parsed,) = parse([sign * 2_000])
    assert [(n, n + 1) for n in range(2_000)] == [(t.start, t.end) for t in parsed.tokens]


# ------------------------------------------------------------------------- kept at hand


def told(parsed):
    tokens = [(t.start, t.text, t.lemma, t.pos, t.tag, t.dep, t.ent, t.head.i) for t in parsed.tokens]
    return parsed.text, tokens, parsed.starts, parsed.names


def test_a_text_that_was_parsed_a_short_while_ago_is_not_parsed_again(monkeypatch):
    texts = ["The minister resigned in June.", "She left for Oslo.", "The minister resigned in June."]
    expected = [told(parsed) for parsed in parse(texts)]
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "_parsed", lambda _model, texts: pytest.fail("parsed again") if texts else iter(()))
        assert expected == [told(parsed) for parsed in parse(texts)]
    asked = []
    original = pipeline._parsed  # noqa: SLF001
    monkeypatch.setattr(pipeline, "_parsed", lambda model, texts: asked.extend(texts) or original(model, texts))
    list(parse([texts[0], "The minister stayed.", texts[1]]))
    assert ["The minister stayed."] == asked


def test_what_the_model_says_of_a_text_does_not_depend_on_the_texts_beside_it(monkeypatch):
    monkeypatch.setattr(pipeline, "_parses", pipeline.Parses(0))
    together = [told(parsed) for parsed in parse(SENTENCES)]
    assert together == [told(parsed) for text in SENTENCES for parsed in parse([text])]


def test_only_so_much_text_is_kept_and_the_oldest_goes_first():
    kept = pipeline.Parses(20)
    for text in ("a" * 8, "b" * 8, "a" * 8):
        kept.put("m", pipeline.Parse(text=text, tokens=(), starts=(), names=()))
    assert kept.get("m", "a" * 8) is not None
    kept.put("m", pipeline.Parse(text="c" * 8, tokens=(), starts=(), names=()))
    assert [True, False, True] == [kept.get("m", letter * 8) is not None for letter in "abc"]
    assert kept.get("other", "a" * 8) is None
    kept.put("m", pipeline.Parse(text="d" * 21, tokens=(), starts=(), names=()))
    assert [None] * 4 == [kept.get("m", letter * length) for letter, length in zip("abcd", (8, 8, 8, 21), strict=True)]


# ------------------------------------------------------------------------------- models


def test_the_environment_names_the_model(monkeypatch):
    monkeypatch.setenv("CLAIMCHECK_SPACY_MODEL", "some_model")
    assert "some_model" == model_name()


def test_without_any_model_the_error_says_what_to_install(monkeypatch):
    monkeypatch.delenv("CLAIMCHECK_SPACY_MODEL", raising=False)
    monkeypatch.setattr(pipeline, "DEFAULT_MODELS", ("no_such_model_of_english",))
    with pytest.raises(EngineError) as caught:
        model_name()
    assert "CC-E31" == caught.value.error_code
    assert caught.value.hint.startswith("pip install")


def test_a_model_that_is_not_there_is_an_engine_error(monkeypatch):
    monkeypatch.setenv("CLAIMCHECK_SPACY_MODEL", "no_such_model_of_english")
    with pytest.raises(EngineError, match="no_such_model_of_english") as caught:
        next(parse(["It rained."]))
    assert "CC-E31" == caught.value.error_code


def test_a_model_without_a_parser_is_refused(monkeypatch, tmp_path):
    spacy.blank("en").to_disk(tmp_path / "blank")
    monkeypatch.setenv("CLAIMCHECK_SPACY_MODEL", str(tmp_path / "blank"))
    with pytest.raises(EngineError, match="no ner and no parser") as caught:
        next(parse(["It rained."]))
    assert "CC-E31" == caught.value.error_code


# ------------------------------------------------------------------------------ weights


@pytest.fixture
def weights(tmp_path, monkeypatch):
    """A folder with one weight file that has the expected sum."""
    (tmp_path / "ner").mkdir()
    (tmp_path / "ner/model").write_bytes(b"weights")
    monkeypatch.setattr(pipeline, "FILES", {"ner/model": hashlib.sha256(b"weights").hexdigest()})
    return tmp_path


def test_the_expected_weights_pass(weights):
    check_files(weights)


def test_changed_weights_are_refused(weights):
    (weights / "ner/model").write_bytes(b"other weights")
    with pytest.raises(EngineError, match="ner/model is not the one expected") as caught:
        check_files(weights)
    assert "CC-E32" == caught.value.error_code


def test_missing_weights_are_refused(weights):
    (weights / "ner/model").unlink()
    with pytest.raises(EngineError, match="missing"):
        check_files(weights)


def test_every_file_that_is_loaded_is_known():
    spec = importlib.util.find_spec(pipeline.PACKAGE)
    if spec is None:
        pytest.skip("another language model is installed")
    folder = Path(spec.origin).parent / pipeline.FOLDER
    check_files(folder)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    never_read = {"LICENSE", "LICENSES_SOURCES", "README.md", "accuracy.json"}
    assert there - never_read - {name for name in there if name.startswith(pipeline.UNUSED)} == set(pipeline.FILES)


@pytest.mark.parametrize("changed", ["config.cfg", "tokenizer", "ner/model"])
def test_a_changed_model_is_refused_before_any_of_it_is_loaded(monkeypatch, tmp_path, changed):
    package = tmp_path / pipeline.PACKAGE
    for name in pipeline.FILES:
        path = package / pipeline.FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"as it was")
    (package / "__init__.py").write_text("raise SystemExit('the code of the package was run')")
    monkeypatch.setattr(pipeline, "FILES", dict.fromkeys(pipeline.FILES, hashlib.sha256(b"as it was").hexdigest()))
    (package / pipeline.FOLDER / changed).write_bytes(b"not as it was")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(spacy, "load", lambda *_, **__: pytest.fail("it was loaded"))
    with pytest.raises(EngineError, match=changed) as caught:
        pipeline._load.__wrapped__(pipeline.PACKAGE)  # noqa: SLF001 - not the one that is loaded already
    assert "CC-E32" == caught.value.error_code
