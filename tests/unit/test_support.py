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


@pytest.mark.parametrize(("evidence", "claim", "label"), [*ORDER, *WHO, *WHAT])
def test_a_source_supports_only_what_it_says(evidence, claim, label):
    corpus = Corpus.memory()
    corpus.add(Document(id="note.txt", text=evidence))
    verdict = Checker(corpus, entailment=None).verify(claim)
    assert label is verdict.label, verdict.reason
