"""Settings of one process, from its environment. What differs between desks stands in the desk's folder instead."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from frontdesk.desk.chains import ROLES, chain, sound
from frontdesk.desk.config import Models
from frontdesk.errors import SettingsError
from frontdesk.graph.persistence.home import default_home
from frontdesk.quiet import quiet_environment

PREFIX = "FRONTDESK_"
OTHERS = {
    "FRONTDESK_REDIS_SERVER": "Program to start as the embedded Redis server.",
    "FRONTDESK_REDIS_MODULES": "Folder of the Search and JSON modules for it.",
    "FRONTDESK_DATA": "Folder of the measuring data, for tests and benchmarks.",
    "FRONTDESK_ENCODER": "Folder of the encoder all-MiniLM-L6-v2, where it is not an installed package.",
}
"""Variables of ours that are read elsewhere, for they say where things lie on this machine."""
REDIS_SCHEMES = ("redis", "rediss", "unix")


def _home() -> Path:
    return default_home(os.environ)


def _models(names: str) -> str:
    if not sound(names):
        raise ValueError("write `provider:name`, such as `openai:gpt-5-mini`, several with commas, or `keyless`")
    return names


def _redis_url(url: SecretStr) -> SecretStr:
    scheme, _, rest = url.get_secret_value().partition("://")
    if scheme not in REDIS_SCHEMES or not rest:
        raise ValueError("write one of " + ", ".join(f"`{scheme}://…`" for scheme in REDIS_SCHEMES))
    return url


def _database_url(url: SecretStr) -> SecretStr:
    if "://" not in url.get_secret_value():
        raise ValueError("write a SQLAlchemy URL, such as `postgresql+asyncpg://user:password@host/name`")
    return url


def _factory(spec: str) -> str:
    if not re.fullmatch(r"\w+(\.\w+)*:[A-Za-z_]\w*", spec):
        raise ValueError("write `module:factory`, such as `vault_transit:service`")
    return spec


def _base_url(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise ValueError("write `http(s)://host/path` without user or password; the key goes into OPENAI_API_KEY")
    return url


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _upper(text: Any) -> Any:
    return text.upper() if isinstance(text, str) else text


Model = Annotated[str, AfterValidator(_models)]
Folder = Annotated[Path, AfterValidator(Path.expanduser)]


class Settings(BaseSettings):
    """One process's settings. Built when asked for, never at import; secrets never show in a text or a repr."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, populate_by_name=True
    )

    desk: str = "retail"
    """Folder of the desk, or the name of one that ships."""
    home: Folder = Field(default_factory=_home)
    """Folder for this machine's data: the embedded Redis, the key, the demo database, what the terminal remembers."""
    redis: Annotated[Literal["auto", "memory"], BeforeValidator(_lower)] = "auto"
    """auto: the server of REDIS_URL, or without one an embedded server; memory: no Redis, nothing survives the end."""
    redis_url: Annotated[SecretStr, AfterValidator(_redis_url)] | None = Field(
        default=None, validation_alias="REDIS_URL"
    )
    """A Redis server with the Search and JSON modules: `redis://`, `rediss://` or `unix://`."""
    key: SecretStr | None = None
    """Keys that seal what is stored: base64 of 32 bytes each, separated by commas, the current one first."""
    key_file: Folder | None = None
    """File that holds the keys instead. Without either, one is made in the data folder for an embedded Redis."""
    kms: Annotated[str, AfterValidator(_factory)] | None = None
    """Key service that keeps the keys instead: `module:factory`, which makes something with `wrap` and `unwrap`."""
    database_url: Annotated[SecretStr, AfterValidator(_database_url)] | None = None
    """SQLAlchemy URL of the tools' database; goes before the desk's `database`."""
    model: Model | None = None
    """Model of every role that has no variable of its own: `provider:name`, several of them with commas, of which each
    stands in for the ones before it, or `keyless`; goes before the desk's."""
    model_fast: Model | None = None
    """Model of the role `fast`."""
    model_reasoning: Model | None = None
    """Model of the role `reasoning`."""
    model_guard: Model | None = None
    """Model of the role `guard`."""
    model_summary: Model | None = None
    """Model of the role `summary`."""
    base_url: Annotated[str, AfterValidator(_base_url)] | None = None
    """Any OpenAI-compatible endpoint, for models of `openai` that name none of their own; goes before the desk's."""
    host: str = "127.0.0.1"
    """Address on which `frontdesk serve` listens."""
    port: int = Field(default=8080, ge=0, le=65535)
    """Port on which `frontdesk serve` listens; 0 takes a free one."""
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"
    """What is logged; no level logs personal data or customers' words."""
    tokens_file: Folder | None = None
    """JSON list of who may sign in over HTTP: `sha256` of the token, `subject`, `scopes`, `roles` …"""
    demo_subject: str | None = None
    """Customer that `frontdesk chat` and Studio sign in as, instead of the desk's `demo.subject`."""

    def models(self, desk: Models) -> Models:
        """Return the desk's models with this process's variables on top; ``keyless`` becomes None."""
        changes: dict[str, Any] = {}
        for role in ROLES:
            chosen = getattr(self, f"model_{role}") or self.model
            if chosen is not None:
                changes[role] = chain(chosen)
        if self.base_url is not None:
            changes["base_url"] = self.base_url
        return desk.model_copy(update=changes)

    def key_environment(self) -> dict[str, str]:
        """Return the variables that ``frontdesk.graph.persistence.keys.find_sealer`` reads. Holds secrets."""
        found = {"FRONTDESK_KEY": self.key.get_secret_value() if self.key else "", "FRONTDESK_KEY_FILE": ""}
        found["FRONTDESK_KMS"] = self.kms or ""
        if self.key_file is not None:
            found["FRONTDESK_KEY_FILE"] = str(self.key_file)
        return found


def load_settings(**given: Any) -> Settings:
    """Read the environment.

    Args:
        given: Fields that go before their variables, such as options of a command; None counts as not given.

    Returns:
        The settings.

    Raises:
        SettingsError: Every variable that is wrong, with what is allowed and never with its value.
    """
    problems: list[str] = []
    settings = None
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        problems = [_problem(str(detail["loc"][0]), detail["msg"]) for detail in error.errors(include_input=False)]
    problems += _unknown(set(os.environ))
    if settings is None or problems:
        raise SettingsError("; ".join(problems))
    return settings


def variable(field: str) -> str:
    """Return the environment variable of a field."""
    alias = Settings.model_fields[field].validation_alias if field in Settings.model_fields else None
    return alias if isinstance(alias, str) else PREFIX + field.upper()


def _problem(place: str, message: str) -> str:
    name = place if place.isupper() else variable(place)
    return f"{name}: {message.removeprefix('Value error, ').replace('Input should', 'it should')}"


def _unknown(names: set[str]) -> list[str]:
    """A misspelt variable would silently leave the default in force: say so."""
    spelt = {PREFIX + field.upper(): variable(field) for field in Settings.model_fields}
    known = {*spelt.values(), *OTHERS}
    problems = []
    for name in sorted(names - known):
        if name.startswith(PREFIX):
            near = difflib.get_close_matches(name, sorted({*spelt, *OTHERS}), n=1)
            hint = f"did you mean {spelt.get(near[0], near[0])}?" if near else f"allowed: {', '.join(sorted(known))}"
            problems.append(f"{name}: no such setting; {hint}")
    return problems


__all__ = ["Settings", "load_settings", "quiet_environment", "variable"]
