"""Hand-written messages: honest ones with an attack's words, and sly attacks (``training/guard/tuned.py``)."""
