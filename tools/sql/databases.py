"""The databases of a desk: its own, and those that ``connections`` name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine

from frontdesk.errors import ConfigurationError, SettingsError
from frontdesk.tools.backend import Resources
from frontdesk.tools.contract import VARIABLE
from frontdesk.tools.database import open_engine
from frontdesk.tools.sql.steps import TABLE

KIND = "sql"


class SqlConnection(BaseModel):
    """Options of a connection of kind ``sql``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url_env: str = Field(default="", pattern=rf"{VARIABLE}|^$")
    """Environment variable that holds the database's URL. Neither this nor ``url``: the desk's own database."""
    url: str = ""
    """The URL itself, where it holds no password: ``sqlite+aiosqlite:///legacy.db`` (relative to the desk's folder)."""
    keys: str = Field(default="", pattern=rf"{TABLE}|^$")
    """Table of the calls that happened (docs/gateway.md); empty: none."""
    isolation: Literal["", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"] = ""
    """Of PostgreSQL's transactions; empty: the server's own. SQLite's are always serializable."""
    max_bytes: int = Field(default=262_144, ge=1024, le=16_777_216)
    """Of one result."""


@dataclass(frozen=True, slots=True)
class Database:
    """One database, ready to be used."""

    engine: AsyncEngine
    options: SqlConnection = field(default_factory=SqlConnection)
    ours: bool = False
    """Whether the connector opened the engine, and so disposes of it."""

    @property
    def lite(self) -> bool:
        """Whether it is SQLite."""
        return self.engine.dialect.name == "sqlite"


def databases(resources: Resources) -> Mapping[str, Database]:
    """Return the databases by connection's name; ``""`` is the desk's own. Nothing is contacted.

    Raises:
        ConfigurationError: A connection's options are wrong, or its environment variable is not set; lists all. No text
            repeats a URL.
    """
    own = resources.engine if isinstance(resources.engine, AsyncEngine) else None
    found = {"": Database(own)} if own is not None else {}
    faults: list[str] = []
    for name, connection in sorted(resources.connections.items()):
        if connection.kind != KIND:
            continue
        try:
            found[name] = _opened(connection.options, resources, own)
        except ConfigurationError as error:
            faults.append(f"connections.{name}: {error}")
    if faults:
        raise ConfigurationError("\n".join(faults))
    return found


def _opened(options: Mapping[str, Any], resources: Resources, own: AsyncEngine | None) -> Database:
    try:
        read = SqlConnection.model_validate(dict(options))
    except ValidationError as error:
        fields = ", ".join(".".join(str(part) for part in item["loc"]) for item in error.errors())
        allowed = ", ".join(SqlConnection.model_fields)
        raise ConfigurationError(f"wrong or unknown option: {fields}; allowed: {allowed}") from None
    if read.url and read.url_env:
        raise ConfigurationError("has both `url` and `url_env`; one of them is enough")
    if not read.url and not read.url_env:
        if own is None:
            raise ConfigurationError("the desk has no database of its own; set `url_env`")
        return Database(own, read)
    return Database(open_engine(_url(read, resources)), read, ours=True)


def _url(read: SqlConnection, resources: Resources) -> str:
    if read.url_env:
        url = resources.environment.get(read.url_env, "")
        if not url:
            raise ConfigurationError(f"the environment variable {read.url_env} is not set; it holds the database's URL")
        return url
    try:
        parsed = make_url(read.url)
    except ArgumentError:
        raise SettingsError("`url` cannot be read") from None
    if parsed.password is not None:
        raise ConfigurationError(
            "`url` holds a password: put it into the environment, and name the variable: `url_env`"
        )
    if parsed.drivername.startswith("sqlite") and parsed.database and parsed.database != ":memory:":
        parsed = parsed.set(database=str(resources.root / parsed.database))
    return parsed.render_as_string(hide_password=False)
