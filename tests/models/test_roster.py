"""The roster of a desk."""

from __future__ import annotations

import pytest
from langchain_core.messages import HumanMessage

from frontdesk.desk.config import Intent, Models
from frontdesk.models.hosted import options
from frontdesk.models.roster import build_models, topics_of
from tests.support.deps import tiny_desk


class AsTheDeskSays:
    """Settings that change nothing."""

    def models(self, desk: Models) -> Models:
        return desk


def intent(name: str, *, tools: tuple[str, ...] = (), handoff: bool = False) -> Intent:
    words = {"title": f"do {name}", "description": f"About {name}.", "utterances": ["one", "two"]}
    return Intent.model_validate({"name": name, "tools": list(tools), "handoff": handoff, **words})


async def test_a_desk_without_models_is_served_without_a_key() -> None:
    roster = build_models(tiny_desk(intents=[intent("buy", tools=("t",))]), AsTheDeskSays())
    assert {roster.describe(role) for role in ("fast", "reasoning", "guard", "summary")} == {"keyless"}
    done = await roster.complete("fast", [HumanMessage("what is the meaning of life")])
    assert done.model == "keyless"
    assert "do buy" in str(done.message.content)


def test_the_desks_models_are_named_and_not_built() -> None:
    roster = build_models(tiny_desk(models={"fast": "openai:a", "timeout": 3}), AsTheDeskSays())
    assert (roster.describe("fast"), roster.describe("reasoning"), roster.timeout) == ("openai:a", "openai:a", 3)


@pytest.mark.parametrize(
    ("names", "topics"),
    [
        ([intent("ask"), intent("buy", tools=("t",))], ["do buy"]),  # what tools serve
        ([intent("ask"), intent("buy", handoff=True)], ["do ask"]),  # nothing but pages
        ([], []),
    ],
)
def test_topics(names: list[Intent], topics: list[str]) -> None:
    assert topics_of({one.name: one for one in names}) == topics


@pytest.mark.parametrize(
    ("spec", "base_url", "api_key", "expected"),
    [
        ("openai:a", None, None, {"stream_usage": True}),
        (
            "openai:a",
            "http://localhost/v1",
            None,
            {"stream_usage": True, "use_responses_api": False, "api_key": "unused"},
        ),
        ("openai:a", "http://localhost/v1", "k", {"stream_usage": True, "use_responses_api": False, "api_key": "k"}),
        ("anthropic:a", None, "k", {"api_key": "k"}),
    ],
)
def test_options(
    monkeypatch: pytest.MonkeyPatch, spec: str, base_url: str | None, api_key: str | None, expected: dict[str, object]
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    made = options(spec, base_url, 3.0, api_key)
    address = {"base_url": base_url} if base_url else {}
    assert made == {"max_retries": 0, "timeout": 3.0, **address, **expected}
