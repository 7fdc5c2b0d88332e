"""``frontdesk graph``."""

from __future__ import annotations

from typing import Any, cast

from frontdesk.graph.deps import Deps
from frontdesk.graph.wiring import build_graph


def mermaid() -> str:
    """Return the graph as Mermaid text. The shape needs no dependencies, so none are made."""
    graph = build_graph(cast(Deps, cast(Any, None)))
    return graph.compile().get_graph().draw_mermaid(with_styles=False).strip()
