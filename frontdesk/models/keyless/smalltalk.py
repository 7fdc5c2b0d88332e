"""The few fixed wordings: greetings, thanks, and what the keyless model says when it cannot help."""

from __future__ import annotations

import re
from collections.abc import Sequence

_THANKS = (
    r"thanks?(?: you)?|thank you(?: so| very)? much|thx|ty|cheers|much appreciated|great|perfect|brilliant|lovely|"
    r"wonderful|awesome|danke(?: schön| sehr| dir| ihnen)?|(?:vielen|besten|herzlichen) dank|merci(?: beaucoup| bien)?"
    r"|(?:muchas )?gracias|grazie(?: mille)?|dank ?(?:je|u)(?: wel)?|bedankt|(?:muito )?obrigad[oa]"
)
_BYE = (
    r"good ?bye|bye(?: bye)?|see you|good night|have a (?:nice|good|great) (?:day|evening|weekend|one)|take care|"
    r"that(?:'s| is| was) (?:all|it|everything)|tschüss|auf wiedersehen|au revoir|adi[oó]s|hasta luego|arrivederci"
    r"|tot ziens|adeus|até logo"
)
_HELLO = (
    r"hi+|hello+|hey+|hiya|good (?:morning|afternoon|evening|day)|greetings|howdy|hallo|bonjour|bonsoir|salut|hola|moin"
    r"|guten (?:tag|morgen|abend)|buen[oa]s (?:d[ií]as|tardes|noches)|buongiorno|buonasera|ciao|ol[aá]|goedendag"
)
_FILLER = (
    r"many|there|again|everyone|team|all|so|much|very|a lot|for (?:the|your|all) ?(?:your )?help|for now|then|you too|"
    r"ok|okay|and|oh|no|that helps|i(?:'m| am) (?:good|fine)|how are you(?: doing)?(?: today)?"
)

_ABILITIES = re.compile(
    r"^\W*(?:(?:hi|hello|hey|so|ok|please|and)\W+)*(?:help(?: me)?|i need (?:some )?help|can you help(?: me)?"
    r"|what (?:all )?(?:can|could|do) you (?:do|help|offer)(?: (?:for )?me)?(?: with| out)?"
    r"|how (?:can|do) you help(?: me)?"
    r"|what (?:are you able to do|are your (?:skills|abilities|options))"
    r"|what (?:kind|sort) of help do you (?:give|offer)"
    r"|what can i (?:do|ask(?: you)?)(?: here)?(?: about)?)(?:\W+(?:please|here|today|exactly|then))*\W*$",
    re.I,
)


def smalltalk(text: str) -> str:
    """Return ``hello``, ``thanks``, ``bye`` or ``help`` when the whole message is no more, else an empty string."""
    if _ABILITIES.match(text):
        return "help"
    rest = re.sub(r"[^\w\s']", " ", text.lower()).strip()
    kinds = [kind for kind, words in (("bye", _BYE), ("thanks", _THANKS), ("hello", _HELLO)) if _has(rest, words)]
    leftover = re.sub(rf"\b(?:{_BYE}|{_THANKS}|{_HELLO}|{_FILLER})\b", " ", rest).strip()
    return kinds[0] if kinds and not leftover else ""


def reply(kind: str, business: str, topics: Sequence[str] = ()) -> str:
    """Return the fixed answer to a greeting, thanks or goodbye, or to the question what can be done here."""
    if kind == "help":
        can = f"I can help you to {_listed(topics)}." if topics else f"I answer questions about {business}."
        return f"{can} I can also answer questions about us, and I always ask before I change anything."
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
