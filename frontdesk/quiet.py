"""Nothing phones home: the variables that keep libraries silent, set before those libraries are imported."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping

FORCED: Mapping[str, str] = {
    # LangSmith would receive a graph's input, which is the customer's message before it is scrubbed
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    # langgraph dev would report its usage to LangSmith every five minutes where LANGSMITH_API_KEY is set
    "LANGSMITH_CONTROL_PLANE_API_KEY": "",
    "LANGGRAPH_CLI_NO_ANALYTICS": "1",
    "LANGGRAPH_NO_VERSION_CHECK": "true",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}
"""Overwritten whatever they were."""
DEFAULTS: Mapping[str, str] = {
    # an operator who runs a collector of their own may say false
    "OTEL_SDK_DISABLED": "true",
    # no class is revived from a checkpoint; ours holds none
    "LANGGRAPH_STRICT_MSGPACK": "true",
}
"""Set where nobody has set them."""


def quiet_environment(environment: MutableMapping[str, str] | None = None) -> None:
    """Switch off the telemetry, tracing and update checks of every library that we use.

    Args:
        environment: What is changed; the process's own environment by default. Libraries read theirs once, mostly at
            import, so doors and ``open_desk`` call this first.
    """
    target = os.environ if environment is None else environment
    target.update(FORCED)
    for name, value in DEFAULTS.items():
        target.setdefault(name, value)
