"""A desk's own prompts: each replaces a shipped one or serves an intent, with the same variables."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.desk.draft import Draft
from frontdesk.desk.names import choose, listed
from frontdesk.errors import Fault
from frontdesk.prompts.book import shipped_prompts

INTENT_PROMPT = "respond"
"""An intent's own prompt stands in for this one, so it is given the same variables."""


def prompt_faults(draft: Draft) -> Iterator[Fault]:
    """Yield prompts that nothing uses, and prompts whose variables are not those that they will be given."""
    shipped = shipped_prompts()
    wanted = {entry.record.prompt for entry in draft.intents if entry.record.prompt}
    for entry in draft.prompts:
        prompt = entry.record
        model = shipped.get(prompt.name) or (shipped.get(INTENT_PROMPT) if prompt.name in wanted else None)
        if model is None and draft.intents:
            remedy = f"name it in an intent's `prompt`, or replace a shipped one: {choose(prompt.name, shipped)}"
            yield entry.fault(("name",), f"nothing uses the prompt `{prompt.name}`", remedy)
        elif model is not None and prompt.variables != model.variables:
            remedy = f"declare exactly: {listed(sorted(model.variables))}"
            yield entry.fault(("variables",), f"the variables are not those that `{prompt.name}` is given", remedy)
