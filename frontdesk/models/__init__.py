"""Chat models per role, with the keyless model as the last link of each chain."""
