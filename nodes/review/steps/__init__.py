"""One output guard per file: ``STEP`` says how it is built, its place and its defaults."""
