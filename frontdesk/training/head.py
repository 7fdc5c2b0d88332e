"""Trains the MiniLM head: ``frontdesk train names --head --encoder FOLDER``. Needs torch; what it makes does not.

What it learns from and how thresholds are chosen stands in ``material``.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from frontdesk.errors import ConfigurationError
from frontdesk.models.encoder.find import Encoder
from frontdesk.nodes.scrub.head.runtime import open_runtime
from frontdesk.nodes.scrub.head.tokens import Tokenizer
from frontdesk.nodes.scrub.head.weights import Head, Thresholds, save_head
from frontdesk.training.sentences import Sentence
from frontdesk.training.tagged import NO_TAG, Batch, batches, example, hidden

_BATCH = 32
_CLIP = 1.0
_WARM = 0.06
"""Share of the steps over which the learning rate rises; then it falls to nothing in a straight line."""
_UNSET = Thresholds(0.5, 0.5, 0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    seed: int = 1
    steps: int = 800
    """Batches of 32 texts; 0.4 s each on a free core. With 1,600 it knew the templates by heart (docs/head.md)."""
    sentences: int = 50_000
    """Generated sentences, to which real ones come."""
    rank: int = 8
    """Of the low-rank changes: 41 kB of file each."""
    rate: float = 1e-3
    """Highest learning rate."""
    hidden: float = 0.2
    """Share of word pieces that are hidden."""


def train_head(
    encoder: Encoder,
    sentences: Sequence[Sentence],
    choose: Callable[[Path], Thresholds],
    out: Path,
    plan: Plan | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> Head:
    """Train a head and write it.

    Args:
        encoder: What it sits on.
        sentences: What to learn from.
        choose: From a written head to the thresholds it should have.
        out: The file to write.
        plan: How to train.
        progress: Takes a line now and then.

    Returns:
        The head as written. Same plan, sentences and libraries on the same kind of processor: same bytes.

    Raises:
        ConfigurationError: torch is not installed.
    """
    plan = plan or Plan()
    arrays = _learnt(encoder, sentences, plan, progress)
    facts = {
        "command": "frontdesk train names --head",
        "seed": plan.seed,
        "steps": plan.steps,
        "rank": plan.rank,
        "hidden": plan.hidden,
        "generated": plan.sentences,
        "sentences": len(sentences),
        "libraries": {name: metadata.version(name).split("+")[0] for name in ("faker", "numpy", "torch")},
    }
    head = Head(arrays, encoder.layers, encoder.digest(), _UNSET, facts)
    save_head(head, out)
    head = replace(head, thresholds=choose(out))
    save_head(head, out)
    open_runtime(encoder, None, out)
    return head


def _learnt(
    encoder: Encoder, sentences: Sequence[Sentence], plan: Plan, progress: Callable[[str], None]
) -> dict[str, Any]:
    try:
        import torch  # noqa: PLC0415 - only training needs it
        from torch.nn import functional  # noqa: PLC0415 - as above
    except ImportError as problem:
        raise ConfigurationError("training the head needs torch: pip install 'torch>=2.5,<3'") from problem
    from frontdesk.training.encoder import TaggingEncoder  # noqa: PLC0415 - imports torch

    torch.manual_seed(plan.seed)
    torch.use_deterministic_algorithms(True)
    # sums come out the same whatever the number of cores; and two threads are ten times slower on a busy machine
    torch.set_num_threads(1)
    model = TaggingEncoder(encoder.arrays(), encoder.layers, plan.rank)
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=0.01)
    warm = max(1, int(plan.steps * _WARM))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (plan.steps - step) / max(1, plan.steps - warm)))
    )
    began, total = time.monotonic(), 0.0
    for step, batch in zip(range(1, plan.steps + 1), _stream(encoder, sentences, plan), strict=False):
        ids, kinds, tags, present = map(torch.from_numpy, (batch.ids, batch.kinds, batch.tags, batch.present))
        loss = functional.cross_entropy(model(ids, kinds, present).flatten(0, 1), tags.flatten(), ignore_index=NO_TAG)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), _CLIP)
        optimiser.step()
        schedule.step()
        total += loss.item()
        if step % 50 == 0:
            progress(f"step {step} of {plan.steps}, loss {total / 50:.4f}, {time.monotonic() - began:.0f} s")
            total = 0.0
    return model.arrays()


def _stream(encoder: Encoder, sentences: Sequence[Sentence], plan: Plan) -> Iterator[Batch]:
    """Yield batches without end, round after round over everything."""
    draw = np.random.default_rng(plan.seed)
    source = random.Random(plan.seed)  # noqa: S311 - the order of examples, no secret
    tokenizer = Tokenizer(encoder.tokenizer)
    while True:
        examples = (example(item, tokenizer) for item in source.sample(sentences, len(sentences)))
        yield from (hidden(batch, plan.hidden, draw) for batch in batches(examples, _BATCH, source))
