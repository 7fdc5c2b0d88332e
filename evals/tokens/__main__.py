"""``python -m frontdesk.evals.tokens``: by how many percent the estimate of tokens is off, per kind of text.

Compares with OpenAI's cl100k and o200k where their tables are on this machine (tiktoken's cache folder, or litellm);
nothing is downloaded. Prints one JSON object; ends with status 1 where an estimate is under a real count.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from frontdesk.errors import FrontdeskError
from frontdesk.evals.lines import read_records
from frontdesk.evals.tokens.run import compare
from frontdesk.evals.tokens.texts import TEXTS

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.tokens", description=__doc__)
    parser.add_argument("--data", type=Path, help="JSON Lines with text: one more kind, all its texts together")
    parser.add_argument("--most", type=int, default=2000, help="lines of it that are used")
    arguments = parser.parse_args()
    texts = dict(TEXTS)
    try:
        if arguments.data:
            lines = [str(line.get("text", "")) for _, line in read_records(arguments.data)]
            texts[arguments.data.name] = "\n".join(lines[: arguments.most])
    except FrontdeskError as error:
        sys.exit(f"frontdesk: {error}")
    figures = compare(texts)
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    sys.exit(any(encoding["lowest"]["frontdesk"] < 0 for encoding in figures["encodings"].values()))
