"""The encoder as an ONNX graph, built from arrays: whole numbers of 8 bits inside, or floats to compare.

Weights are quantised per output column (symmetric), activations per call (``DynamicQuantizeLinear``), as ONNX Runtime's
own dynamic quantisation does; the word table per row. One text at a time: a batch was no faster per token
(docs/head.md), and alone a text's result does not depend on its company.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_OPSET, _IR = 20, 9
_HEADS = 12
_EPSILON = 1e-12


@dataclass
class Graph:
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
        """Keep an array under a name; return the name."""
        self.constants[name] = np.ascontiguousarray(value)
        return name

    def shape(self, *sizes: int) -> str:
        """Keep a shape; return its name."""
        return self.constant("shape" + "_".join(map(str, sizes)), np.array(sizes, np.int64))

    def norm(self, inputs: str, name: str) -> str:
        """Append a layer's normalisation; return its output."""
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


def encoded(graph: Graph, layers: int, *, kinds: str = "") -> str:
    """Append the encoder; its input is ``ids`` (one text's tokens, 64-bit).

    Args:
        graph: What is built.
        layers: How many layers the encoder has.
        kinds: Name of a second input, whose rows of the weight ``kind`` are added to the words; empty: there is none.

    Returns:
        The name of the last layer's output, (tokens, 384).
    """
    state = _embedded(graph, kinds)
    for layer in range(layers):
        state = _layer(graph, state, str(layer))
    return state


def serialised(graph: Graph, name: str, inputs: Sequence[str], output: str, shape: Sequence[str | int]) -> bytes:
    """Return the graph as an ONNX model of 64-bit ``inputs`` over the tokens ``t`` and one ``output`` of floats."""
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415 - needed once per machine

    body = helper.make_graph(
        graph.nodes,
        name,
        [helper.make_tensor_value_info(each, TensorProto.INT64, ["t"]) for each in inputs],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, list(shape))],
        [numpy_helper.from_array(value, constant) for constant, value in graph.constants.items()],
    )
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
    made: bytes = model.SerializeToString()
    return made


def _embedded(graph: Graph, kinds: str) -> str:
    """Word, position and, where asked for, kind of each token, added up and normalised."""
    weights = graph.weights
    if graph.whole:
        table, scales = rounded(weights["embeddings.word"])
        rows = graph.add("Cast", graph.add("Gather", graph.constant("word", table), "ids"), to=1)
        factors = graph.add("Gather", graph.constant("word.scale", scales[:, None]), "ids")
        words = graph.add("Mul", rows, factors)
    else:
        words = graph.add("Gather", graph.constant("word", weights["embeddings.word"]), "ids")
    if kinds:
        words = graph.add("Add", words, graph.add("Gather", graph.constant("kind", weights["kind"]), kinds))
    places = graph.constant("place", weights["embeddings.position"] + weights["embeddings.token_type"][:1])
    length = graph.add("Shape", "ids", start=0, end=1)
    first, axes = graph.constant("first", np.zeros(1, np.int64)), graph.constant("rows", np.zeros(1, np.int64))
    places = graph.add("Slice", places, first, length, axes)
    return graph.norm(graph.add("Add", words, places), "embeddings.norm")


def _layer(graph: Graph, state: str, layer: str) -> str:
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


def _linear(graph: Graph, inputs: str, name: str) -> str:
    return graph.linear(inputs, name, graph.weights[f"{name}.weight"], graph.weights[f"{name}.bias"])
