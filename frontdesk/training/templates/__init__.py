"""Sentence templates, one per line, in the files beside this one; ``sentences.py`` says what the slots are."""
