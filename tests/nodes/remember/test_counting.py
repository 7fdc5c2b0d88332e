"""Counting for window and context: estimated, scaled by what providers reported, or by a tokenizer's tables."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolCall

from frontdesk.graph.counting import ENOUGH, HIGHEST, LEAST_TOKENS, LOWEST, MARGIN, SAMPLES, Calibration
from frontdesk.nodes.remember import tables
from frontdesk.nodes.remember.counting import TokenCounter, counter_of
from frontdesk.nodes.remember.tokens import count_message
from tests.support.deps import deps_with

TEXT = "Where is my order, and when does it arrive?"


class Named:
    """Models of which only the names are known."""

    def __init__(self, fast: str, reasoning: str = "keyless") -> None:
        self.names = {"fast": fast, "reasoning": reasoning}

    def describe(self, role: str) -> str:
        return self.names[role]


def learnt(*samples: tuple[str, int, int]) -> Calibration:
    calibration = Calibration()
    for sample in samples:
        calibration.learn(*sample)
    return calibration


@pytest.mark.parametrize(
    ("what", "samples", "factor"),
    [
        ("nothing is known", [], 1.0),
        ("too few to scale down", [("m", 1000, 900)] * (ENOUGH - 1), 1.0),
        ("enough", [("m", 1000, 900)] * ENOUGH, 0.9 * MARGIN),
        ("the highest counts", [("m", 1000, 860)] * ENOUGH + [("m", 1000, 950)], 0.95 * MARGIN),
        ("old ones are forgotten", [("m", 1000, 990)] + [("m", 1000, 900)] * SAMPLES, 0.9 * MARGIN),
        ("never below the tightest text", [("m", 1000, 300)] * ENOUGH, LOWEST),
        ("up from the first", [("m", 1000, 1500)], 1.5 * MARGIN),
        ("never beyond belief", [("m", 1000, 90_000)], HIGHEST),
        ("short prompts are no samples", [("m", LEAST_TOKENS - 1, 10)] * ENOUGH, 1.0),
        ("nothing reported", [("m", 1000, 0), ("m", 1000, -5)] * ENOUGH, 1.0),
        ("another model", [("n", 1000, 900)] * ENOUGH, 1.0),
    ],
)
def test_factor(what: str, samples: list[tuple[str, int, int]], factor: float) -> None:
    assert learnt(*samples).factor("m") == pytest.approx(factor), what


def test_of_several_models_the_largest_counts() -> None:
    calibration = learnt(*[("m", 1000, 900)] * ENOUGH, *[("n", 1000, 1200)] * ENOUGH)
    assert calibration.factor("m", "n") == pytest.approx(1.2 * MARGIN)
    assert calibration.factor() == 1.0


def test_without_samples_it_is_the_estimate() -> None:
    call = AIMessage("", tool_calls=[ToolCall(name="get_order", args={"order_id": "10482"}, id="c")])
    counter = counter_of(deps_with(models=Named("openai:any", "other:one")))
    assert counter == TokenCounter()
    assert [counter.message(each) for each in (HumanMessage(TEXT), call)] == [
        count_message(HumanMessage(TEXT)),
        count_message(call),
    ]


def test_what_was_reported_scales_it() -> None:
    calibration = learnt(*[("other:one", 1000, 1500)] * ENOUGH)
    counter = counter_of(deps_with(models=Named("other:one"), calibration=calibration))
    assert counter.message(HumanMessage(TEXT)) > 1.5 * count_message(HumanMessage(TEXT))


@pytest.mark.parametrize(
    ("model", "encoding"),
    [
        ("openai:gpt-4o-mini", "o200k_base"),
        ("openai:gpt-5-mini", "o200k_base"),
        ("openai:gpt-4-turbo", "cl100k_base"),
        ("openai:my-own-model", ""),
        ("anthropic:claude", ""),
        ("keyless", ""),
    ],
)
def test_the_encoding_of_a_model(model: str, encoding: str) -> None:
    pytest.importorskip("tiktoken")
    assert tables.encoding_of(model) == encoding


def test_a_table_counts_for_its_own_models_only() -> None:
    if tables.load_table("o200k_base") is None:
        pytest.skip("no table of o200k_base on this machine")
    exact = counter_of(deps_with(models=Named("openai:gpt-4o", "openai:gpt-5")))
    assert exact.encode(TEXT) == 11  # nine words, the comma and the mark
    assert exact.encode("<|endoftext|>") > 1  # a customer's text has no special tokens
    assert counter_of(deps_with(models=Named("openai:gpt-4o", "other:one"))) == TokenCounter()
