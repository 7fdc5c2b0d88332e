"""In which language wordings come where a message does not tell."""

from __future__ import annotations

import pytest

from frontdesk.desk.languages import language_named
from frontdesk.graph.memories import Memory
from frontdesk.graph.state import DeskState, Recall, Route
from frontdesk.nodes.wording import language_of


def memory(about: str, text: str, **more: float) -> Memory:
    made = Memory(
        id="m", kind="preference", about=about, text=text, at=1.0, thread="t", turn=1, confidence=1, source="customer"
    )
    return Memory(**{**made, **more})  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("why", "spoken", "memories", "language"),
    [
        ("the message tells", "fr", [memory("reply.language", "prefers German")], "fr"),
        ("the memory tells", "", [memory("reply.language", "prefers German")], "de"),
        ("nothing tells", "", [], ""),
        ("no language in it", "", [memory("reply.language", "prefers Klingon")], ""),
        ("it has ended", "", [memory("reply.language", "prefers German", ended=2.0)], ""),
        ("of something else", "", [memory("taste.style", "likes German style")], ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_language_of(why: str, spoken: str, memories: list[Memory], language: str) -> None:
    route = Route(intent="", confidence=0.0, accepted=False, alternatives=[])
    route = Route(**{**route, "language": spoken}) if spoken else route
    state = DeskState(route=route, recall=Recall(passages=[], episodes=[], memories=memories))
    assert language_of(state) == language


@pytest.mark.parametrize(
    ("text", "tag"), [("prefers English", "en"), ("prefers dutch", "nl"), ("prefers Germany", ""), ("", "")]
)
def test_language_named(text: str, tag: str) -> None:
    assert language_named(text) == tag
