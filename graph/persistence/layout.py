"""Names of the checkpointer's keys in Redis. Pure.

``fd:checkpoint:{<thread>}:<namespace>:<checkpoint>``   hash: one checkpoint and the writes that wait on it
``fd:history:{<thread>}``                               sorted set: ``<namespace>:<checkpoint>``, in order of time

The braces make one thread's keys share a cluster slot. Each part is encoded so that no id can name another's key,
whatever it holds: colons, braces, commas, glob signs, capitals (which a tag of the search index would fold).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from langchain_core.runnables import RunnableConfig

PREFIX = "fd:checkpoint"
HISTORY = "fd:history"

_SAFE = re.compile(r"[0-9a-z-]+")
_KEY = re.compile(rf"{PREFIX}:\{{([^}}]+)\}}:(.+)")


def encode(part: str) -> str:
    """Return ``part`` itself where it is lower-case letters, digits and dashes; else a dot and its UTF-8 in hex."""
    return part if _SAFE.fullmatch(part) else "." + part.encode("utf-8", "surrogatepass").hex()


def decode(code: str) -> str:
    """Undo :func:`encode`."""
    return bytes.fromhex(code[1:]).decode("utf-8", "surrogatepass") if code.startswith(".") else code


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """One checkpoint's place."""

    thread: str
    namespace: str
    """Empty for the root graph."""
    checkpoint: str

    @property
    def member(self) -> str:
        """Its entry in the thread's history."""
        return f"{encode(self.namespace)}:{encode(self.checkpoint)}"

    @property
    def key(self) -> str:
        """Its hash."""
        return stem(self.thread) + self.member


def place_in(config: RunnableConfig, checkpoint: str) -> Place:
    """Return the place of a checkpoint in the thread and namespace that LangGraph's configuration names."""
    names = config["configurable"]
    return Place(str(names["thread_id"]), names.get("checkpoint_ns", ""), checkpoint)


def stem(thread: str) -> str:
    """Return what the names of all checkpoints of a thread begin with."""
    return f"{PREFIX}:{{{encode(thread)}}}:"


def history(thread: str) -> str:
    """Return the key of a thread's history."""
    return f"{HISTORY}:{{{encode(thread)}}}"


def span(namespace: str) -> tuple[str, str]:
    """Return the lexicographic bounds (low, high) of a namespace's entries in a history."""
    code = encode(namespace)
    return f"[{code}:", f"({code};"  # ';' follows ':' in ASCII


def place_of(thread: str, member: str) -> Place:
    """Return the place that an entry of a thread's history names."""
    namespace, _, checkpoint = member.partition(":")
    return Place(thread, decode(namespace), decode(checkpoint))


def place_at(key: str) -> Place | None:
    """Return the place that a checkpoint's key names; None for any other key."""
    found = _KEY.fullmatch(key)
    return place_of(decode(found[1]), found[2]) if found else None


def thread_at(key: str) -> str:
    """Return the thread whose history ``key`` is."""
    return decode(key.removeprefix(f"{HISTORY}:{{").removesuffix("}"))


def tagged(thread: str, rest: str) -> str:
    """Return a key of another store's that belongs to a thread: ``fd:{<thread>}:<rest>``."""
    return f"fd:{{{encode(thread)}}}:{rest}"


def patterns(thread: str) -> tuple[str, str]:
    """Return the SCAN patterns that find every key of the checkpointer which belongs to a thread."""
    return f"{stem(thread)}*", history(thread)
