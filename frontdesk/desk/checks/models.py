"""`models` of desk.yaml: names, endpoints and times of every link of every chain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.desk.chains import ROLES
from frontdesk.desk.config import DeskConfig
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.files import Place
from frontdesk.desk.modelling import Link
from frontdesk.errors import Fault

_MODEL = re.compile(r"[a-z][a-z0-9_]*:\S+")
_ADDRESS = re.compile(r"https?://[^@\s]+")


def model_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with the models of the roles, each at its line."""
    entry = draft.config
    if entry is None:
        return
    for role in ROLES:
        given = getattr(entry.record.models, role)
        if isinstance(given, list):
            for index, one in enumerate(given):
                yield from _link(entry, ("models", role, index), f"models.{role}[{index}]", one)
        elif given is not None:
            yield from _link(entry, ("models", role), f"models.{role}", given)
    yield from _address(entry, ("models", "base_url"), "models.base_url", entry.record.models.base_url)


def _link(entry: Entry[DeskConfig], place: Place, label: str, given: str | Link) -> Iterator[Fault]:
    if isinstance(given, str):
        yield from _name(entry, place, label, given)
        return
    yield from _name(entry, (*place, "model"), f"{label}.model", given.model)
    yield from _address(entry, (*place, "base_url"), f"{label}.base_url", given.base_url)
    most = entry.record.budgets.turn_seconds
    if given.timeout is not None and given.timeout > most:
        problem = f"`{label}.timeout` is longer than `budgets.turn_seconds`"
        yield entry.fault((*place, "timeout"), problem, f"it should be at most {most:g}")


def _name(entry: Entry[DeskConfig], place: Place, label: str, name: str) -> Iterator[Fault]:
    if not _MODEL.fullmatch(name):
        remedy = "write `provider:name`, such as `openai:gpt-5-mini`, or null for the keyless model"
        yield entry.fault(place, f"`{label}` is no model name", remedy)


def _address(entry: Entry[DeskConfig], place: Place, label: str, address: str | None) -> Iterator[Fault]:
    if address is not None and not _ADDRESS.fullmatch(address):
        remedy = "write http(s)://host/path; keys belong into the environment"
        yield entry.fault(place, f"`{label}` is no plain http(s) address", remedy)


__all__ = ["model_faults"]
