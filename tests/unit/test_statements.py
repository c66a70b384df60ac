"""Statements: who did what to whom, whether it is affirmed, whether it happened, and who says so."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Document, Slot
from claimcheck.language import read, read_claim
from claimcheck.model import Modality, Polarity

SUBJECT, OBJECT, PLACE = Slot.SUBJECT, Slot.OBJECT, Slot.PLACE
YES, NO = Polarity.POSITIVE, Polarity.NEGATIVE


def statements(text):
    return [s for sentence in read_claim(text).sentences for s in sentence.statements]


def statement(text, lemma, form=None):
    """The one statement with that predicate."""
    found = [s for s in statements(text) if s.lemma == lemma and form in {None, s.form}]
    assert 1 == len(found), [(s.form, s.lemma) for s in statements(text)]
    return found[0]


def filled(found, slot):
    return [a.span.text for a in found.in_slot(slot) if not a.clause]


# ---------------------------------------------------------------------------- participants


@pytest.mark.parametrize(
    ("text", "lemma", "form", "subjects", "objects"),
    [
        ("Clara Weiss signed the treaty in 1998.", "sign", "active", ["Clara Weiss"], ["the treaty"]),
        ("Otto Falk has signed the treaty.", "sign", "active", ["Otto Falk"], ["the treaty"]),
        ("Ivo Brandt handed Clara Weiss the keys.", "hand", "active", ["Ivo Brandt"], ["Clara Weiss", "the keys"]),
        ("The treaty was signed by Clara Weiss.", "sign", "passive", ["Clara Weiss"], ["The treaty"]),
        ("The bridge was built in 1933.", "build", "passive", [], ["The bridge"]),
        ("Otto Falk was shot by a soldier in 1911.", "shoot", "passive", ["a soldier"], ["Otto Falk"]),
        ("Otto Falk turned down the offer.", "turn down", "active", ["Otto Falk"], ["the offer"]),
        # nominal
        (
            "The assassination of Otto Falk by Ivo Brandt shocked Vienna.",
            "assassination",
            "nominal",
            ["Ivo Brandt"],
            ["Otto Falk"],
        ),
        (
            "Brandt's assassination of Otto Falk shocked the town.",
            "assassination",
            "nominal",
            ["Brandt's"],
            ["Otto Falk"],
        ),
        (
            "The meeting between Otto Falk and Clara Weiss failed.",
            "meeting",
            "nominal",
            ["Otto Falk", "Clara Weiss"],
            [],
        ),
        ("The visit of Otto Falk to Ghana lasted a week.", "visit", "nominal", ["Otto Falk"], []),
        # copula
        ("Clara Weiss was the mayor of Bremen.", "be", "copula", ["Clara Weiss"], ["the mayor of Bremen"]),
        ("The museum is 300 metres long.", "be", "copula", ["The museum"], ["300 metres long"]),
        # apposition and title
        ("Otto Falk, a Russian historian, wrote the book.", "be", "apposition", ["Otto Falk"], ["a Russian historian"]),
        (
            "The Russian historian Otto Falk wrote the book.",
            "be",
            "apposition",
            ["Otto Falk"],
            ["The Russian historian"],
        ),
        (
            "Otto Falk, the mayor of Bremen, opened the museum.",
            "be",
            "apposition",
            ["Otto Falk"],
            ["the mayor of Bremen"],
        ),
        # lists
        ("Otto Falk met Clara Weiss and Ivo Brandt.", "meet", "active", ["Otto Falk"], ["Clara Weiss", "Ivo Brandt"]),
        ("Otto Falk visited Ghana, Kenya and Togo.", "visit", "active", ["Otto Falk"], ["Ghana", "Kenya", "Togo"]),
        ("Otto Falk bought a house and sold a boat.", "buy", "active", ["Otto Falk"], ["a house"]),
        ("Otto Falk bought a house and sold a boat.", "sell", "active", ["Otto Falk"], ["a boat"]),
        (
            "Otto Falk, Clara Weiss and Ivo Brandt signed the treaty.",
            "sign",
            "active",
            ["Otto Falk", "Clara Weiss", "Ivo Brandt"],
            ["the treaty"],
        ),
        ("Otto Falk, the mayor, signed the treaty.", "sign", "active", ["Otto Falk"], ["the treaty"]),
        # relative clauses
        ("Otto Falk, who founded the museum, died in 1911.", "found", "active", ["Otto Falk"], ["the museum"]),
        ("Otto Falk, who founded the museum, died in 1911.", "die", "active", ["Otto Falk"], []),
        ("The bridge, which was built in 1933, collapsed.", "build", "passive", [], ["The bridge"]),
        # control
        ("Otto Falk wants to sell the museum.", "sell", "active", ["Otto Falk"], ["the museum"]),
        ("Otto Falk persuaded Clara Weiss to sign the treaty.", "sign", "active", ["Clara Weiss"], ["the treaty"]),
        ("Otto Falk promised Clara Weiss to sign the treaty.", "sign", "active", ["Otto Falk"], ["the treaty"]),
        ("Otto Falk stopped Clara Weiss from signing the treaty.", "sign", "active", ["Clara Weiss"], ["the treaty"]),
        ("Otto Falk met Clara Weiss after signing the treaty.", "sign", "active", ["Otto Falk"], ["the treaty"]),
        ("Otto Falk beat Clara Weiss by signing the treaty.", "sign", "active", ["Otto Falk"], ["the treaty"]),
        (
            "Otto Falk turned down Clara Weiss's invitation to visit Ghana.",
            "visit",
            "active",
            ["Otto Falk"],
            ["Ghana"],
        ),
    ],
)
def test_participants(text, lemma, form, subjects, objects):
    found = statement(text, lemma, form)
    assert (subjects, objects) == (filled(found, SUBJECT), filled(found, OBJECT))


@pytest.mark.parametrize(
    ("text", "relative", "person", "word"),
    [
        ("Otto Falk is the father of Clara Weiss.", "Otto Falk", "Clara Weiss", "father"),
        ("Clara Weiss's father, Otto Falk, stayed at home.", "Otto Falk", "Clara Weiss", "father"),
        ("Clara Weiss and her brother Otto Falk left.", "Otto Falk", "Clara Weiss", "brother"),
    ],
)
def test_kinship(text, relative, person, word):
    reading = read_claim(text)
    found = statement(text, word, "kinship")
    names = [reading.entity(a.entities[0]).name for a in found.arguments]
    assert [relative, person] == names


def test_the_main_clause_comes_first_and_lies_highest():
    found = statements("After Otto Falk died, Clara Weiss, who knew him, sold the house.")
    assert ("sell", 0) == (found[0].lemma, found[0].depth)
    assert all(s.depth > 0 for s in found[1:])


@pytest.mark.parametrize(
    ("text", "depths"),
    [
        (
            "Otto Falk sold the mill in May, Clara Weiss kept the farm and Ivo Brandt left.",
            {"sell": 0, "keep": 0, "leave": 0},
        ),
        ("The first copy was destroyed; the second copy survived in an archive.", {"destroy": 0, "survive": 0}),
        ("The strike will end, union leaders hope.", {"end": 1, "hope": 0}),
        ("The mill will close in May, Otto Falk told them.", {"close": 1, "tell": 0}),
    ],
)
def test_clauses_in_a_row_are_no_part_of_each_other(text, depths):
    found = {s.lemma: s for s in statements(text) if s.lemma in depths}
    assert {lemma: s.depth for lemma, s in found.items()} == depths
    beside = [s for s in found.values() if set(depths.values()) == {0} and any(a.clause for a in s.arguments)]
    assert not beside


def test_coordinated_main_clauses_are_both_main():
    assert [0, 0] == [statement("Otto Falk bought a house and sold a boat.", lemma).depth for lemma in ("buy", "sell")]


@pytest.mark.parametrize(
    ("text", "lemma", "times", "places", "quantities"),
    [
        ("Otto Falk met Clara Weiss in Vienna in 1933.", "meet", ["1933"], ["Vienna"], []),
        ("In 1933 Otto Falk met Clara Weiss in Vienna, the capital of Austria.", "meet", ["1933"], ["Vienna"], []),
        ("The flood killed 53 people and destroyed 200 houses.", "kill", [], [], ["53"]),
        ("The flood killed 53 people and destroyed 200 houses.", "destroy", [], [], ["200"]),
        ("The bridge, which was built in 1933, collapsed in 1950.", "build", ["1933"], [], []),
        ("The bridge, which was built in 1933, collapsed in 1950.", "collapse", ["1950"], [], []),
        ("Otto Falk died aged 53.", "die", [], [], ["53"]),
        ("The club paid 222m euros for him.", "pay", [], [], ["222m euros"]),
    ],
)
def test_values_belong_to_their_own_predicate(text, lemma, times, places, quantities):
    found = statement(text, lemma)
    assert times == [t.span.text for t in found.times]
    assert places == filled(found, PLACE)
    assert quantities == [q.span.text for q in found.quantities]


def test_relative_dates_count_from_the_day_of_publication():
    document = Document(id="d", text="Clara Weiss visited Bremen yesterday.", published=dt.date(2010, 5, 4))
    (time,) = read(document).sentences[0].statements[0].times
    assert (dt.date(2010, 5, 3), dt.date(2010, 5, 3)) == (time.value.earliest, time.value.latest)


def test_relative_dates_without_a_day_to_count_from_stay_open_and_warn():
    reading = read(Document(id="d", text="Clara Weiss visited Bremen yesterday."))
    (time,) = reading.sentences[0].statements[0].times
    assert not time.value.anchored
    assert ["CC-W01"] == [w.code for w in reading.warnings]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Otto Falk died on 03/04/2009.", ["CC-W02"]),
        ("Otto Falk died on 13/04/2009.", []),
        ("Otto Falk died on 3 April 2009.", []),
    ],
)
def test_a_date_with_two_readings_warns(text, codes):
    assert codes == [w.code for w in read(Document(id="d", text=text)).warnings]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Otto Falk fell ill in 1825. The following year he died.", 1826),
        ("Otto Falk fell ill in May 1825. He died in August of the following year.", 1826),
        ("Otto Falk fell ill in 1825. Last year the museum opened.", 2009),
    ],
)
def test_the_following_year_counts_from_the_sentence_before(text, year):
    reading = read(Document(id="d", text=text, published=dt.date(2010, 5, 4)))
    assert year == reading.sentences[1].times[0].value.earliest.year


# -------------------------------------------------------------------------------- polarity


@pytest.mark.parametrize(
    ("text", "lemma", "polarity"),
    [
        ("Otto Falk signed the treaty.", "sign", YES),
        ("Otto Falk did not sign the treaty.", "sign", NO),
        ("Otto Falk hasn’t signed the treaty.", "sign", NO),
        ("Otto Falk never signed the treaty.", "sign", NO),
        ("Otto Falk no longer owns the museum.", "own", NO),
        ("Neither Otto Falk nor Clara Weiss signed the treaty.", "sign", NO),
        ("Nobody signed the treaty.", "sign", NO),
        ("None of the ministers signed the treaty.", "sign", NO),
        ("Otto Falk signed no treaty.", "sign", NO),
        ("Otto Falk left the hall without signing the treaty.", "sign", NO),
        ("Otto Falk left the hall without signing the treaty.", "leave", YES),
        ("Otto Falk did not sign or read the treaty.", "read", NO),
        ("It was not Otto Falk who signed the treaty.", "sign", NO),
        # "not until" says when, not that it was not
        ("The bridge did not open until 1933.", "open", YES),
        # two negations
        ("Otto Falk did not fail to sign the treaty.", "sign", YES),
        ("Otto Falk did not manage to sign the treaty.", "sign", NO),
    ],
)
def test_polarity(text, lemma, polarity):
    assert polarity is statement(text, lemma).polarity


@pytest.mark.parametrize(
    ("text", "quantifier"),
    [
        ("Most voters signed the treaty.", "most"),
        ("Most of the voters signed the treaty.", "most"),
        ("Not all voters signed the treaty.", "not all"),
        ("Few voters signed the treaty.", "few"),
        ("A few voters signed the treaty.", "a few"),
        ("The voters signed the treaty.", ""),
        ("The most famous voters signed the treaty.", ""),
    ],
)
def test_how_much_of_a_participant(text, quantifier):
    assert quantifier == statement(text, "sign").in_slot(SUBJECT)[0].quantifier


def test_the_words_that_negate_are_kept():
    assert "never" == statement("Otto Falk never signed the treaty.", "sign").cue.text


# -------------------------------------------------------------------------------- modality


@pytest.mark.parametrize(
    ("text", "lemma", "modality"),
    [
        ("Otto Falk signed the treaty.", "sign", Modality.ACTUAL),
        ("Otto Falk managed to sign the treaty.", "sign", Modality.ACTUAL),
        # planned
        ("Otto Falk will sign the treaty.", "sign", Modality.PLANNED),
        ("Otto Falk plans to sign the treaty.", "sign", Modality.PLANNED),
        ("Otto Falk is scheduled to sign the treaty.", "sign", Modality.PLANNED),
        ("Otto Falk promised to sign the treaty.", "sign", Modality.PLANNED),
        ("Otto Falk is to sign the treaty on Friday.", "sign", Modality.PLANNED),
        ("The treaty was to be signed in Vienna.", "sign", Modality.PLANNED),
        # possible
        ("Otto Falk may sign the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk could sign the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk tried to sign the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk reportedly signed the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk seems to have signed the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk is alleged to have signed the treaty.", "sign", Modality.POSSIBLE),
        # required
        ("Otto Falk must sign the treaty.", "sign", Modality.REQUIRED),
        ("Otto Falk has to sign the treaty.", "sign", Modality.REQUIRED),
        ("Otto Falk ought to sign the treaty.", "sign", Modality.REQUIRED),
        # near misses and what was turned down
        ("Otto Falk almost signed the treaty.", "sign", Modality.UNREALISED),
        ("Otto Falk came close to signing the treaty.", "sign", Modality.UNREALISED),
        ("Otto Falk refused to sign the treaty.", "sign", Modality.UNREALISED),
        ("Otto Falk failed to sign the treaty.", "sign", Modality.UNREALISED),
        ("The visit of Otto Falk to Ghana was called off.", "visit", Modality.UNREALISED),
        ("The meeting between Otto Falk and Clara Weiss was cancelled.", "meeting", Modality.UNREALISED),
        ("The meeting between Otto Falk and Clara Weiss will be held soon.", "meeting", Modality.PLANNED),
        ("The meeting between Otto Falk and Clara Weiss was a success.", "meeting", Modality.ACTUAL),
        ("Otto Falk turned down an invitation to visit Bremen.", "visit", Modality.UNREALISED),
        ("Otto Falk dropped plans to visit Bremen.", "visit", Modality.PLANNED),
        ("Otto Falk cancelled plans to visit Bremen.", "visit", Modality.UNREALISED),
        ("Otto Falk accepted an invitation to visit Bremen.", "visit", Modality.PLANNED),
        ("The refusal of Otto Falk to sign the treaty angered many.", "sign", Modality.UNREALISED),
        ("Clara Weiss stopped Otto Falk from signing the treaty.", "sign", Modality.UNREALISED),
        ("Otto Falk was not able to sign the treaty.", "sign", Modality.ACTUAL),
        # "avoid" says nothing of what was done to avoid it
        ("Otto Falk avoided defeat by signing the treaty.", "sign", Modality.ACTUAL),
        # what the word above implies, and what it leaves open
        ("Otto Falk was forced to sign the treaty.", "sign", Modality.ACTUAL),
        ("Otto Falk persuaded Clara Weiss to sign the treaty.", "sign", Modality.ACTUAL),
        ("Otto Falk did not persuade Clara Weiss to sign the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk was proud to sign the treaty.", "sign", Modality.ACTUAL),
        ("Otto Falk regretted signing the treaty.", "sign", Modality.ACTUAL),
        ("Otto Falk did not remember signing the treaty.", "sign", Modality.ACTUAL),
        ("Otto Falk told Clara Weiss to sign the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk allowed Clara Weiss to sign the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk campaigned to sign the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk pretended to sign the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk suggested signing the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk was accused of signing the treaty.", "sign", Modality.POSSIBLE),
        ("Otto Falk was known for signing the treaty.", "sign", Modality.ACTUAL),
        ("Otto Falk stopped painting.", "paint", Modality.POSSIBLE),
        # clauses below nouns and judgements
        ("Rumours that Otto Falk signed the treaty spread.", "sign", Modality.POSSIBLE),
        ("The fact that Otto Falk signed the treaty was known.", "sign", Modality.ACTUAL),
        ("It is false that Otto Falk signed the treaty.", "sign", Modality.POSSIBLE),
        ("It is not true that Otto Falk signed the treaty.", "sign", Modality.POSSIBLE),
        ("It is true that Otto Falk signed the treaty.", "sign", Modality.ACTUAL),
        # the present tense of a clause that says when
        ("Otto Falk will resign when the war ends.", "end", Modality.PLANNED),
        ("Otto Falk resigns when a war ends.", "end", Modality.ACTUAL),
        # conditions
        ("If Otto Falk signs the treaty, the war will end.", "sign", Modality.CONDITIONAL),
        ("If Otto Falk signs the treaty, the war will end.", "end", Modality.PLANNED),
        ("Unless Otto Falk signs the treaty, Clara Weiss will resign.", "sign", Modality.CONDITIONAL),
        ("Had Otto Falk signed the treaty, the war would have ended.", "sign", Modality.UNREALISED),
        ("Had Otto Falk signed the treaty, the war would have ended.", "end", Modality.UNREALISED),
        ("Otto Falk would have signed the treaty if Clara Weiss had come.", "sign", Modality.UNREALISED),
        ("Otto Falk would have signed the treaty even if Clara Weiss had come.", "sign", Modality.CONDITIONAL),
        ("Otto Falk would sign the treaty if Clara Weiss came.", "sign", Modality.CONDITIONAL),
        ("Otto Falk promised that he would sign the treaty.", "sign", Modality.PLANNED),
        ("Otto Falk said that he would sign the treaty if Clara Weiss came.", "sign", Modality.CONDITIONAL),
        ("Otto Falk would later sign the treaty.", "sign", Modality.ACTUAL),
        ("Otto Falk would later not sign the treaty.", "sign", Modality.CONDITIONAL),
        ("Otto Falk would gladly sign the treaty.", "sign", Modality.CONDITIONAL),
    ],
)
def test_modality(text, lemma, modality):
    assert modality is statement(text, lemma).modality


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The summit opens on 7 May 2010.", Modality.PLANNED),
        ("The summit is opening on 7 May 2010.", Modality.PLANNED),
        ("The summit opened on 7 May 2009.", Modality.ACTUAL),
        ("The summit opens every year.", Modality.ACTUAL),
    ],
)
def test_the_present_tense_of_a_later_day_is_a_plan(text, modality):
    document = Document(id="d", text=text, published=dt.date(2010, 5, 4))
    assert modality is read(document).sentences[0].statements[0].modality


# ----------------------------------------------------------------------------- attribution


@pytest.mark.parametrize(
    ("text", "lemma", "speaker"),
    [
        ("Otto Falk said that Clara Weiss signed the treaty.", "sign", "Otto Falk"),
        ("Otto Falk told reporters that the bridge was unsafe.", "be", "Otto Falk"),
        ("According to Otto Falk, Clara Weiss signed the treaty.", "sign", "Otto Falk"),
        ("The treaty was signed, Otto Falk said.", "sign", "Otto Falk"),
        ("“The bridge opened in 1933,” Otto Falk said.", "open", "Otto Falk"),
        ("Critics say the bridge is unsafe.", "be", "Critics"),
        ("Otto Falk denied signing the treaty.", "sign", "Otto Falk"),
        ("Otto Falk claimed to have signed the treaty.", "sign", "Otto Falk"),
        ("Otto Falk promised to sign the treaty.", "sign", None),
        ("Clara Weiss signed the treaty.", "sign", None),
        ("Otto Falk said that Clara Weiss signed the treaty.", "say", None),
    ],
)
def test_attribution(text, lemma, speaker):
    said = statement(text, lemma).attribution
    assert speaker == (said.speaker.text if said else None)


def test_a_pronoun_that_speaks_is_its_person():
    reading = read(Document(id="d", text="Clara Weiss met Otto Falk. She said that he was late."))
    said = next(s.attribution for s in reading.sentences[1].statements if s.attribution)
    assert "Clara Weiss" == reading.entity(said.entity).name


def test_a_quotation_without_its_own_verb_belongs_to_the_speaker_beside_it():
    text = "“The bridge is safe,” Otto Falk said. “Nobody was hurt.”"
    reading = read(Document(id="d", text=text))
    said = reading.sentences[-1].statements[0].attribution
    assert "Otto Falk" == reading.entity(said.entity).name


# ---------------------------------------------------------------------------------- firsts


@pytest.mark.parametrize(
    ("text", "exclusive"),
    [
        ("Clara Weiss was the first woman to climb the mountain.", ("first",)),
        ("Otto Falk was the only survivor.", ("only",)),
        ("Clara Weiss was the youngest mayor.", ("youngest",)),
        ("Clara Weiss was the most famous painter.", ("most famous",)),
        ("Clara Weiss was a painter.", ()),
    ],
)
def test_words_that_let_one_value_be_right(text, exclusive):
    assert exclusive == statements(text)[0].exclusive


def test_what_the_parser_hangs_on_across_the_end_of_a_sentence_is_left_out():
    reading = read(
        Document(id="a", text="(1901–1969) called which Qin which the minister , No. 5 c. 1046 BC c. 1046 BC.")
    )
    assert reading.sentences


_BITS = st.sampled_from(
    [
        "Otto Falk",
        "the dynasty",
        "a ruler",
        "d. 44 B.C.",
        "Oslo",
        "in 12 B.C.",
        "who",
        "his brother",
        "the mayor",
        ",",
        "and",
        "born",
        "fell",
        "BC",
        "St.",
        "Jr.",
        "No. 5",
        "c. 1046 BC",
        "(1901–1969)",
        "the city of",
        "called",
        "which",
        "won",
        ".",
        "–",
        "“Never”",
        "the minister",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_BITS, min_size=4, max_size=18))
def test_word_salad_is_read_without_an_error_and_every_span_is_exact(bits):
    document = Document(id="a", text=f"{' '.join(bits)}.")
    for sentence in read(document).sentences:
        for span in (sentence.span, *(s.span for s in sentence.statements)):
            assert document.text[span.start : span.end] == span.text
