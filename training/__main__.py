"""
One command from labelled pairs to the shipped model: ``python -m training --pairs FOLDER --work FOLDER``.

Stages, each skipped when its result is there: *perturb* (made pairs), *found* (what the checker finds for half of the
tuned claims, and the pairs of the written articles), *fit* (checkpoints; goes on where it was stopped), *claim-only*
(the guard against shortcuts: the same recipe, shorter, without evidence), *ship* (temperature, ONNX, eight bits,
description), *calibrate* (how much slots and model weigh) and *report* (figures of both precisions on the dev files, as
JSON).
"""

from __future__ import annotations

import argparse
import functools
import json
import logging
import os
import random
from pathlib import Path

from attrs import asdict
from torch import multiprocessing

from claimcheck.entailment import load_entailment
from claimcheck.evaluate.phenomena import load_phenomena
from training.articles import article_pairs, passage_pairs, read_articles
from training.assess import assess, fit_temperature, onnx_judge, torch_judge
from training.calibrate import calibrate
from training.export import load_checkpoint, mean, ship
from training.fit import CHECKPOINT, Group, Plan, fit
from training.lean import restored
from training.newsroom import dated, for_training, found_pairs
from training.pairs import EVIDENCE_SETS, VERDICTS, TrainingPair, read_made, read_pairs, split, write_pairs
from training.perturb import near_evidence, perturb
from training.written import written_pairs

SEED = 20261122
NAME, VERSION = "claimcheck-pairs", "10"
MAX_TOKENS = 256
SHIPPED = Path("src/claimcheck/entailment/data")
WEIGHTS = Path("src/claimcheck/matching/data/confidence.json")
CLAIMS, CORPUS = Path("claims"), Path("corpus")
TUNED = (CLAIMS / "dev.jsonl", CLAIMS / "hard.dev.jsonl")
PHENOMENA = CLAIMS / "phenomena" / "dev"
CLAIM_ONLY_PAIRS = 60_000
log = logging.getLogger("training")


def main() -> None:
    """Run the stages."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__.split("\n\n")[0])
    parser.add_argument("--pairs", type=Path, required=True, help="folder with NAME.train.jsonl and NAME.dev.jsonl")
    parser.add_argument("--work", type=Path, required=True, help="folder for made pairs, checkpoints and the report")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder for the shipped files")
    parser.add_argument("--seen", type=int, default=Plan().pairs, help="pairs to train on, repetitions counted")
    parser.add_argument("--start", type=Path, help="a shipped model.onnx to go on from; the mean of both is shipped")
    parser.add_argument("--processes", type=int, default=2, help="processes of one thread each")
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options.work.mkdir(parents=True, exist_ok=True)

    made = [*_made(options.pairs, options.work / "made.jsonl"), *written_pairs(SEED)]
    training, kept_out = split([*_natural(options.pairs), *made])
    training = [*dated(training, SEED), *_found(options.work / "found.jsonl")]
    log.info("%d pairs to train on, %d kept out to calibrate with", len(training), len(kept_out))
    plan = Plan(pairs=options.seen, seed=SEED + int(VERSION), start=options.start)
    _train(training, options.work / "model", plan, options.processes, claim_only=False)
    short = Plan(pairs=min(CLAIM_ONLY_PAIRS, options.seen), seed=SEED)
    _train(training, options.work / "claim-only", short, options.processes, claim_only=True)

    model = load_checkpoint(options.work / "model")
    if options.start:
        model = mean(model, restored(options.start))
    temperature = fit_temperature(torch_judge(model), [*kept_out, *_of_passages()])
    log.info("temperature %.3f", temperature)
    ship(model, options.out, name=NAME, version=VERSION, temperature=temperature, max_tokens=MAX_TOKENS)
    shipped = load_entailment(options.out)
    assert shipped is not None
    calibrate(TUNED, CORPUS, PHENOMENA, shipped, WEIGHTS)
    judges = {
        "full precision": torch_judge(model),
        "eight bits": onnx_judge(options.out / "model.onnx"),
    }
    report = {
        name: [asdict(f) for f in assess(judge, options.pairs, temperature=temperature)]
        for name, judge in judges.items()
    }
    blind = torch_judge(load_checkpoint(options.work / "claim-only"))
    report["claim only"] = [asdict(f) for f in assess(blind, options.pairs, claim_only=True)]
    (options.work / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for name, rows in report.items():
        for row in rows:
            log.info("%-15s %-22s n=%4d acc=%.3f f1=%.3f ece=%.3f", name, *row.values())


def _natural(folder: Path) -> list[TrainingPair]:
    return [pair for path in sorted(folder.glob("*.train.jsonl")) for pair in read_pairs(path)]


def _made(folder: Path, path: Path) -> list[TrainingPair]:
    if not path.exists():
        base = [pair for name in EVIDENCE_SETS for pair in read_pairs(folder / f"{name}.train.jsonl")]
        random.Random(SEED).shuffle(base)  # noqa: S311 (reproducible, not secret)
        write_pairs(path, [*perturb(base, SEED), *near_evidence(base, SEED)])
    return read_made(path)


def _found(path: Path) -> list[TrainingPair]:
    if not path.exists():
        written = [article for article in read_articles() if article.part == "train"]
        write_pairs(path, [*found_pairs(TUNED, CORPUS, PHENOMENA), *article_pairs(written, SEED)])
    return read_made(path)


def _of_passages() -> list[TrainingPair]:
    """Written articles to tune with and the tuned claims by phenomenon that the model has not seen, as pairs."""
    written = [article for article in read_articles() if article.part == "tune"]
    of_articles = list(passage_pairs(written, SEED))
    return of_articles + [
        TrainingPair(
            claim=gold.text,
            evidence=item.documents[0].text,
            title=item.documents[0].title,
            label=VERDICTS[gold.label.value],
            source="phenomena",
        )
        for item in load_phenomena(PHENOMENA).items
        if len(item.documents) == 1 and not for_training(item.id)
        for gold in item.claims
        if gold.label.value in VERDICTS
    ]


def _train(pairs: list[TrainingPair], folder: Path, plan: Plan, processes: int, *, claim_only: bool) -> None:
    folder.mkdir(exist_ok=True)
    done = folder / "done"
    if not done.exists():
        work = functools.partial(fit, claim_only=claim_only)
        multiprocessing.spawn(work, args=(Group.of(processes), pairs, folder, plan), nprocs=processes)
        done.touch()
    assert (folder / CHECKPOINT).exists()


if __name__ == "__main__":
    main()
