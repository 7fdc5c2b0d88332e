"""Several requests in one message, answered by a hosted model: each answer is judged before the next is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from langchain_core.messages import AIMessage, HumanMessage

from frontdesk import FrontDesk, build_graph
from frontdesk.graph.deps import Completion, Models
from tests.support.small import DEMO

SAID = "how much does express delivery cost? And how long is the warranty on a lamp?"
INVENTED = "Express delivery costs 73.21 EUR. [delivery-cost]"
WARRANTY = "Every lamp has a warranty. [warranty]"


class Hosted:
    """Plays answers for the hosted roles; the keyless one is the desk's."""

    def __init__(self, models: Models, *answers: str) -> None:
        self.models = models
        self.answers = list(answers)

    def describe(self, role: Any) -> str:
        return "openai:any"

    async def complete(self, role: Any, messages: Any, **more: Any) -> Completion:
        if role == "keyless":
            return await self.models.complete(role, messages, **more)
        return Completion(AIMessage(self.answers.pop(0)), "openai:any")


async def test_a_fault_in_the_first_answer_costs_the_second_nothing(desk: FrontDesk) -> None:
    models = Hosted(desk.deps.models, INVENTED, INVENTED, WARRANTY)
    served = {name: intent.model_copy(update={"tier": "fast"}) for name, intent in desk.deps.desk.intents.items()}
    own = replace(desk.deps.desk, intents=served)  # type: ignore[type-var]
    graph = build_graph(replace(desk.deps, models=models, desk=own)).compile()  # type: ignore[arg-type]
    given = {"messages": [HumanMessage(SAID)]}
    reply = (await graph.ainvoke(given, {"configurable": {"principal": DEMO}}))["reply"]
    assert "73.21" not in reply["text"]
    first, second = reply["text"].split("\n\n")
    assert "9.95" in first
    assert second == WARRANTY
    assert not models.answers
    stages = [step["stage"] for step in reply["path"]]
    assert stages.index("review") < len(stages) - 1 - stages[::-1].index("decide")
