"""A linear scorer of attacks over hashed n-grams of sentences: numpy only, weights that ship with the package."""
