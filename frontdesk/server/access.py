"""Establishes the caller of a request. A missing token is an anonymous caller, a wrong one is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from fastapi import HTTPException, Request

from frontdesk.graph.identity import Principal
from frontdesk.server.tokens import digest


@dataclass(frozen=True)
class Access:
    """Tokens, and who a caller without one is."""

    tokens: Mapping[str, Principal]
    anonymous: Principal
    clock: Callable[[], float] = time.time
    """Unix time in seconds."""

    def principal(self, request: Request) -> Principal:
        """Return the request's principal.

        Raises:
            HTTPException: 401 for a header that is not ``Bearer <known token>``, and for a token that has run out
                (RFC 6750, 3.1: ``invalid_token``). It is looked at again when a tool is called.
        """
        header = request.headers.get("authorization")
        if header is None:
            return self.anonymous
        kind, _, token = header.partition(" ")
        known = self.tokens.get(digest(token.strip())) if kind.lower() == "bearer" else None
        if known is None:
            raise HTTPException(401, "unknown or malformed token; send 'Authorization: Bearer <token>'",
                                {"WWW-Authenticate": "Bearer"})  # fmt: skip
        if known.expired(self.clock()):
            challenge = 'Bearer error="invalid_token", error_description="the token has run out"'
            raise HTTPException(401, "the token has run out; sign in again", {"WWW-Authenticate": challenge})
        return known

    def require(self, request: Request, scope: str) -> Principal:
        """Return the principal, or raise 401/403 unless it has the scope."""
        principal = self.principal(request)
        if scope not in principal.scopes:
            raise HTTPException(403 if principal.signed_in else 401, f"the scope {scope!r} is needed")
        return principal

    def require_role(self, request: Request, roles: Collection[str], tenant: str) -> Principal:
        """Return the principal, or raise 401/403 unless they are of the tenant and have one of the roles."""
        principal = self.principal(request)
        if not principal.signed_in or principal.tenant != tenant or principal.roles.isdisjoint(roles):
            wanted = " or ".join(repr(role) for role in sorted(roles)) or "that nobody has"
            raise HTTPException(403 if principal.signed_in else 401, f"the role {wanted} is needed")
        return principal
