"""The configuration: which file, which value, and what is refused."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.config import KEYS, Origin, configuration
from claimcheck.config.values import plain
from claimcheck.errors import ConfigError
from claimcheck.lsp.settings import Settings, configured, with_options

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "configure.md"


@pytest.fixture
def project(tmp_path):
    """A folder in a folder, and a way to write files into either."""
    inner = tmp_path / "desk" / "story"
    inner.mkdir(parents=True)

    def write(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    write.inner, write.root = inner, tmp_path
    return write


def read(project, environment=None, **options):
    return configuration(environment=environment or {}, folder=project.inner, **options)


def test_the_nearest_file_counts_and_its_paths_are_relative_to_it(project):
    project("claimcheck.toml", 'corpus = "far"\n')
    near = project("desk/pyproject.toml", '[tool.claimcheck]\ncorpus = ["near", "/abs"]\nbaseline = "b.json"\n')
    found = read(project)
    assert near == found.file
    assert (str(project.root / "desk" / "near"), "/abs") == found["corpus"].value
    assert str(project.root / "desk" / "b.json") == found["baseline"].value
    assert (Origin.FILE, str(near)) == (found["corpus"].origin, found["corpus"].source)
    assert Origin.DEFAULT is found["method"].origin


def test_an_address_is_no_path_that_counts_from_a_folder(project):
    address = "ray://192.0.2.1:6379/srv/archive.shards"
    project("claimcheck.toml", f'index = "{address}"\n')
    assert address == read(project)["index"].value
    assert address == configured(read(project)).under(project.root).index
    assert address == with_options(Settings(), {"index": address}).under(project.root).index


def test_a_project_file_without_our_table_is_passed_over(project):
    project("desk/pyproject.toml", "[tool.other]\nkey = 1\n")
    own = project("desk/claimcheck.toml", 'fail-on = "never"\n')
    assert own == read(project).file
    project("desk/pyproject.toml", "[tool.claimcheck]\njobs = 3\n")
    assert (project.root / "desk" / "pyproject.toml", 3) == (read(project).file, read(project)["jobs"].value)


def test_a_named_file_and_none_at_all(project):
    project("claimcheck.toml", "jobs = 2\n")
    other = project("desk/other.toml", "jobs = 5\n")
    assert 5 == read(project, file=other)["jobs"].value
    assert (None, 1) == (read(project, isolated=True).file, read(project, isolated=True)["jobs"].value)
    with pytest.raises(ConfigError, match="exclude each other"):
        read(project, file=other, isolated=True)
    with pytest.raises(ConfigError, match="there is no configuration file"):
        read(project, file=project.root / "missing.toml")
    with pytest.raises(ConfigError, match=r"has no table \[tool.claimcheck\]"):
        read(project, file=project("pyproject.toml", "[project]\n"))


def test_the_environment_goes_before_the_file(project):
    project("claimcheck.toml", 'as-of = 2026-05-03\nselect = ["CC-C"]\nmin-confidence = 0.5\n')
    variables = {"CLAIMCHECK_SELECT": "CC-X, CC-I", "CLAIMCHECK_MIN_CONFIDENCE": "0.25", "CLAIMCHECK_AS_OF": ""}
    found = read(project, variables)
    assert ("CC-X", "CC-I") == found["select"].value
    assert (0.25, "CLAIMCHECK_MIN_CONFIDENCE") == (found["min-confidence"].value, found["min-confidence"].source)
    assert (dt.date(2026, 5, 3), Origin.FILE) == (found["as-of"].value, found["as-of"].origin)
    assert ("a", "b/c") == read(project, {"CLAIMCHECK_CORPUS": "a:b/c"})["corpus"].value


def test_an_index_takes_the_place_of_a_corpus_named_before(project):
    project("claimcheck.toml", 'corpus = "articles"\n')
    found = read(project, {"CLAIMCHECK_INDEX": "news.claimcheck"})
    assert ((), "news.claimcheck") == (found["corpus"].value, found["index"].value)
    project("claimcheck.toml", 'corpus = "articles"\nindex = "i"\n')
    with pytest.raises(ConfigError, match="corpus and index exclude each other"):
        read(project)


@pytest.mark.parametrize(
    "case",
    [
        ('corpos = "a"\n', "there is no setting 'corpos'", "did you mean corpus?"),
        ("zzz = 1\n", "there is no setting 'zzz'", "the settings are corpus, "),
        ("[check]\njobs = 1\n", "there is no setting 'check'", "the settings are"),
        ("jobs = -1\n", "jobs cannot be -1", "a whole number"),
        ("jobs = true\n", "jobs cannot be True", "a whole number"),
        ("min-confidence = 2\n", "min-confidence cannot be 2", "a number from 0 to 1"),
        ("corpus = [1]\n", r"corpus cannot be \[1\]", "a text or a list of texts"),
        ('as-of = "soon"\n', "as-of cannot be 'soon'", "YYYY-MM-DD"),
        ("as-of = 2026-05-03T10:00:00Z\n", "as-of cannot be", "YYYY-MM-DD"),
        ('fail-on = "supported"\n', "fail-on cannot be 'supported'", "or never"),
        ('format = "xml"\n', "format cannot be 'xml'", "sarif"),
        ('method = "meaning"\n', "method cannot be 'meaning'", "slots or both"),
        ('ignore = ["XX"]\n', "XX", ""),
        ("min-confidence = 1\nmin_confidence = 1\n", "min-confidence is given twice", ""),
        ("corpus = \n", "is not TOML", "--isolated"),
    ],
)
def test_what_is_wrong_in_a_file_is_refused_with_its_path(project, case):
    text, message, hint = case
    path = project("claimcheck.toml", text)
    with pytest.raises(ConfigError, match=message) as caught:
        read(project)
    assert str(path) in caught.value.message
    assert hint in caught.value.hint


def test_a_misspelt_variable_is_refused_and_a_foreign_one_is_not(project):
    with pytest.raises(ConfigError, match="CLAIMCHECK_CORPOS") as caught:
        read(project, {"CLAIMCHECK_CORPOS": "x"})
    assert "did you mean CLAIMCHECK_CORPUS?" == caught.value.hint
    assert not read(project, {"CLAIMCHECK_CACHE": "x", "CLAIMCHECK_DEPLOYED_BY": "me", "CORPUS": "y"}).given
    with pytest.raises(ConfigError, match="CLAIMCHECK_JOBS cannot be 'two'"):
        read(project, {"CLAIMCHECK_JOBS": "two"})


def test_an_editor_shares_the_keys_and_goes_before_them(project):
    project("claimcheck.toml", 'index = "news.claimcheck"\nfail-on = "never"\ndelay = 1\nreasons = ["seen"]\n')
    settings = configured(read(project))
    assert (str(project.root / "news.claimcheck"), 1.0, ("seen",)) == (settings.index, settings.delay, settings.reasons)
    changed = with_options(settings, {"corpus": "articles", "min_confidence": 0.5})
    assert (None, ("articles",), 0.5, 1.0) == (changed.index, changed.corpus, changed.min_confidence, changed.delay)
    assert Settings() == configured(read(project, isolated=True))


def test_every_key_stands_in_the_documentation_with_its_meaning():
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert {key.name: key.about for key in KEYS} == rows


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_a_default_is_a_value_that_the_key_takes(key):
    if key.default is not None and key.default != "":
        assert key.default == key.read(key.name, plain(key.default))


@given(st.dictionaries(st.sampled_from([k.name for k in KEYS]), st.none() | st.booleans() | st.floats() | st.text()))
def test_any_value_is_read_or_refused_and_what_was_read_reads_the_same(raw):
    for key in KEYS:
        if key.name not in raw:
            continue
        with contextlib.suppress(ConfigError):
            value = key.read(key.name, raw[key.name])
            assert value is None or value == key.read(key.name, plain(value))
