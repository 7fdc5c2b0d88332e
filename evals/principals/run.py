"""Every wrong caller against every tool, with arguments that are right."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from frontdesk.evals.principals.door import NOW, OTHER, OWN, TENANT, THEIRS, THREAD, Attempt, Door
from frontdesk.graph.identity import ANONYMOUS, Principal
from frontdesk.graph.state import Proposal
from frontdesk.tools.contract import ToolContract, Verified


def good(contracts: Mapping[str, ToolContract]) -> Principal:
    """Return a caller who may do everything."""
    scopes = frozenset(scope for item in contracts.values() for scope in item.scopes)
    roles = frozenset(role for item in contracts.values() for role in item.roles) | {"customer"}
    return Principal(OWN, TENANT, scopes, roles, "strong", NOW + 60)


def controls(contracts: Mapping[str, ToolContract]) -> Iterator[Attempt]:
    """Yield, for every tool, the call of somebody who may."""
    who = good(contracts)
    for name in contracts:
        yield Attempt("control", name, who, allowed=True)
        yield Attempt("control_no_expiry", name, replace(who, expires_at=0.0), allowed=True)


def wrong(contracts: Mapping[str, ToolContract]) -> Iterator[Attempt]:
    """Yield the calls of callers who may not, over every tool that is not everybody's."""
    who = good(contracts)
    for name, contract in contracts.items():
        for expired in (NOW, NOW - 1, NOW - 86_400, 1.0):
            yield Attempt("expired", name, replace(who, expires_at=expired))
        for tenant in ("other", "Retail", "retail ", "", "default", "rétail"):
            yield Attempt("wrong_tenant", name, replace(who, tenant=tenant))
        if contract.owner or contract.scopes or contract.roles or contract.verified != "none":
            yield Attempt("anonymous", name, replace(who, subject=ANONYMOUS))
            yield Attempt("anonymous_claims", name, Principal(ANONYMOUS, TENANT), {"scopes": sorted(who.scopes)})
        yield from _scopes(contract, who)
        yield from _claims(contract, who)
        yield from _others(contract, who)


def _scopes(contract: ToolContract, who: Principal) -> Iterator[Attempt]:
    needed = sorted(contract.scopes)
    for size in range(len(needed)):
        for kept in itertools.combinations(needed, size):
            for more in (frozenset[str](), who.scopes - set(needed)):
                yield Attempt("missing_scope", contract.name, replace(who, scopes=frozenset(kept) | more))
    for scope in needed:
        for near in (scope.upper(), f"{scope} ", scope.partition(":")[0], f"{scope}:all", "*", "admin:all"):
            yield Attempt("near_scope", contract.name, replace(who, scopes=(who.scopes - {scope}) | {near}))
    if contract.roles:
        for roles in ((), ("Customer ",), ("admin!",), ("guest",)):
            yield Attempt("wrong_role", contract.name, replace(who, roles=frozenset(roles) - set(contract.roles)))
    levels: tuple[Verified, ...] = ("none", "basic", "strong")
    for level in levels[: levels.index(contract.verified)]:
        yield Attempt("not_verified", contract.name, replace(who, verified=level))


def _claims(contract: ToolContract, who: Principal) -> Iterator[Attempt]:
    """What is written into the arguments adds to nothing."""
    if contract.scopes:
        bare = replace(who, scopes=frozenset())
        for extra in (
            {"scopes": sorted(who.scopes)},
            {"role": "admin"},
            {"principal": {"subject": OWN}},
            {"approved": True},
        ):
            yield Attempt("forged_claims", contract.name, bare, extra)


def _others(contract: ToolContract, who: Principal) -> Iterator[Attempt]:
    """Somebody else's id, in the arguments or in the record that the back office has."""
    owner = contract.owner
    if owner is None:
        return
    if owner.argument:
        for other in (
            OTHER,
            "c-1042",
            "C-1042 ",
            "C-01042",
            "C-1О42",
            "",
            None,
            [OWN, OTHER],
            {"$ne": OWN},
            True,
            1043,
        ):
            yield Attempt("other_owner", contract.name, who, {owner.argument: other})
        for key in (owner.argument.upper(), owner.argument.replace("_", ""), owner.argument.replace("_", "-")):
            yield Attempt("other_owner_respelt", contract.name, who, {key: OTHER})
    if owner.result and (contract.effect == "read" or contract.precheck is not None):
        for other in (OTHER, "c-1042", "C-1042 ", "", ANONYMOUS):
            yield Attempt("other_record", contract.name, who, record_of=other)


async def measured(contracts: Mapping[str, ToolContract]) -> dict[str, Any]:
    """Send everything, and return the counts: of those that may not, how many were allowed (0 is right)."""
    door = Door(contracts)
    let: list[str] = []
    kept_out: list[str] = []
    tried: Counter[str] = Counter()
    for attempt in (*controls(contracts), *wrong(contracts)):
        tried[attempt.word] += 1
        allowed = await door.is_allowed(attempt)
        if allowed and not attempt.allowed:
            let.append(f"{attempt.tool}: {attempt.word}")
        if attempt.allowed and not allowed:
            kept_out.append(f"{attempt.tool}: {attempt.word}")
    stolen = await stolen_yes(door)
    tried.update(word for word, _ in stolen)
    let += [word for word, allowed in stolen if allowed]
    wrong_ones = sum(count for word, count in tried.items() if not word.startswith("control"))
    return {"tools": len(contracts), "combinations": wrong_ones, "allowed": len(let),
            "which": let[:20], "controls": sum(tried.values()) - wrong_ones, "controls_refused": kept_out,
            "by_kind": dict(tried)}  # fmt: skip


async def stolen_yes(door: Door) -> list[tuple[str, bool]]:
    """Use the proposals of one customer as another, from another conversation, and with other arguments."""
    found: list[tuple[str, bool]] = []
    who = good(door.contracts)
    other = replace(who, subject=OTHER)
    for name, contract in door.contracts.items():
        asked = await door.send(Attempt("ask", name, who)) if contract.effect == "write" else None
        if asked is None or asked.proposal is None:
            continue
        agreed = asked.proposal
        for word, attempt, thread in (
            ("others_proposal", Attempt("", name, other, record_of=OTHER, agreed=agreed), THEIRS),
            ("others_proposal_same_thread", Attempt("", name, other, record_of=OTHER, agreed=agreed), THREAD),
            ("others_thread", Attempt("", name, who, agreed=agreed), THEIRS),
            ("forged_id", Attempt("", name, who, agreed=Proposal(**{**agreed, "id": "0" * 32})), THREAD),
            ("late_yes", Attempt("", name, who, agreed=Proposal(**{**agreed, "expires_at": NOW})), THREAD),
        ):
            before = door.records.ran
            result = await door.send(attempt, thread=thread)
            found.append((word, result.outcome in {"done", "approval", "unknown"} or door.records.ran != before))
    return found
