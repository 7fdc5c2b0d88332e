"""Where the person's lines come from: a prompt on a terminal, or a script on a pipe."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence

from rich.console import Console

from frontdesk.cli.text import Said


async def lines(console: Console, commands: Sequence[str]) -> AsyncGenerator[str, None]:
    """Yield what the person enters, stripped, until they leave (Ctrl-D, the end of the pipe).

    Args:
        console: Where to print hints, and the lines of a script.
        commands: What Tab completes.
    """
    if sys.stdin.isatty():
        async for line in prompted(console, commands):
            yield line
        return
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip():
            Said("you", line.strip(), markdown=False).print(console)
        yield line.strip()


async def prompted(console: Console, commands: Sequence[str]) -> AsyncIterator[str]:
    """Yield what a person enters at a prompt; arguments as those of :func:`lines`."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.shortcuts import CompleteStyle

    # In memory only: a history file would keep customers' words in clear on the disk.
    prompt: PromptSession[str] = PromptSession(
        [("bold", "you  › ")],
        history=InMemoryHistory(),
        completer=WordCompleter(list(commands), sentence=True),
        complete_style=CompleteStyle.READLINE_LIKE,  # a menu would keep eight empty lines below the prompt
        complete_while_typing=False,
    )
    while True:
        try:
            # Its own handler would take the conversation's away (frontdesk.cli.interrupt); the key is read anyway.
            yield (await prompt.prompt_async(handle_sigint=False)).strip()
        except KeyboardInterrupt:
            console.print("[dim]Ctrl-D or /quit to leave[/]")
        except EOFError:
            return


@contextlib.contextmanager
def unechoed_keys() -> Iterator[None]:
    """Keep keys that are pressed meanwhile out of the picture; they are there when the prompt comes back."""
    try:
        import termios

        screen = sys.stdin.fileno()
        before = termios.tcgetattr(screen)
    except (ImportError, OSError, ValueError, termios.error):  # Windows, a pipe, a test's stdin
        yield
        return
    quiet = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(screen, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(screen, termios.TCSADRAIN, before)
