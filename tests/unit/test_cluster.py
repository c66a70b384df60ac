"""What a cluster needs before there is one: an address, somebody who listens there, and Ray."""

from __future__ import annotations

import importlib
import socket

import pytest

from claimcheck.cluster import Cluster, Settings
from claimcheck.errors import ClusterError, ConfigError


@pytest.mark.parametrize("address", ["", "auto", "host", "host:", ":6379", "host:0", "host:65536", "host:six", "a:-1"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ConfigError, match="is no address of a cluster"):
        Cluster.connect(address)


def test_ray_client_is_refused():
    with pytest.raises(ConfigError, match="Ray Client"):
        Cluster.connect("ray://127.0.0.1:10001")


def test_without_ray_it_is_said_how_to_get_it(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(ClusterError, match="needs Ray") as caught:
        Cluster.connect("127.0.0.1:6379")
    assert "CC-E81" == caught.value.error_code
    assert "[cluster]" in caught.value.hint


class NoCluster:
    """Ray, as it is before it has joined a cluster."""

    @staticmethod
    def is_initialized():
        return False


@pytest.mark.parametrize("host", ["127.0.0.1", "no-such-host.invalid"])
def test_where_nobody_listens_ray_is_not_asked(monkeypatch, host):
    monkeypatch.setattr(importlib, "import_module", lambda _: NoCluster)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        with pytest.raises(ClusterError, match="no cluster answers at") as caught:
            Cluster.connect(f"{host}:{taken.getsockname()[1]}")
    assert "CC-E82" == caught.value.error_code
    assert caught.value.hint


def test_settings_from_what_people_write(tmp_path):
    settings = Settings.of(aliases={"the Fed": "Federal Reserve"}, method="slots", min_confidence=0.5)
    assert ("slots", 0.5, ()) == (settings.method.value, settings.min_confidence, settings.memory)
    assert settings.aliases.forms("the Fed")
    with pytest.raises(ConfigError, match="memory"):
        Settings.of(memory=str(tmp_path / "none.jsonl"))
