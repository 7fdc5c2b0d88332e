"""The export of all that is held on a person (GDPR art. 15 and 20): plain data, and the same as Markdown to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from redis.asyncio import Redis

from frontdesk.desk.config import DeskConfig
from frontdesk.graph.persistence.holdings import Holding, Person, scan
from frontdesk.graph.persistence.life.purposes import version
from frontdesk.graph.persistence.life.readers import moment

FORMAT = "frontdesk-export/1"
LEFT_OUT = (
    {
        "what": "full numbers of cards and secrets such as passwords",
        "why": "they are kept to be recognised only and are shown covered here, because a file travels",
    },
    {
        "what": "names that an app or a website gave a conversation",
        "why": "only keyed digests of them are kept, from which they cannot be read",
    },
    {
        "what": "records of what was done in a customer's name after their time",
        "why": "what is left of them (hour, tool, outcome) leads to nobody any more",
    },
    {
        "what": "the business's own records: account, orders, invoices",
        "why": "they are not held by this assistant; ask the business for them",
    },
)
"""What an export does not hold, and why."""


async def export_of(
    client: Redis, holdings: Sequence[Holding], person: Person, config: DeskConfig, now: float
) -> dict[str, Any]:
    """Return everything that is held on a person.

    Args:
        client: The Redis of all stores.
        holdings: The register of stores.
        person: Whose data.
        config: Says how long things are kept and for which purposes.
        now: Unix time in seconds.

    Returns:
        JSON data: ``{"format", "made_at", "business", "tenant", "subject", "held": {store: [...]}, "kept_for",
        "purposes", "left_out"}``; times are ISO 8601 in UTC, ``kept_for`` is in days.

    Raises:
        SealError: Something was sealed with a key that is not configured. No part is left out silently.
    """
    whole = (await scan(client, person)).person
    held = {holding.name: await holding.export(whole) for holding in holdings}
    return {
        "format": FORMAT,
        "made_at": moment(now),
        "business": config.business,
        "tenant": person.principal.tenant,
        "subject": person.principal.subject,
        "held": {name: records for name, records in held.items() if records},
        "kept_for": config.retention.model_dump(exclude={"anonymise"}),
        "purposes": [
            {"purpose": name, "default": purpose.default, "text": purpose.text, "text_version": version(purpose)}
            for name, purpose in config.consent.items()
        ],
        "left_out": [*LEFT_OUT],
    }


def markdown(export: Mapping[str, Any]) -> str:
    """Return an export as Markdown, for people; everything of the JSON stands in it."""
    head = f"# What {export['business']} holds on {export['subject']}\n\nMade {export['made_at']}, {export['format']}."
    parts = [head]
    for store, records in export["held"].items():
        parts += [f"## {store} ({len(records)})", "\n".join(_item(record) for record in records)]
    parts += ["## How long it is kept, in days", "\n".join(_lines(export["kept_for"], 0))]
    parts += ["## What for", "\n".join(_item(purpose) for purpose in export["purposes"])]
    parts += ["## What is not in here", "\n".join(_item(part) for part in export["left_out"])]
    return "\n\n".join(parts) + "\n"


def _item(record: Mapping[str, Any]) -> str:
    lines = [*_lines(record, 1)]
    return "\n".join(["- " + lines[0].strip().removeprefix("- "), *lines[1:]]) if lines else "-"


def _lines(value: Any, depth: int) -> Iterator[str]:
    """Yield nested data as an indented list."""
    indent = "  " * depth
    if isinstance(value, Mapping):
        for name, part in value.items():
            if isinstance(part, Mapping | list | tuple) and part:
                yield f"{indent}- {name}:"
                yield from _lines(part, depth + 1)
            else:
                yield f"{indent}- {name}: {_plain(part)}"
    elif isinstance(value, list | tuple):
        for part in value:
            if isinstance(part, Mapping | list | tuple):
                yield f"{indent}-"
                yield from _lines(part, depth + 1)
            else:
                yield f"{indent}- {_plain(part)}"


def _plain(value: Any) -> str:
    """Return a value on one line; a text's own line breaks and marks must not build a list of their own."""
    return " ".join(str("" if value is None else value).split())
