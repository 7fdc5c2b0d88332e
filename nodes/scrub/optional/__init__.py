"""Detectors that need an extra: the MiniLM head, and adapters to other libraries. ``scrub/build.py`` adds them."""
