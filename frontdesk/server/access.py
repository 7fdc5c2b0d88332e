"""Establishes the caller of a request. A missing token is an anonymous caller, a wrong one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import HTTPException, Request

from frontdesk.graph.identity import Principal
from frontdesk.server.tokens import digest


@dataclass(frozen=True)
class Access:
    """Tokens, and who a caller without one is."""

    tokens: Mapping[str, Principal]
    anonymous: Principal

    def principal(self, request: Request) -> Principal:
        """Return the request's principal.

        Raises:
            HTTPException: 401 for a header that is not ``Bearer <known token>``.
        """
        header = request.headers.get("authorization")
        if header is None:
            return self.anonymous
        kind, _, token = header.partition(" ")
        known = self.tokens.get(digest(token.strip())) if kind.lower() == "bearer" else None
        if known is None:
            raise HTTPException(401, "unknown or malformed token; send 'Authorization: Bearer <token>'",
                                {"WWW-Authenticate": "Bearer"})  # fmt: skip
        return known

    def require(self, request: Request, scope: str) -> Principal:
        """Return the principal, or raise 401/403 unless it has the scope."""
        principal = self.principal(request)
        if scope not in principal.scopes:
            raise HTTPException(403 if principal.signed_in else 401, f"the scope {scope!r} is needed")
        return principal
