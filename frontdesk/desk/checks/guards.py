"""`guards` of desk.yaml: names, options, actions, thresholds and validators. Nothing is imported; opening does that."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator

from frontdesk.desk.checks.strategies import guard_checks, guard_options
from frontdesk.desk.config import DeskConfig
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.files import Place
from frontdesk.desk.guarding import SESSION, TIER2, GuardRule
from frontdesk.desk.names import choose, listed, shown
from frontdesk.errors import Fault

_WHOLE = frozenset({"size", "rate", "language", SESSION})
"""What judges a message as a whole, so that there is no sentence to mask."""
_VALIDATOR = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*")


def guard_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with the policies of the input checks, each at its line."""
    entry = draft.config
    if entry is None:
        return
    ours = guard_checks()
    for name, rule in entry.record.guards.items():
        if name in ours or name == SESSION:
            yield from _ours(entry, name, rule)
        elif name == TIER2:
            continue  # `tier2.py` checks its options
        elif rule.validator:
            yield from _foreign(entry, name, rule)
        else:
            known = [*ours, SESSION, TIER2]
            yield entry.fault(("guards", name), f"unknown guard `{name}`", choose(name, known))
        yield from _actions(entry, name, rule)


def _ours(entry: Entry[DeskConfig], name: str, rule: GuardRule) -> Iterator[Fault]:
    if rule.validator:
        remedy = "give the validator a name of its own under `guards`"
        yield entry.fault(("guards", name, "validator"), f"`{name}` is a check of ours", remedy)
        return
    takes = [] if name == SESSION else guard_options(name)
    for option in rule.options:
        if option not in takes:
            remedy = choose(option, takes) if takes else f"`{name}` takes none: take it out"
            yield entry.fault(("guards", name, "options"), f"there is no option `{shown(option)}`", remedy)


def _foreign(entry: Entry[DeskConfig], name: str, rule: GuardRule) -> Iterator[Fault]:
    place = ("guards", name, "validator")
    if not _VALIDATOR.fullmatch(rule.validator):
        remedy = "write `package.module:Class` of an installed guardrails-ai validator"
        yield entry.fault(place, f"`{shown(rule.validator)}` names no class", remedy)
        return
    package = rule.validator.partition(":")[0].partition(".")[0]
    if importlib.util.find_spec(package) is None:
        problem = f"the package `{package}` of the validator `{name}` is not installed"
        yield entry.fault(place, problem, "install it into the environment of frontdesk, or correct the name")


def _actions(entry: Entry[DeskConfig], name: str, rule: GuardRule) -> Iterator[Fault]:
    others = [channel for channel, here in rule.channels.items() if channel != "user" and here.action == "refuse"]
    for channel in others:
        problem = f"nobody can be refused on the channel `{channel}`"
        place: Place = ("guards", name, "channels", channel, "action")
        yield entry.fault(place, problem, f"choose {listed(('mask', 'raise', 'flag'))}")
    here = rule.channels.get("user")
    if name in _WHOLE and (rule.action == "mask" or (here is not None and here.action == "mask")):
        whole: Place = ("guards", name, "action")
        place = whole if rule.action == "mask" else ("guards", name, "channels", "user", "action")
        problem = f"`{name}` judges the whole message: it has no sentence to mask"
        yield entry.fault(place, problem, "choose refuse or raise")
    if not rule.validator:
        given: dict[tuple[str, ...], float | None] = {("threshold",): rule.threshold}
        given |= {("channels", channel, "threshold"): special.threshold for channel, special in rule.channels.items()}
        for where in (where for where, threshold in given.items() if threshold == 0):
            yield entry.fault(("guards", name, *where), "a threshold of 0 fires on every text", "0.5 is usual")


__all__ = ["guard_faults"]
