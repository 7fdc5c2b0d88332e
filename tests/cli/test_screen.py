from __future__ import annotations

import re
from io import StringIO

import pytest

from frontdesk.cli.screen import DOING, Waiting
from frontdesk.nodes.stages import STAGES
from frontdesk.reply import StageEvent
from frontdesk.streaming import pieces
from tests.cli.conftest import console_on

TOKEN = re.compile(r"\x1b\[(\?)?(\d*)([A-Za-z])|(\r)|(\n)|([^\x1b\r\n]+)|\x1b\[[\d;]*m")


def read_screen(output: str, height: int) -> list[str]:
    """What a terminal of ``height`` lines and its scrollback hold after ``output``: what scrolled away is out of reach."""
    lines, row, column = [""], 0, 0
    for match in TOKEN.finditer(output):
        private, count, letter, back, down, text = match.groups()
        if text:
            lines[row] = lines[row][:column].ljust(column) + text + lines[row][column + len(text) :]
            column += len(text)
        elif back:
            column = 0
        elif down:
            row, column = row + 1, 0
            lines += [""] * (row + 1 - len(lines))
        elif letter == "A":
            row = max(row - int(count or 1), len(lines) - height, 0)
        elif letter == "K" and not private:
            lines[row] = ""
    return [line.rstrip() for line in lines]


def numbered(paragraphs: int, lines: int = 1) -> str:
    return "\n\n".join(
        "\n".join(f"Paragraph {number} line {line}. It ends here." for line in range(lines))
        for number in range(paragraphs)
    )


@pytest.mark.parametrize(
    ("paragraphs", "lines"),
    [
        (1, 1),  # one sentence
        (3, 2),  # fits the screen
        (12, 3),  # longer than the screen
        (1, 40),  # a single paragraph that is longer than the screen
        (2, 25),  # two of them
    ],
)
def test_every_line_of_a_reply_stands_once_in_the_scrollback(paragraphs: int, lines: int) -> None:
    screen, text = StringIO(), numbered(paragraphs, lines)
    console = console_on(screen, terminal=True, height=10)
    with Waiting(console) as waiting:
        waiting.stage(StageEvent("respond", "start"))
        for piece in pieces(text):
            waiting.text(piece)
            waiting._live.refresh()  # the thread draws when it likes; here after every piece
    seen = [line.removeprefix("desk › ").strip() for line in read_screen(screen.getvalue(), 10)]
    assert [line for line in seen if line] == [line for line in text.splitlines() if line]


def test_the_reader_of_screens_sees_doubled_lines() -> None:
    """The test above could not fail if it did not."""
    assert read_screen("a\nb\n\x1b[1A\x1b[2Kc\n", 10) == ["a", "c", ""]
    assert read_screen("a\nb\nc\n\x1b[3Ac\n", 2) == ["a", "b", "c", ""]


def test_the_stage_and_a_long_wait_show() -> None:
    screen, moments = StringIO(), iter([0.0, 0.1, 7.0, 7.0, 7.0, 7.0])
    console = console_on(screen, terminal=True)
    waiting = Waiting(console, clock=lambda: next(moments))
    console.print(waiting._live.renderable)
    waiting.stage(StageEvent("act", "start"))
    waiting.stage(StageEvent("act", "end", 3.0))
    console.print(waiting._live.renderable)
    first, second = screen.getvalue().splitlines()
    assert "waiting for its turn …" in first
    assert " s" not in first.split("…")[1]
    assert f"{DOING['act']} …  7 s" in second


def test_every_stage_has_words() -> None:
    assert set(STAGES) == set(DOING)


def test_a_turn_that_was_left_prints_nothing_more() -> None:
    screen = StringIO()
    with Waiting(console_on(screen, terminal=True)) as waiting:
        pass
    before = screen.getvalue()
    waiting.text("too late")
    waiting.stage(StageEvent("reply", "start"))
    assert screen.getvalue() == before


def test_a_pipe_sees_neither_stages_nor_pieces() -> None:
    screen = StringIO()
    with Waiting(console_on(screen)) as waiting:
        waiting.stage(StageEvent("guard", "start"))
        waiting.text("One. ")
        waiting.text("Two.")
    assert screen.getvalue() == "desk › One. Two.\n"


def test_what_was_taken_back_is_called_off_on_a_terminal_and_unsaid_on_a_pipe() -> None:
    screen, pipe = StringIO(), StringIO()
    for waiting in (Waiting(console_on(screen, terminal=True)), Waiting(console_on(pipe))):
        with waiting:
            waiting.text("The first answer.\n\nIt goes on.\n\n")
            waiting.retract()
            waiting.text("The second answer.")
    assert "Let me say that again:" in screen.getvalue()
    assert screen.getvalue().index("The first answer.") < screen.getvalue().index("The second answer.")
    assert pipe.getvalue() == "desk › The second answer.\n"
