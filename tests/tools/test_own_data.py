"""The desk connector: options that fit, and calls for the caller alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from frontdesk.errors import ConfigurationError, ConsentError, ToolFailedError, ToolRefusedError
from frontdesk.graph.identity import Caller
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.owndata import option_faults
from frontdesk.tools.registry import backends

TOOLS = Path(__file__).parents[2] / "desks" / "retail" / "tools"
OWN = (
    "erase_my_data",
    "export_my_data",
    "stop_remembering",
    "start_remembering",
    "list_memories",
    "correct_memory",
    "forget_memory",
    "forget_memories",
)


def contract(name: str, **changes: Any) -> ToolContract:
    record = YAML(typ="safe").load(TOOLS / f"{name}.yaml")
    options = {**record["connector"]["options"], **changes.pop("options", {})}
    options = {key: value for key, value in options.items() if value != "absent"}
    return ToolContract.model_validate({**record, **changes, "connector": {"kind": "desk", "options": options}})


@dataclass
class OwnDouble:
    """Remembers who asked for what."""

    purposes: Collection[str] = ("memory",)
    asked: list[tuple[str, Caller]] = field(default_factory=list)

    async def erase(self, caller: Caller) -> dict[str, Any]:
        self.asked.append(("erase", caller))
        return {"request": "R-1"}

    async def export(self, caller: Caller) -> dict[str, Any]:
        self.asked.append(("export", caller))
        return {"conversations": 1}

    async def consent(self, caller: Caller, purpose: str, *, granted: bool) -> dict[str, Any]:
        if purpose not in self.purposes:
            raise ConsentError("no such purpose")
        self.asked.append((f"{purpose}={granted}", caller))
        return {"granted": granted, "removed": 0}

    async def memories(self, caller: Caller) -> dict[str, Any]:
        self.asked.append(("memories", caller))
        return {"remembers": True, "memories": []}

    async def matched(self, caller: Caller, what: str) -> list[str]:
        return {"one": ["is vegan"], "stuck": ["is vegan"], "two": ["is vegan", "has 2 cats"]}.get(what, [])

    async def forget(self, caller: Caller, what: str) -> list[str]:
        self.asked.append((f"forget {what}", caller))
        return [] if what == "stuck" else await self.matched(caller, what)

    async def correct(self, caller: Caller, what: str) -> list[dict[str, str]]:
        self.asked.append((f"correct {what}", caller))
        return [{"before": "a", "after": "b"}] if what == "one" else []


@pytest.mark.parametrize("name", OWN)
def test_the_shipped_contracts_fit(name: str) -> None:
    assert list(option_faults(contract(name), ["memory"])) == []


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("erase_my_data", {"options": {"operation": "shred"}}, "no such operation"),
        ("erase_my_data", {"options": {"operation": ["erase"]}}, "no such operation"),
        ("erase_my_data", {"options": {"operation": "absent"}}, "no such operation"),
        ("erase_my_data", {"options": {"subject": "C-1"}}, "wrong options"),
        ("erase_my_data", {"confirm": "never"}, "not confirmed"),
        ("erase_my_data", {"owner": None}, "no owner argument"),
        ("erase_my_data", {"owner": {"result": "customer_id"}}, "no owner argument"),
        ("erase_my_data", {"precheck": {"options": {}}}, "no lookup"),
        ("export_my_data", {"effect": "write"}, "wrong `effect`"),
        ("stop_remembering", {"effect": "read"}, "wrong `effect`"),
        ("stop_remembering", {"confirm": "always"}, "waits for a second yes"),
        ("start_remembering", {"confirm": "never"}, "without being asked"),
        ("start_remembering", {"options": {"granted": "yes"}}, "neither true nor false"),
        ("start_remembering", {"options": {"purpose": "advertising"}}, "unknown purpose"),
        ("start_remembering", {"options": {"purpose": ["memory"]}}, "unknown purpose"),
        ("start_remembering", {"options": {"purpose": "absent"}}, "wrong options"),
        ("list_memories", {"effect": "write"}, "wrong `effect`"),
        ("forget_memory", {"effect": "read"}, "wrong `effect`"),
        ("forget_memory", {"options": {"several": False}}, "no lookup"),
        ("forget_memory", {"options": {"several": "no"}}, "neither true nor false"),
        ("forget_memory", {"confirm": "never"}, "forgotten unasked"),
        ("forget_memory", {"precheck": None}, "forgotten unasked"),
        ("forget_memories", {"confirm": "never"}, "forgotten unasked"),
        ("forget_memories", {"precheck": None}, "forgotten unasked"),
        (
            "correct_memory",
            {"input": {"type": "object", "properties": {"what": {"type": "string"}}}},
            "no argument `what`",
        ),
    ],
)
def test_what_does_not_fit_is_told(name: str, changes: dict[str, Any], said: str) -> None:
    faults = list(option_faults(contract(name, **changes), ["memory"]))
    assert [problem for problem, _ in faults if said in problem], faults
    assert all(remedy for _, remedy in faults)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("erase_my_data", "erase"),
        ("export_my_data", "export"),
        ("stop_remembering", "memory=False"),
        ("start_remembering", "memory=True"),
    ],
)
async def test_a_call_is_made_for_the_caller_alone(name: str, asked: str) -> None:
    own = OwnDouble()
    backend = backends(["desk"], Resources(own=own))["desk"]
    call = Invocation(name, {"customer_id": "C-9999"}, "C-1", 0.0, "key", "shop", "thread", "turn")
    result = await backend.run(contract(name).connector.options, call)
    ((what, caller),) = own.asked
    who = caller.principal
    assert (what, who.subject, who.tenant, caller.thread_id, caller.turn_id) == (asked, "C-1", "shop", "thread", "turn")
    assert who.scopes == frozenset()
    assert result["customer_id"] == "C-1"


async def by_words(name: str, what: str, **changes: Any) -> tuple[OwnDouble, dict[str, Any]]:
    own = OwnDouble()
    backend = backends(["desk"], Resources(own=own))["desk"]
    options = changes or contract(name).connector.options
    return own, await backend.run(
        options, Invocation(name, {"what": what}, "C-1", 0.0, "key", "shop", "thread", "turn")
    )


async def test_one_memory_is_forgotten_and_named() -> None:
    own, result = await by_words("forget_memory", "one")
    assert result == {"forgotten": ["is vegan"], "customer_id": "C-1"}
    assert [what for what, _ in own.asked] == ["forget one"]


async def test_what_could_not_be_removed_is_not_said_to_be_gone() -> None:
    with pytest.raises(ToolFailedError):
        await by_words("forget_memory", "stuck")


async def test_several_are_named_before_they_are_forgotten() -> None:
    own, result = await by_words("forget_memories", "two", operation="matched")
    assert (result["count"], result["listed"], own.asked) == (2, "is vegan; has 2 cats", [])


async def test_a_desk_that_forgets_one_thing_at_a_time_refuses_more() -> None:
    with pytest.raises(ToolRefusedError, match="More than one of my notes fits: is vegan; has 2 cats"):
        await by_words("forget_memory", "two", operation="forget", several=False)


@pytest.mark.parametrize(
    ("name", "what", "said"),
    [
        ("forget_memory", "none", "nothing of that kind"),
        ("forget_memories", "none", "nothing of that kind"),
        ("correct_memory", "none", "could not tell"),
    ],
)
async def test_what_is_not_clear_changes_nothing(name: str, what: str, said: str) -> None:
    with pytest.raises(ToolRefusedError, match=said):
        await by_words(name, what)


async def test_what_the_desk_does_not_offer_is_refused() -> None:
    backend = backends(["desk"], Resources(own=OwnDouble(purposes=())))["desk"]
    with pytest.raises(ToolRefusedError, match="nothing to change"):
        await backend.run(contract("start_remembering").connector.options, Invocation("t", {}, "C-1", 0.0))


def test_without_the_stores_there_is_no_connector() -> None:
    with pytest.raises(ConfigurationError, match="own stores"):
        backends(["desk"], Resources())
