"""The parts of the newsroom's server that need no server: rates, sessions, tokens, names, history, reports."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("fastapi", reason="the extra server (fastapi) is not installed")

from claimcheck.errors import IndexVersionError, RequestError, TokenFileError
from claimcheck.index import SqliteIndex
from claimcheck.server.database import Database
from claimcheck.server.exports import with_decisions
from claimcheck.server.history import Event, History
from claimcheck.server.limits import Rate, Slots
from claimcheck.server.sessions import IDLE, LONGEST, Principal, Sessions
from claimcheck.server.settings import Settings, is_loopback
from claimcheck.server.tokens import Entry, Role, Tokens, add_token, digest_of, read_tokens
from claimcheck.server.uploads import DRAFTS, MAX_NAME, safe_name

ANNA = Principal(name="anna", role=Role.EDITOR)


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


# ----------------------------------------------------------------------- rates, slots


def test_a_rate_lets_a_burst_through_and_then_so_many_a_minute():
    clock = Clock()
    rate = Rate(60, clock)
    assert [0.0] * 10 == [rate.take("a") for _ in range(10)]
    assert 1.0 == pytest.approx(rate.take("a"))
    assert 0.0 == rate.take("b")
    clock.now += 0.5
    assert 0.5 == pytest.approx(rate.take("a"))
    clock.now += 0.6
    assert 0.0 == rate.take("a")
    assert rate.take("a") > 0
    clock.now += 3600
    assert [0.0] * 10 == [rate.take("a") for _ in range(10)]
    assert rate.take("a") > 0


@given(waits=st.lists(st.floats(0, 30), min_size=1, max_size=60), minute=st.integers(1, 600))
def test_no_rhythm_gets_more_through_than_the_rate_and_its_burst(waits, minute):
    clock = Clock()
    rate = Rate(minute, clock)
    passed = 0
    for wait in waits:
        clock.now += wait
        passed += rate.take("a") == 0
    assert passed <= max(minute / 6, min(10, minute)) + sum(waits) * minute / 60 + 1


def test_slots_are_counted_for_each():
    slots = Slots(2)
    assert [True, True, False, True] == [slots.take("a"), slots.take("a"), slots.take("a"), slots.take("b")]
    slots.give("a")
    assert slots.take("a")


# --------------------------------------------------------------------- sessions, tokens


@pytest.mark.parametrize(("pauses", "there"), [([IDLE - 1], True), ([IDLE + 1], False), ([IDLE / 2] * 30, False)])
def test_a_session_ends_when_it_was_idle_or_has_lasted(pauses, there):
    clock = Clock()
    sessions = Sessions(clock)
    key, began = sessions.begin(Entry(name="anna", role=Role.READER, digest="0" * 64))
    found = began
    for pause in pauses:
        clock.now += pause
        found = sessions.find(key, lambda _: True)
    assert there == (found == began)
    assert sum(pauses) < LONGEST or not there


def test_a_session_ends_with_its_entry():
    sessions = Sessions()
    key, _ = sessions.begin(Entry(name="anna", role=Role.READER, digest="0" * 64))
    assert sessions.find(key, lambda _: False) is None
    assert sessions.find(key, lambda _: True) is None


def test_a_token_is_found_by_its_hash_alone(tmp_path):
    file = tmp_path / "tokens.toml"
    made = {name: add_token(str(file), name, Role.READER) for name in ("anna", "ben")}
    tokens = Tokens(str(file))
    assert {"anna", "ben"} == {tokens.find(token).name for token in made.values()}
    assert digest_of(made["anna"]) in file.read_text()
    assert not any(token in file.read_text() for token in made.values())
    for wrong in ("", made["anna"][:-1], made["anna"] + "x", digest_of(made["anna"]), "x" * 10_000):
        assert tokens.find(wrong) is None


def test_a_token_taken_out_while_the_server_starts_does_not_stay(tmp_path, monkeypatch):
    file = tmp_path / "tokens.toml"
    token = add_token(str(file), "anna", Role.READER)

    def read_then_changed(path):
        entries = read_tokens(path)
        file.write_text("")
        return entries

    with monkeypatch.context() as changed:
        changed.setattr("claimcheck.server.tokens.read_tokens", read_then_changed)
        tokens = Tokens(str(file))
    assert tokens.find(token) is None


@pytest.mark.parametrize("name", ["", " ", 'a"\nrole = "admin', "x" * 65, "a\tb", "\u202ea", "-a"])
def test_a_name_that_could_mean_more_is_no_name(tmp_path, name):
    with pytest.raises(TokenFileError):
        add_token(str(tmp_path / "tokens.toml"), name, Role.READER)
    assert not (tmp_path / "tokens.toml").exists()


# ------------------------------------------------------------------------ names, hosts


@given(st.text())
def test_names_of_uploads_are_one_short_line_that_leads_nowhere(name):
    safe = safe_name(name)
    assert 0 < len(safe) <= MAX_NAME
    assert not set("/\\\0\r\n") & set(safe)
    assert not safe.startswith(".")
    assert not any(unicodedata.category(c)[0] == "C" for c in safe)
    assert safe == safe_name(safe)


@given(st.text(st.characters(exclude_characters="/\\"), max_size=400), st.sampled_from(sorted(DRAFTS)))
def test_the_ending_of_a_name_is_kept(name, ending):
    assert safe_name(f"a{name}{ending}").endswith(ending)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("localhost", True)]
    + [(host, False) for host in ("0.0.0.0", "::", "10.0.0.1", "localhost.example", "127.0.0.1.example", "")],
)
def test_only_this_machine_is_loopback(host, expected):
    assert expected == is_loopback(host)


def test_a_public_name_is_known_whatever_its_case():
    settings = Settings(index="", public_url="https://Check.Example.org:8443")
    assert settings.knows_host("check.EXAMPLE.org")
    assert not settings.knows_host("example.org")
    assert ("https://check.example.org:8443", True) == (settings.public_origin, settings.https)


# ----------------------------------------------------------------------------- history


@pytest.fixture
def database(tmp_path):
    path = str(tmp_path / "index.claimcheck")
    SqliteIndex.open(path).close()
    made = Database(path)
    yield made
    made.close()


@pytest.fixture
def history(database):
    return History(database)


def event(kind, **data):
    return Event(kind=kind, data=json.dumps(data), claim=data.get("number"))


def test_nothing_is_added_to_a_check_that_is_over(history):
    check = history.begin("a.md", ANNA, "0" * 64)
    history.started(check, {"claimcheck": "1"})
    assert history.append(check, [event("draft"), event("claim", number=3)])
    assert history.finish(check, event("done"), exports={"html": "<p>"})
    assert not history.append(check, [event("claim", number=4)])
    assert not history.finish(check, event("failed", error={}))
    assert ["draft", "claim", "done"] == [e.kind for e in history.events(check, 0)]
    assert "done" == history.check(check)["state"]


def test_what_was_under_way_is_cut_short_once(history):
    done, waiting, running = (history.begin(f"{n}.md", ANNA, "0" * 64) for n in range(3))
    history.finish(done, event("done"))
    history.started(running, {})
    assert {waiting, running} == set(history.cut_short("stopped"))
    assert [] == history.cut_short("stopped")
    assert ["done", "failed", "failed"] == [history.check(one)["state"] for one in (done, waiting, running)]


def test_a_decision_on_nothing_is_refused_and_leaves_no_trace(history):
    check = history.begin("a.md", ANNA, "0" * 64)
    before = history.audit(limit=10)
    with pytest.raises(RequestError):
        history.decide(check, 1, ANNA, action="accept", verdict=None, comment="")
    assert before == history.audit(limit=10)


def test_a_check_is_heard_when_it_is_over_and_all_of_it_was_received(history):
    check = history.begin("a.md", ANNA, "0" * 64)
    assert not history.is_heard(check, 0)
    history.finish(check, event("failed", error={}))
    assert not history.is_heard(check, 0)
    assert history.is_heard(check, 1)


def test_a_history_of_another_version_is_not_touched(database):
    History(database)
    with database.writing() as connection:
        connection.execute("UPDATE newsroom SET version = 99")
    with pytest.raises(IndexVersionError):
        History(database)


# ----------------------------------------------------------------------------- reports


def test_decisions_in_a_report_are_text():
    decision = {
        "claim": 1,
        "action": "override",
        "verdict": "not_enough_evidence",
        "found": "supported",
        "comment": "</table><script>|\n# *x*",
        "who": "a",
        "when": "b",
    }
    html = with_decisions("html", "<body></body>", [decision])
    assert "&lt;script&gt;" in html
    assert 1 == html.count("</table>")
    assert html.endswith("</section>\n</body>")
    table = with_decisions("markdown", "# x\n", [decision]).splitlines()[-1]
    assert 7 == table.replace("\\|", "").count("|")
    assert "override: not enough evidence" in table
    assert "\\*x\\*" in table.replace("\\_", "_")
