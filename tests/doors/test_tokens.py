"""The tokens file: whom a bearer token stands for, and until when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import SettingsError
from frontdesk.graph.identity import Principal
from frontdesk.server.tokens import load_tokens

SHA = "0" * 64
MOMENT = 1_796_117_400.0

GOOD: list[tuple[str, dict[str, Any], Principal]] = [
    ("no more than a subject", {}, Principal("C-1", "shop")),
    ("a tenant", {"tenant": "bank"}, Principal("C-1", "bank")),
    ("roles and scopes", {"roles": ["a"], "scopes": ["x:y"]}, Principal("C-1", "shop", {"x:y"}, {"a"})),  # type: ignore[arg-type]
    ("verified", {"verified": "strong"}, Principal("C-1", "shop", verified="strong")),
    ("Unix seconds", {"expires_at": MOMENT}, Principal("C-1", "shop", expires_at=MOMENT)),
    ("ISO 8601 in UTC", {"expires_at": "2026-12-01T09:30:00Z"}, Principal("C-1", "shop", expires_at=MOMENT)),
    ("ISO 8601 elsewhere", {"expires_at": "2026-12-01T10:30:00+01:00"}, Principal("C-1", "shop", expires_at=MOMENT)),
]
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("anonymous", {"subject": "anonymous"}, "nobody's"),
    ("a blank subject", {"subject": "  "}, "nobody's"),
    ("no subject", {"subject": ""}, "subject"),
    ("an empty tenant", {"tenant": ""}, "tenant"),
    ("a level that is none", {"verified": "very"}, "verified"),
    ("a day without a time zone", {"expires_at": "2026-12-01T09:30:00"}, "expires_at"),
    ("zero", {"expires_at": 0}, "expires_at"),
    ("before 1970", {"expires_at": -1}, "expires_at"),
    ("never", {"expires_at": None}, "expires_at"),
    ("true", {"expires_at": True}, "expires_at"),
    ("words", {"expires_at": "tomorrow"}, "expires_at"),
    ("infinity", {"expires_at": float("inf")}, "expires_at"),
    ("an unknown field", {"admin": True}, "admin"),
]


def read(folder: Path, *entries: dict[str, Any]) -> Any:
    file = folder / "tokens.json"
    file.write_text(json.dumps([{"sha256": SHA, "subject": "C-1", **entry} for entry in entries]), encoding="utf-8")
    return load_tokens(file, "shop")


@pytest.mark.parametrize(("entry", "who"), [row[1:] for row in GOOD], ids=[row[0] for row in GOOD])
def test_who_it_is(entry: dict[str, Any], who: Principal, tmp_path: Path) -> None:
    assert read(tmp_path, entry) == {SHA: who}


@pytest.mark.parametrize(("entry", "named"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_it_may_not_say(entry: dict[str, Any], named: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=named):
        read(tmp_path, entry)


def test_one_token_is_one_caller(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="twice"):
        read(tmp_path, {}, {"subject": "C-2"})
