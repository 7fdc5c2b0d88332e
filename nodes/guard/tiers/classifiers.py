"""Sequence classifiers of this machine: ONNX without PyTorch, or transformers. Read from a folder; nothing is fetched.

Libraries: onnxruntime (MIT), tokenizers, transformers (Apache-2.0), PyTorch (BSD). Models have licences of their own.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.desk.tiers import LocalTier
from frontdesk.errors import ConfigurationError, ModelError
from frontdesk.quiet import quiet_environment

WHERE = "guards.tier2: the judge `local`"
"""How messages to the operator begin."""
TOKENS = 512
"""Tokens of a window at most; a model that reads fewer gets fewer."""
OVERLAP = 64
"""Tokens that neighbouring windows share, so that what lies on an edge is seen whole once."""

Logits = Callable[[Any], NDArray[np.float64]]
"""From one window (an encoding of ``tokenizers``) to the classes' logits."""


@dataclass(frozen=True)
class Classifier:
    """A classifier that is ready to run. Blocking: call it from a thread."""

    tokenizer: Any
    logits: Logits
    classes: tuple[int, ...]
    """Numbers of the classes that mean an attack."""
    max_windows: int

    def probability(self, text: str, abandoned: Callable[[], bool] = lambda: False) -> float:
        """Return the highest probability of an attack over all windows of ``text``, 0 to 1.

        Args:
            text: Any text.
            abandoned: Asked before each window; once true, the rest is left out and nobody reads the result.

        Raises:
            ModelError: The text needs too many windows, or the model gave no numbers.
        """
        whole = self.tokenizer.encode(text)
        windows = [whole, *whole.overflowing]
        if len(windows) > self.max_windows:
            raise ModelError(f"the text needs {len(windows)} windows; max_windows is {self.max_windows}")
        highest = 0.0
        for window in windows:
            if abandoned():
                break
            highest = max(highest, self._attack(self.logits(window)))
        return highest

    def _attack(self, logits: NDArray[np.float64]) -> float:
        if logits.ndim != 1 or not np.isfinite(logits).all():
            raise ModelError("the classifier gave no numbers for its classes")
        if logits.size == 1:
            return float(1 / (1 + np.exp(-logits[0])))
        shares = np.exp(logits - logits.max())
        return float(shares[list(self.classes)].sum() / shares.sum())


def build(options: LocalTier, root: Path) -> Classifier:
    """Load a classifier: seconds, and hundreds of megabytes for the usual ones.

    Args:
        options: Of the desk.
        root: The desk's folder, from which a relative ``model`` is meant.

    Raises:
        ConfigurationError: A library or a file is missing or unreadable, or there is no such class; the message says
            what to do.
    """
    quiet_environment()
    folder = (root / Path(options.model).expanduser()).resolve()
    config = _config(folder)
    tokenizer = _tokenizer(folder, config)
    runtime = _onnx if options.runtime == "onnx" else _transformers
    logits, count = runtime(folder, config)
    return Classifier(tokenizer, logits, _classes(options, config, count), options.max_windows)


def library(module: str) -> ModuleType:
    """Import a library of the extra, or raise ConfigurationError with the command that installs it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise ConfigurationError(
            f"{WHERE}: {module} is not installed; run: pip install 'frontdesk[promptguard]' (runtime: transformers "
            "needs frontdesk[transformers] as well)"
        ) from None


def _config(folder: Path) -> Mapping[str, Any]:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        config = None
    if not isinstance(config, dict):
        raise ConfigurationError(
            f"{WHERE}: `model` must name a folder that holds a classifier (config.json, tokenizer.json, weights); "
            "nothing is downloaded"
        )
    return config


def _tokenizer(folder: Path, config: Mapping[str, Any]) -> Any:
    tokenizers = library("tokenizers")
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise ConfigurationError(f"{WHERE}: the folder has no tokenizer.json (a fast tokenizer)")
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(path))
    except Exception:  # noqa: BLE001 - the library raises bare Exception for a file that it cannot read
        raise ConfigurationError(f"{WHERE}: tokenizer.json cannot be read") from None
    reads = config.get("max_position_embeddings")
    longest = min(TOKENS, reads) if isinstance(reads, int) and reads > 0 else TOKENS
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=longest, stride=min(OVERLAP, longest // 4))
    return tokenizer


def _classes(options: LocalTier, config: Mapping[str, Any], count: int) -> tuple[int, ...]:
    names = {str(name).casefold(): int(number) for number, name in dict(config.get("id2label") or {}).items()}
    wanted: Sequence[str | int] = options.label if isinstance(options.label, list) else [options.label]
    found = [label if isinstance(label, int) else names.get(label.casefold(), -1) for label in wanted]
    if not found or not all(0 <= number < count for number in found):
        named = ", ".join(sorted(names)) or "none"
        raise ConfigurationError(f"{WHERE}: no such `label`; the model's classes are 0 to {count - 1} ({named})")
    return tuple(sorted(set(found)))


def _onnx(folder: Path, config: Mapping[str, Any]) -> tuple[Logits, int]:
    runtime = library("onnxruntime")
    files = [path for path in (folder / "model.onnx", folder / "onnx" / "model.onnx") if path.is_file()]
    if not files:
        raise ConfigurationError(f"{WHERE}: the folder has no model.onnx and no onnx/model.onnx")
    settings = runtime.SessionOptions()
    # one window at a time on one core: a server has other things to do
    settings.intra_op_num_threads = 1
    settings.log_severity_level = 4
    try:
        session = runtime.InferenceSession(str(files[0]), settings, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - the runtime has exceptions of its own per kind of damage
        raise ConfigurationError(f"{WHERE}: model.onnx cannot be read ({type(error).__name__})") from None
    names = [given.name for given in session.get_inputs()]

    def logits(window: Any) -> NDArray[np.float64]:
        given = {"input_ids": window.ids, "attention_mask": window.attention_mask, "token_type_ids": window.type_ids}
        feed = {name: np.asarray([given[name]], dtype=np.int64) for name in names}
        return np.asarray(session.run(None, feed)[0][0], dtype=np.float64)

    return logits, len(config.get("id2label") or ()) or int(session.get_outputs()[0].shape[-1])


def _transformers(folder: Path, config: Mapping[str, Any]) -> tuple[Logits, int]:
    loaded, torch = library("transformers"), library("torch")
    try:
        # safetensors only: the older format is a pickle, which runs whatever it holds
        model = loaded.AutoModelForSequenceClassification.from_pretrained(
            str(folder), local_files_only=True, use_safetensors=True, trust_remote_code=False
        ).eval()
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(
            f"{WHERE}: the folder holds no classifier in safetensors ({type(error).__name__})"
        ) from None

    def logits(window: Any) -> NDArray[np.float64]:
        given = {"input_ids": torch.tensor([window.ids]), "attention_mask": torch.tensor([window.attention_mask])}
        with torch.inference_mode():
            return np.asarray(model(**given).logits[0].tolist(), dtype=np.float64)

    return logits, int(model.config.num_labels)


__all__ = ["OVERLAP", "TOKENS", "Classifier", "build"]
