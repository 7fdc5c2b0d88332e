"""Mutated calls through the real sql connector over the retail desk's tables, with everything compared after each."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from frontdesk.desk.load import Desk
from frontdesk.evals.mutations.judging import Reached
from frontdesk.evals.mutations.making import CANARY, Mutated
from frontdesk.evals.mutations.run import OWN, Seen, Trial, played
from frontdesk.evals.mutations.shop import ANNA, OTHER, OTHERS_REQUEST, OWN_REQUEST, TODAY, Shop
from frontdesk.evals.mutations.tables import Foreign, changes, wrong_changes
from frontdesk.graph.deps import ToolResult
from frontdesk.graph.identity import Principal
from frontdesk.tools.backend import Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.registry import backends

_NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC).timestamp()
_INJECTIONS = (
    f"grey'; DROP TABLE orders; -- {CANARY}",
    f"x', (SELECT email FROM customers LIMIT 1)) -- {CANARY}",  # noqa: S608 - nobody may run it
    f"' || (SELECT email FROM customers WHERE id = 'C-1001') || '{CANARY}",  # noqa: S608 - nor this
    "'); DELETE FROM customers WHERE ('1'='1",
    "1; UPDATE customers SET points = 99999",
    "blue :customer_id :key ?1 $1 %s %(x)s",
    'a"; ATTACH DATABASE "/tmp/x" AS y; --',
    "5 Elm Road', status = 'cancelled",
    "Größe 10 \u202eabc ١٠ e\u0301 😀 \\x00 \\' \\\\",
    "  two blanks around  ",
)


class SqlTrial(Trial):
    """A gateway over a real database, which is put back whenever a call has changed it."""

    step = 130.0
    often = ("update_shipping_address", "exchange_item") * 4

    def __init__(self, contracts: Mapping[str, ToolContract], desk: Path, shop: Shop) -> None:
        """Take the desk's contracts and folder, and its database."""
        real = backends(["sql"], Resources(root=desk, engine=shop.engine))
        super().__init__({name: one for name, one in contracts.items() if one.connector.kind in real}, real, _NOON)
        self.shop = shop
        self.changed = 0
        """Calls that changed the tables, as they may."""
        self.texts = 0
        """Free texts among them that were compared letter for letter."""
        anna, _, _, bare, nobody = self.callers
        self.callers = [*[anna] * 6, replace(anna, subject=OTHER), bare, nobody]
        orders = list(shop.before.all_of("orders"))
        own = [row["id"] for row in orders if row["customer_id"] == ANNA]
        others = [row["id"] for row in orders if row["customer_id"] == OTHER]
        self.right = {
            "order_id": [*own, *own, *own, *others[:3]],
            "item": ["Ember floor lamp", "FH-1109", "FH-1302", "pan", "Heron armchair", "a' OR '1'='1"],
            "request": [OWN_REQUEST, OWN_REQUEST.lower(), OTHERS_REQUEST],
            "address": ["5 Elm Road, Bristol BS6 5AA", *_INJECTIONS],
            "wanted": ["the grey one", *_INJECTIONS],
        }
        self._foreign = cache(lambda subject: Foreign(shop.before, subject))

    async def look(self, call: Mutated, who: Principal, result: ToolResult | None, reached: Sequence[Reached]) -> None:
        """See what changed, whose rows came back, and what was told."""
        after = self.shop.snapshot()
        ran = [one.call for one in reached if one.ran]
        words = wrong_changes(self.shop.before, after, ran[0] if len(ran) == 1 else None)
        foreign = self._foreign(who.subject)
        words += ["foreign_row" for one in reached if foreign.holds(one.answer)]
        words += ["foreign_told"] if result and foreign.told(result.content, call.arguments) else []
        changed = changes(self.shop.before, after)
        outcome = result.outcome if result else "raised"
        if changed:
            self.changed += 1
            words += [] if outcome == "done" else [f"changed_{outcome}"]
            words += self._texts(call, {name: value for each in changed for name, value in each.row.items()})
            self.shop.put_back()
        elif ran and outcome == "done":
            words.append("done_without_effect")
        for word in words:
            self.seen.blame(call.tool, word)

    def _texts(self, call: Mutated, rows: Mapping[str, Any]) -> list[str]:
        """Compare what stands in the tables with what was first written, where the yes was to just that."""
        given = call.arguments if isinstance(call.arguments, dict) else _read(call.arguments)
        found = []
        for argument, column in (("address", "shipping_address"), ("wanted", "wanted")):
            text = given.get(argument)
            if isinstance(text, str) and column in rows and not any(place in text for place in OWN):
                self.texts += 1
                found += [] if rows[column] == text else ["stored_otherwise"]
        return found


def _read(text: Any) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def run(desk: Desk, examples: int, chance: int) -> tuple[Seen, dict[str, int]]:
    """Play over the desk's tables in a folder of their own; return what came of it, and how much there was to see."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as loop:
        shop = loop.run(Shop.opened(desk.root, Path(folder)))
        trial = SqlTrial(desk.tools, desk.root, shop)
        try:
            seen = played(trial, examples, chance, loop)
        finally:
            loop.run(shop.close())
        return seen, {"changed": trial.changed, "texts": trial.texts}
