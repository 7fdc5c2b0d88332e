"""What a person says to the customer, masked before anything keeps it."""

from __future__ import annotations

from functools import partial

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller
from frontdesk.nodes.scrub.offload import unblocked


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
