"""Corpora that are opened by an address: what opens them is found by its scheme, and says what is wrong."""

from __future__ import annotations

import importlib.metadata
import sys
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from claimcheck import Checker, Corpus, Document, Label
from claimcheck.checker import schemes
from claimcheck.errors import ClaimcheckError, ClusterError, ConfigError, EngineError


def opened(address):
    """A corpus that says where it was asked for."""
    corpus = Corpus.memory()
    corpus.add(Document(id=address, text="Clara Weiss opened the Harbour Bridge in 1998."))
    return corpus


@pytest.fixture
def known(monkeypatch):
    original = importlib.metadata.entry_points

    def know(**values):
        points = EntryPoints(EntryPoint(name=name, value=value, group=schemes.GROUP) for name, value in values.items())

        def entry_points(**wanted):
            return points if wanted == {"group": schemes.GROUP} else original(**wanted)

        monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)

    return know


def test_an_address_is_opened_by_what_its_scheme_names(known):
    known(vault=f"{__name__}:opened")
    with Corpus.open("vault://archive/2026") as corpus:
        assert ["vault://archive/2026"] == [found.id for found in corpus.documents()]
        verdict = Checker(corpus, entailment=None).verify("Clara Weiss opened the Harbour Bridge in 1998")
    assert Label.SUPPORTED is verdict.label


@pytest.mark.parametrize(
    ("address", "error", "said"),
    [
        ("nothing://archive", ConfigError, "known: broken://, vault://"),
        ("broken://archive", EngineError, "cannot be loaded"),
    ],
)
def test_what_cannot_be_opened_says_why(known, address, error, said):
    known(vault=f"{__name__}:opened", broken=f"{__name__}:no_such_thing")
    with pytest.raises(error, match=said) as caught:
        Corpus.open(address)
    assert caught.value.hint


@pytest.mark.parametrize("options", [{"shards": 2}, {"reader": opened}])
def test_nothing_is_made_or_added_at_an_address(known, options):
    known(vault=f"{__name__}:opened")
    with pytest.raises(ConfigError, match="for reading only"):
        Corpus.open("vault://archive", **options)


def test_a_file_whose_name_looks_like_an_address_is_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vault:").mkdir()
    with Corpus.open(tmp_path / "vault:" / "archive") as corpus:
        corpus.add(Document(id="a", text="Clara Weiss resigned."))
    with Corpus.open("vault://archive") as corpus:
        assert corpus.get("a") is not None


def test_the_scheme_of_clusters_is_installed():
    assert "ray" in importlib.metadata.entry_points(group=schemes.GROUP).names


@pytest.mark.parametrize(
    ("address", "error", "code"),
    [
        ("ray://192.0.2.1:6379", ConfigError, ConfigError.code),
        ("ray://192.0.2.1/archive.shards", ConfigError, ConfigError.code),
        ("ray://192.0.2.1:6379/archive.shards", ClusterError, "CC-E81"),
    ],
)
def test_an_address_of_a_cluster_says_what_is_wrong_with_it(monkeypatch, address, error, code):
    monkeypatch.setitem(sys.modules, "ray", None)  # as if it were not installed
    with pytest.raises(ClaimcheckError) as caught:
        Corpus.open(address)
    assert (error, code) == (type(caught.value), caught.value.error_code)
