"""The small encoder of the tests."""

from tests.support.encoder import small_encoder

__all__ = ["small_encoder"]
