"""The public surface is what __all__ says, and every name loads."""

import subprocess
import sys

import pytest

import frontdesk


@pytest.mark.parametrize("name", frontdesk.__all__)
def test_every_public_name_loads(name: str) -> None:
    assert getattr(frontdesk, name).__doc__


def test_the_list_is_sorted_and_complete() -> None:
    assert list(frontdesk.__all__) == sorted(frontdesk.__all__)
    assert set(frontdesk.__all__) == set(frontdesk._HOME)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(AttributeError, match="open_desk"):
        frontdesk.opendesk  # noqa: B018


def test_the_command_answers() -> None:
    done = subprocess.run([sys.executable, "-m", "frontdesk", "--help"], capture_output=True, text=True, check=True)
    assert "chat" in done.stdout
