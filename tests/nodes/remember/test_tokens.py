"""The estimator never counts less than the tokenizers that are at hand."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolCall, ToolMessage

from frontdesk.evals.tokens.run import compare
from frontdesk.evals.tokens.texts import TEXTS
from frontdesk.nodes.remember.tables import TABLES, load_table
from frontdesk.nodes.remember.tokens import count_message, count_text


@pytest.mark.parametrize("name", ["cl100k_base", "o200k_base"])
def test_never_under_a_real_tokenizer(name: str) -> None:
    count = load_table(name)
    if count is None:
        pytest.skip(f"no table of {name} on this machine: nothing to compare with")
    short = {kind: (count(text), count_text(text)) for kind, text in TEXTS.items() if count_text(text) < count(text)}
    assert short == {}


def test_the_figures_say_how_far_off_every_kind_is() -> None:
    figures = compare({"English": TEXTS["English"], "JSON": TEXTS["JSON"]})
    assert {*figures["encodings"], *figures["not_here"]} == set(TABLES)
    for encoding in figures["encodings"].values():
        assert encoding["lowest"]["frontdesk"] >= 0
        # the reason for an estimate of our own
        assert encoding["lowest"]["langchain"] < 0
        assert encoding["JSON"]["tokens"] > encoding["English"]["tokens"]


def test_english_is_not_overcounted_beyond_use() -> None:
    # 20 words and numbers: any tokenizer needs 20 to 25.
    assert 20 <= count_text(TEXTS["English"]) <= 40


@pytest.mark.parametrize(("text", "tokens"), [("", 0), (" ", 0), ("order", 2), ("12345", 5), ("\n\n", 2), ("😀", 4)])
def test_figures(text: str, tokens: int) -> None:
    assert count_text(text) == tokens


def test_the_longer_the_more() -> None:
    sizes = [count_text("the sofa is late " * n) for n in range(6)]
    assert sizes == sorted(set(sizes))


def test_messages_count_their_calls_and_frame() -> None:
    call = ToolCall(name="get_order", args={"order_id": "10482"}, id="c1")
    plain, calling = AIMessage("Let me look."), AIMessage("Let me look.", tool_calls=[call])
    assert count_message(plain) > count_text("Let me look.")
    assert count_message(calling) > count_message(plain) + len("10482")
    assert count_message(ToolMessage("{}", tool_call_id="call_abcdef")) > count_message(HumanMessage("{}"))


def test_content_blocks_count() -> None:
    blocks = HumanMessage([{"type": "text", "text": "a long question about a sofa"}, "and a lamp"])
    assert count_message(blocks) > count_message(HumanMessage("a long question about a sofa and a lamp"))
