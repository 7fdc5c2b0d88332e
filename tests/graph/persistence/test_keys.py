from __future__ import annotations

import base64
from pathlib import Path

import pytest

from frontdesk.errors import SettingsError
from frontdesk.graph.persistence.keys import find_keys, new_key, parse_keys

FIRST, SECOND = b"\xfb" * 32, b"\x02" * 32
TEXT = base64.b64encode(FIRST).decode()
URL_SAFE = base64.urlsafe_b64encode(FIRST).decode()
OTHER = base64.b64encode(SECOND).decode()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param(TEXT, (FIRST,), id="one"),
        pytest.param(URL_SAFE, (FIRST,), id="url-safe"),
        pytest.param(f"{TEXT},{OTHER}", (FIRST, SECOND), id="two"),
        pytest.param(f"\n{TEXT} , {OTHER}\n", (FIRST, SECOND), id="spaces"),
    ],
)
def test_keys_are_read(text: str, keys: tuple[bytes, ...]) -> None:
    assert parse_keys(text, "FRONTDESK_KEY") == keys


@pytest.mark.parametrize(
    "text", ["", ",", "hunter2", TEXT[:-4], TEXT + ",x"], ids=["", "comma", "word", "cut", "second"]
)
def test_a_malformed_key_is_not_repeated(text: str) -> None:
    with pytest.raises(SettingsError, match=r"FRONTDESK_KEY: .*frontdesk key") as caught:
        parse_keys(text, "FRONTDESK_KEY")
    assert TEXT[:10] not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_new_key_is_a_key() -> None:
    assert parse_keys(new_key(), "x") != parse_keys(new_key(), "x")


def test_the_variable_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "k").write_text(OTHER)
    environment = {"FRONTDESK_KEY": TEXT, "FRONTDESK_KEY_FILE": str(tmp_path / "k")}
    assert find_keys(environment, tmp_path, local=False) == (FIRST,)
    del environment["FRONTDESK_KEY"]
    assert find_keys(environment, tmp_path, local=False) == (SECOND,)


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"FRONTDESK_KEY_FILE: .*absent"):
        find_keys({"FRONTDESK_KEY_FILE": str(tmp_path / "absent")}, tmp_path, local=True)


def test_a_named_redis_needs_a_named_key(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="frontdesk key"):
        find_keys({}, tmp_path, local=False)
    assert list(tmp_path.iterdir()) == []


def test_the_own_key_is_made_once_and_private(tmp_path: Path) -> None:
    home = tmp_path / "new"
    keys = find_keys({}, home, local=True)
    assert find_keys({}, home, local=True) == keys
    assert [path.name for path in home.iterdir()] == ["key"]
    assert (home / "key").stat().st_mode & 0o777 == 0o600


def test_an_unwritable_home_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be made"):
        find_keys({}, tmp_path / "file" / "home", local=True)
