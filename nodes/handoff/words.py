"""What a person says to the customer, masked before anything keeps it."""

from __future__ import annotations

from functools import partial

from langchain_core.messages import AIMessage

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller
from frontdesk.nodes.guard.quarantine import sift
from frontdesk.nodes.marks import from_colleague
from frontdesk.nodes.scrub.offload import unblocked
from frontdesk.nodes.texts import say


async def masked_words(deps: Deps, caller: Caller, text: str) -> str:
    """Mask a person's words to the customer, and keep the values in the thread's vault.

    Args:
        deps: Scrubber and vault.
        caller: Names tenant and thread; the principal may be the person.
        text: As typed. A placeholder of the conversation, as the ticket shows it, stands for its value and stays; one
            that the conversation does not have is disarmed.

    Returns:
        The text for the state. The customer sees it with the values back; models see placeholders.

    Raises:
        SealError: The thread's vault cannot be opened.
        ThreadBusyError: A turn named a value of this thread at the same time.
        ScrubError: A detector could not search the text.
    """
    known = await deps.vault.load(caller)
    scrubbed = await unblocked(deps.scrubber, partial(deps.scrubber.scrub, text, known))
    await deps.vault.store(caller, scrubbed.values)
    return scrubbed.text


async def handed_back(deps: Deps, caller: Caller, words: str, closing: str) -> AIMessage:
    """Return the message that hands a conversation back: a person's words, then the desk's.

    Args:
        deps: Guard, journal and clock.
        caller: Of the thread.
        words: What :func:`masked_words` returned; empty for none. The customer reads them as they are; models are shown
            them without what looks like an instruction, because people paste what they did not write.
        closing: The desk's own wording.
    """
    message = say("\n\n".join(filter(None, [words, closing])))
    if not words:
        return message
    sifted = await sift(deps.guard, words, "human")
    if sifted.hit:
        await deps.journal.judged(caller, deps.clock(), "human", sifted.verdict)
    return from_colleague(message, sifted.text)
