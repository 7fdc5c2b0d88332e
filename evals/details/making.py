"""Makes talks with known details: ids, sums, dates, people, choices, corrections, tool calls, promises, small talk."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from frontdesk.evals.details.saying import Saying, bank
from frontdesk.evals.details.talks import Bank, Exchange, Fact, Talk, Unit
from frontdesk.evals.details.values import Values

_BUDGET = "my budget is {v}"


def talk(seed: int, turns: int, times: int = 1, of: Bank = "first") -> Talk:
    """Return a talk.

    Args:
        seed: The same gives the same.
        turns: Exchanges; more than the details need are small talk and questions.
        times: How often the set of details (some 25) is in it.
        of: The bank of phrases.
    """
    chance = random.Random(seed)  # noqa: S311 - to draw, not to hide
    maker = _Maker(chance, Values(chance, bank()["places"]), of=of)
    units = [unit for _ in range(times) for unit in maker.units()]
    chance.shuffle(units)
    used = sum(len(unit) for unit in units)
    units += [[maker.noise()] for _ in range(max(0, turns - used))]
    chance.shuffle(units)
    return Talk(
        [each for unit in units for each in unit][:turns]
        if used <= turns
        else [each for unit in units for each in unit]
    )


@dataclass
class _Maker(Saying):
    """Makes exchanges that belong together."""

    def units(self) -> list[Unit]:
        """Return exchanges that belong together, one after the other."""
        made: list[Unit] = [
            self.plain(kind) for kind in ("code", "time", "person", "reach", "flat", "size", "place", "date")
        ]
        made += [
            self._corrected(kind)
            for kind in self.chance.sample(("order", "code", "amount", "date", "time", "person"), 3)
        ]
        made += [self._day(), self._figure(), self._place()]
        if _BUDGET not in self.told:
            made.append(self._budget())
        made += [self._choice(), self._changed_choice(), self._refusal()]
        made += [self._joined(), self._promise(), self._promise(), self._looked_up(), self._done(), self._half()]
        return made

    def _between(self, most: int) -> Unit:
        return [self.noise() for _ in range(self.chance.randint(0, most))]

    def _then(self, first: Unit, kind: str, new: str, shown: str = "", **values: str) -> Unit:
        """Return the first exchange and the one that corrects it, soon after where it does not name the old value."""
        old = first[0].facts[0].value
        core, part = self.phrase(kind, new=new, old=old, **values)
        fact = Fact(f"corrected {first[0].facts[0].kind}", part, shown or new, old)
        named = old in core
        second = Exchange(self.said(core, framed=False), self.reply(), facts=(fact,), ends=(old,))
        return [*first, *self._between(6 if named else 1), second]

    def _corrected(self, kind: str) -> Unit:
        first = self.plain(kind)
        old = first[0].facts[0].value
        new = self.values.near(old) if kind == "order" else self.value(kind)
        return self._then(first, "corrected", new, also=kind)

    def _day(self) -> Unit:
        first = self.plain("date")
        new, day, before = self.values.other_day(first[0].facts[0].value)
        return self._then(first, "corrected_day", new, newday=day, oldday=before)

    def _figure(self) -> Unit:
        bare = self.values.figure()
        return self._then(self.plain("amount"), "corrected_figure", bare, bare=bare)

    def _budget(self) -> Unit:
        value = self.values.amount()
        self.told.append(_BUDGET)
        first = Exchange(self.said(_BUDGET.format(v=value)), self.reply(), facts=(Fact("amount", "seen", value),))
        return self._then([first, *self._between(5)], "corrected_budget", self.values.amount())

    def _place(self) -> Unit:
        return self._then(self.plain("place"), "corrected_place", self.values.place())

    def _options(self) -> tuple[str, str]:
        options = self.chance.choice(
            [pair for pair in bank()["choices"] if pair[0] not in self.told] or bank()["choices"]
        )
        self.told += options
        first, second = self.chance.sample(list(options), 2)
        return first, second

    def _choice(self) -> Unit:
        value, _ = self._options()
        core, part = self.phrase("chosen", v=value)
        return [Exchange(self.said(core), self.reply(), facts=(Fact("chosen", part, value),))]

    def _changed_choice(self) -> Unit:
        value, other = self._options()
        core, part = self.phrase("chosen", v=value)
        return self._then(
            [Exchange(core, self.reply(), facts=(Fact("chosen", part, value),))], "corrected_choice", other
        )

    def _refusal(self) -> Unit:
        value = self.chance.choice([each for each in bank()["refusals"] if each not in self.told] or bank()["refusals"])
        self.told.append(value)
        shown = value.split(" ", 1)[-1] if value.startswith(("the ", "an ")) else value
        core, part = self.phrase("declined", v=value)
        if core.startswith("no the ") or core.startswith("no an "):
            core = f"no {shown}{core.split(shown, 1)[1]}"
        return [Exchange(self.said(core), self.reply(), facts=(Fact("declined", part, shown),))]

    def _joined(self) -> Unit:
        first = self.plain("order")
        other = self.values.near(first[0].facts[0].value)
        core, part = self.phrase("joined", v=other)
        return [*first, *self._between(1), Exchange(core, self.reply(), facts=(Fact("joined order", part, other),))]

    def _promise(self) -> Unit:
        value = self.values.date()
        core, part = self.phrase("promised", v=value)
        return [replace(self.noise(), reply=f"{self.reply()} {core}", facts=(Fact("promised", part, value),))]

    def _looked_up(self) -> Unit:
        """Return two look-ups of one order: the newer result holds."""
        (first,) = self.plain("order")
        order, before, after = first.facts[0].value, self.values.code(), self.values.code()
        return [
            replace(first, call=self._order(order, before), intent="order_status"),
            *self._between(4),
            Exchange(
                f"and now, any news on {order}?", self.reply(), call=self._order(order, after), intent="order_status",
                facts=(Fact("looked up", "state", after, before),), ends=(before,),
            ),
        ]  # fmt: skip

    def _order(self, order: str, tracking: str) -> tuple[str, Mapping[str, Any], Mapping[str, Any]]:
        status = self.chance.choice(("processing", "packed", "in transit", "at the depot"))
        items = [
            {"sku": f"SKU{n}", "name": "a piece of furniture", "quantity": 1, "note": "as ordered"} for n in range(3)
        ]
        return (
            "get_order",
            {"order_id": order},
            {"order_id": order, "status": status, "tracking": tracking, "items": items},
        )

    def _done(self) -> Unit:
        order = self.values.order()
        told = Exchange(
            "yes, do that", self.reply(),
            call=("cancel_order", {"order_id": order}, {"order_id": order, "status": "cancelled"}),
            intent="cancel_order", facts=(Fact("done", "state", order),),
        )  # fmt: skip
        return [told]

    def _half(self) -> Unit:
        order = self.values.order()
        waits = {"intent": "return_item", "slots": {"order_id": order}}
        fact = Fact("open task", "state", order)
        return [Exchange("I'd also like to send something back, later", self.reply(), facts=(fact,), waiting=waits)]


__all__ = ["talk"]
