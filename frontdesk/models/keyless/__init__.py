"""The keyless model: our own deterministic chat model, for a desk without a provider or with one that is down."""

from frontdesk.models.keyless.model import KeylessChatModel

__all__ = ["KeylessChatModel"]
