"""The encoder with its head as an ONNX graph."""

from __future__ import annotations

from collections.abc import Mapping

from frontdesk.models.encoder.graph import Floats, Graph, encoded, serialised


def network(weights: Mapping[str, Floats], layers: int, *, whole: bool = True) -> bytes:
    """Build the graph.

    Args:
        weights: By the names of ``frontdesk.models.encoder.layout``, with ``kind``, ``head.weight`` and ``head.bias``
            of the head.
        layers: How many layers the encoder has.
        whole: Compute in whole numbers of 8 bits.

    Returns:
        A serialised ONNX model: inputs ``ids`` and ``kinds`` (64-bit, one text's tokens), one output, the probability
        of each tag per token.
    """
    graph = Graph(weights, whole)
    state = encoded(graph, layers, kinds="kinds")
    kinds = graph.add("Gather", graph.constant("head.kind", weights["head.kind"]), "kinds")
    product = graph.add("MatMul", state, graph.constant("head.weight", weights["head.weight"].T))
    scores = graph.add("Add", graph.add("Add", product, kinds), graph.constant("head.bias", weights["head.bias"]))
    tags = graph.add("Softmax", scores, axis=-1)
    return serialised(graph, "head", ("ids", "kinds"), tags, ("t", int(weights["head.bias"].shape[0])))
