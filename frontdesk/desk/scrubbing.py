"""What a desk says about finding personal data: the section ``scrub`` of desk.yaml."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from frontdesk.tools.contract import NAME

OUR_LABEL = r"^(off|[A-Z]+(_[A-Z]+)*)$"


class OptionalDetector(BaseModel):
    """A detector of another library. It adds to our own detectors and replaces none of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str = ""
    """Installed package or folder of its model; nothing is ever downloaded. Empty: Presidio's patterns alone."""
    language: str = Field(default="en", pattern=r"^[a-z]{2}$")
    """Language that Presidio's recognisers are asked for; the other libraries take no notice of it."""
    labels: dict[str, Annotated[str, Field(pattern=OUR_LABEL)]] = Field(default_factory=dict)
    """Its label to ours, such as `LOCATION: ADDRESS`, over the table that comes with it; `off` leaves a label out."""
    threshold: float = Field(default=0.5, ge=0, le=1)
    """Score from which a find counts."""
    on_unavailable: Literal["closed", "open"] = "closed"
    """closed: without it the desk does not start, and a turn in which it fails ends safely; open: done without it."""


def _off(value: Any) -> Any:
    if value is None or value == "off":
        return None
    if not isinstance(value, dict | OptionalDetector):
        raise PydanticCustomError("off_or_mapping", "write `off`, or a mapping such as `{threshold: 0.5}`")
    return value


Switched = Annotated[
    OptionalDetector | None,
    BeforeValidator(_off, json_schema_input_type=OptionalDetector | Literal["off"] | None),
]


class OptionalDetectors(BaseModel):
    """Detectors of other libraries; each is `off` or a mapping, and needs the extra of its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    presidio: Switched = None
    """Microsoft Presidio, with the spaCy model named or with its patterns alone."""
    gliner: Switched = None
    """GLiNER: finds what its `labels` name in words, such as `person: NAME`."""
    transformers: Switched = None
    """A token classifier of the transformers library."""


class Record(BaseModel):
    """Where the signed-in customer's own record comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tool: str = Field(pattern=NAME)
    """Read tool without arguments but the owner's; the fields of its `output` say with `x-personal` what they hold."""
    timeout: float = Field(default=1.0, gt=0, le=10)
    """Seconds that a conversation's first turn waits for it at most."""
    on_unavailable: Literal["closed", "open"] = "open"
    """open: the detectors search without the record, and the next turn asks again; closed: the turn ends safely."""


class Scrub(BaseModel):
    """How personal data is found. The core detectors always run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    head: Literal["auto", "on", "off"] = "auto"
    """Names and addresses by the MiniLM head. auto: where it is installed; on: the desk does not start without it."""
    detectors: OptionalDetectors = OptionalDetectors()
    record: Record | None = None
    """The customer's own record: what it says of them is masked wherever it turns up, however it is written."""


__all__ = ["OptionalDetector", "OptionalDetectors", "Record", "Scrub"]
