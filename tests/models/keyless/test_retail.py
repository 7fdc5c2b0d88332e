"""The keyless model serves the desk that ships: its own contracts, pages and prompt, dialogue by dialogue."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.desk.load import Desk
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Principal
from frontdesk.models.keyless import KeylessChatModel
from frontdesk.nodes.respond.context import intent_of, passages_for, prompt_messages, system_prompt
from frontdesk.prompts.book import PromptBook
from frontdesk.tools.authority import definition, may_use
from tests.support.deps import deps_with

SCOPES = {"customer:read", "orders:read", "orders:write", "loyalty:read"}
CUSTOMER, ANYBODY = Principal("C-1042", "retail", SCOPES), Principal()


class Shop:
    """Asks the keyless model what the respond stage would ask it, with the intent given instead of routed."""

    def __init__(self, desk: Desk) -> None:
        self.deps: Deps = deps_with(desk, prompts=PromptBook(desk.prompts))  # type: ignore[arg-type]
        self.model = KeylessChatModel(desk.tools, business=desk.config.business)

    def changes(self, intent: str) -> bool:
        """Whether a tool of the intent writes."""
        names = self.deps.desk.intents[intent].tools
        return any(self.deps.desk.tools[name].effect == "write" for name in names)

    def __call__(self, intent: str, *talk: str | AnyMessage, who: Principal = CUSTOMER) -> AIMessage:
        messages = [HumanMessage(part) if isinstance(part, str) else part for part in talk]
        decision = {"stage": "respond", "intent": intent, "tier": "fast", "reasons": [], "answer": ""}
        state: Any = {"messages": messages, "decision": decision}
        serving = intent_of(self.deps, state)
        assert serving is not None, intent
        contracts = [self.deps.desk.tools[name] for name in serving.tools]
        tools = [definition(contract) for contract in contracts if not may_use(contract, who, 0.0)]
        names = [tool["function"]["name"] for tool in tools]
        system = system_prompt(self.deps, state, who, passages_for(self.deps, state, who), names)
        bound = self.model.bind_tools(tools) if tools else self.model
        return bound.invoke(prompt_messages(system, messages))


def looked_up(shop: Shop, intent: str, messages: list[Any]) -> AIMessage:
    """Ask; where a change needs the order's items first, answer with an order of one item and ask again."""
    answer = shop(intent, *messages)
    if shop.changes(intent) and [call["name"] for call in answer.tool_calls] == ["get_order"]:
        item = {"sku": "FH-1109", "name": "Meadow wool rug", "quantity": 1}
        order = json.dumps({**answer.tool_calls[0]["args"], "items": [item]})
        messages += [answer, ToolMessage(order, tool_call_id=answer.tool_calls[0]["id"])]
        answer = shop(intent, *messages)
    return answer


@pytest.fixture(scope="module")
def shop() -> Shop:
    return Shop(Desk.load("retail"))


@pytest.mark.parametrize(
    ("intent", "talk", "tool", "arguments"),
    [
        ("order_status", ["where's 10482?"], "get_order", {"order_id": "10482"}),
        ("order_status", ["where is my parcel"], "list_orders", {}),
        ("list_orders", ["show my delivered orders"], "list_orders", {"status": "delivered"}),
        ("cancel_order", ["cancel my order", "10482"], "cancel_order", {"order_id": "10482"}),
        (
            "change_address",
            ["change the delivery address", "10482", "7 Harbour Street, Bristol BS1 4QA please"],
            "update_shipping_address",
            {"order_id": "10482", "address": "7 Harbour Street, Bristol BS1 4QA"},
        ),
        (
            "return_item",
            ["I'd like to return the lamp from order 10533, it's too big"],
            "return_order",
            {"order_id": "10533", "reason": "does_not_fit"},
        ),
        (
            "return_item",
            ["return something please", "order 10533", "changed my mind"],
            "return_order",
            {"order_id": "10533", "reason": "changed_mind"},
        ),
        (
            "exchange_item",
            ["exchange my rug for a bigger one", "10533"],
            "exchange_item",
            {"order_id": "10533", "reason": "size"},
        ),
        (
            "request_refund",
            ["I want a refund for 10533, parts are missing"],
            "request_refund",
            {"order_id": "10533", "reason": "missing_parts"},
        ),
        (
            "damaged_item",
            ["the vase in order 10533 arrived broken", "I'd rather have my money back"],
            "request_refund",
            {"order_id": "10533", "reason": "faulty"},
        ),
        ("store_hours", ["when is the shop in Leeds open?"], "get_store_hours", {"city": "Leeds"}),
        ("loyalty_points", ["how many points do I have"], "get_loyalty_points", {}),
        ("account_details", ["what address do you have for me"], "get_customer", {}),
    ],
)
def test_requests_end_in_the_right_call(
    shop: Shop, intent: str, talk: list[str], tool: str, arguments: dict[str, str]
) -> None:
    messages: list[Any] = []
    for said in talk[:-1]:
        messages += [said]
        answer = looked_up(shop, intent, messages)
        assert answer.text.rstrip(".").count("?"), "on the way to the call, each answer asks for something"
        messages += [answer]
    calls = looked_up(shop, intent, [*messages, talk[-1]]).tool_calls
    assert [call["name"] for call in calls] == [tool]
    assert calls[0]["args"].items() >= arguments.items()


@pytest.mark.parametrize(
    ("intent", "question", "part", "page"),
    [
        ("return_item", "how long do I have to send something back?", "30 days", "returns"),
        ("cancel_order", "can I still cancel an order?", "processing", "cancel-order"),
        ("delivery_cost", "how much is delivery?", "4.95", "delivery-cost"),
        ("delivery_times", "how long does delivery take?", "3 to 5", "delivery-times"),
        ("delivery_times", "when does express arrive?", "next working day", "delivery-times"),
        ("refund_status", "how long does a refund take?", "5 working days", "refunds"),
        ("payment_methods", "do you take PayPal?", "PayPal", "payment-methods"),
        ("warranty", "how long is the warranty?", "2 years", "warranty"),
        ("privacy_request", "please close my account", "account", "privacy"),
        ("old_furniture_removal", "what does it cost to take away my old sofa", "25 EUR", "old-furniture"),
        ("sign_in_help", "I forgot my password", "Forgotten password", "account"),
        ("missing_item", "two screws are missing", "free of charge", "missing-items"),
    ],
)
def test_questions_are_answered_from_the_right_page(
    shop: Shop, intent: str, question: str, part: str, page: str
) -> None:
    text = shop(intent, question, who=CUSTOMER).text
    assert part in text
    assert f"[{page}]" in text


@pytest.mark.parametrize("intent", ["cancel_order", "order_status", "loyalty_points", "account_details"])
def test_who_is_not_signed_in_is_asked_to(shop: Shop, intent: str) -> None:
    answer = shop(intent, "please do it for me", who=ANYBODY)
    assert not answer.tool_calls
    assert "please sign in first" in answer.text
