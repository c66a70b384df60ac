"""Articles of a town for `tiny_reader`, many enough for several shards, and claims about them."""

from __future__ import annotations

from claimcheck import Document

ARTICLES = [
    Document(id=f"{name.lower()}-{number}.txt", title=f"{name} {number}", text=text.format(number=number))
    for number in range(4)
    for name, text in (
        ("Bridge", "Clara Weiss opened the bridge at Arvik in 199{number}. Otto Falk did not attend."),
        ("Harbour", "The harbour of Arvik froze in 195{number}. Nobody left, said Ivo Brandt."),
        ("Museum", "Ivo Brandt founded the Weaver Museum in 192{number}. It has {number}4 rooms."),
    )
]
CLAIMS = [
    "Clara Weiss opened the bridge at Arvik in 1992",
    "Clara Weiss opened the bridge at Arvik in 1972",
    "The harbour of Arvik froze in 1951",
    "Ivo Brandt founded the Weaver Museum in 1923",
    "Otto Falk attended the opening of the bridge",
    "Nora Lind sailed to Arvik",
]
