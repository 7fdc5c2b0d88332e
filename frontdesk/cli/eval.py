"""``frontdesk eval CAPABILITY``: one command per capability; how it is measured stands in ``frontdesk.evals``."""

from __future__ import annotations

import asyncio
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from frontdesk.cli.eval_gateway import gateway
from frontdesk.cli.eval_knowledge import knowledge
from frontdesk.cli.eval_memory import memory

group = typer.Typer(
    name="eval",
    no_args_is_help=True,
    help="Measure a capability on data of your own: figures on standard output as one JSON object.",
)


class Head(StrEnum):
    """Whether the MiniLM head is used."""

    auto = "auto"
    on = "on"
    off = "off"


class Part(StrEnum):
    """Which part of the data."""

    all = "all"
    fit = "fit"
    validation = "validation"


class From(StrEnum):
    """Where a text comes from."""

    user = "user"
    document = "document"
    tool = "tool"
    human = "human"


DataOption = Annotated[Path, typer.Option("--data", help="JSON Lines: id, text, and where annotated spans[].")]
OutOption = Annotated[Path, typer.Option("--out", help="Gets one JSON record per text; replaced when it exists.")]
DeskOption = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--desk", "-d", help="Measure what this desk uses (default: the settings' desk)."),
]
HeadOption = Annotated[
    Optional[Head],  # noqa: UP045
    typer.Option("--head", help="The MiniLM head: where installed, required, or left out (default: the desk's)."),
]


@group.command()
def scrub(
    data: DataOption,
    out: OutOption,
    desk: DeskOption = None,
    head: HeadOption = None,
    split: Annotated[Part, typer.Option(help="Part of the data: a third of its templates is for validation.")] = (
        Part.all
    ),
    detectors: Annotated[str, typer.Option(help="Only these detectors, with commas between them.")] = "",
) -> None:
    """Measure how much personal data is found, and what else is altered."""
    from frontdesk.cli.scrub import scrub_config
    from frontdesk.evals.scrub.run import Options, evaluate

    only = tuple(name.strip() for name in detectors.split(",") if name.strip())
    config = scrub_config(desk, head.value if head else None)
    _print(evaluate(Options(data, out, config, split.value, only), _progress))


@group.command()
def record(
    data: Annotated[Path, typer.Option("--data", help="JSON Lines with text: messages in which nobody is named.")],
    customers: Annotated[Path, typer.Option("--customers", help="JSON Lines: name, email, phone, address.")],
    desk: DeskOption = None,
    head: HeadOption = None,
    limit: Annotated[int, typer.Option(min=0, help="Customers whose values are written in all forms; 0: all.")] = 0,
) -> None:
    """Measure how surely a customer's own record is found again, and how often where it is not."""
    from frontdesk.cli.scrub import scrub_config
    from frontdesk.evals.record.run import Options, evaluate

    config = scrub_config(desk, head.value if head else None)
    _print(evaluate(Options(data, customers, config, limit), _progress))


@group.command()
def guard(
    data: Annotated[Path, typer.Option("--data", help="JSON Lines: text, and where known label (1 = attack).")],
    out: OutOption,
    channel: Annotated[From, typer.Option(help="Where the texts come from.")] = From.user,
    text_field: Annotated[str, typer.Option(help="Field with the text.")] = "text",
    label_field: Annotated[str, typer.Option(help="Field with the label.")] = "label",
    part: Annotated[Part, typer.Option(help="Part of the data: a quarter of its ids is for validation.")] = Part.all,
    negatives: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option("--negatives", help="JSON Lines of ordinary messages that are judged too; may come repeatedly."),
    ] = None,
    desk: DeskOption = None,
    tier2: Annotated[bool, typer.Option("--tier2", help="Ask the desk's second tier, too.")] = False,
) -> None:
    """Measure how many attacks the input guard stops, and how many honest messages it bothers."""
    from frontdesk.evals.guard.data import Fields
    from frontdesk.evals.guard.rail import desk_guard
    from frontdesk.evals.guard.run import Options, evaluate

    fields = Fields(text_field, label_field)
    options = Options(data, out, channel.value, fields, part.value, tuple(negatives or ()))

    async def measured() -> dict[str, Any]:
        async with desk_guard(desk, tier2=tier2) as rail:
            return await evaluate(options, rail, _progress)

    _print(asyncio.run(measured()))


@group.command()
def route(
    out: OutOption,
    train: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--train", help="JSON Lines to fit on: text, intent."),
    ] = None,
    test: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--test", help="JSON Lines to measure on: text, intent (null: out of scope)."),
    ] = None,
    oos: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--oos", help="JSON Lines with text: messages that belong to no intent."),
    ] = None,
    desk: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--desk", "-d", help="Fit on this desk's intents instead of --train."),
    ] = None,
    shots: Annotated[int, typer.Option(min=0, help="Examples per intent, drawn by the seed; 0: all.")] = 0,
    intents: Annotated[
        int, typer.Option(min=0, help="Declare so many intents, drawn by the seed; messages of others are strangers.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Of --shots, --intents and --split.")] = 0,
    split: Annotated[
        float, typer.Option(min=0, max=0.9, help="Measure on this share of --train, which is not fitted on.")
    ] = 0.0,
    embeddings: Annotated[
        str, typer.Option("--embeddings", help="minilm, or a string for LangChain's init_embeddings; empty: words.")
    ] = "",
    accept: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(min=0, max=1, help="Confidence from which a message is acted on (default: the desk's, or 0.5)."),
    ] = None,
    target: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option("--target-precision", min=0.5, max=0.999, help="Pick --accept for it, on unseen examples."),
    ] = None,
) -> None:
    """Measure how well messages find their intent, and how sure the router rightly is."""
    from frontdesk.cli.route import measured
    from frontdesk.evals.route.run import Options

    options = Options(out, train, test, oos, shots, intents, seed, split, target=target)
    _print(measured(options, desk, embeddings, accept, _progress))


group.command()(memory)
group.command()(knowledge)
group.command()(gateway)


def _print(figures: dict[str, Any]) -> None:
    typer.echo(json.dumps(figures, ensure_ascii=False))


def _progress(line: str) -> None:
    typer.echo(line, err=True)
