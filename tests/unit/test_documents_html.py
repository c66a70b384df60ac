"""HTML: which part of the page is the article, and where its text stands in the file."""

from __future__ import annotations

import datetime as dt

import pytest

from claimcheck.documents import load_bytes
from claimcheck.documents.offsets import position, source_span

PAGE = """<!doctype html>
<html><head><title>Rain &amp; more | Courier</title>
<meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="1998-03-03T10:00:00Z">
<link rel="canonical" href="https://example.org/rain">
<style>p { color: red }</style></head>
<body><header><a href="/">Courier</a></header><nav><ul><li>Menu</li></ul></nav>
<main><article>
<h1>Rain over the <em>lake</em></h1>
<p class="byline">By <a rel="author">Anna Berg</a></p>
<time datetime="1998-03-03">March 3, 1998</time>
<p>It rained in Gen&egrave;ve
   for <b>three</b> hours.</p>
<h2>Why</h2>
<ul><li>Clouds<li>Wind</ul>
<figure><img src="b.jpg"><figcaption>Boats at dawn.</figcaption></figure>
<aside>Read also</aside><form><button>Go</button>Newsletter</form>
<script>document.write("<p>no</p>")</script>
</article></main><footer>Imprint</footer></body></html>
"""


def load(html):
    loaded = load_bytes(html.encode(), document_id="a.html", media_type="text/html")
    assert loaded.faults == ()
    return loaded.documents[0]


def parts(document):
    return [(b.kind, document.text[b.start : b.end]) for b in document.layout]


def test_article_and_its_parts():
    document = load(PAGE)
    expected = [
        ("headline", "Rain over the lake"),
        ("byline", "By Anna Berg"),
        ("dateline", "March 3, 1998"),
        ("paragraph", "It rained in Genève for three hours."),
        ("subheading", "Why"),
        ("list_item", "Clouds"),
        ("list_item", "Wind"),
        ("caption", "Boats at dawn."),
    ]
    assert parts(document) == expected
    assert document.text == "\n\n".join(text for _, text in expected)


def test_head_fills_the_fields():
    document = load(PAGE)
    assert (document.title, document.published) == ("Rain over the lake", dt.date(1998, 3, 3))
    assert (document.source, document.url) == ("The Courier", "https://example.org/rain")


def test_linked_data_comes_first():
    data = '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "Head",'
    data += (
        ' "datePublished": "1998-03-03", "publisher": {"name": "Courier"}, "author": [{"name": "A"}, {"name": "B"}]}]}'
    )
    document = load(
        f'<meta name="date" content="1999-01-01"><script type="application/ld+json">{data}</script><p>Text.</p>'
    )
    assert (document.title, document.published) == ("Head", dt.date(1998, 3, 3))
    assert (document.source, document.metadata) == ("Courier", (("author", "A, B"),))


@pytest.mark.parametrize("data", ["{", "[" * 50_000, "null", '{"@graph": 3}', '[[["x"]]]'])
def test_damaged_linked_data_are_ignored(data):
    assert load(f'<script type="application/ld+json">{data}</script><p>Text.</p>').text == "Text."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("<p>a<p>b", "a\n\nb"),
        ("a<br>b<br/><br>c", "a\nb\n\nc"),
        ("<p>a <b> b</b>  <i>c</i>d", "a b cd"),
        ("<p>AT&T &amp; &#8220;x&#x201d; &notit; &bogus; &#0;", "AT&T & “x” ¬it; &bogus; \ufffd"),
        ("<p>5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<p>a<!-- <p>no --> b", "a b"),
        ("<p>a<!-- never closed> b", "a b"),
        ("<p>a<![CDATA[x]]> b", "a b"),
        ("<p>a</p> tail <a href=", "a\n\ntail"),
        ("<div hidden>no</div><div aria-hidden=true>no</div><p style='display: none'>no</p><p>yes", "yes"),
        ("<div role=navigation>no</div><p>yes", "yes"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\n\nb\n\nc"),
        ("<p>a</span></div> b", "a b"),
        ("<svg><title>no</title></svg><p>a&nbsp;b", "a\xa0b"),
    ],
)
def test_text_of_a_page(html, text):
    assert text == load(html).text


@pytest.mark.parametrize(
    "page", ["<p>Rain {} here.</p>", "<p title='{}'>Rain \ufffd here.</p>", "<title>{}</title><p>Rain \ufffd here.</p>"]
)
def test_character_reference_of_thousands_of_digits_is_no_character(page):
    assert load(page.format(f"&#{'9' * 5000};")).text == "Rain \ufffd here."


def test_page_inside_one_form_is_read():
    assert load("<form><p>The whole page.</p></form>").text == "The whole page."


def test_largest_article_wins_over_teasers():
    teasers = "<article><p>Teaser one.</p></article><article><p>Teaser two.</p></article>"
    assert load(f"<article><p>{'Long text. ' * 20}</p></article>{teasers}").text == ("Long text. " * 20).strip()


def test_running_report_of_many_articles_is_kept_whole():
    posts = "".join(f"<article><p>Post number {n} of the day.</p></article>" for n in range(5))
    assert load(posts).text.count("\n\n") == 4


def test_headline_above_the_article_is_kept():
    assert load("<h1>Head</h1><p>x</p><main><p>The text of it.</p></main>").text == "Head\n\nThe text of it."


def test_page_without_text_is_a_fault():
    loaded = load_bytes(b"<html><script>render()</script></html>", document_id="a", media_type="text/html")
    assert [f.message for f in loaded.faults] == ["a: the article is empty"]


def test_span_leads_back_across_tags_and_entities():
    document = load(PAGE)
    start = document.text.index("Genève")
    first, last = source_span(document.offsets, start, start + len("Genève for three hours"))
    assert PAGE[first:last] == "Gen&egrave;ve\n   for <b>three</b> hours"
    place = position(document, start, start + 6)
    line = PAGE.splitlines()[place.line - 1]
    assert line[place.column - 1 :].startswith("Gen&egrave;ve")


def test_entity_at_the_end_of_a_span_is_whole():
    document = load("<p>caf&eacute;</p>")
    assert source_span(document.offsets, 3, 4) == (6, 14)
