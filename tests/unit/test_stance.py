"""What one sentence does to a claim: each row of the design's table, where it contradicts and where it stays open."""

from __future__ import annotations

import functools

import pytest

from claimcheck import Checker, Corpus, Document, Label, Stance

SUPPORTS, CONTRADICTS, NEUTRAL = Stance.SUPPORTS, Stance.CONTRADICTS, Stance.NEUTRAL


@functools.cache
def checker_of(*texts):
    corpus = Corpus.memory()
    for number, text in enumerate(texts):
        corpus.add(Document(id=f"{number}.txt", text=text))
    return Checker(corpus, entailment=None)


def verdict_on(claim, *texts):
    return checker_of(*texts).verify(claim)


def goal(evidence, claim, stance, rule, reason):
    """A row that the design asks for and the engine does not reach yet."""
    return pytest.param(evidence, claim, stance, rule, marks=pytest.mark.xfail(strict=True, reason=reason))


def unsupported(evidence, claim):
    """A pair that is supported though it must not be."""
    return pytest.param(evidence, claim, marks=pytest.mark.xfail(strict=True, reason="supported though not said"))


STANCES = {
    Label.SUPPORTED: SUPPORTS,
    Label.CONTRADICTED: CONTRADICTS,
    Label.NOT_ENOUGH_EVIDENCE: NEUTRAL,
    Label.CONFLICTING: None,
}

TIME = [
    ("Marta Lind was born in 1931.", "Marta Lind was born in 1931", SUPPORTS, "agreement"),
    ("Marta Lind died on 4 March 1990.", "Marta Lind died in 1990", SUPPORTS, "agreement"),
    ("Ivo Brandt met Clara Weiss in 1998.", "Ivo Brandt met Clara Weiss in the 1990s", SUPPORTS, "agreement"),
    ("Ivo Brandt met Clara Weiss in 1998.", "Ivo Brandt met Clara Weiss before 2000", SUPPORTS, "agreement"),
    (
        "President Ivo Brandt visited Ghana in 2004 and again in 2011.",
        "Ivo Brandt visited Ghana in 2011",
        SUPPORTS,
        "agreement",
    ),
    ("The bridge did not open until 1933.", "The bridge opened in 1933", SUPPORTS, "agreement"),
    ("The ceremony was held in Oslo in 1993.", "The ceremony took place in Oslo in 1993", SUPPORTS, "agreement"),
    ("Otto Falk was sworn in in 1911.", "Otto Falk took office in 1911", SUPPORTS, "agreement"),
    # before and after
    ("Otto Falk died seven months after the war.", "Otto Falk died after the war", SUPPORTS, "agreement"),
    ("Otto Falk died seven months after the war.", "Otto Falk died before the war", CONTRADICTS, "time"),
    ("Otto Falk died before the war.", "Otto Falk died after the flood", NEUTRAL, ""),
    # a clause that hangs on a limit is of that very date
    (
        "The school had not won since 1984, when Marta Lind beat Clara Weiss.",
        "Marta Lind beat Clara Weiss in 1984",
        SUPPORTS,
        "agreement",
    ),
    (
        "The school had not won since 1984, when Marta Lind beat Clara Weiss.",
        "Marta Lind beat Clara Weiss in 1991",
        CONTRADICTS,
        "time",
    ),
    ("Otto Falk has led the school since 1984.", "Otto Falk led the school in 1983", CONTRADICTS, "time"),
    # one-time events
    ("Marta Lind was born in 1931.", "Marta Lind was born in 1934", CONTRADICTS, "time"),
    ("Marta Lind died on 4 March 1990.", "Marta Lind died in May 1990", CONTRADICTS, "time"),
    ("The Lind Institute was founded in 1962.", "The Lind Institute was founded in 1957", CONTRADICTS, "time"),
    ("The bridge did not open until 1933.", "The bridge opened in 1929", CONTRADICTS, "time"),
    ("Otto Falk was born in 1901 and died in 1980.", "Otto Falk died in 1901", CONTRADICTS, "time"),
    # one occasion, or the only one that the sources know
    ("Ivo Brandt met Clara Weiss on 3 May 1998.", "Ivo Brandt met Clara Weiss on 4 May 1998", CONTRADICTS, "time"),
    ("Ivo Brandt met Clara Weiss in 1998.", "Ivo Brandt met Clara Weiss after 2000", CONTRADICTS, "time"),
    ("President Ivo Brandt visited Ghana in 2004.", "Ivo Brandt visited Ghana in 2011", CONTRADICTS, "time"),
    # a month without a year is of the year just spoken of
    ("In 1816 there was hunger. Frost struck Ulm in June.", "Frost struck Ulm in June 1816", SUPPORTS, "agreement"),
    ("In 1816 there was hunger. Frost struck Ulm in June.", "Frost struck Ulm in June 1817", NEUTRAL, ""),
    ("In 1816 there was hunger. Frost struck Ulm in June.", "Frost struck Ulm on 4 June 1816", NEUTRAL, ""),
    ("In 1816 there was hunger.\n\nFrost struck Ulm in June.", "Frost struck Ulm in June 1816", NEUTRAL, ""),
    # finer than the source, or it comes back
    ("Marta Lind died in 1990.", "Marta Lind died on 4 March 1990", NEUTRAL, ""),
    ("Ivo Brandt met Clara Weiss in the 1990s.", "Ivo Brandt met Clara Weiss in 1998", NEUTRAL, ""),
    ("President Ivo Brandt visits Ghana every year.", "Ivo Brandt visited Ghana in 2011", NEUTRAL, ""),
    # each clause has its own date; what stands before them all is said of all
    ("Otto Falk, who founded the museum, died in 1911.", "Otto Falk founded the museum in 1911", NEUTRAL, ""),
    ("Otto Falk, who founded the museum in 1890, died.", "Otto Falk died in 1890", NEUTRAL, ""),
    ("Otto Falk founded the museum and died in 1911.", "Otto Falk founded the museum in 1911", NEUTRAL, ""),
    (
        "In 1911 Otto Falk founded the museum and bought a house.",
        "Otto Falk bought a house in 1911",
        SUPPORTS,
        "agreement",
    ),
    (
        "The fire, which killed Otto Falk, broke out in 1911.",
        "The fire killed Otto Falk in 1911",
        SUPPORTS,
        "agreement",
    ),
    (
        "It was in May 1911, when Otto Falk founded the museum.",
        "Otto Falk founded the museum in May 1911",
        SUPPORTS,
        "agreement",
    ),
]

PARTICIPANT = [
    ("The novel was written by Otto Falk in 1911.", "Otto Falk wrote the novel in 1911", SUPPORTS, "agreement"),
    ("Clara Weiss defeated Otto Falk.", "Otto Falk was defeated by Clara Weiss", SUPPORTS, "agreement"),
    ("Clara Weiss married Otto Falk in 1950.", "Otto Falk married Clara Weiss in 1950", SUPPORTS, "agreement"),
    ("Otto Falk sold the house to Clara Weiss.", "Clara Weiss bought the house from Otto Falk", SUPPORTS, "agreement"),
    ("Otto Falk met Clara Weiss. She resigned in 1990.", "Clara Weiss resigned in 1990", SUPPORTS, "agreement"),
    (
        "Nadia Weissova won the race. Weissova was discovered by Otto Falk.",
        "Otto Falk discovered Nadia Weissova",
        SUPPORTS,
        "agreement",
    ),
    # the place is taken
    (
        "Ivo Brandt met Clara Weiss in Vienna in 1998.",
        "Ivo Brandt met Otto Falk in Vienna in 1998",
        CONTRADICTS,
        "participant",
    ),
    (
        "Clara Weiss won the 1988 election in Norway.",
        "Otto Falk won the 1988 election in Norway",
        CONTRADICTS,
        "participant",
    ),
    (
        "Clara Weiss founded the Harbour Theatre in 1921.",
        "Otto Falk founded the Harbour Theatre in 1921",
        CONTRADICTS,
        "participant",
    ),
    ("Otto Falk wrote the novel in 1911.", "Clara Weiss wrote the novel in 1911", CONTRADICTS, "participant"),
    (
        "Clara Weiss was the first woman to climb Mount Kenya.",
        "Ida Falk was the first woman to climb Mount Kenya",
        CONTRADICTS,
        "participant",
    ),
    (
        "Otto Falk was the only survivor of the crash.",
        "Clara Weiss was the only survivor of the crash",
        CONTRADICTS,
        "participant",
    ),
    (
        "In 1950 Clara Weiss was elected mayor of Bremen, the first woman in the country to lead a city.",
        "Ida Falk was the first woman in the country to lead a city",
        CONTRADICTS,
        "participant",
    ),
    (
        "In 1950 Clara Weiss was elected mayor of Bremen, the first woman in the country to lead a city.",
        "Clara Weiss was the first woman in the country to lead a city",
        SUPPORTS,
        "agreement",
    ),
    (
        "In 1950 Clara Weiss was elected mayor of Bremen, the first woman in the country to lead a city.",
        "Ida Falk was the first woman in the country to lead a bank",
        NEUTRAL,
        "",
    ),
    # both are there, the wrong way round
    (
        "Clara Weiss beat Otto Falk in the 1988 election.",
        "Otto Falk beat Clara Weiss in the 1988 election",
        CONTRADICTS,
        "roles",
    ),
    # "replace" has two senses: by itself it leaves no place taken
    (
        "Coach Otto Falk replaced Karl Brandt with Clara Weiss in June 2003.",
        "Otto Falk replaced Emil Vogt in June 2003",
        NEUTRAL,
        None,
    ),
    (
        "Karl Brandt replaced Clara Weiss as mayor in 2004.",
        "Otto Falk replaced Clara Weiss as mayor in 2004",
        CONTRADICTS,
        "participant",
    ),
    # one successor at a time
    (
        "Otto Falk led the institute until 1977, when he was succeeded by Clara Weiss.",
        "Otto Falk was succeeded by Martin Brandt in 1977",
        CONTRADICTS,
        "participant",
    ),
    (
        "Otto Falk led the institute until 1977, when he was succeeded by Clara Weiss.",
        "Otto Falk was succeeded by Clara Weiss in 1977",
        SUPPORTS,
        "agreement",
    ),
    ("Otto Falk was succeeded by Clara Weiss.", "Otto Falk was succeeded by Martin Brandt", NEUTRAL, ""),
    ("Otto Falk was succeeded by Clara Weiss in 1977.", "Otto Falk was succeeded by Martin Brandt", NEUTRAL, ""),
    # one holder of an office at a time
    (
        "In May 1950 the Danish foreign minister, Clara Weiss, met Otto Falk.",
        "Otto Falk was the Danish foreign minister in May 1950",
        CONTRADICTS,
        "participant",
    ),
    (
        "The finance minister, Otto Falk, met the foreign minister, Clara Weiss, in May 1950.",
        "Otto Falk was foreign minister in May 1950",
        CONTRADICTS,
        None,
    ),
    (
        "In May 1950 the Danish foreign minister, Clara Weiss, met Otto Falk.",
        "Otto Falk was the Danish foreign minister",
        NEUTRAL,
        "",
    ),
    (
        "In May 1950 the Danish foreign minister, Clara Weiss, met Otto Falk.",
        "Otto Falk was foreign minister in May 1950",
        NEUTRAL,
        "",
    ),
    (
        "In May 1950 the former Danish foreign minister, Clara Weiss, met Otto Falk.",
        "Otto Falk was the Danish foreign minister in May 1950",
        NEUTRAL,
        "",
    ),
    (
        "In May 1950 the Danish historian, Clara Weiss, met Otto Falk.",
        "Otto Falk was a Danish historian in May 1950",
        NEUTRAL,
        "",
    ),
    # no shared occasion
    ("Ivo Brandt met Clara Weiss.", "Ivo Brandt met Otto Falk", NEUTRAL, ""),
    ("Ivo Brandt met Clara Weiss in Vienna in 1998.", "Ivo Brandt met Otto Falk in 1997", NEUTRAL, ""),
    ("Ivo Brandt visited Ghana.", "Ivo Brandt visited Kenya", NEUTRAL, ""),
    ("Ivo Brandt met Clara Weiss in 1998.", "Ivo Brandt met Otto Falk in 1998", NEUTRAL, ""),
    ("Otto Falk was born in Ghana in 1950.", "Ida Brandt was born in Ghana in 1950", NEUTRAL, ""),
    ("Otto Falk was arrested in Oslo in May 1950.", "Ida Brandt was arrested in Oslo in May 1950", NEUTRAL, ""),
    ("Otto Falk signed the treaty in 1950.", "Ida Brandt signed the treaty in 1950", NEUTRAL, ""),
    ("Otto Falk wrote a novel in 1911.", "Clara Weiss wrote a novel in 1911", NEUTRAL, ""),
    # ... but two of one name, mixed up
    ("Otto Falk was arrested in Oslo in May 1950.", "Emil Falk was arrested in Oslo in May 1950", CONTRADICTS, None),
    ("Otto Falk persuaded Clara Weiss to sign the treaty.", "Otto Falk signed the treaty", NEUTRAL, ""),
    (
        "Otto Falk, Clara Weiss and Ivo Brandt signed the treaty.",
        "Clara Weiss signed the treaty",
        SUPPORTS,
        "agreement",
    ),
]

PLACE = [
    ("The ceremony took place in Oslo in 1993.", "The ceremony took place in Oslo in 1993", SUPPORTS, "agreement"),
    ("The ceremony took place in Oslo in 1993.", "The ceremony took place in Stockholm in 1993", CONTRADICTS, "place"),
    (
        "Ivo Brandt met Clara Weiss in Vienna in 1998.",
        "Ivo Brandt met Clara Weiss in Oslo in 1998",
        CONTRADICTS,
        "place",
    ),
    ("Marta Lind was born in Madrid in 1931.", "Marta Lind was born in Lisbon in 1931", CONTRADICTS, "place"),
    ("The summit was held in Paris in 1985.", "The summit was held in Germany in 1985", CONTRADICTS, "place"),
    ("The summit was held in Austria in 1985.", "The summit was held in Vienna in 1985", NEUTRAL, ""),
    ("The Harwell treaty was signed in Spain in 1985.", "The Harwell treaty was signed in Madrid in 1985", NEUTRAL, ""),
    # one lies in the other, or may
    ("The summit was held in Paris in 1985.", "The summit was held in France in 1985", SUPPORTS, "agreement"),
    ("The ceremony took place in Chicago in 1993.", "The ceremony took place in Illinois in 1993", SUPPORTS, None),
    ("The ceremony took place in Illinois in 1993.", "The ceremony took place in Chicago in 1993", NEUTRAL, ""),
    ("The ceremony took place in Chicago in 1993.", "The ceremony took place in Texas in 1993", CONTRADICTS, "place"),
    ("Otto Falk was born in Ulm.", "Otto Falk was born in Germany", NEUTRAL, ""),
    ("Otto Falk was born in Ulm.", "Otto Falk was born in Munich", CONTRADICTS, "place"),
    ("Otto Falk was not born in Paris.", "Otto Falk was born in France", NEUTRAL, ""),
    # what goes on in many places
    ("Otto Falk lived in Bremen in 1950.", "Otto Falk lived in Hamburg in 1950", NEUTRAL, ""),
    ("Otto Falk visited Ghana in 1950.", "Otto Falk visited Kenya in 1950", NEUTRAL, ""),
    ("Otto Falk was born in Lyon and died in Madrid.", "Otto Falk was born in Madrid", CONTRADICTS, "place"),
    ("Otto Falk was born in Lyon and died in Madrid.", "Otto Falk died in Lyon", CONTRADICTS, "place"),
    ("Otto Falk was born in Lyon and died in Madrid.", "Otto Falk died in Madrid", SUPPORTS, "agreement"),
    ("Otto Falk went to Madrid and died there in 1911.", "Otto Falk died in Madrid in 1911", SUPPORTS, "agreement"),
    (
        "Otto Falk lived in Madrid, where he met Clara Weiss.",
        "Otto Falk met Clara Weiss in Madrid",
        SUPPORTS,
        "agreement",
    ),
    # from and to
    ("The river flows from Bremen to Hamburg.", "The river flows from Bremen to Hamburg", SUPPORTS, "agreement"),
    ("The river flows from Bremen to Hamburg.", "The river flows from Hamburg to Bremen", CONTRADICTS, "roles"),
    ("Otto Falk travelled to Ghana.", "Otto Falk travelled from Ghana", NEUTRAL, ""),
]

QUANTITY = [
    ("The flood killed 53 people in Bremen.", "The flood killed more than 40 people in Bremen", SUPPORTS, "agreement"),
    (
        "About 90 percent of the voters approved the treaty.",
        "88 percent of the voters approved the treaty",
        SUPPORTS,
        "agreement",
    ),
    ("Two in five voters approved the treaty.", "40 percent of the voters approved the treaty", SUPPORTS, "agreement"),
    ("The wall is 3 km long.", "The wall is 3,000 metres long", SUPPORTS, "agreement"),
    ("The museum cost $4.5 million.", "The museum cost $4.5m", SUPPORTS, "agreement"),
    ("The flood killed 53 people in Bremen.", "The flood killed 12 people in Bremen", CONTRADICTS, "quantity"),
    ("The flood killed at least 40 people in Bremen.", "The flood killed 12 people in Bremen", CONTRADICTS, "quantity"),
    (
        "About 90 percent of the voters approved the treaty.",
        "50 percent of the voters approved the treaty",
        CONTRADICTS,
        "quantity",
    ),
    ("The museum has 200 paintings and 30 statues.", "The museum has 30 paintings", CONTRADICTS, "quantity"),
    ("Otto Falk was 53 when he died.", "Otto Falk was 67 when he died", CONTRADICTS, "quantity"),
    ("Otto Falk received ten years.", "Otto Falk was sentenced to 20 years in prison", CONTRADICTS, "quantity"),
    ("Otto Falk received ten letters.", "Otto Falk was sentenced to 20 years in prison", NEUTRAL, ""),
    # how many of them
    ("Most of the voters approved the treaty.", "Most voters approved the treaty", SUPPORTS, "agreement"),
    ("All voters approved the treaty.", "Some voters approved the treaty", SUPPORTS, "agreement"),
    ("62 percent of the voters approved the treaty.", "Most voters approved the treaty", SUPPORTS, "agreement"),
    ("Few voters approved the treaty.", "Most voters approved the treaty", CONTRADICTS, "quantity"),
    ("Half of the voters approved the treaty.", "All voters approved the treaty", CONTRADICTS, "quantity"),
    ("Not all voters approved the treaty.", "All voters approved the treaty", CONTRADICTS, "quantity"),
    ("Some voters approved the treaty.", "All voters approved the treaty", NEUTRAL, ""),
    # one figure for each of the claim's
    (
        "Otto Falk paid $995 for the house in 1950.",
        "Otto Falk paid less than $1,000 for a house that later fetched $1.8 million",
        NEUTRAL,
        "",
    ),
    # a bound that admits both, another measure, another time
    ("More than 40 people died in the fire.", "53 people died in the fire", NEUTRAL, ""),
    ("The flood killed at least 40 people in Bremen.", "The flood killed 53 people in Bremen", NEUTRAL, ""),
    ("The bridge is 300 metres long.", "The bridge is 40 metres wide", NEUTRAL, ""),
    ("The flood killed 53 people in Bremen.", "The flood injured 12 people in Bremen", NEUTRAL, ""),
    ("Bremen had 200 schools in 1990.", "Bremen had 250 schools in 2005", NEUTRAL, ""),
    ("Prices rose by 5 percent in 1990.", "Wages rose by 9 percent in 1990", NEUTRAL, ""),
    ("Prices rose by 5 percent in 1990.", "Prices rose by 9 percent in 1990", CONTRADICTS, "quantity"),
]

POLARITY = [
    ("Ivo Brandt never signed the treaty.", "Ivo Brandt did not sign the treaty", SUPPORTS, "agreement"),
    ("Otto Falk managed to sign the treaty.", "Otto Falk signed the treaty", SUPPORTS, "agreement"),
    ("Otto Falk is scheduled to visit Ghana.", "Otto Falk is scheduled to visit Ghana", SUPPORTS, "agreement"),
    ("Ivo Brandt did not sign the treaty.", "Ivo Brandt signed the treaty", CONTRADICTS, "polarity"),
    ("Ivo Brandt signed the treaty.", "Ivo Brandt did not sign the treaty", CONTRADICTS, "polarity"),
    ("Otto Falk signed the treaty.", "Otto Falk never signed the treaty", CONTRADICTS, "polarity"),
    ("Neither Otto Falk nor Clara Weiss signed the treaty.", "Clara Weiss signed the treaty", CONTRADICTS, "polarity"),
    ("Otto Falk left the hall without signing the treaty.", "Otto Falk signed the treaty", CONTRADICTS, "polarity"),
    ("Otto Falk no longer owns the museum.", "Otto Falk owns the museum", CONTRADICTS, "polarity"),
    # one is taken out of a list
    ("Otto Falk visited Ghana but not Kenya.", "Otto Falk visited Ghana", SUPPORTS, "agreement"),
    ("Otto Falk visited Ghana but not Kenya.", "Otto Falk did not visit Kenya", SUPPORTS, "agreement"),
    ("Otto Falk visited Ghana but not Kenya.", "Otto Falk visited Kenya", CONTRADICTS, "polarity"),
    ("Otto Falk won silver, not gold.", "Otto Falk won gold", CONTRADICTS, "polarity"),
    ("Otto Falk, not Clara Weiss, signed the treaty.", "Clara Weiss signed the treaty", CONTRADICTS, "polarity"),
    ("Otto Falk visited not only Ghana but also Kenya.", "Otto Falk visited Kenya", SUPPORTS, "agreement"),
    # what did not come about
    ("Ivo Brandt came close to signing the treaty.", "Ivo Brandt signed the treaty", CONTRADICTS, "polarity"),
    ("Otto Falk almost won the election.", "Otto Falk won the election", CONTRADICTS, "polarity"),
    ("Otto Falk refused to sign the treaty.", "Otto Falk signed the treaty", CONTRADICTS, "polarity"),
    ("The visit of Ivo Brandt to Ghana was called off.", "Ivo Brandt visited Ghana", CONTRADICTS, "polarity"),
    (
        "Had Otto Falk signed the treaty, the war would have ended.",
        "Otto Falk signed the treaty",
        CONTRADICTS,
        "polarity",
    ),
    ("Otto Falk turned down an invitation to visit Ghana.", "Otto Falk visited Ghana", CONTRADICTS, "polarity"),
    (
        "Otto Falk would have signed the treaty if Clara Weiss had come.",
        "Otto Falk signed the treaty",
        CONTRADICTS,
        "polarity",
    ),
    ("Otto Falk never had to deliver the speech.", "Otto Falk delivered the speech", CONTRADICTS, "polarity"),
    ("Otto Falk did not have to deliver the speech.", "Otto Falk delivered the speech", NEUTRAL, ""),
    # opposites
    ("Otto Falk rejected the treaty.", "Otto Falk accepted the treaty", CONTRADICTS, "relation"),
    ("Otto Falk supports the treaty.", "Otto Falk opposes the treaty", CONTRADICTS, "relation"),
    ("Prices rose by 5 percent in 1990.", "Prices fell by 5 percent in 1990", CONTRADICTS, "relation"),
    ("Otto Falk was convicted of fraud.", "Otto Falk was acquitted of fraud", CONTRADICTS, "relation"),
    (
        "The meeting of Otto Falk and Clara Weiss did not take place.",
        "Otto Falk met Clara Weiss",
        CONTRADICTS,
        "polarity",
    ),
    ("Otto Falk campaigned for a yes.", "Otto Falk campaigned for a no", CONTRADICTS, "relation"),
    ("Otto Falk passed Ivo Brandt on the right.", "Otto Falk passed Ivo Brandt on the left", CONTRADICTS, "relation"),
    ("The Danish copy of the treaty survived.", "The Danish copy of the treaty was destroyed", CONTRADICTS, "relation"),
    ("The Danish copy of the treaty was destroyed.", "The Danish copy of the treaty survived", CONTRADICTS, "relation"),
    ("Otto Falk, a bachelor, bought the house.", "Otto Falk was married", CONTRADICTS, "relation"),
    ("Otto Falk called for the ban.", "Otto Falk opposed the ban", CONTRADICTS, "relation"),
    # a denial or an opposite of another case
    ("The Danish copy of the treaty survived.", "The British copy of the treaty was destroyed", NEUTRAL, ""),
    ("Clara Weiss survived the fire.", "The house of Clara Weiss was destroyed by the fire", NEUTRAL, ""),
    ("Otto Falk, a bachelor, met Clara Weiss.", "Clara Weiss was married", NEUTRAL, ""),
    ("Otto Falk never sang in Vienna after 1990.", "Otto Falk sang in Vienna", NEUTRAL, ""),
    ("Otto Falk ran the marathon in Vienna.", "Otto Falk never ran another marathon after Vienna", NEUTRAL, ""),
    ("Otto Falk is not a free man.", "Otto Falk remained in prison", NEUTRAL, ""),
    ("The British copy of the treaty was destroyed.", "A copy of the treaty was preserved", NEUTRAL, ""),
    (
        "Otto Falk saved 120 of the pictures and burnt about 400.",
        "Otto Falk destroyed about 400 of the pictures",
        NEUTRAL,
        "",
    ),
    (
        "Danish voters rejected the euro in a referendum in September 2000.",
        "Swedish voters rejected the euro in a referendum",
        NEUTRAL,
        "",
    ),
    # only planned, expected, possible, conditional
    ("The meeting of Otto Falk and Clara Weiss will be held soon.", "Otto Falk met Clara Weiss", NEUTRAL, ""),
    ("Otto Falk is scheduled to visit Ghana.", "Otto Falk visited Ghana", NEUTRAL, ""),
    ("Otto Falk is expected to sign the treaty.", "Otto Falk signed the treaty", NEUTRAL, ""),
    ("Otto Falk promised to sign the treaty.", "Otto Falk signed the treaty", NEUTRAL, ""),
    ("Otto Falk has to sign the treaty.", "Otto Falk signed the treaty", NEUTRAL, ""),
    ("Otto Falk might sign the treaty.", "Otto Falk signed the treaty", NEUTRAL, ""),
    ("If Otto Falk signed the treaty, the war would end.", "Otto Falk signed the treaty", NEUTRAL, ""),
    ("Otto Falk urged Clara Weiss to sign the treaty.", "Clara Weiss signed the treaty", NEUTRAL, ""),
    ("Otto Falk told Clara Weiss to sign the treaty.", "Clara Weiss signed the treaty", NEUTRAL, ""),
    ("Otto Falk must sign the treaty.", "Otto Falk will sign the treaty", NEUTRAL, ""),
    ("Otto Falk plans to sign the treaty.", "Otto Falk will sign the treaty", SUPPORTS, "agreement"),
    ("Otto Falk plans to sign the treaty.", "Otto Falk may sign the treaty", SUPPORTS, "agreement"),
    # what somebody denies, and reports that are denied
    ("Otto Falk denied signing the treaty.", "Otto Falk denied signing the treaty", SUPPORTS, "agreement"),
    ("Otto Falk denied signing the treaty.", "Otto Falk signed the treaty", NEUTRAL, ""),
    ("Otto Falk denied signing the treaty.", "Otto Falk did not sign the treaty", NEUTRAL, ""),
    ("Otto Falk signed the treaty.", "Otto Falk denied signing the treaty", NEUTRAL, ""),
    ("Clara Weiss denied reports that Otto Falk signed the treaty.", "Otto Falk signed the treaty", NEUTRAL, ""),
]

ATTRIBUTION = [
    (
        "Otto Falk said that the harbour was closed.",
        "Otto Falk said that the harbour was closed",
        SUPPORTS,
        "agreement",
    ),
    (
        "Otto Falk claimed that Ivo Brandt signed the treaty.",
        "Otto Falk claimed that Ivo Brandt signed the treaty",
        SUPPORTS,
        "agreement",
    ),
    (
        "“The harbour belongs to all of us,” Otto Falk said.",
        "Otto Falk said: “The harbour belongs to all of us”",
        SUPPORTS,
        "agreement",
    ),
    (
        "“The harbour belongs to all of us,” Otto Falk said.",
        "Clara Weiss said: “The harbour belongs to all of us”",
        CONTRADICTS,
        "attribution",
    ),
    (
        "“The harbour belongs to all of us,” wrote Otto Falk in 1999.",
        "Clara Weiss promised: “The harbour belongs to all of us”",
        CONTRADICTS,
        "attribution",
    ),
    # said by somebody is not so
    ("Otto Falk claimed that Ivo Brandt signed the treaty.", "Ivo Brandt signed the treaty", NEUTRAL, ""),
    ("Otto Falk denied that Ivo Brandt signed the treaty.", "Ivo Brandt signed the treaty", NEUTRAL, ""),
    ("Otto Falk believes that Clara Weiss stole the painting.", "Clara Weiss stole the painting", NEUTRAL, ""),
    ("Otto Falk accused Clara Weiss of stealing the painting.", "Clara Weiss stole the painting", NEUTRAL, ""),
    goal(
        "Otto Falk said that Ivo Brandt signed the treaty.",
        "Ivo Brandt signed the treaty",
        NEUTRAL,
        "",
        "“said” counts as assertion by the source",
    ),
    goal(
        "According to Otto Falk, Ivo Brandt signed the treaty.",
        "Ivo Brandt signed the treaty",
        NEUTRAL,
        "",
        "“according to” counts as assertion by the source",
    ),
    goal(
        "“Clara Weiss stole the painting,” Otto Falk said.",
        "Clara Weiss stole the painting",
        NEUTRAL,
        "",
        "a quotation counts as assertion by the source",
    ),
]

ROLE = [
    ("Otto Falk, a Russian historian, wrote the book.", "Otto Falk is a Russian historian", SUPPORTS, "agreement"),
    ("Otto Falk is the father of Clara Weiss.", "Clara Weiss is the daughter of Otto Falk", SUPPORTS, "agreement"),
    ("Clara Weiss's father, Otto Falk, was a miner.", "Otto Falk was the father of Clara Weiss", SUPPORTS, "agreement"),
    ("Otto Falk is the grandfather of Clara Weiss.", "Otto Falk is the father of Clara Weiss", CONTRADICTS, "role"),
    ("Otto Falk was the father of Clara Weiss.", "Ivo Brandt was the father of Clara Weiss", CONTRADICTS, "role"),
    ("Otto Falk, a Russian historian, wrote the book.", "Otto Falk is a Chinese historian", CONTRADICTS, "role"),
    ("Clara Weiss is older than Otto Falk.", "Clara Weiss is younger than Otto Falk", CONTRADICTS, "relation"),
    ("Clara Weiss came third in the race.", "Clara Weiss came second in the race", CONTRADICTS, "role"),
    (
        "Otto Falk is the older brother of Clara Weiss.",
        "Otto Falk is the younger brother of Clara Weiss",
        CONTRADICTS,
        "role",
    ),
    ("Otto Falk is the elder brother of Clara Weiss.", "Otto Falk is the older brother of Clara Weiss", SUPPORTS, None),
    # of what country somebody is
    ("The comet was discovered by the American Otto Falk.", "Otto Falk was British", CONTRADICTS, "role"),
    ("The comet was discovered by the American Otto Falk.", "Otto Falk was American", SUPPORTS, "agreement"),
    ("Clara Weiss was Danish.", "Clara Weiss was Norwegian", CONTRADICTS, "role"),
    ("The comet was discovered by the American Otto Falk.", "Clara Weiss was British", NEUTRAL, ""),
    ("The German champion Otto Falk discovered the comet.", "Otto Falk was Austrian", NEUTRAL, ""),
    ("Otto Falk met the American ambassador in Paris.", "Otto Falk was British", NEUTRAL, ""),
    # of two given names one is not enough where another bears both
    (
        "Clara Falk's father, Otto Falk, was a miner, and her brother Otto Emil was a painter.",
        "Otto Emil Falk was the father of Clara Falk",
        CONTRADICTS,
        None,
    ),
    (
        "Clara Falk's father, Otto Falk, was a miner, and her brother Martin was a painter.",
        "Otto Emil Falk was the father of Clara Falk",
        SUPPORTS,
        "agreement",
    ),
    # several brothers, another office, another kind of word
    ("Otto Falk was the brother of Clara Weiss.", "Ivo Brandt was the brother of Clara Weiss", NEUTRAL, ""),
    ("Otto Falk was the mayor of Bremen.", "Otto Falk was the mayor of Hamburg", NEUTRAL, ""),
    ("Clara Weiss, a Dutch painter, met Otto Falk.", "Otto Falk was a painter", NEUTRAL, ""),
    ("Otto Falk is a historian.", "Otto Falk is a Russian historian", NEUTRAL, ""),
    # since then all the time, another event's day, how long after, figures that come to it together
    ("The canal was closed in June 1975.", "The canal had been shut since 1973", NEUTRAL, ""),
    ("The canal was closed in June 1973.", "The canal had been closed since 1973", SUPPORTS, "agreement"),
    (
        "Clara Weiss was sworn in on 3 May 1960, after her husband was shot.",
        "Clara Weiss's husband was shot in 1960",
        NEUTRAL,
        "",
    ),
    ("Otto Falk took the oath in Bremen.", "Otto Falk took the oath the day after the vote", NEUTRAL, ""),
    (
        "Otto Falk took the oath the day after the vote.",
        "Otto Falk took the oath the day after the vote",
        SUPPORTS,
        "agreement",
    ),
    ("The crash killed its crew of three and eleven guests.", "The crash killed 14 people", NEUTRAL, ""),
    ("The crash killed its crew of three and eleven guests.", "The crash killed 20 people", NEUTRAL, ""),
    ("Otto Falk led the choir for six years.", "Otto Falk led the choir for 24 years", CONTRADICTS, "quantity"),
]


@pytest.mark.parametrize(
    ("evidence", "claim", "stance", "rule"), [*TIME, *PARTICIPANT, *PLACE, *QUANTITY, *POLARITY, *ATTRIBUTION, *ROLE]
)
def test_one_sentence_against_one_claim(evidence, claim, stance, rule):
    verdict = verdict_on(claim, evidence)
    assert stance is STANCES[verdict.label], verdict.reason
    if verdict.evidence and rule is not None:
        assert rule == verdict.evidence[0].rule
        assert stance is verdict.evidence[0].stance
    assert verdict.evidence or stance is NEUTRAL


@pytest.mark.parametrize(
    ("evidence", "claim", "stance"),
    [
        row[:3]
        for rows in (TIME, PARTICIPANT, PLACE, QUANTITY, POLARITY, ATTRIBUTION, ROLE)
        for row in rows[:4]
        if isinstance(row, tuple)
    ],
)
def test_a_pair_without_a_corpus_is_judged_alike(evidence, claim, stance):
    assert stance is Checker(None, entailment=None).judge(claim, evidence).label


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("Otto Falk built the museum.", "Otto Falk painted the museum"),
        ("Otto Falk bought the house.", "Otto Falk rented the house"),
        ("Otto Falk was charged with fraud.", "Otto Falk was convicted of fraud"),
        (
            "Clara Weiss was the second woman to climb Mount Kenya.",
            "Clara Weiss was the first woman to climb Mount Kenya",
        ),
        # one copula is not as good as another
        ("Otto Falk is a historian.", "Otto Falk is a dentist"),
        ("Otto Falk was tired.", "Otto Falk was hungry"),
        ("Otto Falk was the mayor of Bremen.", "Otto Falk was the bishop of Bremen"),
        ("Otto Falk took command of the fleet in 1911.", "Otto Falk took command of the army in 1911"),
        ("Otto Falk won a silver medal on the beam.", "Otto Falk won the gold medal on the beam"),
        ("Otto Falk declined the Nobel Prize in 1964.", "Otto Falk received the Nobel Prize in 1964"),
        ("Otto Falk proposed the names of the moons of Mars. Pluto is far.", "Otto Falk proposed the name of Pluto"),
        ("The Harbour Bank agreed to buy the Weiss Company.", "The Weiss Company agreed to buy the Harbour Bank"),
        # verbs of two directions
        ("Otto Falk bought the house.", "Otto Falk sold the house"),
        ("Otto Falk arrived in Ghana in 2004.", "Otto Falk departed from Ghana in 2004"),
        ("The river flows from Bremen to Hamburg.", "The river flows from Hamburg to Bremen"),
        # whom, where and when do not make up for another verb
        ("Otto Falk married Clara Weiss in Ghana in 2004.", "Otto Falk killed Clara Weiss in Ghana in 2004"),
        ("Otto Falk arrived in Ghana in 2004.", "Otto Falk was arrested in Ghana in 2004"),
        # how many, of what, when
        ("Few voters approved the treaty.", "Most voters approved the treaty"),
        ("Half of the voters approved the treaty.", "All voters approved the treaty"),
        ("Most voters approved the treaty.", "All voters approved the treaty"),
        ("Voters approved the treaty.", "All voters approved the treaty"),
        ("Few voters approved the treaty.", "Voters approved the treaty"),
        ("Otto Falk was convicted of fraud.", "Otto Falk was convicted of murder"),
        ("Otto Falk signed the treaty.", "Otto Falk will sign the treaty"),
    ],
)
def test_what_is_not_said_is_never_supported(evidence, claim):
    assert Label.SUPPORTED is not verdict_on(claim, evidence).label


def test_a_sentence_about_something_else_says_nothing():
    verdict = verdict_on("Otto Falk signed the treaty", "The shop opens at noon.", "Clara Weiss plays the piano.")
    assert Label.NOT_ENOUGH_EVIDENCE is verdict.label
    assert {NEUTRAL} >= {e.stance for e in verdict.evidence}
