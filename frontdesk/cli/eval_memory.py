"""``frontdesk eval memory``: how well what was said before is found again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def memory(
    conversations: Annotated[
        Path, typer.Option("--conversations", help="JSON Lines: id, scenario, turns[] (strings, or speaker and text).")
    ],
    qa: Annotated[Path, typer.Option("--qa", help="JSON Lines: id, scenario, question, answers[], evidence (quotes).")],
    out: Annotated[Path, typer.Option("--out", help="Gets one JSON record per question; replaced when it exists.")],
    embeddings: Annotated[
        str, typer.Option("--embeddings", help="minilm, or a string for LangChain's init_embeddings; empty: words.")
    ] = "",
    sentences: Annotated[
        bool, typer.Option("--sentences", help="Take every sentence as a turn: how it is where messages are short.")
    ] = False,
) -> None:
    """Measure how well what was said before is found again, beside plain BM25."""
    from frontdesk.evals.memory.run import Options, evaluate
    from frontdesk.evals.route.embedding import embedding

    with embedding(embeddings) as embed:
        figures = evaluate(Options(conversations, qa, out, sentences), embed, lambda line: typer.echo(line, err=True))
    typer.echo(json.dumps(figures, ensure_ascii=False))


__all__ = ["memory"]
