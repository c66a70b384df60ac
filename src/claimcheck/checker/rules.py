"""
The rules of `Checker.check`: what a finding in a draft is called, how weighty it is, and what to do about it.

Codes never change their meaning.  ``CC-C`` contradicted, ``CC-X`` conflicting, ``CC-I`` not enough evidence, ``CC-M``
what people found before, ``CC-W`` something about the draft's own comments or its baseline.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from claimcheck.errors import ConfigError


class Severity(StrEnum):
    """How weighty a finding is: ``error`` contradicted, ``warning`` conflicting, ``note`` not enough evidence."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


#: The note that a claim is one that was checked before.
CHECKED_BEFORE = "CC-M01"
#: What weighs more stands higher.
WEIGHT = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.NOTE: 1}


@frozen(kw_only=True)
class Rule:
    """
    One kind of finding.

    Args:
        code: ``CC-C01`` and so on.
        name: Short, in lower case with hyphens.
        severity: How weighty.
        summary: What it says, one sentence.
        advice: What an editor does about it.
        draft: A sentence of a draft with the fault.
        source: What a source says instead.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    advice: str
    draft: str
    source: str


RULES: tuple[Rule, ...] = (
    Rule(
        code="CC-C01",
        name="wrong-date",
        severity=Severity.ERROR,
        summary="The sources give the event another date.",
        advice="Correct the date, or name the source that has yours.",
        draft="The bridge was opened in 1934.",
        source="The bridge was opened in March 1932.",
    ),
    Rule(
        code="CC-C02",
        name="wrong-figure",
        severity=Severity.ERROR,
        summary="The sources give another number, beyond what the wording allows.",
        advice="Correct the figure, or hedge it (“about”, “more than”) if that is what is known.",
        draft="The bridge cost 9 million dollars.",
        source="The bridge cost 6 million dollars.",
    ),
    Rule(
        code="CC-C03",
        name="wrong-name",
        severity=Severity.ERROR,
        summary="The sources name somebody or something else in that part.",
        advice="Check who it was; namesakes and relatives are easily exchanged.",
        draft="Anna Lind was the first mayor of Lund.",
        source="Otto Weiss was the first mayor of Lund.",
    ),
    Rule(
        code="CC-C04",
        name="wrong-place",
        severity=Severity.ERROR,
        summary="The sources put it in another place.",
        advice="Correct the place.",
        draft="Otto Weiss was born in Geneva.",
        source="Otto Weiss was born in Vienna.",
    ),
    Rule(
        code="CC-C05",
        name="denied",
        severity=Severity.ERROR,
        summary="The sources say that it did not happen, or that what the draft denies did.",
        advice="Look for a lost “not”, or for something called off or turned down.",
        draft="Otto Weiss accepted the medal in 1940.",
        source="Otto Weiss did not accept the medal in 1940.",
    ),
    Rule(
        code="CC-C06",
        name="opposite",
        severity=Severity.ERROR,
        summary="The sources say the opposite.",
        advice="Look for exchanged parties, or a word that was turned round.",
        draft="The price of bread fell in 1932.",
        source="The price of bread rose in 1932.",
    ),
    Rule(
        code="CC-C07",
        name="wrong-speaker",
        severity=Severity.ERROR,
        summary="The sources give the words to somebody else.",
        advice="Check who said it.",
        draft="“The bridge is safe now,” Otto Weiss said.",
        source="“The bridge is safe now,” Clara Falk said.",
    ),
    Rule(
        code="CC-C08",
        name="wrong-role",
        severity=Severity.ERROR,
        summary="The sources give the person another office, nationality or family tie.",
        advice="Check the title as it was at that time.",
        draft="The Danish engineer Clara Falk built the harbour bridge.",
        source="The Swedish engineer Clara Falk built the harbour bridge.",
    ),
    Rule(
        code="CC-C09",
        name="misquoted",
        severity=Severity.ERROR,
        summary="A quotation differs from the words that the sources quote.",
        advice="Restore the words, or take the quotation marks away.",
        draft="“The bridge will stand for a thousand years,” Otto Weiss said.",
        source="“The bridge will stand for a hundred years,” Otto Weiss said.",
    ),
    Rule(
        code="CC-C10",
        name="contradicted",
        severity=Severity.ERROR,
        summary="The sources say otherwise, though no single slot shows it.",
        advice="Read the source beside the sentence.",
        draft="The strike ended without an agreement.",
        source="The strike ended when both sides signed.",
    ),
    Rule(
        code="CC-X01",
        name="conflicting",
        severity=Severity.WARNING,
        summary="The sources disagree with each other.",
        advice="Say whose account it is, or give both.",
        draft="The storm killed 40 people.",
        source="One source says 40, another 70.",
    ),
    Rule(
        code="CC-I01",
        name="not-enough-evidence",
        severity=Severity.NOTE,
        summary="The sources neither support nor contradict it.",
        advice="Find a source for it, or add one to the corpus.",
        draft="The bridge was painted green.",
        source="(nothing)",
    ),
    Rule(
        code="CC-I02",
        name="not-as-done",
        severity=Severity.WARNING,
        summary="The draft tells it as done; the sources only have it as planned, possible or demanded.",
        advice="Find a source that says that it came about, or write that it was planned.",
        draft="The king visited Oslo in May.",
        source="The king plans to visit Oslo in May.",
    ),
    Rule(
        code="CC-I03",
        name="quotation-not-found",
        severity=Severity.NOTE,
        summary="The quotation is not in the sources.",
        advice="Check it against the recording or the document that it comes from.",
        draft="“Nobody asked us,” the engineer said.",
        source="(nothing)",
    ),
    Rule(
        code="CC-I04",
        name="detail-differs",
        severity=Severity.WARNING,
        summary="The closest source says the same but for one detail; that may be another occasion, or an error.",
        advice="Look at the source: if it speaks of the same occasion, correct the detail.",
        draft="Anna Lind and Clara Falk reached the South Ridge in 1932.",
        source="Anna Lind and Otto Weiss reached the South Ridge in 1932.",
    ),
    Rule(
        code=CHECKED_BEFORE,
        name="checked-before",
        severity=Severity.NOTE,
        summary="The claim is one that people have checked before, perhaps in other words.",
        advice="Read what they found and when. It stands beside the sources, decides nothing, and may be out of date.",
        draft="In 1932 the bridge was opened.",
        source="(in the claim memory) The bridge was opened in 1932. Checked on 3 May 2026: supported.",
    ),
    Rule(
        code="CC-W10",
        name="suppression-without-reason",
        severity=Severity.WARNING,
        summary="A comment that tells claimcheck to ignore a finding does not say why.",
        advice="Write the reason after the code.",
        draft="<!-- claimcheck: ignore CC-C01 -->",
        source="(none)",
    ),
    Rule(
        code="CC-W11",
        name="unused-suppression",
        severity=Severity.WARNING,
        summary="A comment that tells claimcheck to ignore a finding, where there is no such finding.",
        advice="Take the comment away.",
        draft="<!-- claimcheck: ignore CC-C01 the diary has this date -->",
        source="(none)",
    ),
    Rule(
        code="CC-W12",
        name="malformed-suppression",
        severity=Severity.WARNING,
        summary="A comment for claimcheck that it does not understand, or with a code that does not exist.",
        advice="Write it as <!-- claimcheck: ignore CC-C01 reason -->.",
        draft="<!-- claimcheck: ingore CC-C01 the diary has this date -->",
        source="(none)",
    ),
    Rule(
        code="CC-W13",
        name="unused-baseline-entry",
        severity=Severity.WARNING,
        summary="An entry of the baseline that fits no finding any more.",
        advice="Take the entry out of the file, or write the baseline anew.",
        draft="(the baseline file)",
        source="(none)",
    ),
)

_BY_CODE = {rule.code: rule for rule in RULES}

#: From the row of the table that decided (`Evidence.rule`) to the code of the finding.
_OF_ROW = {
    "time": "CC-C01",
    "quantity": "CC-C02",
    "participant": "CC-C03",
    "roles": "CC-C03",
    "place": "CC-C04",
    "polarity": "CC-C05",
    "relation": "CC-C06",
    "attribution": "CC-C07",
    "role": "CC-C08",
}


def rule(code: str) -> Rule:
    """
    The rule with that code.

    Raises:
        ConfigError: If there is none.
    """
    if code not in _BY_CODE:
        msg = f"there is no rule {code!r}"
        raise ConfigError(msg, hint=f"the rules are {', '.join(_BY_CODE)}")
    return _BY_CODE[code]


def code_of_row(row: str) -> str:
    """The code of a contradiction by the row of the table that decided it."""
    return _OF_ROW.get(row, "CC-C10")


def selected(code: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    """Whether *code* is asked for: it begins with one of *select*, if there are any, and with none of *ignore*."""
    return (not select or code.startswith(select)) and not (ignore and code.startswith(ignore))


def checked_prefix(prefix: str) -> str:
    """
    A code or the beginning of some, in capitals.

    Raises:
        ConfigError: If no code begins so.
    """
    wanted = prefix.strip().upper()
    if not wanted or not any(code.startswith(wanted) for code in _BY_CODE):
        msg = f"no rule has a code that begins with {prefix!r}"
        raise ConfigError(msg, hint=f"the rules are {', '.join(_BY_CODE)}")
    return wanted
