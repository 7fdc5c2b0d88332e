"""One way to reach a backend per file; its presence registers it."""
