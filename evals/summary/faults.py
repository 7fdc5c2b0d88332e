"""What a summary model has been seen to answer instead of a summary."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from frontdesk.nodes.remember.notes import LABELS, MOST_ITEMS
from frontdesk.testing.openai_server import OpenAIServer, Request
from frontdesk.testing.replies import Reply, error

POISON: Final = ("99999", "<EMAIL_9>", "xylophone", "sorry", "leider", "777.77", "language model")
"""What only a bad answer says: none of it may ever stand in a summary."""
_LINE = re.compile(r"^Customer: (.*)$", re.MULTILINE)
_BASE = re.compile(r"\ASummary so far:\n(.*?)\n\nConversation to add:\n", re.DOTALL)

Notes = dict[str, Any]


def good(source: str) -> Notes:
    """Return what a good model writes: the newest requests in its own order, and what it can of the summary so far."""
    asked = [line.split(". ", 1)[0] for line in _LINE.findall(source) if line]
    base = _BASE.search(source)
    before = [line.split(": ", 1)[-1] for line in (base[1] if base else "").splitlines() if line.startswith("- ")]
    kept = [line[:120].rsplit(" ", 1)[0] for line in before if "(none)" not in line]
    # what does not fit into a form of bounded size falls away, oldest first
    facts = [*kept, *asked][-MOST_ITEMS:]
    return {"goal": asked[0] if asked else "", "facts": facts, "done": [], "promised": [], "refused": [], "open": []}


def _changed(**fields: Any) -> Callable[[Notes], str]:
    return lambda notes: json.dumps({**notes, **fields})


def _nobody(word: str) -> Notes:
    return {**{name: [] for name in LABELS}, "goal": word}


SAID: Final[Mapping[str, Callable[[Notes], str]]] = {
    "empty": lambda _: "",
    "blank": lambda _: "  \n\n ",
    "refusal": lambda _: "I'm sorry, but as a language model I cannot help with that.",
    "refusal in the form": lambda _: json.dumps(_nobody("I am sorry, as a language model I cannot comply with this")),
    "nonsense": lambda _: "xylophone xylophone xylophone \x00 {{{ ]]",
    "nonsense in the form": lambda _: json.dumps(_nobody("xylophone concerto quantum marmalade zeppelin umbrella")),
    "too long": lambda notes: json.dumps({**notes, "open": [str(notes["goal"]) + " again" for _ in range(40)]}),
    "endless item": lambda notes: json.dumps({**notes, "goal": str(notes["goal"]) * 60}),
    "malformed": lambda notes: json.dumps(notes)[:-9],
    "two objects": lambda notes: json.dumps(notes) + json.dumps(notes),
    "another schema": lambda notes: json.dumps({"summary": notes["goal"]}),
    "wrong types": _changed(facts="one text"),
    "one more key": _changed(mood="xylophone"),
    "a list": lambda notes: json.dumps([notes["goal"]]),
    "plain lines": lambda notes: "- " + str(notes["goal"]),
    "invented number": lambda notes: json.dumps({**notes, "done": ["the order 99999 was cancelled"]}),
    "invented placeholder": lambda notes: json.dumps({**notes, "facts": [*notes["facts"][1:], "order of <EMAIL_9>"]}),
    "claimed promise": lambda notes: json.dumps({**notes, "promised": ["the desk will refund 777.77 EUR"]}),
    "another language": lambda _: json.dumps(_nobody("Der Kunde wollte leider seine Lieferung verschieben")),
    "nothing in the form": lambda _: json.dumps(_nobody("")),
    "ids dropped": lambda _: json.dumps(_nobody("question about the order and the delivery")),
}
"""Bad texts, each from the good answer."""
BROKEN: Final[Mapping[str, Reply]] = {
    "error 400": error(400),
    "error 401": error(401),
    "error 429": error(429, retry_after="0"),
    "error 500": error(500),
    "error 503": error(503),
    "slow": Reply(fault="slow", seconds=30.0),
    "stopped by a filter": Reply(text="sorry", fault="refusal"),
    "connection closed": Reply(fault="hang_up"),
    "web page": Reply(fault="html"),
    "tool call": Reply(calls=(("xylophone", {"order": "99999"}),)),
    "broken tool call": Reply(calls=(("xylophone", {"order": "99999"}),), fault="bad_arguments"),
}
"""Bad answers whatever was asked."""
CUT: Final = {"stream cut": "cut", "stream without an end": "unfinished", "broken event": "bad_json"}
"""Good answers that do not arrive whole."""
WAYS: Final = (*SAID, *BROKEN, *CUT)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of the server."""

    way: str
    """``good``, or one of :data:`WAYS`."""
    source: str
    """What the model was given."""
    text: str


class SummaryServer(OpenAIServer):
    """Answers well now and then, and else in a way that a model has failed in."""

    def __init__(self, seed: int, health: float) -> None:
        """Take a seed, and the share of good answers."""
        super().__init__()
        self._random, self._health = random.Random(seed), health  # noqa: S311 - trials, no secret
        self._deck: list[str] = []
        self.said: list[Said] = []

    def begin(self, seed: int, health: float) -> None:
        """Begin another trial."""
        self._random, self._health = random.Random(seed), health  # noqa: S311 - trials, no secret
        self.said = []

    def reply_to(self, request: Request) -> Reply:
        """See ``OpenAIServer``."""
        source = str(request.body["messages"][-1]["content"])
        notes = good(source)
        way = "good" if self._random.random() < self._health else self._next()
        reply = self._reply(way, notes)
        self.said.append(Said(way, source, reply.text))
        return replace(reply, lump=400)

    def _next(self) -> str:
        """Return the next way to fail: each once, before any comes again."""
        if not self._deck:
            self._deck = self._random.sample(WAYS, len(WAYS))
        return self._deck.pop()

    def _reply(self, way: str, notes: Notes) -> Reply:
        if way in BROKEN:
            return BROKEN[way]
        if way in SAID:
            return Reply(text=SAID[way](notes))
        whole = json.dumps(notes)
        return Reply(text=whole, fault=CUT[way], kept=2) if way in CUT else Reply(text=whole)  # type: ignore[arg-type]


__all__ = ["POISON", "WAYS", "Said", "SummaryServer", "good"]
