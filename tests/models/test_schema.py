"""What a hosted model sees of a tool."""

from __future__ import annotations

from frontdesk.models.schema import hosted_tool


def test_our_keywords_go_and_the_authors_names_stay() -> None:
    tool = {
        "type": "function",
        "function": {
            "name": "order",
            "parameters": {
                "type": "object",
                "x-note": 1,
                "properties": {
                    "x-ray": {"type": "string", "x-ask": "Which?", "enum": ["x-a", "b"]},
                    "lines": {"type": "array", "items": {"anyOf": [{"type": "string", "x-cues": ["#"]}]}},
                },
                "required": ["x-ray"],
            },
        },
    }
    assert hosted_tool(tool)["function"]["parameters"] == {
        "type": "object",
        "properties": {
            "x-ray": {"type": "string", "enum": ["x-a", "b"]},
            "lines": {"type": "array", "items": {"anyOf": [{"type": "string"}]}},
        },
        "required": ["x-ray"],
    }
    assert "x-note" in tool["function"]["parameters"]  # type: ignore[index]
