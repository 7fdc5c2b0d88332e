"""The part of desk.yaml that says how tools are called: back offices by name, and the gateway's bounds."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Connection(_Strict):
    """One back office."""

    kind: str
    """Kind of connector that it is for: `http`, `mcp`, `sql` …"""
    options: dict[str, Any] = Field(default_factory=dict)
    """What that connector needs; it validates them itself. Secrets are named by their environment variable."""


class GatewayRules(_Strict):
    """Bounds of the gateway, and what happens where a part of it cannot run."""

    corrections: int = Field(default=1, ge=0, le=3)
    """Times that the economical model (role `fast`) may mend the arguments of one call that break its schema."""
    correction_seconds: float = Field(default=5.0, gt=0, le=60)
    """Time for one of them."""
    rate_unavailable: Literal["refuse", "allow"] = "refuse"
    """Where the store of a tool's rate limit does not answer."""
    approval_minutes: int = Field(default=24 * 60, ge=1, le=7 * 24 * 60)
    """How long a call waits for its second person; then it is given up, and the customer is told."""
    approver_roles: list[str] = Field(default_factory=lambda: ["supervisor", "admin"])
    """One of these is needed to approve; nobody approves a call of their own."""
    plan_calls: int = Field(default=5, ge=1, le=20)
    """Writes that one plan may hold; a longer one is not proposed."""
