"""``frontdesk calibrate``: thresholds of a desk's routing, and whether its customers still talk as they did."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from frontdesk.cli.options import DeskOption

group = typer.Typer(
    name="calibrate",
    no_args_is_help=True,
    help="Pick the thresholds of a desk's routing, and see when it drifts.",
)

EmbeddingsOption = Annotated[
    str, typer.Option("--embeddings", help="Instead of the desk's: minilm, or a string for init_embeddings.")
]
SeedOption = Annotated[int, typer.Option(min=0, help="Of the parts that are held back.")]


@group.command()
def route(
    desk: DeskOption = None,
    data: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option("--data", help="JSON Lines of messages with intent (null: none); default: the desk's examples."),
    ] = None,
    target: Annotated[
        float, typer.Option("--target-precision", min=0.5, max=0.999, help="Share right of what is acted on.")
    ] = 0.95,
    share: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(
            "--oos-share",
            min=0,
            max=0.9,
            help="Assumed share of messages of no intent (default: .25 where the data has some, else .1).",
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder that gets report.html, report.json and desk.yaml.")] = Path(
        "calibration"
    ),
    embeddings: EmbeddingsOption = "",
    seed: SeedOption = 0,
    write: Annotated[bool, typer.Option("--write", help="Put the thresholds into the desk's desk.yaml.")] = False,
) -> None:
    """Pick accept, clarify and pair for a target, and report what customers would meet."""
    from frontdesk.evals.route.calibrate import Options, calibrate

    _print(calibrate(Options(desk, data, target, share, out, embeddings, seed, write), _progress))


@group.command()
def drift(
    recent: Annotated[Path, typer.Option("--recent", help="JSON Lines with text: messages of late.")],
    desk: DeskOption = None,
    reference: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--reference", help="JSON Lines with text: messages of before; default: the desk's examples."),
    ] = None,
    embeddings: EmbeddingsOption = "",
    seed: SeedOption = 0,
    fail: Annotated[bool, typer.Option("--check", help="Leave with 1 when something has drifted.")] = False,
) -> None:
    """Compare messages of late with those that the router was fitted on, or with earlier ones."""
    from frontdesk.evals.route.drift import Options, drifted

    found = drifted(Options(desk, recent, reference, embeddings, seed), _progress)
    _print(found)
    if fail and found["level"] == "act":
        raise typer.Exit(1)


def _print(figures: dict[str, Any]) -> None:
    typer.echo(json.dumps(figures, ensure_ascii=False))


def _progress(line: str) -> None:
    typer.echo(line, err=True)
