"""frontdesk as one node of a graph of your own.

Use it when something else decides whether a message is for the desk: here bulk buyers go to the sales team. The desk
keeps its own window, task and proposal, under the thread of the graph around it. ``python examples/subgraph.py``

Three things to know. The customer reads ``reply``; ``messages`` is what models saw, with placeholders. A change that
waits for a yes is an interrupt of the whole graph, and the customer's next message answers it. Your own nodes see the
customer's words before anything is masked: keep them out of logs.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal, TypedDict

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage
from langchain_core.runnables import RunnableConfig
from langgraph.channels import UntrackedValue
from langgraph.graph import END, START, StateGraph
from langgraph.graph.message import add_messages

from frontdesk import Desk, Principal, build_graph, open_desk

MESSAGES = (
    "I want to buy lamps in bulk",
    "How many days do I have to send something back?",
    "Please cancel order 10482",
    "no",
    "Where is my order 10482?",
)
CUSTOMER = Principal("C-1042", "retail", frozenset({"orders:read", "orders:write"}))
"""Whom your own sign-in established."""


class ParentState(TypedDict, total=False):
    """What the graph around the desk keeps; the reply, which carries the customer's own values, is never stored."""

    messages: Annotated[list[AnyMessage], add_messages]
    reply: Annotated[dict[str, Any], UntrackedValue]


def pick(state: ParentState) -> Literal["sales", "desk"]:
    """Send bulk buyers to sales, everybody else to the desk."""
    return "sales" if "in bulk" in str(state["messages"][-1].text).lower() else "desk"


async def sales(state: ParentState) -> dict[str, Any]:
    """Answer for the sales team."""
    text = "Our sales team will call you about bulk orders."
    return {"messages": [AIMessage(text)], "reply": {"text": text, "status": "answered"}}


async def main(messages: tuple[str, ...] = MESSAGES) -> list[str]:
    """Talk to the graph; returns what was answered."""
    async with open_desk(Desk.load("retail")) as frontdesk:
        graph = StateGraph(ParentState)
        graph.add_node("sales", sales)
        graph.add_node("desk", build_graph(frontdesk.deps).compile(checkpointer=True))  # True: it remembers its turns
        graph.add_conditional_edges(START, pick, ["sales", "desk"])
        graph.add_edge("sales", END)
        graph.add_edge("desk", END)
        talk = graph.compile(checkpointer=frontdesk.stores.saver)  # sealed, in Redis; any other one works, too

        config = RunnableConfig(configurable={"thread_id": "example", "principal": CUSTOMER})
        answers: list[str] = []
        for message in messages:
            turn: Any = {"messages": [HumanMessage(message)]}
            reply: dict[str, Any] = {}
            # subgraphs=True: while a change waits for a yes, the desk's reply has not left the desk's node
            states: Any = talk.astream(turn, config, stream_mode="values", subgraphs=True, durability="exit")
            async for _, values in states:
                reply = values.get("reply") or reply
            answers.append(reply["text"])
            print(f"you  › {message}\ndesk › {reply['text']}  [{reply['status']}]\n")
        return answers


if __name__ == "__main__":
    asyncio.run(main())
