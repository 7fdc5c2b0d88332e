"""The checks that exist, one per file of ``checks/``, and those of a desk: built, each with its policy per channel."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.guarding import SESSION, TIER2, GuardChannel, GuardRule, Policy
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.guard import checks
from frontdesk.nodes.guard.check import Check
from frontdesk.nodes.guard.foreign import load_validator

THRESHOLD = 0.5
"""Where a check fires unless the desk says otherwise."""
RESERVED = (SESSION, TIER2)
"""Policies that belong to no single check."""


def check_of(name: str, module: ModuleType) -> type[Check]:
    """Return the check that a file defines.

    Raises:
        ConfigurationError: The file has no ``CHECK``, or it is not registered under the file's name.
    """
    found = getattr(module, "CHECK", None)
    if not (isinstance(found, type) and issubclass(found, Check)):
        raise ConfigurationError(f"nodes/guard/checks/{name}.py must define CHECK, a subclass of Check")
    if found.rail_alias != f"frontdesk/{name}":
        raise ConfigurationError(f"nodes/guard/checks/{name}.py must register its check as frontdesk/{name}")
    return found


def known_checks() -> dict[str, type[Check]]:
    """Return every check by name, sorted by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(checks.__path__))
    return {name: check_of(name, importlib.import_module(f"{checks.__name__}.{name}")) for name in names}


def build_checks(config: DeskConfig | None = None, *, on_fail: str = "noop") -> dict[str, Any]:
    """Return the validators of a desk by name, ours first: those that look at any channel.

    Args:
        config: The desk; without one, the checks that run by default.
        on_fail: guardrails-ai's action of our checks; the rail itself does not need one.

    Raises:
        ConfigurationError: ``guards`` names a check or an option that does not exist, or a validator that cannot be
            had.
    """
    rules: Mapping[str, GuardRule] = config.guards if config else {}
    known = known_checks()
    foreign = {name: rule for name, rule in rules.items() if rule.validator}
    unknown = sorted(set(rules) - set(known) - set(foreign) - set(RESERVED))
    if unknown:
        raise ConfigurationError(
            f"unknown guards {unknown}; the guards are {sorted([*known, *RESERVED])}, or one with a `validator`"
        )
    found = {
        name: build_check(name, check, config, on_fail=on_fail)
        for name, check in known.items()
        if any(policy_of(rules.get(name, GuardRule()), channel, check).enabled for channel in check.channels)
    }
    for name, rule in foreign.items():
        if name in known or name in RESERVED:
            raise ConfigurationError(f"guards.{name}: a check of ours has this name; give the validator another one")
        if rule.enabled is not False:
            found[name] = load_validator(name, rule)
    return found


def build_check(name: str, check: type[Check], config: DeskConfig | None, *, on_fail: str = "noop") -> Check:
    """Build one of our checks with the desk's options.

    Raises:
        ConfigurationError: It has no such option, or not with this value.
    """
    rule = (config.guards if config else {}).get(name, GuardRule())
    takes = inspect.signature(check.__init__).parameters
    options = dict(rule.options)
    allowed = sorted(n for n, p in takes.items() if p.kind is p.KEYWORD_ONLY)
    unknown = sorted(set(options) - set(allowed))
    if unknown:
        problem = f"guards.{name}.options: there is no option {', '.join(f'`{option[:40]}`' for option in unknown)}"
        raise ConfigurationError(f"{problem}; " + (f"it takes {', '.join(allowed)}" if allowed else "it takes none"))
    if config and "limit" in allowed:
        options.setdefault("limit", config.budgets.message_chars)
    if config and "languages" in allowed:
        options.setdefault("languages", config.languages)
    policy = policy_of(rule, "user", check)
    try:
        return check(threshold=policy.threshold, on_fail=on_fail, **options)
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"guards.{name}.options: {error}") from error


def policy_of(rule: GuardRule, channel: GuardChannel, check: type[Check] | None = None) -> Policy:
    """Return what applies on a channel.

    Args:
        rule: What the desk says.
        channel: Where the text comes from.
        check: Whose defaults fill in; None: a foreign validator, which looks at customers' messages unless the desk
            switches it on elsewhere.
    """
    if check is None:
        found = rule.on(channel, threshold=0.0, action="refuse")
        looks = channel == "user"
    else:
        found = rule.on(channel, threshold=THRESHOLD, action=check.action, enabled=check.enabled)
        looks = channel in check.channels
    here = rule.channels.get(channel)
    # `enabled` of the whole check does not send it where it has nothing to look for; the channel's own does
    return found if looks or (here is not None and here.enabled) else replace(found, enabled=False)


__all__ = ["RESERVED", "THRESHOLD", "build_check", "build_checks", "check_of", "known_checks", "policy_of"]
