"""Results kept in a file: what comes out was put in, and whatever is wrong with the file costs only time."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.checker import results
from claimcheck.checker.results import ResultStore, key_of

DATA = {"span": [0, 4], "text": "Küste", "share": 0.1}
KEY = key_of("a")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "results.sqlite"


def test_what_is_put_comes_out_also_in_another_process(path):
    ResultStore(path).put({KEY: DATA, key_of("b"): [1.5, None]})
    assert {KEY: DATA, key_of("b"): [1.5, None]} == ResultStore(path).get([KEY, key_of("b"), key_of("c")])


def test_only_the_user_can_read_the_file(path):
    ResultStore(path).put({KEY: DATA})
    assert stat.S_IRUSR | stat.S_IWUSR == stat.S_IMODE(path.stat().st_mode)


def test_many_keys_at_once(path):
    many = {key_of(str(n)): n for n in range(1_200)}
    store = ResultStore(path)
    store.put(many)
    assert many == store.get(list(many))
    assert {} == store.get([])


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_other_parts_have_another_key(one, other):
    assert (one == other) == (key_of(*one) == key_of(*other))


@pytest.mark.parametrize("size", [0, 3, 100, 9_000])
def test_a_damaged_file_is_made_anew(path, size):
    ResultStore(path).put({key_of(str(n)): DATA for n in range(500)})
    path.write_bytes(b"rubbish " * 1_125 if size == 9_000 else path.read_bytes()[:size])
    store = ResultStore(path)
    assert {} == store.get([KEY])
    store.put({KEY: DATA})
    assert {KEY: DATA} == ResultStore(path).get([KEY])


def test_a_file_with_other_tables_is_made_anew(path):
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE results (name TEXT)")
    connection.close()
    store = ResultStore(path)
    store.put({KEY: DATA})
    assert {KEY: DATA} == store.get([KEY])


def test_no_flipped_byte_ever_comes_out_as_a_result(path):
    """Every place in the file, with another byte there: the result is the one that was put, or none."""
    ResultStore(path).put({KEY: DATA})
    whole = path.read_bytes()
    for at in range(0, len(whole), 37):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        store = ResultStore(path)
        assert store.get([KEY]) in ({}, {KEY: DATA})
        store.close()


def test_the_file_does_not_grow_without_end_and_the_oldest_go_first(path, monkeypatch):
    store = ResultStore(path, most_bytes=200_000)
    monkeypatch.setattr(results, "_today", lambda: 1)
    store.put({key_of("old", str(n)): os.urandom(500).hex() for n in range(100)})
    monkeypatch.setattr(results, "_today", lambda: 2)
    asked = key_of("old", "0")
    store.get([asked])
    for n in range(1_000):
        store.put({key_of("new", str(n)): os.urandom(500).hex()})
        assert path.stat().st_size < 300_000
        if n == 200:
            assert 1 == len(store.get([asked]))
            assert {} == store.get([key_of("old", "1")])
    assert 1 == len(store.get([key_of("new", "999")]))


def test_one_that_is_too_large_is_not_kept(path, monkeypatch):
    monkeypatch.setattr(results, "MOST_OF_ONE", 100)
    store = ResultStore(path)
    store.put({KEY: os.urandom(500).hex(), key_of("b"): 1})
    assert {key_of("b"): 1} == store.get([KEY, key_of("b")])


def test_what_was_not_asked_for_in_a_month_is_removed(path, monkeypatch):
    ResultStore(path).put({KEY: DATA, key_of("b"): DATA})
    today = int(time.time() // 86_400)
    monkeypatch.setattr(results, "_today", lambda: today + 20)
    assert {KEY: DATA} == ResultStore(path).get([KEY])
    monkeypatch.setattr(results, "_today", lambda: today + 40)
    assert {KEY: DATA} == ResultStore(path).get([KEY, key_of("b")])


def test_a_locked_file_is_waited_for_and_then_done_without(path, monkeypatch):
    monkeypatch.setattr(results, "_SECONDS_TO_WAIT", 0.01)
    store = ResultStore(path)
    store.put({KEY: DATA})
    with sqlite3.connect(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        store.put({key_of("b"): DATA})
        assert {} == store.get([KEY])
        assert {} == ResultStore(path).get([KEY])
    other.close()
    assert {KEY: DATA} == store.get([KEY, key_of("b")])


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path):
    (tmp_path / "file").touch()
    store = ResultStore(tmp_path / "file" / "below" / "results.sqlite")
    store.put({KEY: DATA})
    assert {} == store.get([KEY])


def test_several_threads_and_processes_at_once(path):
    code = (
        "import sys, pathlib\nfrom claimcheck.checker.results import ResultStore, key_of\n"
        "store = ResultStore(pathlib.Path(sys.argv[1]))\n"
        "for n in range(100):\n    store.put({key_of(sys.argv[2], str(n)): n})\n"
    )
    others = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in ("x", "y")]
    store = ResultStore(path)

    def work(name):
        for n in range(100):
            store.put({key_of(name, str(n)): n})
            store.get([key_of(name, str(n))])

    threads = [threading.Thread(target=work, args=(name,)) for name in ("v", "w")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [0, 0] == [other.wait(60) for other in others]
    for name in "vwxy":
        keys = [key_of(name, str(n)) for n in range(100)]
        assert list(range(100)) == sorted(store.get(keys).values())
