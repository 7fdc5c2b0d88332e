"""The encoder with its head as an ONNX graph, built from arrays: whole numbers of 8 bits inside, or floats to compare.

Weights are quantised per output column (symmetric), activations per call (``DynamicQuantizeLinear``), as ONNX Runtime's
own dynamic quantisation does; the word table per row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_OPSET, _IR = 20, 9
_HEADS = 12
_EPSILON = 1e-12


@dataclass
class _Graph:
    """Nodes and constants, collected in order."""

    weights: Mapping[str, Floats]
    whole: bool
    nodes: list[Any] = field(default_factory=list)
    constants: dict[str, NDArray[Any]] = field(default_factory=dict)
    quantised: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def add(self, kind: str, *inputs: str, outputs: int = 1, **options: Any) -> str:
        """Append a node; return the name of its (first) output."""
        from onnx import helper  # noqa: PLC0415 - needed once per machine, when the network is built

        name = f"n{len(self.nodes)}"
        names = [name, *(f"{name}.{index}" for index in range(1, outputs))]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=name, **options))
        return name

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants[name] = np.ascontiguousarray(value)
        return name

    def shape(self, *sizes: int) -> str:
        return self.constant("shape" + "_".join(map(str, sizes)), np.array(sizes, np.int64))

    def norm(self, inputs: str, name: str) -> str:
        scale = self.constant(f"{name}.weight", self.weights[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.add("LayerNormalization", inputs, scale, bias, axis=-1, epsilon=_EPSILON)

    def linear(self, inputs: str, name: str, weight: Floats, bias: Floats) -> str:
        """Return the name of ``inputs @ weight.T + bias``; ``weight`` has a row per output."""
        shift = self.constant(f"{name}.bias", bias)
        if not self.whole:
            return self.add("Add", self.add("MatMul", inputs, self.constant(f"{name}.weight", weight.T)), shift)
        if inputs not in self.quantised:
            node = self.add("DynamicQuantizeLinear", inputs, outputs=3)
            self.quantised[inputs] = (node, f"{node}.1", f"{node}.2")
        small, scale, zero = self.quantised[inputs]
        table, scales = rounded(weight)
        columns = self.constant(f"{name}.weight", table.T)
        product = self.add("MatMulInteger", small, columns, zero, self.constant("zero", np.zeros((), np.int8)))
        factor = self.add("Mul", scale, self.constant(f"{name}.scale", scales))
        return self.add("Add", self.add("Mul", self.add("Cast", product, to=1), factor), shift)


def rounded(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Return ``weight`` as whole numbers from -127 to 127 and the scale of each row."""
    scales = np.maximum(np.abs(weight).max(axis=1), 1e-8).astype(np.float32) / np.float32(127)
    return np.rint(weight / scales[:, None]).astype(np.int8), scales


def network(weights: Mapping[str, Floats], layers: int, *, whole: bool = True) -> bytes:
    """Build the graph.

    Args:
        weights: By the names of ``layout``, with ``kind``, ``head.weight`` and ``head.bias`` of the head.
        layers: How many layers the encoder has.
        whole: Compute in whole numbers of 8 bits.

    Returns:
        A serialised ONNX model: inputs ``ids`` and ``kinds`` (64-bit, one text's tokens), one output, the probability
        of each tag per token. One text at a time: a batch was no faster per token (docs/head.md), and alone a text's
        result does not depend on its company.
    """
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415 - needed once per machine

    graph = _Graph(weights, whole)
    state = _embedded(graph)
    for layer in range(layers):
        state = _layer(graph, state, str(layer))
    kinds = graph.add("Gather", graph.constant("head.kind", weights["head.kind"]), "kinds")
    product = graph.add("MatMul", state, graph.constant("head.weight", weights["head.weight"].T))
    scores = graph.add("Add", graph.add("Add", product, kinds), graph.constant("head.bias", weights["head.bias"]))
    tags = graph.add("Softmax", scores, axis=-1)
    size = int(weights["head.bias"].shape[0])
    body = helper.make_graph(
        graph.nodes,
        "head",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["t"]) for name in ("ids", "kinds")],
        [helper.make_tensor_value_info(tags, TensorProto.FLOAT, ["t", size])],
        [numpy_helper.from_array(value, name) for name, value in graph.constants.items()],
    )
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
    serialised: bytes = model.SerializeToString()
    return serialised


def _embedded(graph: _Graph) -> str:
    """Word, position and kind of each token, added up and normalised."""
    weights = graph.weights
    if graph.whole:
        table, scales = rounded(weights["embeddings.word"])
        rows = graph.add("Cast", graph.add("Gather", graph.constant("word", table), "ids"), to=1)
        factors = graph.add("Gather", graph.constant("word.scale", scales[:, None]), "ids")
        words = graph.add("Mul", rows, factors)
    else:
        words = graph.add("Gather", graph.constant("word", weights["embeddings.word"]), "ids")
    kinds = graph.add("Gather", graph.constant("kind", weights["kind"]), "kinds")
    places = graph.constant("place", weights["embeddings.position"] + weights["embeddings.token_type"][:1])
    length = graph.add("Shape", "ids", start=0, end=1)
    first, axes = graph.constant("first", np.zeros(1, np.int64)), graph.constant("rows", np.zeros(1, np.int64))
    places = graph.add("Slice", places, first, length, axes)
    return graph.norm(graph.add("Add", graph.add("Add", words, kinds), places), "embeddings.norm")


def _layer(graph: _Graph, state: str, layer: str) -> str:
    weights = graph.weights
    size = weights["embeddings.word"].shape[1]
    parts = ("query", "key", "value")
    joined = [np.concatenate([weights[f"{layer}.{part}.{kind}"] for part in parts]) for kind in ("weight", "bias")]
    mixed = graph.linear(state, f"{layer}.mixed", joined[0], joined[1])
    apart = graph.add("Reshape", mixed, graph.shape(0, 3 * _HEADS, size // _HEADS))
    turned = graph.add("Transpose", apart, perm=[1, 0, 2])
    query = graph.add("Split", turned, outputs=3, axis=0, num_outputs=3)
    key, value = f"{query}.1", f"{query}.2"
    scale = graph.constant("scale", np.array((size // _HEADS) ** -0.5, np.float32))
    raw = graph.add("MatMul", graph.add("Mul", query, scale), graph.add("Transpose", key, perm=[0, 2, 1]))
    looks = graph.add("Softmax", raw, axis=-1)
    seen = graph.add("Transpose", graph.add("MatMul", looks, value), perm=[1, 0, 2])
    seen = graph.add("Reshape", seen, graph.shape(0, size))
    out = _linear(graph, seen, f"{layer}.attention")
    state = graph.norm(graph.add("Add", out, state), f"{layer}.attention_norm")
    wide = graph.add("Gelu", _linear(graph, state, f"{layer}.inner"))
    return graph.norm(graph.add("Add", _linear(graph, wide, f"{layer}.outer"), state), f"{layer}.outer_norm")


def _linear(graph: _Graph, inputs: str, name: str) -> str:
    return graph.linear(inputs, name, graph.weights[f"{name}.weight"], graph.weights[f"{name}.bias"])
