"""The few fixed wordings: greetings, thanks, and what the keyless model says when it cannot help."""

from __future__ import annotations

import re
from collections.abc import Sequence

_THANKS = (
    r"thanks?(?: you)?|thank you(?: so| very)? much|thx|ty|cheers|much appreciated|great|perfect|brilliant|lovely|"
    r"wonderful|awesome"
)
_BYE = (
    r"good ?bye|bye(?: bye)?|see you|good night|have a (?:nice|good|great) (?:day|evening|weekend|one)|take care|"
    r"that(?:'s| is| was) (?:all|it|everything)"
)
_HELLO = r"hi+|hello+|hey+|hiya|good (?:morning|afternoon|evening|day)|greetings|howdy|hallo|bonjour|hola|moin"
_FILLER = (
    r"many|there|again|everyone|team|all|so|much|very|a lot|for (?:the|your|all) ?(?:your )?help|for now|then|you too|"
    r"ok|okay|and|oh|no|that helps|i(?:'m| am) (?:good|fine)|how are you(?: doing)?(?: today)?"
)


def smalltalk(text: str) -> str:
    """Return ``hello``, ``thanks`` or ``bye`` when the whole message is no more than that, else an empty string."""
    rest = re.sub(r"[^\w\s']", " ", text.lower()).strip()
    kinds = [kind for kind, words in (("bye", _BYE), ("thanks", _THANKS), ("hello", _HELLO)) if _has(rest, words)]
    leftover = re.sub(rf"\b(?:{_BYE}|{_THANKS}|{_HELLO}|{_FILLER})\b", " ", rest).strip()
    return kinds[0] if kinds and not leftover else ""


def reply(kind: str, business: str) -> str:
    """Return the fixed answer to a greeting, thanks or goodbye."""
    if kind == "hello":
        return f"Hello, this is the virtual assistant of {business}. How can I help?"
    if kind == "thanks":
        return "You're welcome. Just write again if there is anything else."
    return f"Goodbye, and thank you for contacting {business}."


def stuck(topics: Sequence[str]) -> str:
    """Return a plain admission, with what is possible instead."""
    can = f" I can help you to {_listed(topics)}." if topics else ""
    return f"I can't answer that from what I have here.{can} You can also ask for a person at any time."


def _has(text: str, words: str) -> bool:
    return re.search(rf"\b(?:{words})\b", text) is not None


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
