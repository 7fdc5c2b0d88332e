"""What each store holds on a person, in clear, as plain data: the ``read`` of its entry in the register of holdings.

Texts are kept masked, so values are put back from the vault of the thread they belong to, as in a reply: numbers of
cards and secrets stay covered, because a file travels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import orjson
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from redis.asyncio import Redis

from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.holdings import Person, Read, kind_of
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.protocols import Vault
from frontdesk.nodes.scrub.restore import restore_text, restore_value

if TYPE_CHECKING:
    from frontdesk.graph.persistence.life.consent import RedisConsents
    from frontdesk.nodes.handoff.desk import RedisHandoffDesk
    from frontdesk.nodes.handoff.holding import ReadTickets
    from frontdesk.tools.ledger import RedisLedger


def moment(seconds: float | str) -> str:
    """Return a Unix time in seconds as ISO 8601 in UTC."""
    return datetime.fromtimestamp(float(seconds), UTC).isoformat(timespec="seconds")


def conversations(saver: BaseCheckpointSaver[Any], vault: Vault) -> Read:
    """Read the threads' state: messages, summary, key details and what waits for a yes."""

    async def read(person: Person) -> list[dict[str, Any]]:
        found = [await _conversation(saver, thread, await _known(vault, person, thread)) for thread in person.threads]
        return [conversation for conversation in found if conversation]

    return read


def values(vault: Vault) -> Read:
    """Read the values behind placeholders."""

    async def read(person: Person) -> list[dict[str, Any]]:
        known = {thread: await _known(vault, person, thread) for thread in person.threads}
        return [
            {"thread": thread, "placeholder": placeholder, "value": restore_text(placeholder, held)}
            for thread, held in known.items()
            for placeholder in held
        ]

    return read


def turns(client: Redis, sealer: Sealer) -> Read:
    """Read accepted messages that wait for their answer, and replies that are kept for a message sent twice."""

    async def read(person: Person) -> list[dict[str, Any]]:
        found = []
        for key in _of(person, "inbox"):
            blob = await client.get(key)
            record = orjson.loads(sealer.open(cast("bytes", blob), key.encode())) if blob else {}
            if "reply" in record:
                found.append({"thread": record["reply"].get("thread_id", ""), "reply": record["reply"].get("text", "")})
            elif record:
                found.append({"thread": record["caller"]["thread"], "message": record["text"]})
        return found

    return read


def consents(words: RedisConsents) -> Read:
    """Read what the person allowed or refused."""

    async def read(person: Person) -> list[dict[str, Any]]:
        return [
            {
                "purpose": word.purpose,
                "granted": word.granted,
                "at": moment(word.at),
                "how": word.how,
                "text_version": word.text,
                "id": word.id,
            }
            for word in (await words.words(person.principal) if person.mark else ())
        ]

    return read


def calls(ledger: RedisLedger) -> Read:
    """Read the changes that were made on the person's word."""

    async def read(person: Person) -> list[dict[str, Any]]:
        entries = await ledger.entries(_of(person, "call"))
        return [{**entry, "at": moment(entry["at"])} for entry in entries]

    return read


def tickets(desk: RedisHandoffDesk, vault: Vault) -> ReadTickets:
    """Read tickets, with what the person wrote meanwhile."""

    async def read(person: Person, ids: Sequence[str]) -> list[dict[str, Any]]:
        found = []
        for id in ids:
            if record := await desk.read(id):
                known = await _known(vault, person, record["thread"])
                found.append({**restore_value(record, known), "opened_at": moment(record["opened_at"])})
        return found

    return read


def threads(client: Redis) -> Read:
    """Read the register: which threads there are, and when each was last used."""

    async def read(person: Person) -> list[dict[str, Any]]:
        found = []
        for key in _of(person, "threads"):
            for thread, at in cast("list[tuple[bytes, float]]", await client.zrange(key, 0, -1, withscores=True)):
                found.append({"thread": thread.decode(), "last_used": moment(at)})
        return found

    return read


def _of(person: Person, kind: str) -> Iterable[str]:
    return [key for key in person.keys or () if kind_of(key) == kind]


async def _known(vault: Vault, person: Person, thread: str) -> dict[str, str]:
    return await vault.load(Caller(person.principal, thread, "export"), prolong=False)


async def _conversation(saver: BaseCheckpointSaver[Any], thread: str, known: dict[str, str]) -> dict[str, Any]:
    """Read one thread. A message's time is that of the first state that is kept and has it: at or before that."""
    config = RunnableConfig(configurable={"thread_id": thread, "checkpoint_ns": ""})
    states = [found.checkpoint async for found in saver.alist(config)]
    if not states:
        return {}
    said: dict[str, dict[str, str]] = {}
    for state in reversed(states):
        for message in state["channel_values"].get("messages", []):
            if isinstance(message, BaseMessage) and message.text:
                line = {"role": _role(message), "text": restore_text(str(message.text), known), "by": state["ts"]}
                said.setdefault(message.id or line["text"], line)
    newest = states[0]["channel_values"]
    kept = {name: newest[name] for name in ("summary", "details", "task", "proposal", "ticket") if newest.get(name)}
    return {"thread": thread, "last": states[0]["ts"], "messages": [*said.values()], **restore_value(kept, known)}


def _role(message: BaseMessage) -> str:
    return "customer" if isinstance(message, HumanMessage) else "desk" if isinstance(message, AIMessage) else "system"
