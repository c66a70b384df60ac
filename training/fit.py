"""
Fitting the encoder on two processes of one thread each, from checkpoint to checkpoint.

The learning rate warms up, stays, and falls over the last part ("warm-up, stable, decay"; Hu et al. 2024, MiniCPM):
a run that was stopped in its stable part goes on from its checkpoint, for as long as there is time, and the fall comes
whenever the caller says.  Word embeddings are frozen; matrices are multiplied in bfloat16.  Each process takes every
second batch of the same shuffled list, gradients are averaged, and the seed decides everything: the same data, seed
and number of pairs give the same batches.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from attrs import frozen
from tokenizers import Tokenizer
from torch import Tensor, multiprocessing

from training.encoder import PairEncoder, base_folder
from training.lean import restored
from training.pairs import TrainingPair, allowed, round_of, target

log = logging.getLogger(__name__)
CHECKPOINT = "checkpoint.pt"


@frozen(kw_only=True)
class Plan:
    """
    What a run does.

    ``pairs`` is how many pairs are seen in all, over both processes, and ``decay`` the share of them over which the
    learning rate falls to zero; ``batch_tokens`` bounds the padded tokens of one batch in one process; ``start`` is a
    shipped model to go on from, in place of the base.
    """

    pairs: int = 480_000
    decay: float = 0.35
    rate: float = 1.5e-4
    warm_up: int = 12_000
    batch_pairs: int = 64
    batch_tokens: int = 2600
    max_tokens: int = 160
    weight_decay: float = 0.01
    smoothing: float = 0.03
    seed: int = 20261122
    start: Path | None = None
    save_every_seconds: int = 300

    def rate_at(self, seen: int) -> float:
        """The learning rate after *seen* pairs."""
        left = (self.pairs - seen) / (self.pairs * self.decay)
        return self.rate * max(0.0, min(1.0, (seen + 1) / self.warm_up, left))


@frozen(kw_only=True)
class Encoded:
    """One pair as token ids, with what its label allows and says."""

    ids: np.ndarray
    evidence_tokens: int
    allowed: tuple[float, float, float]
    target: tuple[float, float, float]


def encode(pairs: Sequence[TrainingPair], max_tokens: int, *, claim_only: bool = False) -> list[Encoded]:
    """Token ids of ``[CLS] evidence [SEP] claim [SEP]``; evidence that is too long loses its end (in training only)."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    claims = tokenizer.encode_batch([p.claim for p in pairs], add_special_tokens=False)
    premises = tokenizer.encode_batch(["" if claim_only else p.premise for p in pairs], add_special_tokens=False)
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    encoded = []
    for pair, claim, premise in zip(pairs, claims, premises, strict=True):
        side = claim.ids[: max_tokens // 2]
        evidence = premise.ids[: max_tokens - 3 - len(side)]
        ids = np.array([cls, *evidence, sep, *side, sep], dtype=np.int32)
        encoded.append(Encoded(ids=ids, evidence_tokens=len(evidence) + 2, allowed=allowed(pair), target=target(pair)))
    return encoded


def batches(pairs: Sequence[Encoded], plan: Plan, rng: random.Random, size: int) -> list[list[list[Encoded]]]:
    """Batches of like length, *size* of them a step, so that no process waits for another; in random order."""
    order = sorted(range(len(pairs)), key=lambda n: (len(pairs[n].ids) + rng.randint(0, 3), rng.random()))
    made: list[list[Encoded]] = []
    batch: list[Encoded] = []
    for number in order:
        longest = max(len(pairs[number].ids), max((len(e.ids) for e in batch), default=0))
        if batch and (len(batch) == plan.batch_pairs or longest * (len(batch) + 1) > plan.batch_tokens):
            made.append(batch)
            batch = []
        batch.append(pairs[number])
    steps = [made[n : n + size] for n in range(0, len(made) - size + 1, size)]
    rng.shuffle(steps)
    return steps


def tensors(batch: Sequence[Encoded]) -> tuple[Tensor, Tensor, Tensor]:
    """``input_ids``, ``token_type_ids`` and ``attention_mask`` of a batch, padded to its longest pair."""
    longest = max(len(pair.ids) for pair in batch)
    ids, types, mask = (np.zeros((len(batch), longest), dtype=np.int64) for _ in range(3))
    for row, pair in enumerate(batch):
        ids[row, : len(pair.ids)] = pair.ids
        types[row, pair.evidence_tokens : len(pair.ids)] = 1
        mask[row, : len(pair.ids)] = 1
    return torch.from_numpy(ids), torch.from_numpy(types), torch.from_numpy(mask)


def loss_of(logits: Tensor, batch: Sequence[Encoded], smoothing: float) -> Tensor:
    """-log of the probability of what the label says, among what it allows; smoothed a little towards the rest."""
    permitted = torch.tensor([pair.allowed for pair in batch])
    right = torch.tensor([pair.target for pair in batch])
    logits = logits.float().masked_fill(permitted == 0, -1e4)
    log_p = torch.log_softmax(logits, dim=1)
    hit = torch.logsumexp(log_p.masked_fill(right == 0, -1e4), dim=1)
    spread = (log_p * permitted).sum(1) / permitted.sum(1)
    return -((1 - smoothing) * hit + smoothing * spread).mean()


@frozen(kw_only=True)
class Group:
    """
    Processes that train one model: each puts its gradients into its row of a shared array, then reads all rows.

    Plain shared memory: no address is bound, no port is opened.
    """

    size: int
    rows: Tensor
    barrier: Any

    @classmethod
    def of(cls, size: int) -> Group:
        """A group for *size* processes on this machine."""
        width = sum(p.numel() for p in PairEncoder.from_base().parameters() if p.requires_grad)
        barrier = multiprocessing.get_context("spawn").Barrier(size)
        return cls(size=size, rows=torch.zeros(size, width).share_memory_(), barrier=barrier)

    def average(self, rank: int, parameters: Sequence[Tensor]) -> None:
        """Make every gradient the mean over the processes."""
        gradients = [p.grad for p in parameters if p.grad is not None]
        torch.cat([g.view(-1) for g in gradients], out=self.rows[rank])
        self.barrier.wait()
        mean = self.rows.mean(dim=0)
        self.barrier.wait()
        start = 0
        for gradient in gradients:
            gradient.copy_(mean[start : start + gradient.numel()].view_as(gradient))
            start += gradient.numel()


def fit(rank: int, group: Group, pairs: Sequence[TrainingPair], folder: Path, plan: Plan, *, claim_only: bool) -> None:
    """One process of the *group*: train, going on from *folder*'s checkpoint where there is one, and log beside it."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", filename=folder / f"fit.{rank}.log")
    torch.manual_seed(plan.seed + rank)
    torch.set_num_threads(1)
    model = restored(plan.start) if plan.start else PairEncoder.from_base()
    learned = [p for p in model.parameters() if p.requires_grad]
    plain = [p for p in learned if p.ndim < 2]
    heavy = [p for p in learned if p.ndim >= 2]
    groups = [{"params": heavy, "weight_decay": plan.weight_decay}, {"params": plain, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98), fused=True)
    at, seen = (0, 0), 0
    saved = folder / CHECKPOINT
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        at, seen = (state["round"], state["batch"]), state["seen"]
    encoded = dict(zip(map(id, pairs), encode(pairs, plan.max_tokens, claim_only=claim_only), strict=True))
    last_saved = began = time.monotonic()
    losses: list[float] = []
    started_at = seen
    for number, position, step in _steps(pairs, encoded, plan, at, group.size):
        mine = step[rank]
        for parameters in optimiser.param_groups:
            parameters["lr"] = plan.rate_at(seen)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(*tensors(mine))
        loss = loss_of(logits, mine, plan.smoothing)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        group.average(rank, learned)
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        seen += sum(map(len, step))
        losses.append(loss.item())
        done = seen >= plan.pairs
        if rank == 0 and (done or time.monotonic() - last_saved > plan.save_every_seconds):
            last_saved = time.monotonic()
            state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "seen": seen}
            _save(saved, {**state, "round": number, "batch": position + 1})
            speed = (seen - started_at) / (last_saved - began)
            log.info("%7d pairs, loss %.4f, %.0f pairs/s", seen, sum(losses) / len(losses), speed)
            losses.clear()
        if done:
            break


def _steps(
    pairs: Sequence[TrainingPair], encoded: dict[int, Encoded], plan: Plan, at: tuple[int, int], size: int
) -> Iterator[tuple[int, int, list[list[Encoded]]]]:
    """(round, step, a batch for each process), from *at* on, without end."""
    number, position = at
    while True:
        chosen = [encoded[id(pair)] for pair in round_of(pairs, plan.seed + number)]
        steps = batches(chosen, plan, random.Random(plan.seed + number), size)  # noqa: S311
        for step in range(position, len(steps)):
            yield number, step, steps[step]
        number, position = number + 1, 0


def _save(path: Path, state: dict[str, object]) -> None:
    """Write the checkpoint beside the old one, then put it in its place."""
    half = path.with_suffix(".part")
    torch.save(state, half)
    half.replace(path)
