"""What desk.yaml says of an MCP server, and what a contract says of one call. Imports no MCP library."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from frontdesk.tools.contract import NAME
from frontdesk.tools.http.options import Auth, HttpConnection, Timeouts, Tls, Variable


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class McpConnection(_Strict):
    """Options of a connection of kind `mcp`: a `command` (stdio), or a `url` (streamable HTTP)."""

    command: list[Annotated[str, Field(min_length=1)]] = Field(default_factory=list)
    """Program and arguments; it is started in the desk's folder, without a shell."""
    env: dict[Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")], Variable] = Field(default_factory=dict)
    """The program's environment: name there to the variable of ours that holds the value. It has nothing else, no
    `PATH` either."""
    url: str = ""
    """`https://host[:port]/mcp`; plain http only where the connection is `private`."""
    auth: Auth | None = None
    """As for a connection of kind `http`."""
    private: bool = False
    """Whether the host may stand in a private network or on this machine."""
    tls: Tls = Tls()
    start_seconds: float = Field(default=10.0, gt=0, le=120)
    """For starting or reaching the server, and its list of tools."""
    listed_seconds: float = Field(default=60.0, gt=0, le=3600)
    """How long its list of tools is believed, unless it says itself that the list has changed."""
    max_bytes: int = Field(default=1_000_000, ge=1_000, le=50_000_000)
    """Of one message; a longer one ends the session."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.command) == bool(self.url):
            msg = "name exactly one of command, url"
            raise ValueError(msg)
        if self.command and (self.auth or self.private or self.tls != Tls()):
            msg = "auth, private and tls belong to a `url`"
            raise ValueError(msg)
        if self.url:
            if self.env:
                msg = "env belongs to a `command`"
                raise ValueError(msg)
            _ = self.http
        return self

    @property
    def http(self) -> HttpConnection:
        """The same as a connection over HTTP, which is checked as one."""
        return HttpConnection(
            url=self.url,
            auth=self.auth,
            private=self.private,
            tls=self.tls,
            max_bytes=self.max_bytes,
            timeouts=Timeouts(read=120.0),
        )


class ErrorText(_Strict):
    """What a tool's error means, known by its text."""

    contains: str = Field(min_length=3)
    """Part of the text."""
    reason: str = Field(default="declined", pattern=NAME)
    """Closed code; `not_found` is told in the contract's words (`missing`)."""
    message: str = ""
    """What the customer reads; the server's own text is never shown."""
    outcome: Literal["refused", "failed", "unknown"] = "refused"
    """refused: it declined, and nothing happened; failed: its fault, and nothing happened; unknown: it may have."""


class McpCall(_Strict):
    """`connector.options`, `precheck.options` and `idempotency.lookup.options` of a contract of kind `mcp`."""

    tool: str = Field(min_length=1, max_length=128)
    """Its name on the server."""
    arguments: dict[str, Any] | None = None
    """Its arguments; `{name}` stands for one of ours, with its type, absent ones are left out. Left out: ours as they
    are."""
    digest: str = Field(default="", pattern=r"^([0-9a-f]{32})?$")
    """Of the tool's description and schemas when it was reviewed; once they differ, it is not called any more."""
    errors: list[ErrorText] = Field(default_factory=list)
    """In order; the first that fits an error's text says what it means."""
    error: Literal["refused", "failed", "unknown"] | None = None
    """What any other error means. Left out: a read failed; of a write nobody knows."""
    into: str = Field(default="", pattern=r"^([A-Za-z_]\w*)?$")
    """Field under which the answer is put; empty: it is the result."""
