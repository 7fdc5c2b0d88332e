"""What is odd about a desk's prices: warnings of ``frontdesk check``."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.desk.chains import ROLES
from frontdesk.desk.config import DeskConfig
from frontdesk.desk.draft import Entry
from frontdesk.desk.modelling import Link, Spending
from frontdesk.desk.names import shown
from frontdesk.errors import Fault

LEVELS = ("turn", "thread", "principal", "tenant")


def price_warnings(entry: Entry[DeskConfig]) -> Iterator[Fault]:
    """Yield what is odd about prices, with which a desk opens all the same.

    That is a model without a price where money is limited: it would cost nothing. And a price of a model that no role
    names, where roles name some: a slip of the pen, or a model that a variable brings.

    Args:
        entry: The desk's configuration.
    """
    models, named = entry.record.models, dict[str, tuple[str | int, ...]]()
    priced = {*models.prices}
    for role in ROLES:
        chain = getattr(models, role)
        for index, one in enumerate(chain if isinstance(chain, list) else [chain]):
            if isinstance(one, str | Link) and one != "keyless":
                link = one if isinstance(one, Link) else Link(model=one)
                at = (index,) if isinstance(chain, list) else ()
                named.setdefault(link.model, ("models", role, *at))
                priced |= {link.model} if link.price else set()
    if _money(entry.record.budgets.spending):
        for model, place in named.items():
            if model not in priced and model.partition(":")[2] not in priced:
                problem = f"money is limited, and `{shown(model)}` has no price: it counts as free"
                yield entry.fault(place, problem, "give its price per million tokens in `models.prices`")
    known = {*named, *(model.partition(":")[2] for model in named)}
    for model in models.prices:
        if named and model not in known:
            yield entry.fault(
                ("models", "prices", model), f"no role names the model `{shown(model)}`", "check its name"
            )


def _money(spending: Spending) -> bool:
    return any(getattr(spending, level).cost is not None for level in LEVELS)


__all__ = ["price_warnings"]
