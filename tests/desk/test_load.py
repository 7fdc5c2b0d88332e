"""Loading a desk: what comes out, where names lead, and that nothing of the desk is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.desk.load import Desk
from frontdesk.desk.locate import locate, shipped_desks
from frontdesk.errors import DeskError
from frontdesk.graph.deps import DeskView


def test_a_good_desk_loads_in_the_order_of_its_files(desk: Path) -> None:
    loaded = Desk.load(desk)
    view: DeskView = loaded
    assert (loaded.name, loaded.root, view.config.business) == ("corner", desk, "Corner Shop")
    assert list(view.intents) == ["order_status", "cancel_order"]
    assert list(view.tools) == ["cancel_order", "get_order"]
    assert list(loaded.prompts) == ["careful"]
    assert view.pages["delivery"].body.startswith("# Delivery\nWe deliver")
    assert str(view.pages["delivery"].valid_from) == "2024-01-31"


def test_a_loaded_desk_cannot_be_changed(desk: Path) -> None:
    loaded = Desk.load(desk)
    with pytest.raises(TypeError):
        loaded.intents["other"] = loaded.intents["order_status"]  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        loaded.config.name = "other"


def test_no_code_of_the_desk_is_run(desk: Path) -> None:
    (desk / "seed.py").write_text("raise RuntimeError('was imported')\n\n\nasync def prepare(engine): ...\n")
    assert Desk.load(desk).config.seed == "seed.py:prepare"


def test_windows_line_ends_and_a_byte_order_mark_are_fine(desk: Path) -> None:
    for path in desk.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert Desk.load(desk).pages["delivery"].body.endswith("## Prices\nDelivery is free.")


def test_an_empty_folder_lacks_both_files(tmp_path: Path) -> None:
    with pytest.raises(DeskError) as caught:
        Desk.load(tmp_path)
    assert [(fault.file, fault.problem) for fault in caught.value.faults] == [
        ("desk.yaml", "the file is missing"),
        ("intents.yaml", "the file is missing"),
    ]


@pytest.mark.parametrize(
    "given",
    ["no-such-desk", "retial", "", "desk.yaml"],  # unknown, misspelt, empty, a file
)
def test_an_unknown_desk_is_named_with_what_there_is(given: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    with pytest.raises(DeskError, match="shipped desk"):
        Desk.load(given)


def test_a_path_leads_to_a_folder_and_a_bare_name_to_what_ships(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.parent)
    desk.rename(desk.parent / "retail")
    assert locate("./retail") == desk.parent / "retail"
    assert locate(Path("retail")) == desk.parent / "retail"
    assert locate("retail") == locate(None) == shipped_desks()["retail"] != desk.parent / "retail"


def test_the_desk_that_ships_has_no_faults() -> None:
    loaded = Desk.load("retail")
    assert loaded.name == "retail"
    assert len(loaded.intents) >= 25
    assert len(loaded.pages) >= 20
    assert len(loaded.tools) == 19
