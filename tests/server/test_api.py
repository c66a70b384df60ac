"""The whole path by the API: a draft checked while one looks on, decided, exported; articles, audit log, figures."""

import io
import json
from concurrent.futures import ThreadPoolExecutor

import docx
import jsonschema
import pytest

import claimcheck
from claimcheck.render.objects import schema
from claimcheck.server.shapes import AuditPage, CheckPage, CheckWhole, DocumentPage, DocumentWhole
from newsroom_server import BRIDGE, DRAFT, begun, events, refusal

VERDICTS = {"supported", "contradicted", "conflicting", "not_enough_evidence"}


@pytest.fixture(scope="module")
def editor(newsroom):
    with newsroom.client("editor") as client:
        yield client


@pytest.fixture(scope="module")
def checked(editor):
    """A check that has come to its end, with its events."""
    check = begun(editor, DRAFT)
    return check, events(editor, check)


def of_kind(found, kind):
    return [data for _, name, data in found if name == kind]


def test_a_check_is_followed_event_by_event(checked):
    _, found = checked
    assert list(range(1, len(found) + 1)) == [number for number, _, _ in found]
    assert ["draft", "progress"] == [kind for _, kind, _ in found[:2]]
    assert "done" == found[-1][1]
    assert [{"done": n, "total": 3} for n in range(4)] == of_kind(found, "progress")


def test_places_of_claims_hold_in_the_stored_text(checked):
    _, found = checked
    (draft,) = of_kind(found, "draft")
    assert "draft.md" == draft["name"]
    words = {c["number"]: draft["text"][c["start"] : c["end"]] for c in draft["claims"]}
    asides = {words[c["number"]]: c["kind"] for c in draft["claims"] if not c["checkable"]}
    assert "question" == asides["Was it worth it?"]
    claims = of_kind(found, "claim")
    assert 3 == len(claims)
    for claim in claims:
        assert words[claim["number"]] == draft["text"][claim["start"] : claim["end"]] == claim["result"]["claim"]
        jsonschema.validate(claim["result"], schema("verdict"))


def test_a_wrong_year_is_contradicted_with_the_words_that_differ(checked):
    _, found = checked
    (draft,) = of_kind(found, "draft")
    wrong = next(c for c in of_kind(found, "claim") if "1934" in c["result"]["claim"])
    assert "contradicted" == wrong["result"]["verdict"]
    assert "1934" in draft["text"][wrong["focus"]["start"] : wrong["focus"]["end"]]
    assert "CC-C01" == wrong["finding"]["code"]
    first = wrong["result"]["evidence"][0]
    assert "bridge.md" == first["document"]
    assert f"{first['prefix']}{first['text']}{first['suffix']}" in BRIDGE.partition("---\n\n")[2] or first["suffix"]


def test_evidence_stands_in_the_article_where_it_says(checked, editor):
    _, found = checked
    evidence = [e for c in of_kind(found, "claim") for e in c["result"]["evidence"]]
    assert evidence
    for e in evidence:
        document = editor.get(f"/api/v1/documents/{e['document']}").json()
        assert e["text"] == document["text"][e["start"] : e["end"]]
        assert {"start": e["start"], "end": e["end"]}.items() <= next(
            s for s in document["sentences"] if s["start"] == e["start"]
        ).items()


def test_what_was_streamed_is_what_is_kept(checked, editor):
    check, found = checked
    whole = editor.get(f"/api/v1/checks/{check}").json()
    assert "done" == whole["state"]
    assert of_kind(found, "draft") == [whole["draft"]]
    assert of_kind(found, "claim") == whole["claims"]
    assert of_kind(found, "done") == [whole["done"]]
    assert whole["done"]["summary"] == whole["summary"]
    assert found[-1][0] == whole["last_event"]
    assert {"claimcheck", "model", "index"} <= set(whole["versions"])
    assert claimcheck.__version__ == whole["versions"]["claimcheck"]


def test_a_stream_goes_on_where_it_broke_off(checked, editor):
    check, found = checked
    assert found[4:] == events(editor, check, after=4)
    assert [] == events(editor, check, after=found[-1][0])  # 204: an EventSource leaves off


@pytest.mark.usefixtures("checked")
def test_the_newest_check_comes_first_and_pages_join(editor):
    begun(editor, "The Sill bridge was opened in 1932.", "other.txt")
    everything = editor.get("/api/v1/checks", params={"limit": 200}).json()["checks"]
    assert "other.txt" == everything[0]["name"]
    paged, before = [], None
    while True:
        page = editor.get("/api/v1/checks", params={"limit": 1} | ({"before": before} if before else {})).json()
        paged += page["checks"]
        before = page["next"]
        if before is None:
            break
    assert [c["id"] for c in everything] == [c["id"] for c in paged]


def test_decisions_are_kept_with_what_they_were_made_on(checked, editor, newsroom):
    check, found = checked
    claim = next(c for c in of_kind(found, "claim") if c["result"]["verdict"] == "contradicted")
    where = f"/api/v1/checks/{check}/claims/{claim['number']}/decisions"
    made = [
        editor.post(where, json={"action": "accept"}).json(),
        editor.post(where, json={"action": "override", "verdict": "supported", "comment": "<b>seen</b> it"}).json(),
        editor.post(where, json={"action": "comment", "comment": "ask the archive"}).json(),
    ]
    assert ["accept", "override", "comment"] == [d["action"] for d in made]
    assert {"the editor"} == {d["who"] for d in made}
    assert {claim["evidence_hash"]} == {d["evidence_hash"] for d in made}
    assert {"contradicted"} == {d["found"] for d in made}
    assert made == editor.get(f"/api/v1/checks/{check}").json()["decisions"]
    with newsroom.client("admin") as admin:
        lines = admin.get("/api/v1/audit").json()["lines"]
    logged = [line for line in lines if line["action"].startswith("decision") and line["target"].startswith(check)]
    assert made == [line["detail"] for line in reversed(logged)]
    assert claimcheck.__version__ == logged[0]["detail"]["versions"]["claimcheck"]


@pytest.mark.parametrize(
    ("body", "number", "expected"),
    [
        ({"action": "override"}, 1, (400, "CC-E70")),
        ({"action": "accept", "verdict": "supported"}, 1, (400, "CC-E70")),
        ({"action": "comment", "comment": "  "}, 1, (400, "CC-E70")),
        ({"action": "approve"}, 1, (422, "CC-E70")),
        ({"action": "accept", "who": "somebody else"}, 1, (422, "CC-E70")),
        ({"action": "accept"}, 9999, (404, "CC-E74")),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(checked, editor, body, number, expected):
    check, _ = checked
    assert expected == refusal(editor.post(f"/api/v1/checks/{check}/claims/{number}/decisions", json=body))


@pytest.mark.parametrize("name", ["json", "sarif", "markdown", "html", "claimreview"])
def test_exports_are_files_and_hold_the_decisions(checked, editor, name):
    check, found = checked
    number = of_kind(found, "claim")[0]["number"]
    comment = "as told by <script>the clerk</script> | *of* Sill"
    editor.post(f"/api/v1/checks/{check}/claims/{number}/decisions", json={"action": "comment", "comment": comment})
    answer = editor.get(f"/api/v1/checks/{check}/export", params={"format": name})
    assert 200 == answer.status_code
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''draft.md.")
    assert "sandbox" in answer.headers["content-security-policy"]
    if name == "json":
        value = answer.json()
        jsonschema.validate(value, schema("check"))
        assert comment in [d["comment"] for d in value["decisions"]]
    elif name == "sarif":
        assert comment in [d["comment"] for d in answer.json()["runs"][0]["properties"]["decisions"]]
    elif name == "claimreview":
        assert all(review["@type"] == "ClaimReview" for review in answer.json())
    else:
        assert "the clerk" in answer.text
        assert "<script>" not in answer.text


def test_a_word_file_is_checked(editor):
    document = docx.Document()
    document.add_paragraph("The Sill bridge was opened in 1934.")
    data = io.BytesIO()
    document.save(data)
    answer = editor.post("/api/v1/checks", files={"file": ("../../Schöner Entwurf.docx", data.getvalue())})
    assert (201, "Schöner Entwurf.docx") == (answer.status_code, answer.json()["name"])
    found = events(editor, answer.json()["id"])
    assert ["contradicted"] == [c["result"]["verdict"] for c in of_kind(found, "claim")]


@pytest.mark.parametrize(
    ("name", "text", "verdicts"),
    [
        ("a.html", "<p>The Sill bridge was opened in <b>1934</b>.</p>", ["contradicted"]),
        ("a.txt", "The Sill bridge was opened in 1932.", ["supported"]),
        ("a.md", "Fine weather!", []),
    ],
)
def test_the_ending_of_the_name_says_what_a_draft_is(editor, name, text, verdicts):
    check = begun(editor, text, name)
    assert verdicts == [c["result"]["verdict"] for c in of_kind(events(editor, check), "claim")]


def test_a_misquotation_is_an_event_of_its_own(editor):
    said = '"After sixteen long years of waiting the river is ours again," Otto Weiss said at the opening.'
    check = begun(editor, f"The bridge of Sill is old. {said}")
    found = events(editor, check)
    (draft,) = of_kind(found, "draft")
    (quotation,) = of_kind(found, "quotation")
    assert "CC-C09" == quotation["finding"]["code"]
    assert "sixteen" in draft["text"][quotation["start"] : quotation["end"]]
    assert "sixteen" in draft["text"][quotation["focus"]["start"] : quotation["focus"]["end"]]


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/api/v1/checks", CheckPage),
        ("/api/v1/checks/{check}", CheckWhole),
        ("/api/v1/documents", DocumentPage),
        ("/api/v1/documents/choir.md", DocumentWhole),
        ("/api/v1/audit", AuditPage),
    ],
)
def test_answers_have_the_shape_that_the_openapi_document_gives(checked, newsroom, path, shape):
    with newsroom.client("admin") as admin:
        answer = admin.get(path.format(check=checked[0])).json()
    assert answer == shape.model_validate(answer, strict=True).model_dump(mode="json")


def test_verify_answers_as_the_command_line_does(editor):
    claims = ["The Sill bridge was opened in 1934", "Is it?", "The Sill bridge was opened in 1932"]
    answer = editor.post("/api/v1/verify", json={"claims": claims})
    assert 200 == answer.status_code
    first, second, third = answer.json()
    assert ("contradicted", "supported") == (first["verdict"], third["verdict"])
    assert "CC-E02" == second["error"]["code"]
    assert claims == [one["claim"] for one in answer.json()]
    early = editor.post("/api/v1/verify", json={"claims": claims[:1], "as_of": "1940-01-01"}).json()
    assert "not_enough_evidence" == early[0]["verdict"]


def test_an_article_that_is_added_counts_at_once_and_one_removed_no_more(editor, newsroom):
    claim = {"claims": ["The lighthouse of Sill was built in 1877"]}
    assert "not_enough_evidence" == editor.post("/api/v1/verify", json=claim).json()[0]["verdict"]
    text = "The lighthouse of Sill was built in 1877 by Ida Brandt."
    added = editor.post("/api/v1/documents?replace=true", json={"name": "../light house.md", "text": text})
    assert (201, {"id": "light house.md"}) == (added.status_code, added.json())
    assert "supported" == editor.post("/api/v1/verify", json=claim).json()[0]["verdict"]
    assert (409, "CC-E75") == refusal(
        editor.post("/api/v1/documents?replace=true", json={"name": "light house.md", "text": "x"})
    )
    with newsroom.client("admin") as admin:
        other = {"name": "light house.md", "text": text.replace("1877", "1899")}
        assert 201 == admin.post("/api/v1/documents", params={"replace": True}, json=other).status_code
        assert "contradicted" == editor.post("/api/v1/verify", json=claim).json()[0]["verdict"]
        assert 200 == admin.delete("/api/v1/documents/light house.md").status_code
        assert (404, "CC-E74") == refusal(admin.delete("/api/v1/documents/light house.md"))
        lines = admin.get("/api/v1/audit", params={"limit": 3}).json()["lines"]
        actions = [line["action"] for line in lines]
        assert [True, False] == [line["detail"]["replaced"] for line in lines[1:]]
    assert "not_enough_evidence" == editor.post("/api/v1/verify", json=claim).json()[0]["verdict"]
    assert ["document removed", "document added", "document added"] == actions


def test_articles_are_found_by_words(editor):
    def found(words):
        return [d["id"] for d in editor.get("/api/v1/documents", params={"q": words}).json()["documents"]]

    assert ["bridge.md", "choir.md", "flood.md"] == found("")
    assert ["bridge.md"] == found("OTTO")
    assert ["bridge.md"] == found("gazette")
    assert [] == found("%")
    page = editor.get("/api/v1/documents", params={"limit": 1, "offset": 1}).json()
    assert ("choir.md", 3) == (page["documents"][0]["id"], page["total"])


def test_figures_count_requests_by_route_and_name_nobody(editor, checked):
    check, _ = checked
    text = editor.get("/metrics").text
    assert 'claimcheck_http_requests_total{method="GET",route="/api/v1/checks/{check_id}",status="200"}' in text
    assert 'claimcheck_checks_total{state="done"}' in text
    assert "claimcheck_documents 3.0" in text
    assert check not in text
    assert "editor" not in text


def test_several_checks_at_a_time_each_get_their_own_results(newsroom):
    def run(year):
        with newsroom.client("editor") as client:
            check = begun(
                client, f"The Sill bridge was opened in {year}. Otto Weiss died in {year + 18}.", f"{year}.md"
            )
            return [c["result"]["claim"] for c in of_kind(events(client, check), "claim")]

    years = range(1928, 1936)
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(run, years))
    expected = [[f"The Sill bridge was opened in {y}.", f"Otto Weiss died in {y + 18}."] for y in years]
    assert expected == results


def test_many_look_on_at_one_check(newsroom):
    with newsroom.client("editor") as client:
        check = begun(client, DRAFT * 3, "long.md")

    def look(_):
        with newsroom.client("reader") as reader:
            return json.dumps(events(reader, check))

    with ThreadPoolExecutor(10) as pool:
        seen = set(pool.map(look, range(10)))
    assert 1 == len(seen)


def test_a_check_is_removed_with_its_results_but_stays_in_the_log(newsroom, editor):
    check = begun(editor, "Otto Weiss died in 1950.")
    events(editor, check)
    with newsroom.client("admin") as admin:
        assert {"removed": check} == admin.delete(f"/api/v1/checks/{check}").json()
        for path in ("", "/events", "/export"):
            assert (404, "CC-E74") == refusal(editor.get(f"/api/v1/checks/{check}{path}"))
        lines = [line for line in admin.get("/api/v1/audit").json()["lines"] if line["target"] == check]
    assert ["check removed", "check done", "check"] == [line["action"] for line in lines]
    assert ["supported"] == [v["verdict"] for v in lines[1]["detail"]["verdicts"]]
