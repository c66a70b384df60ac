"""
Ours beside the others on labelled pairs, in one run: python benchmarks/side_by_side.py PAIRS --sets fever fm2

PAIRS is a folder with NAME.dev.jsonl (scored) and NAME.train.jsonl (which baselines are fitted to).  Every system gets
the same pairs.  Ours: the slots alone, the model alone, both.  Peers run offline, each pinned in a virtual environment
of its own; one that does not install or run is reported and the others go on.  Peers that only say "not supported"
are read in two ways, native (neutral) and lenient (contradicted).  Tables go to standard output as Markdown, figures
to --json FILE.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from attrs import frozen

sys.path.insert(0, str(Path(__file__).parent))
from baselines import Training, claim_only, fitted_threshold, majority, training_for
from peer_runs import LENIENT, NATIVE, PEERS, Peer, PeerError, ask, install

from claimcheck import Checker
from claimcheck.checker.pairs import Method
from claimcheck.errors import ClaimcheckError
from claimcheck.evaluate import GoldPair, judge_pair_set, pairs_of, read_rows, sample
from claimcheck.evaluate import pairs as pair_sets
from claimcheck.evaluate.metrics import Prediction, measure
from claimcheck.evaluate.report import scores_object
from claimcheck.model import Stance

ENVIRONMENTS = Path(__file__).parents[1] / ".venv" / "peers"


@frozen(kw_only=True)
class PairSet:
    """A set of pairs to be scored, the labels that it has, and what baselines are fitted to."""

    name: str
    pairs: tuple[GoldPair, ...]
    labels: tuple[Stance, ...]
    training: Training


@frozen(kw_only=True)
class Result:
    """What one system came to on one set: figures, or a note that says why there are none."""

    system: str
    dataset: str
    scores: Mapping[str, Any] | None = None
    pairs_per_second: float | None = None
    note: str = ""


def main() -> None:
    """Run everything and print the tables."""
    options = _options()
    sets = [_load(options.pairs, name, options.limit) for name in options.sets]
    results: list[Result] = []
    for found in _all(sets, options):
        print(f"{found.dataset}: {found.system} {found.note}".rstrip(), file=sys.stderr)
        results.append(found)
    if options.json:
        objects = [
            {
                "system": r.system,
                "dataset": r.dataset,
                "pairs_per_second": r.pairs_per_second,
                "note": r.note,
                "scores": r.scores,
            }
            for r in results
        ]
        options.json.write_text(json.dumps(objects, indent=1) + "\n", encoding="utf-8")
    print(tables(sets, results))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, help="folder with NAME.dev.jsonl and NAME.train.jsonl")
    parser.add_argument("--sets", nargs="+", required=True, metavar="NAME", help="which sets")
    parser.add_argument("--limit", type=int, default=1000, help="pairs of each set, drawn the same way every time")
    parser.add_argument("--entailment", default="default", help="our model: default, or a folder")
    parser.add_argument("--methods", nargs="*", default=[m.value for m in Method], choices=[m.value for m in Method])
    parser.add_argument("--claim-only", type=Path, help="folder claim-only of a run of: python -m training")
    parser.add_argument("--peers", nargs="*", metavar="NAME", help="only these peers; none with no NAME")
    parser.add_argument("--large", action="store_true", help="also peers that install gigabytes")
    parser.add_argument("--environments", type=Path, default=ENVIRONMENTS, help="folder for the peers' environments")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args()
    unknown = set(options.peers or ()) - {peer.name for peer in PEERS}
    if unknown:
        parser.error(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(p.name for p in PEERS)}")
    return options


def _load(folder: Path, name: str, limit: int) -> PairSet:
    pairs = sample(pairs_of(read_rows(folder / f"{name}.dev.jsonl")), limit)
    labels = pair_sets.own_labels(pair.stance for pair in pairs)
    return PairSet(name=name, pairs=tuple(pairs), labels=labels, training=training_for(folder, name, labels))


# -------------------------------------------------------------------------------- systems


def _all(sets: Sequence[PairSet], options: argparse.Namespace) -> Iterator[Result]:
    for dataset in sets:
        for method in options.methods:
            yield _ours(dataset, Method(method), options.entailment)
        yield from _baselines(dataset)
        yield _claim_only(dataset, options.claim_only)
    for peer in PEERS:
        wanted = peer.name in options.peers if options.peers is not None else options.large or not peer.large
        if wanted:
            yield from _peer(peer, sets, options.environments)


def _ours(dataset: PairSet, method: Method, entailment: str) -> Result:
    system = f"claimcheck, {method.value}"
    checker = Checker(entailment=None if method is Method.SLOTS else entailment)
    try:
        judge_pair_set(checker, dataset.pairs[:1], method=method)  # loads the models before the clock starts
        started = time.perf_counter()
        outcomes = judge_pair_set(checker, dataset.pairs, method=method)
    except ClaimcheckError as error:
        return Result(system=system, dataset=dataset.name, note=f"not run: {error.message}")
    return _scored(system, dataset, pair_sets.predictions(outcomes), time.perf_counter() - started)


def _baselines(dataset: PairSet) -> Iterator[Result]:
    if not dataset.training.pairs:
        note = "not run: no train file has the labels of this set"
        yield Result(system="majority", dataset=dataset.name, note=note)
        yield Result(system="lexical overlap", dataset=dataset.name, note=note)
        return
    files = f"fitted to {', '.join(dataset.training.files)}"
    common = majority(dataset.training)
    yield _scored("majority", dataset, [_hard(p.stance, common, dataset) for p in dataset.pairs], note=files)
    threshold = fitted_threshold(dataset.training)
    started = time.perf_counter()
    known = [_hard(pair.stance, threshold.judge(pair), dataset) for pair in dataset.pairs]
    note = f"from {threshold.least:.2f}, else {threshold.below.value}; {files}"
    yield _scored("lexical overlap", dataset, known, time.perf_counter() - started, note=note)


def _claim_only(dataset: PairSet, folder: Path | None) -> Result:
    if folder is None:
        return Result(system="claim only", dataset=dataset.name, note="not run: no --claim-only folder")
    try:
        found = claim_only(folder, dataset.pairs)
    except (ImportError, FileNotFoundError) as error:
        return Result(system="claim only", dataset=dataset.name, note=f"not run: {error}")
    judged = zip(dataset.pairs, found, strict=True)
    return _scored("claim only", dataset, [pair_sets.predicted(p.stance, c, dataset.labels) for p, c in judged])


def _peer(peer: Peer, sets: Sequence[PairSet], environments: Path) -> Iterator[Result]:
    try:
        python = install(peer, environments)
    except PeerError as error:
        for dataset in sets:
            yield Result(system=peer.requirement, dataset=dataset.name, note=f"does not install: {error}")
        return
    for dataset in sets:
        try:
            found = ask(peer, python, dataset.pairs)
        except PeerError as error:
            yield Result(system=peer.requirement, dataset=dataset.name, note=f"does not run: {error}")
            continue
        note = f"{found.errors} pairs failed, the last with {found.last_error}" if found.errors else ""
        readings = {", native": NATIVE, ", lenient": LENIENT} if peer.unsupported else {"": NATIVE}
        for reading, meaning in readings.items():
            judged = zip(dataset.pairs, found.answers, strict=True)
            known = [_hard(p.stance, meaning.get(answer, Stance.NEUTRAL), dataset) for p, answer in judged]
            yield _scored(f"{peer.requirement}{reading}", dataset, known, found.seconds, note=note)


def _hard(gold: Stance, given: Stance, dataset: PairSet) -> Prediction:
    """A label without a probability; where a set only knows "not supported", a contradiction is that."""
    if given is Stance.CONTRADICTS and set(dataset.labels) == {Stance.SUPPORTS, Stance.NEUTRAL}:
        given = Stance.NEUTRAL
    return Prediction(gold=gold, given=given)


def _scored(
    system: str, dataset: PairSet, known: Sequence[Prediction], seconds: float | None = None, *, note: str = ""
) -> Result:
    return Result(
        system=system,
        dataset=dataset.name,
        scores=scores_object(measure(known, contradicted=Stance.CONTRADICTS)),
        pairs_per_second=round(len(known) / seconds, 1) if seconds else None,
        note=note,
    )


# --------------------------------------------------------------------------------- tables


def tables(sets: Sequence[PairSet], results: Sequence[Result]) -> str:
    """The tables and notes, as Markdown."""
    by_system: dict[str, dict[str, Result]] = {}
    for result in results:
        by_system.setdefault(result.system, {})[result.dataset] = result
    names = [f"{s.name} ({len(s.labels)} labels, {len(s.pairs):,})" for s in sets]
    lines = ["Accuracy / macro-F1 in per cent, with the 95 % interval of the accuracy.", ""]
    lines += _rows(["system", *names, "mean"], [_figures(system, sets, found) for system, found in by_system.items()])
    lines += ["", "Contradictions: precision / recall in per cent, over all sets.", ""]
    lines += _rows(
        ["system", "contradicted", "pairs a second"],
        [_contradictions(system, list(found.values())) for system, found in by_system.items()],
    )
    notes = dict.fromkeys(f"- {result.system}, {result.dataset}: {result.note}" for result in results if result.note)
    return "\n".join([*lines, "", *notes])


def _rows(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (headers, ["---"] * len(headers), *rows)]


def _figures(system: str, sets: Sequence[PairSet], found: Mapping[str, Result]) -> list[str]:
    scored = [result.scores if (result := found.get(s.name)) else None for s in sets]
    known = [scores for scores in scored if scores]
    cells = [_cell(scores) if scores else "–" for scores in scored]
    if len(known) < len(sets):
        return [system, *cells, "–"]
    means = (_percent(mean(scores[measured] for scores in known)) for measured in ("accuracy", "macro_f1"))
    return [system, *cells, " / ".join(means)]


def _cell(scores: Mapping[str, Any]) -> str:
    low, high = scores["accuracy_interval"]
    return f"{_percent(scores['accuracy'])} / {_percent(scores['macro_f1'])} [{_percent(low)}–{_percent(high)}]"


def _contradictions(system: str, results: Sequence[Result]) -> list[str]:
    cells = [cell for r in results if r.scores for cell in r.scores["confusion"]]
    gold = sum(c["claims"] for c in cells if c["gold"] == Stance.CONTRADICTS)
    given = sum(c["claims"] for c in cells if c["given"] == Stance.CONTRADICTS)
    hits = sum(c["claims"] for c in cells if c["gold"] == c["given"] == Stance.CONTRADICTS)
    timed = [(r.scores["claims"], r.pairs_per_second) for r in results if r.scores and r.pairs_per_second]
    seconds = sum(claims / rate for claims, rate in timed)
    rate = f"{sum(claims for claims, _ in timed) / seconds:,.0f}" if seconds else "–"
    precision, recall = (_percent(hits / n) if n else "–" for n in (given, gold))
    return [system, f"{precision} / {recall}", rate]


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


if __name__ == "__main__":
    main()
