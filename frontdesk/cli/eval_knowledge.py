"""``frontdesk eval knowledge``: how well pages are found, and how well it is known that none covers a question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from frontdesk.desk.remembering import Search


def knowledge(
    docs: Annotated[Path, typer.Option("--docs", help="JSON Lines: id, title, body, domain (optional).")],
    queries: Annotated[
        Path,
        typer.Option("--queries", help="JSON Lines: id, query, doc_id (null: no page covers it), domain (optional)."),
    ],
    out: Annotated[Path, typer.Option("--out", help="Gets one JSON record per query; replaced when it exists.")],
    embeddings: Annotated[
        str, typer.Option("--embeddings", help="minilm, or a string for LangChain's init_embeddings; empty: words.")
    ] = "",
    covered: Annotated[
        float, typer.Option(min=0, max=1, help="Certainty from which a page covers a query (`search.covered`).")
    ] = Search().covered,
) -> None:
    """Measure how well the right page is found, and the decision that no page covers a question."""
    from frontdesk.evals.knowledge.run import Options, evaluate
    from frontdesk.evals.route.embedding import embedding

    with embedding(embeddings) as embed:
        figures = evaluate(Options(docs, queries, out, covered), embed, lambda line: typer.echo(line, err=True))
    typer.echo(json.dumps(figures, ensure_ascii=False))


__all__ = ["knowledge"]
