"""Articles, a draft and what is found in it, for the newsroom that stands in for the server."""

from __future__ import annotations

LIGHTHOUSE = """---
title: The lighthouse at Skarv goes dark
published: 1968-09-14
---

# The lighthouse at Skarv goes dark

The lighthouse at Skarv was switched off on Friday evening after 91 years. Its last keeper, Marta Holm, turned the lamp\
 down by hand. She had come to the island in 1939 with her father, who kept the light before her.

No ship has been lost on the reef since 1902. The Coast Board said an automatic lamp would be set up in the spring. \
"We have known every rock by name," Holm said. "A machine will not."
"""

FERRY = """# Ferry to Skarv carries its last mail

The mail boat made 312 journeys in its last year. The harbour cost 4.2 million crowns, the Coast Board says. \
\U0001f6a2 The boat was built in 1951.
"""

RIVAL = (
    "The harbour at Skarv cost 5.9 million crowns, according to the auditors of the district. It was paid in 1966.\n"
)

HOSTILE = """<script>document.title = "article ran"</script> <img src=x onerror="document.title='article ran'">

The rope & tackle of the <b>old</b> crane were sold in 1970. javascript:alert(1)
"""

DRAFT = """---
title: What Skarv remembers
---

# What Skarv remembers \U0001f5fc

The lighthouse at Skarv was switched off in 1968. Its last keeper was Marta Holm. She had come to the island in 1949. \
The harbour cost 4.2 million crowns.

## Those who stayed

The school closed in the same summer. "We have known every stone by name," Holm said. Who would not miss it? I think \
the island was happier then.

- The mail boat made 312 journeys in its last year.
- The boat was built in 1951.
"""

ARTICLES = {
    "coast/lighthouse.md": (LIGHTHOUSE, "The lighthouse at Skarv goes dark", "1968-09-14", "The Skarv Messenger"),
    "coast/ferry.md": (FERRY, "Ferry to Skarv carries its last mail", "1969-01-03", "Coast News"),
    "coast/ferry-reprint.md": (FERRY, "The last mail for Skarv", "1969-01-04", "The Skarv Messenger"),
    "district/auditors.txt": (RIVAL, "Auditors: the harbour cost more", "1967-05-20", "District Gazette"),
    "odd/<img src=x onerror=alert(1)>.txt": (HOSTILE, "<script>alert('title')</script>", "1970-02-02", "<b>Bold</b>"),
}


def evidence(document, words, stance, *, reason="", cluster=0, slots=(), claim="", attribution=None):
    """A piece of evidence with its exact place in the article."""
    text, title, published, _ = ARTICLES[document]
    start = text.index(words)
    return {
        "document": document,
        "start": start,
        "end": start + len(words),
        "text": words,
        "stance": stance,
        "confidence": 0.98 if stance != "neutral" else 0.61,
        "score": 0.5,
        "reason": reason,
        "rule": "",
        "attribution": attribution,
        "cluster": cluster,
        "title": title,
        "published": published,
        "kind": "body",
        "file": {"start": start, "end": start + len(words), "line": text.count("\n", 0, start) + 1, "column": 1},
        "meaning": None,
        "slots": [_slot(row, claim, words, start) for row in slots],
        "prefix": text[max(0, start - 200) : start],
        "suffix": text[start + len(words) : start + len(words) + 200],
    }


def _slot(row, claim, words, start):
    slot, in_claim, in_source, relation = row
    return {
        "slot": slot,
        "claim": in_claim,
        "source": in_source,
        "relation": relation,
        "note": "",
        "claim_span": _span(claim, in_claim, 0),
        "source_span": _span(words, in_source, start),
    }


def _span(text, part, start):
    if not part:
        return None
    at = text.index(part)
    return {"start": start + at, "end": start + at + len(part)}


def result(claim, verdict, confidence, reason, found, *, articles=0, sources=0):
    """A verdict as `verify` gives it."""
    return {
        "schema_version": "1",
        "id": "1",
        "claim": claim,
        "verdict": verdict,
        "confidence": confidence,
        "calibrated": True,
        "probabilities": {},
        "reason": reason,
        "articles": articles,
        "sources": sources,
        "evidence": found,
        "statements": [],
        "warnings": [],
    }


DARK = "The lighthouse at Skarv was switched off on Friday evening after 91 years."
CAME = "She had come to the island in 1939 with her father, who kept the light before her."
KEEPER = "Its last keeper, Marta Holm, turned the lamp down by hand."
COST = "The harbour cost 4.2 million crowns, the Coast Board says."
ROCK = "We have known every rock by name,"


def _verdicts():
    one = "The lighthouse at Skarv was switched off in 1968."
    two = "Its last keeper was Marta Holm."
    three = "She had come to the island in 1949."
    four = "The harbour cost 4.2 million crowns."
    yield (
        one,
        result(
            one,
            "supported",
            0.97,
            "the time agrees: Friday evening is 13 September 1968",
            [
                evidence(
                    "coast/lighthouse.md",
                    DARK,
                    "supports",
                    claim=one,
                    reason="the time agrees",
                    slots=[
                        ("subject", "The lighthouse at Skarv", "The lighthouse at Skarv", "agrees"),
                        ("relation", "switched off", "switched off", "agrees"),
                        ("time", "in 1968", "on Friday evening", "entails"),
                    ],
                ),
            ],
            articles=1,
            sources=1,
        ),
    )
    yield (
        two,
        result(
            two,
            "supported",
            0.94,
            "the source says as much",
            [
                evidence(
                    "coast/lighthouse.md",
                    KEEPER,
                    "supports",
                    claim=two,
                    slots=[
                        ("subject", "Its last keeper", "Its last keeper", "agrees"),
                        ("object", "Marta Holm", "Marta Holm", "agrees"),
                    ],
                ),
            ],
            articles=1,
            sources=1,
        ),
    )
    yield (
        three,
        result(
            three,
            "contradicted",
            0.99,
            "1949 is not 1939",
            [
                evidence(
                    "coast/lighthouse.md",
                    CAME,
                    "contradicts",
                    claim=three,
                    reason="1949 is not 1939",
                    slots=[
                        ("subject", "She", "She", "agrees"),
                        ("relation", "come", "come", "agrees"),
                        ("place", "to the island", "to the island", "agrees"),
                        ("time", "1949", "1939", "differs"),
                    ],
                ),
                evidence(
                    "coast/lighthouse.md", KEEPER, "neutral", cluster=3, reason="the source does not speak of “1949”"
                ),
            ],
            articles=1,
            sources=1,
        ),
    )
    yield (
        four,
        result(
            four,
            "conflicting",
            0.91,
            "the sources disagree: 4.2 million and 5.9 million",
            [
                evidence(
                    "coast/ferry.md",
                    COST,
                    "supports",
                    cluster=1,
                    claim=four,
                    attribution="the Coast Board",
                    slots=[
                        ("quantity", "4.2 million crowns", "4.2 million crowns", "agrees"),
                    ],
                ),
                evidence("coast/ferry-reprint.md", COST, "supports", cluster=1),
                evidence(
                    "district/auditors.txt",
                    "The harbour at Skarv cost 5.9 million crowns, according to the auditors of the district.",
                    "contradicts",
                    cluster=2,
                    claim=four,
                    attribution="the auditors",
                    reason="4.2 million is not 5.9 million",
                    slots=[
                        ("subject", "The harbour", "The harbour at Skarv", "overlaps"),
                        ("quantity", "4.2 million crowns", "5.9 million crowns", "differs"),
                    ],
                ),
            ],
            articles=3,
            sources=2,
        ),
    )
    five = "The school closed in the same summer."
    yield five, result(five, "not_enough_evidence", 0.88, "no source speaks of a school", [])
    six = '"We have known every stone by name," Holm said.'
    yield (
        six,
        result(
            six,
            "not_enough_evidence",
            0.52,
            "the source does not speak of “stone”",
            [
                evidence("coast/lighthouse.md", ROCK, "neutral"),
            ],
        ),
    )
    seven = "The mail boat made 312 journeys in its last year."
    eight = "The boat was built in 1951."
    yield (
        seven,
        result(
            seven,
            "supported",
            0.96,
            "the figure agrees",
            [
                evidence("coast/ferry.md", seven, "supports", cluster=4),
                evidence("coast/ferry-reprint.md", seven, "supports", cluster=4),
            ],
            articles=2,
            sources=1,
        ),
    )
    yield (
        eight,
        result(
            eight,
            "supported",
            0.95,
            "the time agrees",
            [
                evidence("coast/ferry.md", eight, "supports", cluster=5),
                evidence("coast/ferry-reprint.md", eight, "supports", cluster=5),
            ],
            articles=2,
            sources=1,
        ),
    )


VERDICTS = dict(_verdicts())
QUOTATIONS = {
    '"We have known every stone by name," Holm said.': (
        "We have known every stone by name,",
        "stone",
        "quoted as “stone”, the source has “rock”, said by Marta Holm",
        evidence("coast/lighthouse.md", ROCK, "contradicts"),
    )
}
CODES = {
    "contradicted": ("CC-C01", "error"),
    "conflicting": ("CC-X01", "warning"),
    "not_enough_evidence": ("CC-I01", "note"),
}
REFUSED = {
    "Who would not miss it?": ("question", "a question"),
    "I think the island was happier then.": ("opinion", "an opinion (“i think”): sources cannot settle it"),
}
