"""The rolling summary of what left the window: written by a model and checked, or extracted from what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, SystemMessage

from frontdesk.graph.deps import Completion, Models, Prompts
from frontdesk.nodes.marks import is_refused
from frontdesk.nodes.remember.checking import fault
from frontdesk.nodes.remember.extracting import extract
from frontdesk.nodes.remember.notes import LONGEST, form, read, render

SECONDS = 10.0
"""What a summary may take. Nobody waits for it; it is as long as a process that ends waits for its work."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a model made of a summary."""

    completion: Completion
    """What it cost."""
    text: str = ""
    """The new summary; empty where there is none."""
    cause: str = ""
    """Why there is none, as a closed word: ``model`` (none answered), ``call`` (it called a tool), ``form``, or a
    :data:`frontdesk.nodes.remember.checking.Fault`."""


def spoken(gone: Sequence[Sequence[AnyMessage]]) -> list[tuple[str, str]]:
    """Return request and answer per exchange, without those that a guard refused.

    Answers are our last words of the exchange; empty where a tool or a person had the last word.
    """
    pairs: list[tuple[str, str]] = []
    for exchange in gone:
        if any(is_refused(message) for message in exchange):
            continue
        said = " ".join(str(message.text) for message in exchange if isinstance(message, HumanMessage)).strip()
        answers = [str(m.text) for m in exchange if isinstance(m, AIMessage) and m.text and not m.tool_calls]
        if said or answers:
            pairs.append((said, answers[-1].strip() if answers else ""))
    return pairs


async def written(
    models: Models,
    prompts: Prompts,
    summary: str,
    pairs: Sequence[tuple[str, str]],
    details: Iterable[str] = (),
    seconds: float = SECONDS,
) -> Written:
    """Have the ``summary`` role roll the summary, within ``seconds``.

    Args:
        models: The roles.
        prompts: Have the system prompt ``summary``.
        summary: The summary so far.
        pairs: From :func:`spoken`.
        details: The ledger after this turn.
        seconds: What all links of the role may take together.

    Returns:
        The new summary, or why there is none.
    """
    messages = [SystemMessage(prompts.render("summary")), HumanMessage(source_of(summary, pairs))]
    completion = await models.complete("summary", messages, seconds=seconds, form=form())
    if completion.model == "keyless":
        return Written(completion, cause="model")
    if completion.message.tool_calls or completion.message.invalid_tool_calls:
        return Written(completion, cause="call")
    notes = read(str(completion.message.text))
    if notes is None:
        return Written(completion, cause="form")
    wrong = fault(notes, summary, pairs, details)
    return Written(completion, cause=wrong) if wrong else Written(completion, render(notes))


def source_of(summary: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return what a model is given: the notes so far, and what leaves.

    Each message is one line, so that no line of a customer's message is taken for one of the desk.
    """
    talk = "\n".join(f"Customer: {_line(said)}\nDesk: {_line(told)}" for said, told in pairs)
    return f"Summary so far:\n{summary or '(none)'}\n\nConversation to add:\n{talk}"


def _line(text: str) -> str:
    return " ".join(text.split())


__all__ = ["LONGEST", "SECONDS", "Written", "extract", "source_of", "spoken", "written"]
