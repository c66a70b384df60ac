"""
The quantised model as a graph for one sequence a run, which is how `claimcheck.entailment` runs it.

What torch exports is for batches: a mask of padding, shapes that are worked out, heads that are split and put together
again.  Written for one sequence, with onnxruntime's own operators for eight-bit products and attention, the same
weights give the same logits, to the last bit, in less time: `benchmarks/judge.py` says how fast, and loading the model
takes half as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.encoder import FIRST_WORD_ID, HEADS, LAYERS, PairEncoder

INPUTS = ("input_ids", "token_type_ids")
#: What the products of a layer are called here, in their order in the graph.
PRODUCTS = ("qkv", "out", "up", "down")
_WEIGHTS = (*(f"layers.{layer}.{product}" for layer in range(LAYERS) for product in PRODUCTS), "pool", "head")
_TABLES = ("positions", "types", "match")
_OPSET, _IR_VERSION = 17, 9
_MICROSOFT = "com.microsoft"
_EPSILON = 1e-12


def lean(quantised: Path, path: Path) -> None:
    """Write to *path* what torch exported and `onnxruntime.quantization` made of it at *quantised*."""
    graph = onnx.load(quantised).graph
    onnx.save(_Graph(graph).model(), path)


def restored(path: Path) -> PairEncoder:
    """
    The encoder that *path*, written by `lean`, has in eight bits, to be trained further.

    Word vectors are those of the base model, which training leaves as they are; all else is what the eight bits say.
    """
    known = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(path).graph.initializer}
    small = {name.removesuffix("_quantized") for name in known if name.endswith("_quantized")}
    large = {
        name: (known[f"{name}_quantized"].astype(np.float32) - known.get(f"{name}_zero_point", np.float32(0)))
        * known[f"{name}_scale"]
        for name in small
    }
    weights = {name: value for name, value in known.items() if value.dtype == np.float32}
    weights |= {f"{table}.weight": large[f"{table}.weight"] for table in _TABLES}
    products = [name for name in known if name.removesuffix("_quantized") in small and not _is_table(name)]
    for name, stored in zip(_WEIGHTS, products, strict=True):
        weights[f"{name}.weight"] = large[stored.removesuffix("_quantized")].T
    model = PairEncoder.from_base()
    state = model.state_dict()
    for name in state.keys() - {"words.weight"}:
        state[name] = torch.from_numpy(weights[name].copy())
    model.load_state_dict(state)
    return model


def _is_table(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in {*_TABLES, "words"}


class _Graph:
    """A graph in the making, with the tensors of *quantised* that it uses."""

    def __init__(self, quantised: onnx.GraphProto) -> None:
        self._known = {tensor.name: tensor for tensor in quantised.initializer}
        weights = [node.input[1] for node in quantised.node if node.op_type == "MatMulInteger"]
        small = (weight.removesuffix("_quantized") for weight in weights)
        self._weights = dict(zip(_WEIGHTS, small, strict=True))
        self._used: dict[str, TensorProto] = {}
        self._made: list[onnx.NodeProto] = []

    def model(self) -> onnx.ModelProto:
        """The whole encoder, from `INPUTS` to ``logits``; as `training.encoder` has it."""
        x = self._embedded(*INPUTS)
        for number in range(LAYERS):
            x = self._layer(x, f"layers.{number}")
        first = self._node("Gather", [x, self._constant(np.int64(0))], axis=1)
        mean = self._node("ReduceMean", [x], axes=[1], keepdims=0)
        pooled = self._node("Tanh", [self._product(self._node("Concat", [first, mean], axis=1), "pool")])
        self._nodes("DynamicQuantizeMatMul", self._factors(pooled, "head"), ["logits"], domain=_MICROSOFT)
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "tokens"]) for name in INPUTS]
        outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, 3])]
        graph = helper.make_graph(self._made, "encoder", inputs, outputs, list(self._used.values()))
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)

    def _embedded(self, ids: str, types: str) -> str:
        size = self._node("Squeeze", [self._node("Shape", [ids], start=1, end=2)])
        places = self._node("Range", [self._constant(np.int64(0)), size, self._constant(np.int64(1))])
        x = self._node("Add", [self._looked_up("words", ids), self._looked_up("positions", places)])
        x = self._node("Add", [x, self._looked_up("types", types)])
        return self._normal(self._node("Add", [x, self._looked_up("match", self._on_both_sides(ids, types))]), "norm")

    def _on_both_sides(self, ids: str, types: str) -> str:
        """1 where the token's id stands on the other side as well, else 0."""
        same = self._node("Equal", self._crossed(ids))
        across = self._node("Not", [self._node("Equal", self._crossed(types))])
        both = self._node("Cast", [self._node("And", [same, across])], to=TensorProto.FLOAT)
        word = self._node("Greater", [ids, self._constant(np.int64(FIRST_WORD_ID - 1))])
        found = self._node(
            "Greater", [self._node("ReduceMax", [both], axes=[2], keepdims=0), self._constant(np.float32(0))]
        )
        return self._node("Cast", [self._node("And", [found, word])], to=TensorProto.INT64)

    def _crossed(self, tokens: str) -> list[str]:
        """*tokens* as a column and as a row."""
        return [self._node("Unsqueeze", [tokens, self._constant(np.array([axis]))]) for axis in (2, 1)]

    def _layer(self, x: str, name: str) -> str:
        small = self._nodes("DynamicQuantizeLinear", [x], [f"{name}.small", f"{name}.scale", f"{name}.zero"])
        weight, scale, bias = self._weight(f"{name}.qkv")
        inputs = [small[0], weight, bias, small[1], scale, "", small[2]]
        attended = self._node("QAttention", inputs, domain=_MICROSOFT, num_heads=HEADS)
        x = self._normal(self._node("Add", [x, self._product(attended, f"{name}.out")]), f"{name}.norm1")
        inner = self._node("Gelu", [self._product(x, f"{name}.up")], domain=_MICROSOFT)
        return self._normal(self._node("Add", [x, self._product(inner, f"{name}.down")]), f"{name}.norm2")

    def _product(self, x: str, name: str) -> str:
        return self._node("DynamicQuantizeMatMul", self._factors(x, name), domain=_MICROSOFT)

    def _factors(self, x: str, name: str) -> list[str]:
        weight, scale, bias = self._weight(name)
        return [x, weight, scale, "", bias]

    def _weight(self, name: str) -> tuple[str, str, str]:
        """The weight of a product, the scales of its columns, and its bias; the weights are symmetric around 0."""
        weight = self._weights[name]
        assert not numpy_helper.to_array(self._known[f"{weight}_zero_point"]).any()
        return self._use(f"{weight}_quantized"), self._use(f"{weight}_scale"), self._use(f"{name}.bias")

    def _looked_up(self, table: str, rows: str) -> str:
        name = f"{table}.weight"
        found = self._node("Gather", [self._use(f"{name}_quantized"), rows])
        return self._node("DequantizeLinear", [found, self._use(f"{name}_scale"), self._use(f"{name}_zero_point")])

    def _normal(self, x: str, name: str) -> str:
        inputs = [x, self._use(f"{name}.weight"), self._use(f"{name}.bias")]
        return self._node("LayerNormalization", inputs, axis=-1, epsilon=_EPSILON)

    def _use(self, name: str) -> str:
        self._used[name] = self._known[name]
        return name

    def _constant(self, value: np.ndarray | np.generic) -> str:
        array = np.asarray(value)
        name = f"{array.dtype}_{'_'.join(map(str, array.reshape(-1)))}_{array.ndim}"
        self._used[name] = numpy_helper.from_array(array, name)
        return name

    def _node(self, kind: str, inputs: Sequence[str], *, domain: str = "", **attributes: Any) -> str:
        """Add a node of one output; returns its name."""
        return self._nodes(kind, inputs, [f"{kind}_{len(self._made)}"], domain=domain, **attributes)[0]

    def _nodes(
        self, kind: str, inputs: Sequence[str], outputs: Sequence[str], *, domain: str = "", **attributes: Any
    ) -> Sequence[str]:
        self._made.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs
