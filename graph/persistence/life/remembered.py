"""What is remembered of a person across conversations, in clear: the ``read`` of two entries of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from frontdesk.graph.persistence.holdings import Person, Read
from frontdesk.graph.persistence.life.readers import moment

if TYPE_CHECKING:
    from frontdesk.nodes.recall.archive import RedisArchive


def episodes(archive: RedisArchive) -> Read:
    """Read what was remembered across conversations, with purpose, consent and end; also what is not used any more."""

    async def read(person: Person) -> list[dict[str, Any]]:
        return [
            {
                "text": item.text,
                "purpose": item.purpose,
                "consent": item.consent,
                "at": moment(item.at),
                "kept_until": moment(item.expires),
            }
            for item in (await archive.items(person.principal) if person.mark else ())
        ]

    return read


def memories(archive: RedisArchive) -> Read:
    """Read preferences and facts, with what they used to be; also what is not used any more."""

    async def read(person: Person) -> list[dict[str, Any]]:
        return [
            {
                "kind": item.kind,
                "about": item.about,
                "text": item.text,
                "at": moment(item.at),
                "kept_until": moment(item.expires),
                "ended": moment(item.ended) if item.ended else "",
                "confidence": round(item.confidence, 2),
                "source": item.source,
                "thread": item.thread,
                "purpose": item.purpose,
                "consent": item.consent,
            }
            for item in (await archive.everything(person.principal) if person.mark else ())
            if item.kind != "episode"
        ]

    return read


__all__ = ["episodes", "memories"]
