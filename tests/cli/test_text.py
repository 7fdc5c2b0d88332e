from __future__ import annotations

from io import StringIO

import pytest

from frontdesk.cli.text import Said, finished_blocks, safe, shortened
from tests.cli.conftest import console_on


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, äöü, 漢字, 👋\n\ttabbed", "plain words, äöü, 漢字, 👋\n\ttabbed"),  # nothing to do
        ("\x1b[31mred\x1b[0m", "red"),  # colour
        ("\x1b[2J\x1b[Hgone", "gone"),  # erases the screen
        ("\x1b[1A\x1b[2Kfaked", "faked"),  # overwrites the line above
        ("\x1b]0;title\x07x", "x"),  # window title, ended by BEL
        ("\x1b]52;c;ZXZpbA==\x1b\\x", "x"),  # clipboard, ended by ST
        ("\x1b]8;;https://evil.example\x1b\\shop\x1b]8;;\x1b\\", "shop"),  # link behind other words
        ("\x1bP1$r\x1b\\x", "x"),  # device control string
        ("\x9b31mred\x9d0;t\x9cx", "redx"),  # the same in one byte (C1)
        ("\x1b", ""),  # cut off
        ("\x1b[", ""),  # cut off in the middle
        ("\x1bc", ""),  # resets the terminal
        ("a\x08\x08b\x7f\x00\x07", "ab"),  # backspaces, DEL, NUL, bell
        ("one\rtwo\r\nthree", "one\ntwo\nthree"),  # carriage returns would hide what stands before them
        ("pay \u202eEUR 01\u202c", "pay EUR 01"),  # turned reading direction
        ("\ud83d", "\ufffd"),  # lone surrogate: the terminal's encoder would raise
        ("\x1b\x1b[31m[31mx", "[31mx"),  # nested: what is left has no ESC
    ],
)
def test_only_words_reach_the_terminal(text: str, shown: str) -> None:
    assert safe(text) == shown
    assert safe(shown) == shown


def test_long_runs_of_openings_are_read_in_linear_time() -> None:
    assert safe("\x90" * 200_000) == ""
    assert "\x1b" not in safe("\x1b]" * 200_000 + "\x1b[" * 200_000)


@pytest.mark.parametrize(
    ("text", "blocks", "rest"),
    [
        ("still coming", [], "still coming"),  # one paragraph
        ("one\n\ntwo", ["one"], "two"),  # a paragraph is over
        ("one\n\n", [], "one\n\n"),  # what comes next may belong to it
        ("- a\n\n  more\n\nend", ["- a\n\n  more"], "end"),  # indented: belongs to the item
        ("```\na\n\nb", [], "```\na\n\nb"),  # open fence
        ("```\na\n\nb\n```\n\nend", ["```\na\n\nb\n```"], "end"),  # closed fence
        ("one\n \t\ntwo\n\nthree", ["one", "two"], "three"),  # blanks in the empty line
        ("", [], ""),  # nothing
    ],
)
def test_a_block_is_finished_when_nothing_can_change_it(text: str, blocks: list[str], rest: str) -> None:
    assert finished_blocks(text) == (blocks, rest)


def shown(text: str, *, terminal: bool = True, markdown: bool = True, width: int = 60) -> str:
    screen = StringIO()
    Said("desk", text, markdown=markdown).print(console_on(screen, terminal=terminal, width=width))
    return screen.getvalue()


def words(text: str, **options: bool | int) -> str:
    """What a person reads: our own colours taken out."""
    return safe(shown(text, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("**bold** and `code`", "desk › bold and code"),  # emphasis is shown, its marks are not
        ("see [the page](https://www.fernhill.example/help)", "(https://www.fernhill.example/help)"),  # where it leads
        ("a <b>tag</b> and <EMAIL_1>", "a <b>tag</b> and <EMAIL_1>"),  # no HTML: nothing may vanish
        ("<script>\nx\n</script>", "<script>"),  # a block of HTML either
        ("first\nsecond", "       second"),  # lines stay lines, beside the name
        ("# Heading", "desk › Heading"),  # neither boxed nor centred
        ("- one\n- two", "• two"),  # lists
        ("answer [returns]", "answer [returns]"),  # citations are no markup
        ("[red]not markup[/red]", "[red]not markup[/red]"),  # Rich's own markup is nothing to a customer
    ],
)
def test_markdown_shows_what_it_says(text: str, line: str) -> None:
    assert line in words(text)


def test_a_link_is_never_a_hidden_one() -> None:
    assert "\x1b]8;" not in shown("[bank](https://evil.example) https://plain.example <https://auto.example>")


def test_a_persons_words_are_no_markdown() -> None:
    assert "**no** <b>" in words("**no** <b>", markdown=False)


def test_words_wrap_beside_the_name() -> None:
    lines = words("word " * 30).splitlines()
    assert len(lines) > 2
    assert lines[0].startswith("desk › word")
    assert all(line.startswith("       word") and len(line) <= 60 for line in lines[1:])


def test_a_pipe_gets_the_words_on_one_line() -> None:
    text = "word " * 30 + "**end** \x1b[31m[returns]"
    assert shown(text, terminal=False) == "desk › " + "word " * 30 + "**end** [returns]\n"


def test_list_items_carry_no_blanks_to_the_edge() -> None:
    assert not [line for line in words("- one\n- two\n\n1. a").splitlines() if line != line.rstrip()]


def test_an_excerpt_is_one_short_line() -> None:
    assert shortened("one\n two\x1b[31m three", 9) == "one two…"
    assert shortened("one", 9) == "one"
