"""Written articles: read as they stand, split for good, and paired with what settles their claims."""

from __future__ import annotations

import pytest

from claimcheck import Corpus
from claimcheck.evaluate import load_gold

articles = pytest.importorskip("training.articles")

TEXT = """
# Council of Sill drops its bridge
@ 1932-03-24
1 SILL — The council of Sill on Thursday dropped its plan for a second bridge.
2 Its mayor, Otto Weiss, said that the bridge would have cost 40,000 crowns.
3 He had voted for it in 1930.
4 The council meets again in May.
+ The mayor of Sill is Otto Weiss. [2] role
+ Weiss had voted for a second bridge. [1, 3] summary
- The bridge would have cost 80,000 crowns. [2] money
? Weiss will resign. [2] plan
"""


@pytest.fixture
def article(tmp_path):
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (found,) = articles.read_articles(tmp_path)
    return found


def test_an_article_is_read_with_its_claims(article):
    assert article.title == "Council of Sill drops its bridge"
    assert article.published.isoformat() == "1932-03-24"
    assert [claim.label for claim in article.claims] == ["SUPPORTS", "SUPPORTS", "REFUTES", "NEI"]
    assert article.claims[1].evidence == (0, 2)


def test_sentences_stand_where_they_are_said_to(article):
    text = article.document().text
    assert tuple(text[start:end] for start, end in article.places()) == article.sentences


def test_what_is_neither_sentence_nor_claim_is_refused(tmp_path):
    (tmp_path / "one.txt").write_text(f"{TEXT}! A claim without a place.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"one\.txt: neither a sentence nor a claim: ! A claim"):
        articles.read_articles(tmp_path)


def test_claims_are_paired_with_what_settles_them(article):
    pairs = list(articles.article_pairs([article], 1))
    settling = {(p.claim, p.label) for p in pairs if "40,000" in p.evidence and p.source == "articles/passage"}
    assert ("The bridge would have cost 80,000 crowns.", "REFUTES") in settling
    assert ("The mayor of Sill is Otto Weiss.", "SUPPORTS") in settling
    assert {p.label for p in pairs if p.claim == "Weiss will resign."} == {"NEI"}


def test_a_claim_that_two_sentences_settle_together_is_not_paired_with_one(article):
    pairs = [p for p in articles.article_pairs([article], 1) if p.claim.startswith("Weiss had voted for a second")]
    assert {p.source for p in pairs if p.label == "SUPPORTS"} == {"articles/passage"}


def test_the_claims_of_a_passage_are_paired_with_what_is_printed(tmp_path):
    (tmp_path / "one.txt").write_text(TEXT.replace("4 The council meets again in May.\n", ""), encoding="utf-8")
    (passage,) = articles.read_articles(tmp_path)
    assert passage.short
    pairs = list(articles.article_pairs([passage], 1))
    assert {p.source for p in pairs} == {"articles/short"}
    assert {p.claim for p in pairs} >= {claim.text for claim in passage.claims}
    (summary,) = [p for p in pairs if p.claim == "Weiss had voted for a second bridge."]
    assert summary.evidence == " ".join(passage.sentences)


def test_a_written_set_is_one_that_can_be_evaluated(article, tmp_path):
    articles.write_set([article], tmp_path)
    gold = load_gold(tmp_path / "claims.jsonl")
    with Corpus.of(tmp_path / "articles") as corpus:
        document = corpus.get(article.name)
    assert len(gold) == 4
    assert [len(claim.evidence) for claim in gold] == [1, 1, 1, 0]
    for one in (one for claim in gold for together in claim.evidence for one in together):
        assert document.text[one.start : one.end] in article.sentences


def test_every_part_is_there_and_an_article_stays_in_its_own():
    written = articles.read_articles()
    parts = {part: [a for a in written if a.part == part] for part in articles.PARTS}
    assert all(parts.values())
    alone = [a for a in written if not a.twin]  # all twins are trained on
    assert 0.6 < sum(a.part == "train" for a in alone) / len(alone) < 0.8
    assert len({article.name for article in alone}) == len(alone)


def test_what_settles_a_claim_stands_in_its_article():
    for article in articles.read_articles():
        for claim in article.claims:
            assert all(0 <= number < len(article.sentences) for number in claim.evidence), (article.title, claim.text)
