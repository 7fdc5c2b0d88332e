"""What a desk says about tier 2: ``guards.tier2.options`` of desk.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Harm = Literal[
    "harassment",
    "harassment/threatening",
    "hate",
    "hate/threatening",
    "illicit",
    "illicit/violent",
    "self-harm",
    "self-harm/instructions",
    "self-harm/intent",
    "sexual",
    "sexual/minors",
    "violence",
    "violence/graphic",
]
"""Categories of OpenAI's moderation endpoint (`omni-moderation-latest`)."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelTier(_Strict):
    """The chat model of the role `guard` (`models.guard`) answers in a closed form."""

    kind: Literal["model"] = "model"
    """Always `model`."""
    seconds: float = Field(default=5.0, gt=0, le=30)
    """What one question may take."""
    max_chars: int = Field(default=8000, ge=400, le=100_000)
    """Of a longer text the model reads the most suspicious sentences with their neighbours."""
    max_tokens: int = Field(default=1000, ge=50, le=20_000)
    """Tokens that the model may write; one that reasons spends most of them before it answers."""
    control: bool = True
    """Where tier 1 raised, ask at the same time about the text with an attack planted in it: a judge that lets that
    pass was talked round by the text, and clears nothing. Twice the tokens, for suspicious messages only."""
    structured: bool = True
    """Send the answer's JSON schema along (strict), where the client takes one; the answer is validated in any case."""


class LocalTier(_Strict):
    """A sequence classifier in a folder of this machine, such as ProtectAI's, PIGuard or Prompt Guard 2."""

    kind: Literal["local"]
    """Always `local`."""
    model: str = Field(min_length=1)
    """Folder with `config.json`, `tokenizer.json` and the weights. Nothing is downloaded."""
    runtime: Literal["onnx", "transformers"] = "onnx"
    """onnx: `model.onnx` of the folder, or of its `onnx/`, without PyTorch; transformers: safetensors, with it."""
    label: str | int | list[str | int] = "INJECTION"
    """Name (as in the model's `id2label`) or number of the class that means an attack; of several, a list."""
    threshold: float = Field(default=0.5, gt=0, lt=1)
    """Probability of these classes from which the text is refused; from half of it the turn may not write."""
    seconds: float = Field(default=5.0, gt=0, le=30)
    """What one text may take."""
    max_chars: int = Field(default=8000, ge=400, le=100_000)
    """Of a longer text it reads the most suspicious sentences with their neighbours."""
    max_windows: int = Field(default=32, ge=1, le=1000)
    """Windows of at most 512 tokens; a text that needs more cannot be judged, and `on_unavailable` applies."""


class ModerationTier(_Strict):
    """OpenAI's moderation endpoint, at `models.base_url`. It knows harm, not injection: it never clears a message."""

    kind: Literal["moderation"]
    """Always `moderation`."""
    model: str = "omni-moderation-latest"
    """Model of the endpoint."""
    refuses: list[Harm] = ["hate/threatening", "illicit/violent", "sexual/minors"]
    """Categories that refuse the message."""
    hands_over: list[Harm] = ["self-harm", "self-harm/instructions", "self-harm/intent"]
    """Categories that take the conversation to a person."""
    raises: list[Harm] = ["harassment/threatening", "illicit"]
    """Categories that keep the turn from writing; the others are noted only, for an angry customer is a customer."""
    threshold: float | None = Field(default=None, gt=0, le=1)
    """Score from which a category counts; by default the endpoint's own flags."""
    seconds: float = Field(default=5.0, gt=0, le=30)
    """What one request may take."""


Tier = Annotated[ModelTier | LocalTier | ModerationTier, Field(discriminator="kind")]


class Tier2(_Strict):
    """Who is asked, and when. The most severe of several opinions counts."""

    mode: Literal["suspicious", "always"] = "suspicious"
    """suspicious: asked where tier 1 raises; always: asked about every message of a customer, beside routing. What
    tier 1 refuses stays refused in both."""
    tiers: list[Tier] = Field(default=[ModelTier()], min_length=1)
    """One or more judges, asked side by side. A single one may also be written without this list, its keys beside
    `mode`."""

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Tier2:
        """Read ``guards.tier2.options``.

        Raises:
            pydantic.ValidationError: The options are not those of a second tier.
        """
        return cls.model_validate(spelt_out(options))


def spelt_out(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options with the short form of a single judge written as a list of one."""
    rest = {key: value for key, value in options.items() if key != "mode"}
    if "tiers" in rest or not rest:
        return dict(options)
    mode = {"mode": options["mode"]} if "mode" in options else {}
    return {**mode, "tiers": [{"kind": "model", **rest}]}


__all__ = ["Harm", "LocalTier", "ModelTier", "ModerationTier", "Tier", "Tier2", "spelt_out"]
