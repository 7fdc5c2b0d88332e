"""Time of frontdesk's input guard beside NeMo Guardrails', which has an environment of its own.

    python -m venv /tmp/nemo && /tmp/nemo/bin/pip install nemoguardrails langchain-openai torch transformers
    python bench/beside_nemo.py --venv /tmp/nemo [--gpt2 /tmp/gpt2] [--repeats 20] [--json figures.json]

Sides, all on this machine, with the same messages, and one loopback model that answers at once:

* tier 1: the retail desk's guard without a model;
* tier 1 and 2: the same with the loopback model as second tier, asked about every message;
* self-check: NeMo's `self check input` with the loopback model;
* heuristics: NeMo's `jailbreak detection heuristics` in its process. They ask GPT-2 large for perplexities. Where its
  weights cannot be had, `--gpt2 DIR` makes a model of the same shape with random weights, and a tokenizer learnt from
  the pages in docs/: its times are real, what it says of a message is not, and is not reported.

They do not do the same work; what ours finds stands in docs/guardrails.md.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.guard import MESSAGES
from frontdesk import Desk, Settings, open_desk
from frontdesk.desk.config import DeskConfig, GuardRule
from frontdesk.evals.figures import quantile
from frontdesk.testing.openai_server import OpenAIServer, Request
from frontdesk.testing.replies import Reply

ROOT = Path(__file__).resolve().parent.parent
SUSPICIOUS = re.compile(r"instructions|rules|limits|hacker|administrator", re.I)
TICKET = re.compile(r'"ticket": "(\w+)"')
MAKE_GPT2 = """
import json, sys, torch
from pathlib import Path
from tokenizers import ByteLevelBPETokenizer
from transformers import GPT2Config, GPT2LMHeadModel, GPT2TokenizerFast
target = Path("gpt2-large"); target.mkdir()
bpe = ByteLevelBPETokenizer()
bpe.train(sys.argv[1:], vocab_size=50257, min_frequency=2, special_tokens=["<|endoftext|>"])
bpe.save_model(str(target))
GPT2TokenizerFast.from_pretrained(str(target)).save_pretrained(target)
torch.manual_seed(1)
GPT2LMHeadModel(GPT2Config(n_embd=1280, n_layer=36, n_head=20)).save_pretrained(target)
"""


class JudgingServer(OpenAIServer):
    """Answers as a judge would, in our form or with Yes or No, and keeps no record of what it is asked."""

    def reply_to(self, request: Request) -> Reply:
        self.requests.clear()
        messages = [str(message["content"]) for message in request.body.get("messages", ())]
        ticket = TICKET.search(messages[0])
        said = messages[-1] if ticket else messages[-1].partition("message: ")[2]
        bad = bool(SUSPICIOUS.search(said))
        if not ticket:
            return Reply(text="Yes" if bad else "No")
        answer = {
            "ticket": ticket[1],
            "verdict": "refuse" if bad else "allow",
            "category": "override" if bad else "none",
            "reason": "sets_rules_aside" if bad else "ordinary",
            "confidence": 0.9,
        }
        return Reply(text=json.dumps(answer))


async def serve() -> None:
    async with JudgingServer() as server:
        print(server.url, flush=True)
        await asyncio.to_thread(sys.stdin.read)


async def ours(url: str, repeats: int, home: Path) -> dict[str, Any]:
    """Return the figures of both of our sides."""
    desk = Desk.load("retail")
    always = GuardRule(options={"mode": "always"})
    config = desk.config.model_copy(update={"guards": {**desk.config.guards, "tier2": always}})
    bare = Settings(home=home, redis="memory", redis_url=None, model=None)
    asking = Settings(home=home, redis="memory", redis_url=None, model_guard="openai:loopback", base_url=url)
    async with open_desk(desk, bare) as alone, open_desk(_with(desk, config), asking) as both:
        first = await _timed(alone.deps.guard, repeats)
        second = await _timed(both.deps.guard, repeats)
    return {"tier 1": first, "tier 1 and 2": second}


def _with(desk: Desk, config: DeskConfig) -> Desk:
    return replace(desk, config=config)


async def _timed(guard: Any, repeats: int) -> dict[str, Any]:
    times, work, asked = [], [], 0
    for number in range(repeats + 1):
        for text in MESSAGES:
            began, busy = time.perf_counter(), time.process_time()
            verdict = await guard.check(text, "user")
            if number:
                times.append((time.perf_counter() - began) * 1000)
                work.append((time.process_time() - busy) * 1000)
                asked += any(check["check"] == "tier2" for check in verdict.get("checks", ()))
    return {**_figures(times, work), "asked": asked}


def theirs(venv: Path, url: str, kind: str, repeats: int, folder: Path) -> dict[str, Any]:
    """Return the figures of one of NeMo's rails, or what it ran into."""
    command = [str(venv / "bin" / "python"), str(ROOT / "bench" / "nemo_side.py"), url, kind, str(repeats)]
    done = subprocess.run(command, cwd=folder, input=json.dumps(MESSAGES), capture_output=True, text=True)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        return {"error": f"exit {done.returncode}: {done.stderr.strip()[-300:]}"}
    return found if "error" in found else {**_figures(found["ms"], found["cpu_ms"]), "version": found["version"]}


def _figures(times: Sequence[float], work: Sequence[float]) -> dict[str, Any]:
    mean = round(statistics.mean(times), 3)
    cpu = quantile(work, 0.5)
    return {"p50_ms": quantile(times, 0.5), "p99_ms": quantile(times, 0.99), "mean_ms": mean, "cpu_p50_ms": cpu}


def make_gpt2(venv: Path, folder: Path) -> str:
    """Make a model of GPT-2 large's shape with random weights, 3 GB; returns what went wrong, if anything did."""
    if (folder / "gpt2-large" / "config.json").exists():
        return ""
    pages = [str(page) for page in sorted((ROOT / "docs").glob("*.md"))]
    done = subprocess.run(
        [str(venv / "bin" / "python"), "-c", MAKE_GPT2, *pages], cwd=folder, capture_output=True, text=True
    )
    return done.stderr.strip()[-300:] if done.returncode else ""


def lines(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the report for people, in Markdown."""
    yield f"{len(MESSAGES)} messages, {table['repeats']} times (heuristics {table['few']}); ms"
    yield ""
    yield "| side | p50 | p99 | mean | cpu p50 |"
    yield "|---|---|---|---|---|"
    for name, side in table["sides"].items():
        if "error" in side:
            yield f"| {name} | could not run: {side['error']} | | | |"
        else:
            yield f"| {name} | {side['p50_ms']} | {side['p99_ms']} | {side['mean_ms']} | {side['cpu_p50_ms']} |"


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time of the input guard beside NeMo Guardrails.")
    parser.add_argument("--venv", type=Path, help="environment with nemoguardrails")
    parser.add_argument("--repeats", default=20, type=int, help="times that each message is measured")
    parser.add_argument("--gpt2", type=Path, help="folder that has or gets a GPT-2 large with random weights")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    few = max(1, options.repeats // 20)
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdin is not None and server.stdout is not None
    try:
        url = server.stdout.readline().strip()
        sides = asyncio.run(ours(url, options.repeats, folder))
        wrong = make_gpt2(options.venv, options.gpt2) if options.gpt2 else ""
        sides["NeMo self-check"] = theirs(options.venv, url, "selfcheck", options.repeats, folder)
        sides["NeMo heuristics"] = (
            {"error": wrong} if wrong else theirs(options.venv, url, "heuristics", few, options.gpt2 or folder)
        )
    finally:
        server.stdin.close()
        server.wait(timeout=10)
    return {"repeats": options.repeats, "few": few, "random_weights": bool(options.gpt2), "sides": sides}


def main() -> None:
    options = parsed()
    if options.serve:
        asyncio.run(serve())
        return
    if options.venv is None or not (options.venv / "bin" / "python").exists():
        sys.exit("--venv must name an environment with nemoguardrails; see the head of this file")
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as home:
        table = run(options, Path(home))
    print("\n".join(lines(table)))
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
