"""Which decisions of before a message ends."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.nodes.remember.decisions import CHANGES
from frontdesk.nodes.remember.details import Detail
from frontdesk.nodes.remember.same import about_same, equal, names_both
from frontdesk.nodes.remember.switching import instead_of


def overruled(text: str, new: Sequence[Detail], ledger: Sequence[Detail]) -> list[tuple[Detail, Detail | None]]:
    """Return the decisions of before that a message ends, each with the choice in its place, if any.

    A choice ends what was declined of the same thing and the other way round; one that is worded as a change of mind
    ends the last choice.
    """
    ended: list[tuple[Detail, Detail | None]] = []
    old = [each for each in ledger if each.kind in {"chosen", "declined"}]
    for detail in new:
        ended.extend((each, None) for each in old if each.kind != detail.kind and about_same(each.text, detail.text))
    chosen = [each for each in new if each.kind == "chosen"]
    last = next((each for each in reversed(old) if each.kind == "chosen"), None)
    changes = CHANGES.search(text) or instead_of(text, [each.text for each in old if each.kind == "chosen"])
    if len(chosen) == 1 and last is not None and changes and not equal(last.text, chosen[0].text):
        named = next(
            (each for each in old if each.kind == "chosen" and names_both(text, each.text, chosen[0].text)), None
        )
        ended.append((named or last, chosen[0]))
    return ended


__all__ = ["overruled"]
