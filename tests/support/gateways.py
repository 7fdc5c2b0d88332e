"""What a double of the gateway says where a test is about something else."""

from __future__ import annotations

from collections.abc import Mapping

from langchain_core.messages import ToolCall

from frontdesk.graph.deps import Examined, Restore
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Proposal


class Lenient:
    """Finds every call valid as it is."""

    def examine(self, call: ToolCall, *, restore: Restore) -> Examined:
        return Examined(arguments=call["args"] if isinstance(call["args"], Mapping) else {})

    def worded(self, proposal: Proposal, caller: Caller) -> Proposal:
        return proposal

    async def corrected(self, call: ToolCall, caller: Caller) -> bool:
        return True
