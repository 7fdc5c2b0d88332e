"""``python -m frontdesk.evals.memory``: the weights of ``nodes/recall/ranking/certainty.py``, as one JSON object."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from frontdesk.errors import FrontdeskError
from frontdesk.evals.memory.data import read_questions, read_talks
from frontdesk.evals.memory.floor import fitted
from frontdesk.evals.route.embedding import embedding, remembering
from frontdesk.settings import quiet_environment

if __name__ == "__main__":
    quiet_environment()
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.memory", description=__doc__)
    parser.add_argument("--conversations", type=Path, required=True, help="as for frontdesk eval memory")
    parser.add_argument("--qa", type=Path, required=True, help="as for frontdesk eval memory")
    parser.add_argument("--embeddings", default="", help="minilm, or a string for LangChain's init_embeddings")
    arguments = parser.parse_args()
    try:
        turns = read_talks(arguments.conversations)
        questions = read_questions(arguments.qa, turns)
        with embedding(arguments.embeddings) as embed:
            figures = fitted(turns, questions, remembering(embed) if embed else None)
    except FrontdeskError as error:
        sys.exit(f"error: {error}")
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
