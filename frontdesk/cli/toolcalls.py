"""``frontdesk tools call`` and ``reconcile``: through the gateway of an open desk, as any call."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from frontdesk.desk.names import choose
from frontdesk.errors import PersonError

if TYPE_CHECKING:
    from frontdesk.desk.load import Desk
    from frontdesk.graph.deps import Deps, ToolResult
    from frontdesk.graph.identity import Caller, Principal
    from frontdesk.graph.state import Proposal

THREAD = "frontdesk-tools"
"""The customer's conversation on which calls of the command line stand: it is erased with everything of theirs."""
SETTLED = frozenset({"settled", "done", "not_happened", "refused"})
"""What may become of an open call after which nobody has to look."""


@dataclass(frozen=True, slots=True)
class Who:
    """As whom a tool is called."""

    subject: str = ""
    """Empty: the desk's demo customer."""
    scopes: tuple[str, ...] = ()
    """Empty: those of the demo customer."""
    roles: tuple[str, ...] = ()
    verified: str = "basic"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to happen."""

    dry: bool = False
    yes: bool = False
    turn: str = ""
    """Id of the call; empty: a new one."""


async def called(desk_name: str | None, name: str, text: str, who: Who, wish: Wish) -> dict[str, Any]:
    """Call a tool.

    Args:
        desk_name: As for ``frontdesk.cli.opening.load``.
        name: The tool's.
        text: JSON object of the arguments, with the customer's real values.
        who: The caller. Scopes, roles and owner count as for any call.
        wish: A write only happens with ``yes``; that is the customer's yes to what was proposed, and no second
            person's.

    Returns:
        ``outcome``, ``dry``, ``reason``, ``repeated``, ``question`` and ``result`` (a dry run's, or the tool's, or a
        sentence), as plain JSON data.

    Raises:
        PersonError: No such tool, no JSON object, an unknown level, or both a dry run and a yes.
        ConfigurationError: The desk cannot be opened.
    """
    from frontdesk.assembly import open_desk
    from frontdesk.cli.opening import load
    from frontdesk.graph.identity import Caller

    desk, settings = load(desk_name)
    arguments = _arguments(desk, name, text)
    if wish.dry and wish.yes:
        raise PersonError("--dry-run and --yes contradict each other")
    principal = _principal(desk, who)
    async with open_desk(desk, settings) as opened:
        thread = await opened.stores.threads.resolve(principal, THREAD)
        caller = Caller(principal, thread, wish.turn or uuid.uuid4().hex)
        dry = wish.dry or (desk.tools[name].effect == "write" and not wish.yes)
        question = ""
        result = await _through(opened.deps, name, arguments, caller, None, dry=dry)
        if result.outcome == "confirm" and result.proposal is not None:
            question = result.content
            result = await _through(opened.deps, name, arguments, caller, result.proposal, dry=False)
    return _told(result, question)


async def reconciled(desk_name: str | None, *, send: bool, limit: int, only_list: bool = False) -> list[dict[str, Any]]:
    """Return what became of each open call, with ``settled``: whether nobody has to look. Plain JSON data.

    ``only_list``: nothing is looked up or sent.
    """
    from frontdesk.assembly import open_desk
    from frontdesk.cli.opening import load
    from frontdesk.reconciling import reconcile, unsettled

    desk, settings = load(desk_name)
    async with open_desk(desk, settings) as opened:
        if only_list:
            found = await unsettled(opened.deps, limit)
        else:
            found = await reconcile(opened.deps, send=send, limit=limit)
    return [{**asdict(one), "settled": one.became in SETTLED} for one in found]


async def _through(
    deps: Deps, name: str, arguments: dict[str, Any], caller: Caller, approved: Proposal | None, *, dry: bool
) -> ToolResult:
    from langchain_core.messages import ToolCall

    from frontdesk.nodes.scrub.restore import restorer

    call = ToolCall(name=name, args=arguments, id=None, type="tool_call")
    # no vault: whoever calls from here writes real values, and a placeholder stands for nothing
    restore = restorer({}, deps.desk.tools[name].input, tool=name)
    return await deps.gateway.call(call, caller, restore=restore, approved=approved, dry=dry)


def _arguments(desk: Desk, name: str, text: str) -> dict[str, Any]:
    if name not in desk.tools:
        raise PersonError(f"there is no tool {name!r}; {choose(name, desk.tools)}")
    try:
        arguments = json.loads(text)
    except ValueError:
        arguments = None
    if not isinstance(arguments, dict):
        raise PersonError('the arguments are not one JSON object, such as \'{"order_id": "10482"}\'')
    return arguments


def _principal(desk: Desk, who: Who) -> Principal:
    from frontdesk.cli.opening import demo_principal
    from frontdesk.graph.identity import LEVELS, Principal
    from frontdesk.tools.contract import Verified

    if who.verified not in LEVELS:
        raise PersonError(f"no level {who.verified!r}; allowed: {', '.join(LEVELS)}")
    base = demo_principal(desk, who.subject)
    scopes = frozenset(who.scopes) if who.scopes else base.scopes
    return Principal(base.subject, base.tenant, scopes, frozenset(who.roles), cast(Verified, who.verified))


def _told(result: ToolResult, question: str) -> dict[str, Any]:
    try:
        content = json.loads(result.content)
    except ValueError:
        content = result.content
    if result.dry and isinstance(content, dict):
        question = str(content.get("question", ""))
    return {
        "outcome": result.outcome,
        "dry": result.dry,
        "reason": result.reason,
        "repeated": result.repeated,
        "question": question,
        "result": content,
    }


__all__ = ["Who", "Wish", "called", "reconciled"]
