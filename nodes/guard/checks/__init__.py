"""One check per file; a file's presence registers it. Each defines ``CHECK``, a registered ``Check``."""
