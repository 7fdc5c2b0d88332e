"""The desk's fixed wordings for this conversation."""

from __future__ import annotations

from typing import Final

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.languages import ENGLISH, is_listed, language_named, main_language, name_of, only_in, texts_in
from frontdesk.desk.texts import Texts
from frontdesk.graph.state import DeskState
from frontdesk.nodes.decide.upset import is_offered

PREFERRED: Final = "reply.language"
"""Key of the memory of the language in which a customer wants to be answered."""


def language_of(state: DeskState) -> str:
    """Return the language in which the customer writes; where their words do not tell, the one they once asked for.

    Empty where neither is known.
    """
    route = state.get("route")
    return (route.get("language", "") if route else "") or _preferred(state)


def _preferred(state: DeskState) -> str:
    recall = state.get("recall")
    for memory in (recall.get("memories") or ()) if recall else ():
        if memory["about"] == PREFERRED and not memory.get("ended"):
            return language_named(memory["text"])
    return ""


def texts_for(config: DeskConfig, state: DeskState) -> Texts:
    """Return the wordings in the customer's language, where the desk has it."""
    return texts_in(config, language_of(state))


def answer_in(config: DeskConfig, state: DeskState) -> str:
    """Return in what language a model is to answer, by its English name; empty where that goes without saying."""
    language, main = language_of(state), main_language(config)
    if language and is_listed(config, language):
        return "" if language == main == ENGLISH else name_of(language)
    return name_of(main) if language or main != ENGLISH else ""


def opening(config: DeskConfig, state: DeskState) -> str:
    """Return what this turn's reply begins with, each with a gap behind it: in what language answers come, and the
    offer of a person to an annoyed customer."""
    offer = texts_for(config, state).offer.replace("{business}", config.business) if is_offered(state) else ""
    return "".join(f"{notice}\n\n" for notice in (language_notice(config, state), offer) if notice)


def language_notice(config: DeskConfig, state: DeskState) -> str:
    """Return the sentence that answers come in another language than the customer's; empty where there is no need.

    It is said when the customer begins to write in a language that the desk does not list, and not again.
    """
    route = state.get("route")
    language = language_of(state)
    if not route or not language or is_listed(config, language) or not route.get("switched"):
        return ""
    return only_in(config, language)
