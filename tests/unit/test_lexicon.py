from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import EngineError
from claimcheck.language import lexicon
from claimcheck.language.lexicon import Lexical
from claimcheck.language.wordlists import read_list, rows_of, words_of
from claimcheck.model import Slot

CLASSES = sorted(lexicon.relation_class_ids())
LEMMAS = sorted(
    {word for name in CLASSES for word in lexicon.relation_class(name).verbs + lexicon.relation_class(name).nouns}
)
ANTONYMS = sorted(
    {
        word
        for section in read_list("antonyms")["section"]
        for row in rows_of(section["pairs"])
        for side in row
        for word in words_of(side)
    }
)
KIN = sorted(lexicon.kin_words())

CONVERSE = {
    Lexical.ENTAILS: Lexical.ENTAILED,
    Lexical.ENTAILED: Lexical.ENTAILS,
    Lexical.OBJECT_ENTAILS: Lexical.OBJECT_ENTAILED,
    Lexical.OBJECT_ENTAILED: Lexical.OBJECT_ENTAILS,
}


# ------------------------------------------------------------------------------- the data


@pytest.mark.parametrize(
    ("name", "table"),
    [("relations", "group"), ("synonyms", "section"), ("antonyms", "section"), ("cues", "list"), ("links", "role")],
)
def test_every_section_has_examples(name, table):
    sections = read_list(name)[table]
    assert [] == [section for section in sections if not section.get("pass") or not section.get("fail")]


@pytest.mark.parametrize("name", ["kinship", "roles", "places"])
def test_every_small_list_has_examples(name):
    examples = read_list(name).get("examples", read_list(name))
    assert examples["pass"]
    assert examples["fail"]


def test_the_lists_are_as_broad_as_promised():
    sets = sum(len(section["sets"].strip().splitlines()) for section in read_list("synonyms")["section"])
    pairs = sum(len(section["pairs"].strip().splitlines()) for section in read_list("antonyms")["section"])
    assert len(CLASSES) >= 250
    assert sets >= 350
    assert pairs >= 250


def test_class_references_name_classes():
    unknown = {
        (entry.id, other)
        for entry in map(lexicon.relation_class, CLASSES)
        for other in entry.implies | entry.object_implies | entry.inverse | entry.opposite
        if other not in CLASSES
    }
    assert set() == unknown


def test_class_ids_are_unique():
    blocks = [line for group in read_list("relations")["group"] for line in group["classes"].splitlines()]
    ids = [line for line in blocks if line.startswith("id = ")]
    assert len(set(ids)) == len(ids)


def test_every_class_has_words():
    assert [] == [name for name in CLASSES if not lexicon.relation_class(name).verbs]


def test_no_class_excludes_what_it_implies():
    clashes = {
        (entry.id, implied)
        for entry in map(lexicon.relation_class, CLASSES)
        for implied in lexicon.implied(entry.id)
        if implied in entry.opposite
    }
    assert set() == clashes


def test_class_lines_use_known_keys():
    known = {"id", "verbs", "nouns", "agents", "patients", "implies", "object_implies"}
    known |= {"symmetric", "inverse", "opposite", "one_time", "single", "single_then", "many", "event"}
    lines = [line for group in read_list("relations")["group"] for line in group["classes"].splitlines() if line]
    assert [] == [line for line in lines if line.partition(" = ")[0] not in known or not line.partition(" = ")[2]]


def test_kinship_ties_and_refinements_are_listed():
    unknown = [word for word in KIN if lexicon.kin(word).refines and lexicon.kin(lexicon.kin(word).refines) is None]
    assert [] == unknown


def test_a_missing_list_is_an_engine_error():
    with pytest.raises(EngineError):
        read_list("no-such-list")


# ----------------------------------------------------------------------------- predicates


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("meet", "meet", Lexical.SAME),
        ("meet", "hold talks with", Lexical.SYNONYM),
        ("Meeting", "meet with", Lexical.SYNONYM),
        ("talks", "sit down with", Lexical.SYNONYM),
        ("pass away", "live to", Lexical.SYNONYM),
        ("marriage", "wed", Lexical.SYNONYM),
        ("step down", "resignation", Lexical.SYNONYM),
        ("arrive in", "reach", Lexical.SYNONYM),
        ("shake hands with", "meet", Lexical.ENTAILS),
        ("assassination", "kill", Lexical.ENTAILS),
        ("take office", "come to power", Lexical.ENTAILS),
        ("inherit power", "come to power", Lexical.ENTAILS),
        ("kill", "assassinate", Lexical.ENTAILED),
        ("kill", "die", Lexical.OBJECT_ENTAILS),
        ("assassinate", "die", Lexical.OBJECT_ENTAILS),
        ("die", "murder", Lexical.OBJECT_ENTAILED),
        ("buy", "sell", Lexical.INVERSE),
        ("beat", "lose to", Lexical.INVERSE),
        ("succeed", "precede", Lexical.INVERSE),
        ("employ", "work for", Lexical.INVERSE),
        ("cause", "result from", Lexical.INVERSE),
        ("win", "lose", Lexical.OPPOSITE),
        ("turn down", "accept", Lexical.OPPOSITE),
        ("rise", "decline", Lexical.OPPOSITE),
        ("convict", "acquit", Lexical.OPPOSITE),
        ("take office", "resign", Lexical.OPPOSITE),
        ("survive", "drown", Lexical.OPPOSITE),
        ("visit", "write", Lexical.UNRELATED),
        ("arrive", "leave", Lexical.UNRELATED),
        ("xyzzy", "meet", Lexical.UNRELATED),
    ],
)
def test_relate(first, second, expected):
    assert expected == lexicon.relate(first, second)


@given(st.sampled_from(LEMMAS), st.sampled_from(LEMMAS))
def test_relate_has_a_converse(first, second):
    forth = lexicon.relate(first, second)
    back = lexicon.relate(second, first)
    both_ways = {forth, back} <= {Lexical.ENTAILS, Lexical.OBJECT_ENTAILS, Lexical.ENTAILED, Lexical.OBJECT_ENTAILED}
    assert CONVERSE.get(forth, forth) == back or both_ways


@given(st.sampled_from(LEMMAS))
def test_a_lemma_is_the_same_as_itself(lemma):
    assert Lexical.SAME is lexicon.relate(lemma, lemma)


@given(st.sampled_from(CLASSES))
def test_words_of_one_class_are_synonyms(class_id):
    verbs = lexicon.relation_class(class_id).verbs
    assert {Lexical.SAME, Lexical.SYNONYM} >= {lexicon.relate(verbs[0], verb) for verb in verbs}


@given(st.sampled_from(CLASSES))
def test_inverse_and_opposite_hold_both_ways(class_id):
    entry = lexicon.relation_class(class_id)
    assert all(class_id in lexicon.relation_class(other).inverse for other in entry.inverse)
    assert all(class_id in lexicon.relation_class(other).opposite for other in entry.opposite)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_may_be_asked_about(first, second):
    lexicon.relate(first, second)
    lexicon.derivations(first)
    lexicon.broader(first)
    lexicon.lies_in(first, second)
    lexicon.demonym(first)
    lexicon.compose_kin(first, second)
    assert not lexicon.title_length(first.split()) > len(first.split())


def test_part_of_speech_narrows_the_senses():
    assert "climb_peak" in lexicon.relation_classes("summit", pos="verb")
    assert "meet" not in lexicon.relation_classes("summit", pos="verb")
    assert "meet" in lexicon.relation_classes("summit", pos="noun")


def test_a_class_says_what_can_happen_once():
    die = lexicon.relation_class("die")
    assert ("subject", True) == (die.one_time, {Slot.TIME, Slot.PLACE} <= die.single)
    assert "object" == lexicon.relation_class("assassinate").one_time
    assert "" == lexicon.relation_class("visit").one_time
    assert not lexicon.relation_class("visit").single
    assert lexicon.relation_class("meet").symmetric
    assert not lexicon.relation_class("own").event


def test_agents_and_patients():
    assert "found" in lexicon.agent_classes("Founder")
    assert "appoint" in lexicon.patient_classes("appointees")
    assert frozenset() == lexicon.agent_classes("banana")


def test_phrases_come_longest_first():
    found = lexicon.phrases("take")
    assert ("take", "office") in found
    assert [len(words) for words in found] == sorted((len(words) for words in found), reverse=True)


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("assassination", "assassinate"),
        ("launch", "launch"),
        ("arrival", "arrive"),
        ("decision", "decide"),
        ("destruction", "destroy"),
        ("winner", "win"),
        ("employee", "employ"),
        ("demise", "die"),
        ("invasions", "invade"),
        ("nationalisation", "nationalise"),
        ("murderer", "murder"),
    ],
)
def test_derivations(noun, verb):
    assert verb in lexicon.derivations(noun)


@pytest.mark.parametrize("noun", ["nation", "station", "banana", "moment"])
def test_plain_nouns_have_no_verb(noun):
    assert () == lexicon.derivations(noun)


# --------------------------------------------------------------------------- other words


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("country", "state", True),
        ("Movie", "film", True),
        ("annual", "yearly", True),
        ("troops", "soldiers", True),
        ("historian", "physicist", False),
        ("scholar", "historian", False),
        ("grandfather", "father", False),
    ],
)
def test_same_sense(first, second, expected):
    assert expected == lexicon.same_sense(first, second)
    assert expected == lexicon.same_sense(second, first)


def test_broader_goes_two_steps_up_and_not_down():
    assert {"scholar", "academic", "expert"} <= lexicon.broader("historian")
    assert "spouse" in lexicon.broader("wife")
    assert "historian" not in lexicon.broader("scholar")


@given(st.sampled_from(ANTONYMS))
def test_antonyms_hold_both_ways_and_are_no_synonyms(word):
    assert all(word in lexicon.antonyms(other) for other in lexicon.antonyms(word))
    assert word not in lexicon.antonyms(word)


def test_antonyms_do_not_clash_with_synonyms():
    pairs = {(word, other) for word in ANTONYMS for other in lexicon.antonyms(word)}
    assert set() == {(word, other) for word, other in pairs if lexicon.same_sense(word, other)}


def test_titles():
    assert 3 == lexicon.title_length(["Secretary", "of", "State", "Jane", "Doe"])
    assert lexicon.is_title("Dr.")
    assert lexicon.is_title("prime minister")
    assert not lexicon.is_title("")
    assert not lexicon.is_title("Jane")


def test_roles():
    assert {"historian", "goalkeeper", "prime minister"} <= lexicon.role_words()
    assert lexicon.roles_exclude("prosecutor", "Defendant")
    assert not lexicon.roles_exclude("novelist", "physician")
    assert lexicon.single_holder("Prime Minister")
    assert not lexicon.single_holder("senator")
    assert "ex-" in lexicon.role_markers("former")


@pytest.mark.parametrize(
    ("name", "cue"),
    [
        ("negation", "no longer"),
        ("reporting", "allege"),
        ("factive", "reveal"),
        ("non_factive", "claim"),
        ("source_phrase", "according to"),
        ("planned", "be due to"),
        ("possible", "might"),
        ("conditional", "unless"),
        ("required", "must"),
        ("unrealised", "turn down"),
        ("implicative", "manage to"),
        ("approximator", "about"),
        ("exclusive", "sole"),
        ("opinion", "i think"),
    ],
)
def test_cues(name, cue):
    assert cue in lexicon.cues(name)


def test_factive_and_non_factive_share_only_what_can_be_both():
    assert {"see", "note", "conclude"} >= lexicon.cues("factive") & lexicon.cues("non_factive")


def test_an_unknown_cue_list_is_a_key_error():
    with pytest.raises(KeyError):
        lexicon.cues("no-such-list")


# -------------------------------------------------------------------------------- kinship


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("father", "father", ("grandfather",)),
        ("brother", "father", ("uncle",)),
        ("son", "son", ("grandson",)),
        ("daughter", "sister", ("niece",)),
        ("mother", "husband", ("mother-in-law",)),
        ("wife", "son", ("daughter-in-law",)),
        ("son", "uncle", ("cousin",)),
        ("wife", "father", ("mother", "stepmother")),
        ("father", "godson", ()),
        ("father", "banana", ()),
    ],
)
def test_compose_kin(outer, inner, expected):
    assert expected == lexicon.compose_kin(outer, inner)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("father", "grandfather", True),
        ("brother", "sister", True),
        ("uncle", "father", True),
        ("brother", "brother-in-law", True),
        ("mother", "stepmother", True),
        ("half brother", "brother", False),
        ("wife", "widow", False),
        ("wife", "ex-wife", False),
        ("father", "dad", False),
        ("father", "parent", False),
        ("wife", "cousin", False),
    ],
)
def test_kin_exclude(first, second, expected):
    assert expected == lexicon.kin_exclude(first, second)
    assert expected == lexicon.kin_exclude(second, first)


@given(st.sampled_from(KIN))
def test_the_inverse_of_the_inverse_is_the_tie(word):
    kin = lexicon.kin(word)
    inverse = lexicon.kin(kin.inverse_word("any"))
    assert (kin.tie, -kin.generation, kin.degree) == (inverse.inverse_tie, inverse.generation, inverse.degree)


def test_kin_facts():
    father = lexicon.kin("Father")
    assert ("male", 1, 1, True) == (father.gender, father.generation, father.degree, father.exclusive)
    assert "daughter" == father.inverse_word("female")
    assert not lexicon.kin("brother").exclusive
    assert ("brother", "sibling") == lexicon.broader_kin("elder brother")
    assert lexicon.kin("banana") is None


# --------------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("word", "country"),
    [("Danish", "Denmark"), ("Swiss", "Switzerland"), ("Dutchman", "Netherlands"), ("Soviet", "Soviet Union")],
)
def test_demonym(word, country):
    assert country == lexicon.demonym(word)


def test_names_of_places_are_case_sensitive():
    assert "United States" == lexicon.place_name("US") == lexicon.place_name("the U.S.")
    assert "France" == lexicon.place_name("FRANCE")
    assert lexicon.place_name("us") is None
    assert lexicon.demonym("polish") is None


def test_capitals():
    assert ("Russia", "Soviet Union") == lexicon.country_of_capital("Moscow")
    assert ("Ukraine",) == lexicon.country_of_capital("Kiev")
    assert () == lexicon.country_of_capital("Lyon")


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("Brooklyn", "United States", True),
        ("Kiev", "Ukraine", True),
        ("Paris", "Europe", True),
        ("Russia", "Asia", True),
        ("Lyon", "France", True),
        ("Paris", "Germany", False),
        ("Osaka", "Kyoto", False),
        ("Bonn", "Soviet Union", None),
        ("Paris", "Scandinavia", None),
        ("Nowhereville", "France", None),
    ],
)
def test_lies_in(inner, outer, expected):
    assert expected == lexicon.lies_in(inner, outer)


def test_every_country_has_a_continent_and_one_entry():
    rows = read_list("places")["tables"]["countries"].strip().splitlines()
    names = [row.split("|")[0].strip() for row in rows]
    assert len(set(names)) == len(names)
    assert all(lexicon.lies_in(name, words_of(row.rsplit("|", 1)[1])[0]) for name, row in zip(names, rows, strict=True))


@pytest.mark.parametrize(
    ("phrase", "class_id"),
    [
        ("go to poll", "vote"),
        ("impose fine on", "fine"),
        ("cut job", "lay_off"),
        ("put blame on", "blame"),
        ("leave in force", "uphold"),
    ],
)
def test_a_listed_phrase_is_found_without_its_determiners_and_plurals(phrase, class_id):
    assert class_id in lexicon.relation_classes(phrase)


def test_a_preposition_is_no_plural():
    assert not lexicon.relation_classes("serve a")
