"""What a message wants, without greeting and reason."""

from __future__ import annotations

import pytest

from frontdesk.nodes.route.views import wanted_part


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("return order 10128, the pan is cracked", "return order 10128"),
        ("Hi, could you tell me where order 10915 is?", "could you tell me where order 10915 is?"),
        ("hello there! send back the lamp from 10377, broken", "send back the lamp from 10377"),
        ("Hola, ¿cuántos puntos tengo?", "¿cuántos puntos tengo?"),
        ("hello", ""),
        ("hi there, thanks", ""),
        ("where is my order", ""),
        ("cancel 10482, and can you return the rug", ""),
        ("the pan is cracked, return it", ""),
        ("Hire a kitchen planner for me", ""),
    ],
)
def test_the_wanted_part(text: str, part: str) -> None:
    assert wanted_part(text) == part
