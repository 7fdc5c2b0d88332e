"""What the system prompt says of the tools that this customer cannot use now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from frontdesk.desk.config import Intent
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Principal
from frontdesk.tools.authority import may_use

_TOLD: Mapping[str, str] = {
    "expired": "sign_in",
    "not_signed_in": "sign_in",
    "missing_scope": "permission",
    "missing_role": "permission",
}
"""Why the gateway denies a tool to why it is not offered; anything else was left out by the guards."""


def access(deps: Deps, principal: Principal, intent: Intent | None, offered: Sequence[str]) -> str:
    """Say whether the customer is signed in, and which of the intent's tools are not offered, and why.

    Args:
        deps: The desk's contracts.
        principal: Who asks.
        intent: What this turn serves.
        offered: Names of the tools that the model call offers.
    """
    lines = ["The customer is signed in." if principal.signed_in else "The customer is not signed in."]
    reasons: dict[str, list[str]] = {}
    for name in intent.tools if intent else ():
        contract = deps.desk.tools.get(name)
        if name not in offered and contract is not None:
            denied = may_use(contract, principal, deps.clock())
            reasons.setdefault(_TOLD.get(denied, "guard"), []).append(name)
    said: Mapping[str, str] = {
        "sign_in": "Needed for this request, but only for signed-in customers; ask the customer to sign in:",
        "permission": "Needed for this request, but this customer may not use them:",
        "guard": "Switched off in this turn:",
    }
    for reason, names in reasons.items():
        lines.append(f'{said[reason]} <unavailable tools="{",".join(names)}" reason="{reason}" />')
    return "\n".join(lines)


__all__ = ["access"]
