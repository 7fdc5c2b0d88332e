"""The stages by name: the folder, the node's label, the log field and the metric label are the same word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from frontdesk.graph.deps import Deps
from frontdesk.graph.stage import Node
from frontdesk.nodes.act.node import ActNode
from frontdesk.nodes.cached.node import CachedNode
from frontdesk.nodes.clarify.node import ClarifyNode
from frontdesk.nodes.confirm.node import ConfirmNode
from frontdesk.nodes.decide.node import DecideNode
from frontdesk.nodes.guard.node import GuardNode
from frontdesk.nodes.handoff.node import HandoffNode
from frontdesk.nodes.recall.node import RecallNode
from frontdesk.nodes.refuse.node import RefuseNode
from frontdesk.nodes.relay.node import RelayNode
from frontdesk.nodes.remember.node import RememberNode
from frontdesk.nodes.reply.node import ReplyNode
from frontdesk.nodes.respond.node import RespondNode
from frontdesk.nodes.review.node import ReviewNode
from frontdesk.nodes.route.node import RouteNode
from frontdesk.nodes.scrub.node import ScrubNode

STAGES: Final[dict[str, Callable[[Deps], Node]]] = {
    "scrub": ScrubNode,
    "guard": GuardNode,
    "route": RouteNode,
    "recall": RecallNode,
    "decide": DecideNode,
    "cached": CachedNode,
    "refuse": RefuseNode,
    "clarify": ClarifyNode,
    "respond": RespondNode,
    "act": ActNode,
    "confirm": ConfirmNode,
    "handoff": HandoffNode,
    "relay": RelayNode,
    "review": ReviewNode,
    "remember": RememberNode,
    "reply": ReplyNode,
}
