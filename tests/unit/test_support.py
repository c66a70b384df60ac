"""What a source must say before it supports a claim: the order of events, who did what, and what is compared."""

from __future__ import annotations

import pytest

from claimcheck import Checker, Corpus, Document, Label

SUPPORTED, CONTRADICTED, OPEN = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE

CRASH = "The probe crashed about two hours before the crew left the island."
NEWS = "“The news will be worse before it is better,” Otto Falk told reporters."
FINALS = "In the final Clara Weiss beat Ida Falk, while Marta Lind beat Nora Brandt."
COURT = "The court declared the Falk League and the Weiss Union to be illegal, but not the Brandt Guard or the staff."

ORDER = [
    (CRASH, "The probe crashed before the crew left the island.", SUPPORTED),
    (CRASH, "The probe crashed after the crew had left the island.", CONTRADICTED),
    ("Otto Falk died seven months after construction began.", "Otto Falk died after construction began.", SUPPORTED),
    (
        "Otto Falk died seven months after construction began.",
        "Otto Falk died before construction of the bridge began.",
        CONTRADICTED,
    ),
    # told from the other event
    (
        "Two hours after Otto Falk left Bremen, the bridge collapsed.",
        "Otto Falk left Bremen before the bridge collapsed.",
        SUPPORTED,
    ),
    (
        "Two hours after Otto Falk left Bremen, the bridge collapsed.",
        "Otto Falk left Bremen after the bridge collapsed.",
        CONTRADICTED,
    ),
    (NEWS, "Otto Falk told reporters that the news would be worse before it was better.", SUPPORTED),
    (NEWS, "Otto Falk told reporters that the news would be better before it was worse.", CONTRADICTED),
    ("Otto Falk was launched two days before Clara Weiss.", "Otto Falk was launched after Clara Weiss.", CONTRADICTED),
    # both happened, and nothing says in which order
    ("Otto Falk left Bremen and the bridge collapsed.", "Otto Falk left Bremen before the bridge collapsed.", OPEN),
    ("Otto Falk won the cup, and Ida Falk won it as well.", "Otto Falk won the cup before Ida Falk did.", OPEN),
    (
        "Otto Falk served on ships. He joined the museum.",
        "Otto Falk served on ships before he joined the museum.",
        OPEN,
    ),
    # before or after something else
    ("Otto Falk resigned after the siege of Bremen.", "Otto Falk resigned before the siege of Hamburg.", OPEN),
    ("Otto Falk resigned after the war began.", "Otto Falk resigned before the war ended.", OPEN),
    ("Otto Falk was launched before Clara Weiss landed.", "Otto Falk was launched after Clara Weiss.", OPEN),
    ("Otto Falk did not resign before the war ended.", "Otto Falk resigned after the war ended.", OPEN),
    (
        "Otto Falk resigned after the war and before the vote was counted.",
        "Otto Falk resigned before the vote was counted.",
        SUPPORTED,
    ),
]

WHO = [
    # the same predicate twice: to each his own
    (FINALS, "In the final Clara Weiss beat Ida Falk.", SUPPORTED),
    (FINALS, "In the final Marta Lind beat Nora Brandt.", SUPPORTED),
    (FINALS, "In the final Clara Weiss beat Nora Brandt.", OPEN),
    # what is taken out
    (COURT, "The court declared the Weiss Union to be illegal.", SUPPORTED),
    (COURT, "The court declared the Brandt Guard to be illegal.", OPEN),
    # somebody else is the subject
    (
        "Not one of the sailors died, although Otto Falk lost a toe to frostbite.",
        "Otto Falk died of frostbite.",
        OPEN,
    ),
    (
        "Otto Falk had to be content with a silver medal on the beam and a share in the Danish team victory.",
        "Otto Falk won the gold medal on the beam.",
        OPEN,
    ),
    (
        "The Harbour Party won two seats in May 1984. Clara Weiss founded a party of her own.",
        "The party founded by Clara Weiss won two seats in May 1984.",
        OPEN,
    ),
    # ... or may be the very one
    (
        "Otto Falk said that the minister had resigned in 1911. The minister, Otto Falk, went home.",
        "Otto Falk resigned in 1911.",
        SUPPORTED,
    ),
]

WHAT = [
    ("The treaty was adopted without a single objection.", "The treaty was adopted without an objection.", SUPPORTED),
    ("The treaty was adopted by 174 countries.", "The treaty was adopted without a single objection.", OPEN),
    (
        "Otto Falk beat Clara Weiss in the first race on 7 August 1954. The Harwell championships in Bern are near.",
        "Otto Falk won a title at the Harwell championships in Bern in 1954.",
        OPEN,
    ),
    (
        "Otto Falk's message was short; the words meant that the summit had been reached.",
        "Otto Falk's message meant that the climb had failed.",
        OPEN,
    ),
    # one thing held against another
    (
        "Otto Falk climbed higher with Ida Brandt than with Clara Weiss.",
        "Otto Falk climbed higher with Ida Brandt than with Clara Weiss.",
        SUPPORTED,
    ),
    (
        "Otto Falk climbed higher this time, with Clara Weiss.",
        "Otto Falk climbed higher with Ida Brandt than with Clara Weiss.",
        OPEN,
    ),
    (
        "It was the largest fire in the city's history, dwarfing the fire of the Harbour Theatre.",
        "The fire of the Harbour Theatre was larger than that of the hotel.",
        OPEN,
    ),
    ("Clara Weiss's elder brother Otto Falk was a painter.", "Otto Falk was older than Clara Weiss.", SUPPORTED),
]

FLOOD = "The wall kept the river out, but houses in Mill Lane were flooded all the same, by water from the hill."
THANKS = "In his speech Otto Falk thanked the jury and his rivals, but not Clara Weiss."
SWIM = "Otto Falk was ordered out of the water two miles short of completing a swim to the island of Sill."

NOT_SO = [
    # what is denied must be said in full before it is contradicted
    ("The Harbour Party won control of the council.", "The Harbour Party did not win the mayoralty.", OPEN),
    ("A jury convicted Otto Falk of theft.", "The jury did not convict Otto Falk of arson.", OPEN),
    ("A jury convicted Otto Falk of theft.", "The jury did not convict Otto Falk of theft.", CONTRADICTED),
    # of nobody, and of one only
    (THANKS, "Otto Falk did not thank anybody in his speech.", CONTRADICTED),
    ("Otto Falk did not thank Clara Weiss.", "Otto Falk did not thank anyone.", OPEN),
    ("Otto Falk thanked nobody in his speech.", "Otto Falk did not thank anybody.", SUPPORTED),
    # by one and not by the other
    ("Ballots are to be counted by county, not by parish.", "The votes will be counted by parish.", CONTRADICTED),
    ("Ballots are to be counted by county, not by parish.", "The votes will be counted parish by parish.", OPEN),
    # short of it, and in its stead
    (SWIM, "Otto Falk completed the swim to Sill.", CONTRADICTED),
    ("Instead of signing the treaty, Otto Falk went home.", "Otto Falk signed the treaty.", CONTRADICTED),
    ("Instead of signing the treaty, Otto Falk went home.", "Otto Falk went home.", SUPPORTED),
    # another reason
    (FLOOD, "The houses in Mill Lane were flooded because the river came over the wall.", OPEN),
    (
        "The houses in Mill Lane were flooded because the river came over the wall.",
        "Houses in Mill Lane were flooded because the river came over the wall.",
        SUPPORTED,
    ),
    # another doer, another holder, another sort of "was"
    (
        "Otto Falk, the reporter kidnapped in Bremen in March, was handed over to officials of the Weiss League.",
        "Otto Falk was kidnapped by the Weiss League.",
        OPEN,
    ),
    ("At the dinner Ida Lind, Clara Brandt's granddaughter, was elected.", "Lind is Weiss's granddaughter.", OPEN),
    ("Captain Otto Falk, who waited ashore, thought that the boat had sailed.", "Otto Falk was aboard the boat.", OPEN),
]


#: Who received it, in articles that name somebody else too.
RECEIVER = [
    (f"Karl Brandt is a lawyer. {sentence}", claim, label)
    for sentence, claim, label in [
        ("He was at home. Clara Weiss sent a letter to Otto Falk.", "Clara Weiss sent a letter to Karl Brandt.", OPEN),
        ("Clara Weiss sold the farm to Emil Vogt.", "Clara Weiss sold the farm to Karl Brandt.", OPEN),
        ("Anna Weiss wrote a poem for Otto Falk.", "Anna Weiss wrote a poem for Karl Brandt.", OPEN),
        ("Clara Weiss handed the keys to Otto Falk.", "Clara Weiss handed the keys to Karl Brandt.", OPEN),
        ("Clara Weiss sent a letter to Brandt.", "Clara Weiss sent a letter to Karl Brandt.", SUPPORTED),
        ("Clara Weiss sent him a letter.", "Clara Weiss sent a letter to Karl Brandt.", SUPPORTED),
        ("Clara Weiss sold her farm to the lawyer.", "Clara Weiss sold the farm to Karl Brandt.", SUPPORTED),
        (
            "Clara Weiss sent letters to Brandt and to Otto Falk.",
            "Clara Weiss sent a letter to Karl Brandt.",
            SUPPORTED,
        ),
    ]
]


@pytest.mark.parametrize(("evidence", "claim", "label"), [*ORDER, *WHO, *WHAT, *NOT_SO, *RECEIVER])
def test_a_source_supports_only_what_it_says(evidence, claim, label):
    corpus = Corpus.memory()
    corpus.add(Document(id="note.txt", text=evidence))
    verdict = Checker(corpus, entailment=None).verify(claim)
    assert label is verdict.label, verdict.reason
