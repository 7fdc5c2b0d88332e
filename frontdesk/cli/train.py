"""``frontdesk train``: fits the models that ship with the package; what they learn from stands in docs/training.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Optional

import typer

group = typer.Typer(name="train", no_args_is_help=True, help="Train the models that ship with the package.")

DataOption = Annotated[
    Path, typer.Option("--data", envvar="FRONTDESK_DATA", help="Folder of the measuring data (docs/training.md).")
]
OutOption = Annotated[
    Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--out", help="Gets the model; a .json with how it was made goes beside it (default: the package's)."),
]


@group.command()
def names(
    data: DataOption = Path("../shared/data"),
    out: OutOption = None,
    seed: Annotated[int, typer.Option(help="Start of the random source.")] = 1,
    sentences: Annotated[int, typer.Option(min=1, help="How many sentences to generate.")] = 50_000,
    head: Annotated[bool, typer.Option("--head", help="Train the MiniLM head instead (docs/head.md).")] = False,
    encoder: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(envvar="FRONTDESK_ENCODER", help="With --head: folder of the encoder (default: the package's)."),
    ] = None,
    steps: Annotated[int, typer.Option(min=1, help="With --head: batches of 32 texts.")] = 800,
) -> None:
    """Train the sequence model of names and addresses (minutes, one core, the extra "train"), or the MiniLM head."""
    if head:
        from frontdesk.training.material import make_head, plan_of

        made = make_head(encoder, data, out, plan_of(seed, steps, sentences), lambda line: typer.echo(line, err=True))
        typer.echo(json.dumps(made.facts(), indent=1, sort_keys=True))
        return
    from frontdesk.nodes.scrub.sequence import model
    from frontdesk.training.names import Plan, train_names

    target = out or Path(str(model.FOLDER)) / model.MODEL
    facts = train_names(data, target, Plan(seed, sentences), lambda line: typer.echo(line, err=True))
    typer.echo(json.dumps(facts, indent=1, sort_keys=True))


@group.command()
def guard(
    data: DataOption = Path("../shared/data"),
    out: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option("--out", help="Folder that gets both models and a .json beside each (default: the package's)."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Start of the random source.")] = 1,
) -> None:
    """Train the scorers of attacks (minutes, one core): messages of customers, and texts of documents and tools."""
    from frontdesk.nodes.guard.scorer.model import FOLDER
    from frontdesk.training.guard.train import train_guard

    target = out or Path(str(FOLDER))
    target.mkdir(parents=True, exist_ok=True)
    facts = train_guard(data, target, seed, lambda line: typer.echo(line, err=True))
    typer.echo(json.dumps(facts, indent=1, sort_keys=True))


@group.command()
def senses(
    out: OutOption = None,
    encoder: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option(envvar="FRONTDESK_ENCODER", help="Folder of the encoder (default: the package's)."),
    ] = None,
) -> None:
    """Make the router's table of word senses from the encoder (a minute, one core, the extra "embeddings")."""
    import os

    from frontdesk.models.embedders.local import required_encoder
    from frontdesk.models.encoder.find import VARIABLE
    from frontdesk.nodes.route.senses import TABLE
    from frontdesk.training.senses import make_senses

    given = os.environ | ({VARIABLE: str(encoder)} if encoder else {})
    typer.echo(json.dumps(make_senses(required_encoder(given), out or TABLE), indent=1, sort_keys=True))
