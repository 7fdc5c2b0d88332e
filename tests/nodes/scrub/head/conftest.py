"""The small encoder and head of the tests."""

from tests.support.encoder import head_file, small_encoder, small_head

__all__ = ["head_file", "small_encoder", "small_head"]
