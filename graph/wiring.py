"""The whole graph on one screen."""

from __future__ import annotations

from functools import partial
from typing import Any

from langgraph.graph import END, START, StateGraph

from frontdesk.graph.deps import Deps
from frontdesk.graph.edges import (
    CALLS,
    SIDE_BY_SIDE,
    after_act,
    after_cached,
    after_clarify,
    after_confirm,
    after_decide,
    after_reply,
    after_respond,
    after_review,
    after_scrub,
)
from frontdesk.graph.stage import Stage
from frontdesk.graph.state import DeskInput, DeskOutput, DeskState
from frontdesk.nodes.stages import STAGES


def build_graph(deps: Deps) -> StateGraph[DeskState, Any, DeskInput, DeskOutput]:
    """Wire the stages of a turn.

    Args:
        deps: What the nodes are bound to.

    Returns:
        The graph, not yet compiled: ``build_graph(deps).compile(checkpointer=…)``, or a node inside another graph.
    """
    graph = StateGraph(DeskState, input_schema=DeskInput, output_schema=DeskOutput)
    for name, node in STAGES.items():
        graph.add_node(name, Stage(name, node(deps)))
    graph.add_edge(START, "scrub")
    graph.add_conditional_edges("scrub", after_scrub, [*SIDE_BY_SIDE, "relay"])
    graph.add_edge(SIDE_BY_SIDE, "decide")
    graph.add_conditional_edges(
        "decide", after_decide, ["refuse", "clarify", "cached", "respond", "handoff", "confirm"]
    )
    calls = deps.desk.config.budgets.model_calls if deps else CALLS  # a drawing needs no desk
    graph.add_conditional_edges("cached", partial(after_cached, calls=calls), ["respond", "decide", "review"])
    graph.add_conditional_edges("respond", partial(after_respond, calls=calls), ["act", "decide", "review", "handoff"])
    graph.add_conditional_edges("act", after_act, ["respond", "review", "handoff"])
    graph.add_conditional_edges("confirm", partial(after_confirm, calls=calls), ["act", "decide", "review"])
    graph.add_conditional_edges("clarify", partial(after_clarify, calls=calls), ["decide", "review"])
    for spoken in ("refuse", "handoff"):
        graph.add_edge(spoken, "review")
    graph.add_edge("relay", "remember")
    reviewed = partial(after_review, calls=calls)
    graph.add_conditional_edges("review", reviewed, ["respond", "handoff", "decide", "remember"])
    graph.add_edge("remember", "reply")
    graph.add_conditional_edges("reply", after_reply, ["confirm", END])
    return graph
