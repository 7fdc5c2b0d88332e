"""What desk.yaml says of an HTTP back office, and what a contract says of one request. Imports no HTTP library."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from frontdesk.desk.modelling import Breaker
from frontdesk.tools.contract import NAME, VARIABLE
from frontdesk.tools.http.names import header_name, header_value, status_code

Variable = Annotated[str, Field(pattern=VARIABLE)]
"""Name of an environment variable that holds a secret."""
HeaderName = Annotated[str, AfterValidator(header_name)]
HeaderValue = Annotated[str, AfterValidator(header_value)]
Status = Annotated[str, AfterValidator(status_code)]
Pointer = Annotated[str, Field(pattern=r"^(/.*)?$", max_length=500)]
"""JSON Pointer (RFC 6901); empty: the whole document."""

_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")


def _keyed(rules: Any) -> Any:
    """Return rules with their statuses as texts: YAML reads them as numbers."""
    return {str(status): rule for status, rule in rules.items()} if isinstance(rules, dict) else rules


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ClientCredentials(_Strict):
    """OAuth 2.0 client credentials (RFC 6749, 4.4); the token is kept in memory until it expires."""

    token_url: str
    """https, or http where the connection is `private`."""
    client_id: Variable
    client_secret: Variable
    scope: str = ""


class Auth(_Strict):
    """How we say who we are: one of these. Secrets are read from the environment, never from a file of the desk."""

    bearer: Variable | None = None
    basic: list[Variable] | None = Field(default=None, min_length=2, max_length=2)
    """Variables of the user's name and of the password."""
    header: dict[HeaderName, Variable] | None = Field(default=None, min_length=1)
    oauth2_client: ClientCredentials | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(part is not None for part in (self.bearer, self.basic, self.header, self.oauth2_client)) != 1:
            msg = "name exactly one of bearer, basic, header, oauth2_client"
            raise ValueError(msg)
        return self


class Timeouts(_Strict):
    """Seconds of the parts of one request; the contract's `timeout` bounds the whole."""

    connect: float = Field(default=2.0, gt=0, le=60)
    """Name, TCP and TLS: nothing was sent yet, so this one costs no doubt."""
    read: float = Field(default=30.0, gt=0, le=120)
    """Without a single byte."""
    pool: float = Field(default=1.0, gt=0, le=60)
    """For a free connection."""


class Tls(_Strict):
    """Files, relative to the desk's folder or absolute."""

    ca: str = ""
    """Certificates (PEM) to trust instead of the usual authorities."""
    cert: str = ""
    """Our own certificate (PEM), where the other side asks for one."""
    key: str = ""
    """Its private key (PEM), where it is not in the same file."""


class HttpConnection(_Strict):
    """Options of a connection of kind `http`."""

    url: str
    """`https://host[:port][/prefix]`; plain http only where the connection is `private`."""
    auth: Auth | None = None
    headers: dict[HeaderName, HeaderValue] = Field(default_factory=dict)
    """Sent with every request; no secrets."""
    timeouts: Timeouts = Timeouts()
    max_bytes: int = Field(default=1_000_000, ge=1_000, le=50_000_000)
    """Of an answer, unpacked; a longer one is not used."""
    private: bool = False
    """Whether the host may stand in a private network or on this machine. Link-local addresses and those of clouds'
    metadata services are never reached."""
    redirects: Literal["none", "same_origin"] = "none"
    """same_origin: a read follows up to three, to the same scheme, host and port. A write follows none."""
    breaker: Breaker = Breaker(failures=5, window=60.0, pause=30.0)
    """When the back office is left alone for a while."""
    tls: Tls = Tls()
    pool: int = Field(default=20, ge=1, le=1000)
    """Connections at most."""

    @model_validator(mode="after")
    def _addresses(self) -> Self:
        for where in (self.url, self.auth.oauth2_client.token_url if self.auth and self.auth.oauth2_client else ""):
            problem = _address_problem(where, private=self.private) if where else ""
            if problem:
                raise ValueError(problem)
        return self


class Body(_Strict):
    """What is sent: one of the two; a text `{name}` becomes that argument with its type, absent ones are left out."""

    as_json: Any = Field(default=None, alias="json")
    form: dict[str, Any] | None = None


class ErrorRule(_Strict):
    """What an answer with one status means."""

    reason: str = Field(default="declined", pattern=NAME)
    """Closed code; `not_found` is told in the contract's words (`missing`)."""
    message: str = ""
    """What the customer reads; `{argument}` stands for an argument."""
    outcome: Literal["refused", "failed", "unknown"] = "refused"
    """refused: it declined, and nothing happened; failed: its fault, and nothing happened; unknown: it may have."""
    when: dict[Pointer, list[Any]] = Field(default_factory=dict)
    """Pointer into the answer to the values for which the rule holds; all must match."""


class ResultField(_Strict):
    """Where one field of the result comes from: one of these."""

    pointer: Pointer | None = None
    argument: str | None = None
    value: Any = None
    optional: bool = False
    """Whether the field is left out where the answer does not have it, instead of the answer being useless."""


class HttpRequest(_Strict):
    """`connector.options`, `precheck.options` and `idempotency.lookup.options` of a contract of kind `http`."""

    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
    path: str = Field(pattern=r"^/[^?#\s]*$", max_length=500)
    """After the connection's prefix; `{name}` stands for one argument within one segment."""
    query: dict[str, Any] = Field(default_factory=dict)
    """Name to value; `{name}` stands for an argument. A list is repeated, an absent argument is left out."""
    headers: dict[HeaderName, HeaderValue] = Field(default_factory=dict)
    body: Body | None = None
    result: Pointer | dict[str, Pointer | ResultField] = ""
    """Where in the answer the result stands, or each of its fields. An answer without a body is an empty record."""
    absent: Literal["failed", "not_found"] = "failed"
    """What it means where `result` points at nothing, such as at the first item of an empty list."""
    errors: Annotated[dict[Status, str | ErrorRule | list[ErrorRule]], BeforeValidator(_keyed)] = Field(
        default_factory=dict
    )
    """Status to a reason, or to rules; the first that holds decides. Also looked at for a status of success."""
    success: list[int] = Field(default=[200, 201, 204], min_length=1)
    reads: bool = False
    """Whether this POST changes nothing, such as a search."""
    idempotency_header: HeaderName | None = "Idempotency-Key"
    """Carries the key of a write (draft-ietf-httpapi-idempotency-key-header); null: none does."""
    idempotency_quoted: bool = False
    """Whether as a quoted string, as that draft has it; most APIs of today take it bare."""

    @property
    def safe(self) -> bool:
        """Whether nothing changes by it."""
        return self.method in {"GET", "HEAD"} or self.reads


def _address_problem(where: str, *, private: bool) -> str:
    try:
        parts = urlsplit(where)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return "not a URL"
    if parts.scheme not in {"https", "http"} or not host:
        return "must read https://host, with a port and a prefix where needed"
    if parts.scheme == "http" and not private:
        return "plain http needs `private: true`: anybody on the way could read and change it"
    if parts.username is not None or parts.query or parts.fragment:
        return "may hold no user, query or fragment; name secrets under `auth`"
    if not _PREFIX.fullmatch(parts.path) or {".", ".."} & set(parts.path.split("/")):
        return "has a prefix that is not made of plain segments"
    return ""
